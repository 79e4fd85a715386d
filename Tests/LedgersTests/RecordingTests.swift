import Because
import LedgerSamples
import StorageTesting
import Synchronization
import Testing

/// A ledger in memory and what it lies in.
struct MemoryLedger {
    let folder: Scratch
    let store: MemoryStore
    let clock: SampleClock
    let ledger: Ledger

    init(clock: SampleClock = SampleClock()) async throws {
        folder = try Scratch()
        store = MemoryStore(subjectKey: Sample.subjectKey)
        self.clock = clock
        ledger = try await SampleLedger.create(in: store, head: folder, clock: clock)
    }

    /// Opens what another process finds, with the clock that goes on.
    func reopened(acceptsClockJump: Bool = false) throws -> (ledger: Ledger, store: MemoryStore) {
        let store = try store.reopened()
        let ledger = try Ledger.open(
            store, signing: SampleLedger.signing(in: folder, acceptsClockJump: acceptsClockJump), clock: clock.clock,
            randomness: SampleRandomness().source)
        return (ledger, store)
    }

    private init(folder: Scratch, store: MemoryStore, clock: SampleClock, ledger: Ledger) {
        (self.folder, self.store, self.clock, self.ledger) = (folder, store, clock, ledger)
    }

    /// The same, as another process finds it.
    func next() throws -> MemoryLedger {
        let (ledger, store) = try reopened()
        return MemoryLedger(folder: folder, store: store, clock: clock, ledger: ledger)
    }

    func size() throws -> UInt64 { try store.read { try $0.size() } }

    func findings() throws -> [Finding] { try LogVerification(of: store.reader()).run().findings.all }
}

/// Holds a receipt against the log: the entry is there under its id, and the tree of its size and root has it.
func check(_ receipt: Receipt, in ledger: Ledger, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try ledger.read { view in
        let proven = try view.proven(receipt.number)
        #expect(proven.entry.id == receipt.id && proven.leaf == receipt.leaf, sourceLocation: sourceLocation)
        #expect(receipt.number < receipt.size && receipt.size <= view.size, sourceLocation: sourceLocation)
        let leaves = try (0..<receipt.size).map { try view.proven($0).leaf }
        #expect(MerkleTree.root(of: leaves) == receipt.root, sourceLocation: sourceLocation)
    }
}

private final class Counter: Sendable { let count = Mutex(0) }

