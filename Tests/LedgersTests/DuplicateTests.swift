import Because
import LedgerSamples
import StorageTesting
import Testing

struct DuplicateTests {
    @Test func `the same id with the same content is answered with the first entry, under a later checkpoint`()
        async throws
    {
        let memory = try await MemoryLedger()
        try await SampleLedger.fill(memory.ledger, 0..<5)
        let first = try await memory.ledger.record([try Sample.decision(5)])[0].get()
        try await SampleLedger.fill(memory.ledger, 6..<9)
        let size = try memory.size()
        try await expectDuplicate(of: first, memory.ledger)
        await memory.ledger.close()
        try await expectDuplicate(of: first, memory.reopened().ledger)
        #expect(try memory.store.reader().read { try $0.size() } == size)
    }

    private func expectDuplicate(of first: Receipt, _ ledger: Ledger) async throws {
        let again = try await ledger.record([try Sample.decision(5)])[0].get()
        #expect(again.status == .duplicate && again.uncompared == 0)
        #expect(again.number == first.number && again.leaf == first.leaf && again.id == first.id)
        try check(again, in: ledger)
    }

    @Test func `the same id with other content is refused, and the entry that has it is named`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.record([try Sample.least("a", "one"), try Sample.least("b")]).map { try $0.get() }
        let results = await memory.ledger.record([try Sample.least("a", "two")])
        let error = #expect(throws: RecordError.self) { try results[0].get() }
        #expect("\(try #require(error))" == "id: a was recorded with other content, as entry 1")
        #expect(error?.hint?.contains("an entry is never changed") == true)
        #expect(try memory.size() == 3)
    }

    @Test func `an id that the ledger's own entries have is refused`() async throws {
        let memory = try await MemoryLedger()
        let results = await memory.ledger.record([try Sample.least("because:ledger")])
        guard case .failure(.reservedID("because:ledger")) = results[0] else {
            return #expect(Bool(false), "\(results)")
        }
    }

    @Test func `duplicates inside one batch are told from differences`() async throws {
        let memory = try await MemoryLedger()
        let results = await memory.ledger.record([
            try Sample.least("a", "one"), try Sample.least("a", "one"), try Sample.least("a", "two"),
            try Sample.least("b"),
            try Sample.least("a", "one"),
        ])
        let first = try results[0].get()
        #expect(first.status == .recorded)
        for index in [1, 4] {
            let again = try results[index].get()
            #expect(again.status == .duplicate && again.number == first.number && again.leaf == first.leaf)
            try check(again, in: memory.ledger)
        }
        let error = #expect(throws: RecordError.self) { try results[2].get() }
        #expect("\(try #require(error))" == "id: a was recorded with other content, as entry 1")
        #expect(try results[3].get().number == 2)
        #expect(try memory.findings() == [])
    }

    @Test(arguments: [
        #"{"id":"a","outcome":"refuse","none_cited":"none","rationale_absent":"not asked"}"#,
        #"{"id":"a","outcome":"comply","none_cited":"None","rationale_absent":"not asked"}"#,
        #"{"id":"a","outcome":"comply","none_cited":"none","rationale_absent":"not asked","notes":"x"}"#,
        #"{"id":"a","outcome":"comply","none_cited":"none","rationale_absent":"not asked","session":"x"}"#,
        #"{"id":"a","outcome":"comply","none_cited":"none","rationale_absent":"not asked","subject":"x"}"#,
        #"{"id":"a","outcome":"comply","none_cited":"none","rationale":{"text":"not asked","source":"model","timing":"with"}}"#,
    ]) func `any difference is other content`(line: String) async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.record([try Sample.least("a")])[0].get()
        let other = await memory.ledger.record([try Sample.submission(line)])
        guard case .failure(.differentContent("a", 1)) = other[0] else { return #expect(Bool(false), "\(other)") }
    }

    @Test func `what was erased is not compared, and the receipt says how much that is`() async throws {
        let memory = try await MemoryLedger()
        try await SampleLedger.fill(memory.ledger, 0..<3)
        // The decision has two sealed fields beside its rationale's: one of them goes.
        let number = try #require(try memory.ledger.read { try $0.number(ofID: Sample.id(0)) })
        memory.store.tamper { $0.disclosures[number]?[0] = nil }
        let again = try await memory.ledger.record([try Sample.decision(0)])[0].get()
        #expect(again.status == .duplicate && again.uncompared == 1 && again.number == number)
        #expect(again.json["uncompared"] == 1)
        let other = await memory.ledger.record([
            try Sample.submission(#"{"id":"K-0","outcome":"comply","none_cited":"none","rationale_absent":"none"}"#)
        ])
        guard case .failure(.differentContent) = other[0] else { return #expect(Bool(false), "\(other)") }
    }

    @Test func `the check before recording tells the same`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.record([try Sample.least("a", "one")])[0].get()
        var checker = SubmissionChecker(memory.ledger)
        try checker.check(Sample.least("a", "one"))
        try checker.check(Sample.least("b", "one"))
        try checker.check(Sample.least("b", "one"))
        var messages: [String] = []
        for submission in try [
            Sample.least("a", "two"), Sample.least("b", "two"), Sample.decision(1), Sample.least("because:x"),
        ] {
            do { try checker.check(submission) } catch { messages.append("\(error)") }
        }
        #expect(messages.count == 4)
        #expect(messages[0] == "id: a was recorded with other content, as entry 1")
        #expect(messages[1] == "id: b stands earlier in the input with other content")
        #expect(messages[2].contains(#"no document "acme/rules" is registered"#))
        #expect(messages[3].contains("begins with because:"))
        #expect(try memory.size() == 2)
    }
}
