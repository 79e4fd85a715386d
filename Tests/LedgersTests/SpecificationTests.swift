import Because
import Decisions
import LedgerSamples
import StorageTesting
import Testing

struct SpecificationTests {
    /// Records a decision that cites `ref`, or gives the error.
    private func cite(_ ref: String, _ ledger: Ledger, accepting: Bool = false) async throws -> Receipt {
        var decision = Decision(
            outcome: .refuse, principles: [.init(ref)], rationale: .init("r", source: .model, timing: .with))
        decision.acceptsUnresolved = accepting
        return try await ledger.record(decision)
    }

    private func citation(_ receipt: Receipt, _ ledger: Ledger) throws -> Decisions.Citation? {
        let body = try ledger.read { try $0.proven(receipt.number).entry.body() }
        return Decisions.Citation.all(in: body).first?.citation
    }

    private func refusal(_ ref: String, _ ledger: Ledger) async throws -> String {
        do {
            _ = try await cite(ref, ledger)
            return "recorded"
        } catch { return "\(error)" }
    }

    @Test func `the same words under the same names are found, not recorded again`() async throws {
        let memory = try await MemoryLedger()
        let first = try await memory.ledger.register(Sample.specification())
        #expect(first.receipt.status == .recorded && first.receipt.number == 1)
        let again = try await memory.ledger.register(Sample.specification())
        #expect(again.receipt.status == .duplicate && again.receipt.number == 1)
        #expect(again.receipt.leaf == first.receipt.leaf)
        try check(again.receipt, in: memory.ledger)
        #expect(try memory.size() == 2)
    }