struct RecordingTests {
    @Test func `a batch is one commit, and its receipts come in its order`() async throws {
        let spy = SpyStore(MemoryStore(subjectKey: Sample.subjectKey))
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: spy, head: folder)
        let results = await ledger.record(try (0..<100).map { try Sample.least("d-\($0)") })
        let receipts = try results.map { try $0.get() }
        #expect(receipts.map(\.id) == (0..<100).map { "d-\($0)" })
        #expect(receipts.map(\.number) == Array(1...100))
        #expect(spy.appended.count == 2)
        #expect(Set(receipts.map(\.size)) == [101])
        for receipt in receipts { try check(receipt, in: ledger) }
    }

    @Test func `callers that come during a commit share the next, and each gets the receipt of its own`() async throws {
        let spy = SpyStore(MemoryStore(subjectKey: Sample.subjectKey))
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: spy, head: folder)
        let callers = 60
        let started = Counter()
        spy.hold()
        let receipts = try await withThrowingTaskGroup(of: (String, Receipt).self) { group in
            for number in 0..<callers {
                group.addTask {
                    started.count.withLock { $0 += 1 }
                    let results = await ledger.record([try Sample.least("d-\(number)")])
                    return ("d-\(number)", try results[0].get())
                }
            }
            while started.count.withLock({ $0 }) < callers { await Task.yield() }
            spy.release()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.1.number)) == Set(1...UInt64(callers)))
        for (id, receipt) in receipts {
            #expect(receipt.id == id)
            try check(receipt, in: ledger)
        }
        // Entry 0, the commit that was held up, the one that everybody waited for, and a few who came late.
        #expect(spy.appended.count < callers / 2, "\(spy.appended.count) commits")
        #expect(Set(spy.appended.map(\.checkpoint.size)).count == spy.appended.count)
        #expect(try LogVerification(of: spy).run().findings.all == [])
    }

    @Test func `what is refused does not hold up the rest`() async throws {
        let memory = try await MemoryLedger()
        let results = await memory.ledger.record([
            try Sample.least("a"), try Sample.decision(1), try Sample.least("because:mine"), try Sample.least("b"),
        ])
        #expect(try results[0].get().number == 1)
        #expect(try results[3].get().number == 2)
        #expect(throws: RecordError.self) { try results[1].get() }
        let reserved = #expect(throws: RecordError.self) { try results[2].get() }
        #expect("\(try #require(reserved))".contains("because:mine begins with because:"))
        #expect(try memory.size() == 3)
        #expect(try memory.findings() == [])
    }

    @Test func `an id that is not given is a UUID of version 7 with the ledger's time`() async throws {
        let memory = try await MemoryLedger()
        let submissions = try (0..<3).map { _ in
            try Sample.submission(["outcome": "comply", "none_cited": "none", "rationale_absent": "not asked"])
        }
        let receipts = try await memory.ledger.record(submissions).map { try $0.get() }
        #expect(Set(receipts.map(\.id)).count == 3)
        for receipt in receipts {
            #expect(
                receipt.id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
            let at = try memory.ledger.read { try $0.proven(receipt.number).entry.at }
            #expect(UInt64(receipt.id.replacing("-", with: "").prefix(12), radix: 16) == UInt64(at.microseconds / 1000))
        }
    }

    @Test func `a ledger that was opened for reading records nothing`() async throws {
        let memory = try await MemoryLedger()
        let reader = try Ledger.open(memory.store.reader(), signing: nil)
        let results = await reader.record([try Sample.least("a"), try Sample.least("b")])
        for result in results {
            let error = #expect(throws: RecordError.self) { try result.get() }
            guard case .ledgerIsReadOnly = error else { return #expect(Bool(false), "\(error as Any)") }
        }
        await #expect(throws: RecordError.self) { _ = try await reader.register(Sample.specification()) }
        await #expect(throws: RecordError.self) { _ = try await reader.activate("acme/rules", version: "1") }
    }

    @Test func `after close nothing is recorded, and what was submitted before is`() async throws {
        let memory = try await MemoryLedger()
        let receipt = try await memory.ledger.record([try Sample.least("a")])[0].get()
        await memory.ledger.close()
        let late = await memory.ledger.record([try Sample.least("b")])
        guard case .failure(.store(.closed)) = late[0] else { return #expect(Bool(false), "\(late)") }
        let (ledger, _) = try memory.reopened()
        try check(receipt, in: ledger)
    }

    /// Entries end where the format says: 65,535 bytes fit, one more does not.
    @Test func `an entry of 65,535 bytes is recorded, and one of 65,536 is refused with what to do`() async throws {
        let memory = try await MemoryLedger()
        func submission(_ padding: Int) throws -> Submission {
            var tools = Array(repeating: JSON.string(String(repeating: "t", count: 256)), count: padding / 259)
            tools.append(.string(String(repeating: "t", count: padding % 259 + 1)))
            return try Sample.submission([
                "id": "large", "outcome": "comply", "none_cited": "none", "rationale_absent": "none",
                "tools": .array(tools),
            ])
        }
        let checked = try await MemoryLedger()
        let receipt = try await checked.ledger.record([submission(0)])[0].get()
        let least = try checked.ledger.read { try $0.proven(receipt.number).entry.bytes.count }
        let results = await memory.ledger.record([try submission(65_536 - least), try submission(65_535 - least)])
        let error = #expect(throws: RecordError.self) { try results[0].get() }
        #expect(
            "\(try #require(error))"
                == "the entry would be 65536 bytes; at most 65535 fit. Shorten lists or cite fewer sections")
        let fits = try results[1].get()
        #expect(try memory.ledger.read { try $0.proven(fits.number).entry.bytes.count } == 65_535)
        #expect(try memory.findings() == [])
    }
}
