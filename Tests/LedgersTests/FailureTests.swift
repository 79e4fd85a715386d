import Because
import LedgerSamples
import StorageTesting
import Testing

/// A store that loses a write, or the reply to one.
struct FailureTests {
    static let faults: [(fault: MemoryStore.Fault, isLost: Bool)] = [(.write, true), (.reply, false)]

    @Test(arguments: faults)
    func `after a commit that failed nothing is answered, and opening again continues`(
        fault: MemoryStore.Fault, isLost: Bool
    ) async throws {
        let memory = try await MemoryLedger()
        let released = try await memory.ledger.record([try Sample.least("a"), try Sample.least("b")]).map {
            try $0.get()
        }
        memory.store.failNextAppend(fault)
        let failed = await memory.ledger.record([try Sample.least("c"), try Sample.least("a")])
        for result in failed {
            guard case .failure(.store(.io)) = result else { return #expect(Bool(false), "\(result)") }
        }
        // What is on the disk is not known now, so not even what was recorded before is told from memory.
        for id in ["c", "d", "a"] {
            let results = await memory.ledger.record([try Sample.least(id)])
            guard case .failure(.store(.writerIsDead)) = results[0] else { return #expect(Bool(false), "\(results)") }
        }
        await #expect(throws: RecordError.self) { _ = try await memory.ledger.register(Sample.specification()) }
        await memory.ledger.close()

        let (ledger, store) = try memory.reopened()
        #expect(try store.read { try $0.size() } == (isLost ? 3 : 4))
        for receipt in released { try check(receipt, in: ledger) }
        let again = try await ledger.record(["a", "b", "c", "d"].map { try Sample.least($0) }).map { try $0.get() }
        #expect(again.map(\.number) == [1, 2, 3, 4])
        #expect(again.map(\.status) == [.duplicate, .duplicate, isLost ? .recorded : .duplicate, .recorded])
        for receipt in again { try check(receipt, in: ledger) }
        #expect(try LogVerification(of: store).run().findings.all == [])
    }

    @Test(arguments: faults)
    func `a ledger whose creation failed is empty, or can be opened`(fault: MemoryStore.Fault, isLost: Bool)
        async throws
    {
        let folder = try Scratch()
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        store.failNextAppend(fault)
        await #expect(throws: RecordError.self) { try await SampleLedger.create(in: store, head: folder) }
        store.close()
        let next = try store.reopened()
        if isLost {
            #expect(throws: LedgerError.self) { try Ledger.open(next, signing: SampleLedger.signing(in: folder)) }
            _ = try await SampleLedger.create(in: next, head: folder)
        } else {
            await #expect(throws: LedgerError.self) { try await SampleLedger.create(in: next, head: folder) }
            let ledger = try Ledger.open(next, signing: SampleLedger.signing(in: folder))
            #expect(try await ledger.record([try Sample.least("a")])[0].get().number == 1)
        }
    }

    @Test(arguments: faults)
    func `a specification that was lost on the way is registered once in the end`(
        fault: MemoryStore.Fault, isLost: Bool
    ) async throws {
        let memory = try await MemoryLedger()
        memory.store.failNextAppend(fault)
        await #expect(throws: RecordError.self) { _ = try await memory.ledger.register(Sample.specification()) }
        await memory.ledger.close()
        let (ledger, store) = try memory.reopened()
        let registered = try await ledger.register(Sample.specification())
        #expect(registered.receipt.number == 1)
        #expect(registered.receipt.status == (isLost ? .recorded : .duplicate))
        #expect(try store.read { try $0.size() } == 2)
        #expect(try LogVerification(of: store).run().findings.all == [])
    }

    /// Commits that fail at random, processes that come and go: whatever was released stays as it was released.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `no size is ever signed with two roots, and nothing released is lost`(seed: UInt64) async throws {
        let memory = try await MemoryLedger()
        var random = SplitMix(seed: seed)
        var (ledger, store) = (memory.ledger, memory.store)
        var released: [Receipt] = []
        var roots: [UInt64: Digest] = [:]
        var next = 0
        for _ in 0..<60 {
            let fault: MemoryStore.Fault? = [nil, nil, .write, .reply].randomElement(using: &random) ?? nil
            if let fault { store.failNextAppend(fault) }
            let first = max(0, next - Int.random(in: 0...2, using: &random))
            let last = next + Int.random(in: 0...3, using: &random)
            let results = await ledger.record(try (first...last).map { try Sample.least("d-\($0)") })
            next = last + 1
            for receipt in results.compactMap({ try? $0.get() }) {
                released.append(receipt)
                #expect(roots[receipt.size] == nil || roots[receipt.size] == receipt.root)
                roots[receipt.size] = receipt.root
            }
            if results.contains(where: { if case .failure = $0 { true } else { false } }) {
                await ledger.close()
                (ledger, store) = try memory.reopened()
            }
        }
        #expect(released.count > 60)
        for receipt in released {
            let proven = try ledger.read { try $0.proven(receipt.number) }
            #expect(proven.entry.id == receipt.id && proven.leaf == receipt.leaf)
        }
        let leaves = try ledger.read { view in try (0..<view.size).map { try view.proven($0).leaf } }
        for (size, root) in roots { #expect(MerkleTree.root(of: leaves[..<Int(size)]) == root) }
        #expect(try LogVerification(of: store).run().findings.all == [])
    }
}