    @Test func `callers that register the same words at once register them once`() async throws {
        let spy = SpyStore(MemoryStore(subjectKey: Sample.subjectKey))
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: spy, head: folder)
        spy.hold()
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for _ in 0..<8 { group.addTask { try await ledger.register(Sample.specification()).receipt } }
            for _ in 0..<1000 { await Task.yield() }
            spy.release()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.number)) == [1])
        #expect(receipts.count { $0.status == .recorded } == 1)
        #expect(try ledger.read { $0.size } == 2)
    }

    @Test func `other words or another format under the same names are refused with both digests`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.register(Sample.specification())
        let other = try Sample.specification(Sample.laterRules)
        let error = await #expect(throws: RecordError.self) { _ = try await memory.ledger.register(other) }
        let message = "\(try #require(error))"
        #expect(message.contains(other.digest.hex))
        #expect(try message.contains(Sample.specification().digest.hex))
        #expect(message.contains("give it a version of its own"))
        #expect(try memory.size() == 2)
        #expect(
            try await memory.ledger.register(Sample.specification(Sample.laterRules, version: "2")).receipt.number == 2)
    }

    @Test func `a reference without a version means the one in force when it was recorded`() async throws {
        let memory = try await MemoryLedger()
        let (one, two) = try (Sample.specification(), Sample.specification(Sample.laterRules, version: "2"))
        let ref = "acme/rules#privacy"
        #expect(try await refusal(ref, memory.ledger).contains(#"no document "acme/rules" is registered"#))
        _ = try await memory.ledger.register(one, isActive: false)
        #expect(
            try await refusal(ref, memory.ledger)
                == "principles[0].ref: no version of acme/rules is in force; name one: 1")
        let named = try await cite("acme/rules@1#privacy", memory.ledger)
        _ = try await memory.ledger.activate("acme/rules", version: "1")
        let first = try await cite(ref, memory.ledger)
        _ = try await memory.ledger.register(two, isActive: false)
        let second = try await cite(ref, memory.ledger)
        let future = try await cite("acme/rules@2#privacy", memory.ledger)
        _ = try await memory.ledger.activate("acme/rules", version: "2")
        let third = try await cite(ref, memory.ledger)
        _ = try await memory.ledger.activate("acme/rules", version: "1")
        let fourth = try await cite(ref, memory.ledger)
        for (receipt, want) in [(named, one), (first, one), (second, one), (future, two), (third, two), (fourth, one)] {
            let citation = try #require(try citation(receipt, memory.ledger))
            #expect(citation.document == want.digest && citation.authority == "root")
            #expect(citation.section == want.sections[0].digest)
        }
        #expect(try memory.findings() == [])
        await memory.ledger.close()
        let (ledger, store) = try memory.reopened()
        #expect(try citation(try await cite(ref, ledger), ledger)?.document == one.digest)
        #expect(try LogVerification(of: store).run().findings.all == [])
    }

    @Test(arguments: [
        ("acme/rules#privcy", "principles[0].ref: acme/rules@1 has no section \"privcy\"; nearest: privacy"),
        ("acme/rules@1#privcy", "principles[0].ref: acme/rules@1 has no section \"privcy\"; nearest: privacy"),
        ("acme/rules@2#privacy", "principles[0].ref: acme/rules has no version \"2\"; registered: 1"),
        ("acme/rule#privacy", "principles[0].ref: no document \"acme/rule\" is registered; nearest: acme/rules"),
        ("acme/rules#courage", "principles[0].ref: acme/rules@1 has no section \"courage\""),
        ("privacy", "\"privacy\" names no section; write document@version#section or document#section"),
        ("acme/rules#\u{202E}x", "is no name of a section"),
    ]) func `a reference that does not resolve is refused with the nearest names`(ref: String, says: String)
        async throws
    {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.register(Sample.specification())
        let message = try await refusal(ref, memory.ledger)
        #expect(message.contains(says))
        #expect(!message.contains("\u{202E}"))
        #expect(try memory.size() == 2)
    }

    @Test func `an unresolved reference is recorded where that is accepted, and marked for good`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.register(Sample.specification())
        let receipt = try await cite("acme/rules#courage", memory.ledger, accepting: true)
        _ = try await memory.ledger.register(Sample.specification(Sample.laterRules, version: "2"))
        #expect(try citation(receipt, memory.ledger) == nil)
        let body = try memory.ledger.read { try $0.proven(receipt.number).entry.body() }
        let stored = try #require(body["principles"]?.items?.first?["ref"])
        #expect(stored["unresolved"] == true && stored["_sd"]?.items?.count == 1 && stored["ref"] == nil)
        #expect(try memory.findings() == [])
    }

    @Test func `a version that is not registered cannot be put in force`() async throws {
        let memory = try await MemoryLedger()
        await #expect(throws: RecordError.self) { _ = try await memory.ledger.activate("acme/rules", version: "1") }
        _ = try await memory.ledger.register(Sample.specification())
        let error = await #expect(throws: RecordError.self) {
            _ = try await memory.ledger.activate("acme/rules", version: "2")
        }
        #expect("\(try #require(error))" == #"acme/rules has no registered version "2""#)
    }

    @Test func `a specification too large for one entry becomes numbered parts in one commit`() async throws {
        let spy = SpyStore(MemoryStore(subjectKey: Sample.subjectKey))
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: spy, head: folder)
        let text = (0..<1200).map { "# Section number \($0) {#section-\($0) authority=user}\n\nWords of \($0).\n\n" }
            .joined()
        let specification = try Sample.specification(text)
        let registered = try await ledger.register(specification)
        #expect(registered.receipt.number == 1)
        #expect(spy.appended.count == 2)
        let parts = try ledger.read { view in try (1..<view.size).map { try view.proven($0).entry.body() } }
        #expect(parts.count > 3)
        #expect(parts.map { $0["part"] } == (1...parts.count).map { .integer(Int64($0)) })
        #expect(parts.allSatisfy { $0["parts"] == .integer(Int64(parts.count)) })
        #expect(parts.flatMap { $0["sections"]?.items ?? [] }.count == 1200)
        for number in [0, 600, 1199] {
            let receipt = try await cite("acme/rules#section-\(number)", ledger)
            #expect(try citation(receipt, ledger)?.section == specification.sections[number].digest)
        }
        #expect(try await ledger.register(specification).receipt.status == .duplicate)
        #expect(try LogVerification(of: spy).run().findings.all == [])
        #expect(try ledger.specification(registered.registration).document == specification.document)
    }

    @Test func `the entry of a specification that was changed is not used to resolve or to explain`() async throws {
        let memory = try await MemoryLedger()
        try await SampleLedger.fill(memory.ledger, 0..<3)
        await memory.ledger.close()
        memory.store.tamper { contents in
            guard var bytes = contents.entries[1] else { return }
            #expect(throws: Never.self) { try replace("Be honest", with: "Be brazen", in: &bytes) }
            contents.entries[1] = bytes
        }
        #expect(throws: LedgerError.self) { try memory.reopened() }
        let reader = try Ledger.open(memory.store.reader(), signing: nil)
        #expect(throws: LedgerError.self) { try reader.read { $0.specifications.registry.registrations.count } }
    }
}
