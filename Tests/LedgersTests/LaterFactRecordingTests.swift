import Because
import LedgerSamples
import Testing

/// Later facts stand on what is on record, and on nothing else.
struct LaterFactRecordingTests {
    private func submission(_ fact: some LaterFact) throws -> Submission { try Submission(fact) }

    private func record(_ ledger: Ledger, _ fact: some LaterFact) async throws -> String? {
        do { _ = try await ledger.record(fact) } catch { return "\(error)" }
        return nil
    }

    @Test func `a fact about a decision is an entry of its own, and the decision stays as it is`() async throws {
        let made = try await MemoryLedger()
        let decision = try await made.ledger.record([try Sample.least("d-1")])[0].get()
        let receipt = try await made.ledger.record(Outcome(of: "d-1", .bad, source: .human, summary: "it went wrong"))
        try check(receipt, in: made.ledger)
        try made.ledger.read { view in
            let entry = try view.proven(receipt.number).entry
            #expect(entry.type == "outcome" && !entry.id.contains(":"))
            #expect(try entry.body()["decision"]?.text == "d-1")
            #expect(!String(decoding: entry.bytes, as: UTF8.self).contains("wrong"))
            #expect(try view.proven(decision.number).leaf == decision.leaf)
        }
        #expect(try made.findings().isEmpty)
    }

    @Test func `a fact about nothing on record is refused, and says so`() async throws {
        let made = try await MemoryLedger()
        let size = try made.size()
        let error = try await record(made.ledger, Outcome(of: "d-9", .good, source: .rule, summary: "s"))
        #expect(error == "no decision with the id d-9 is on record")
        #expect(try made.size() == size)
    }

    @Test func `a fact about a record of another type is refused`() async throws {
        let made = try await MemoryLedger()
        _ = try await made.ledger.record([try Sample.least("d-1")])[0].get()
        var outcome = Outcome(of: "d-1", .good, source: .rule, summary: "s")
        outcome.circumstances.id = "o-1"
        _ = try await made.ledger.record(outcome)
        #expect(
            try await record(made.ledger, Outcome(of: "o-1", .good, source: .rule, summary: "s"))
                == "o-1 is of type outcome; expected the id of decision")
        #expect(
            try await record(made.ledger, Appeal.decided("o-1", against: "d-1", .upheld, by: .human, reason: "r"))
                == "o-1 is of type outcome; expected the id of appeal")
        #expect(try await record(made.ledger, Outcome(of: "because:ledger", .good, source: .rule, summary: "s")) != nil)
    }

    @Test(arguments: [false, true])
    func `an answer belongs to what it answers`(inOneBatch: Bool) async throws {
        let made = try await MemoryLedger()
        var opened = Appeal.opened(against: "d-1", by: .subject, grounds: "g")
        opened.circumstances.id = "x-1"
        let first = [try Sample.least("d-1"), try Sample.least("d-2"), try submission(opened)]
        let second = [
            try submission(Appeal.decided("x-1", against: "d-2", .reversed, by: .human, reason: "r")),
            try submission(Appeal.decided("x-1", against: "d-1", .reversed, by: .human, reason: "r")),
        ]
        var results: [Result<Receipt, RecordError>] = []
        if inOneBatch {
            results = await made.ledger.record(first + second)
        } else {
            results = await made.ledger.record(first)
            results += await made.ledger.record(second)
        }
        #expect(results.map { (try? $0.get()) != nil } == [true, true, true, false, true])
        let error = #expect(throws: RecordError.self) { try results[3].get() }
        #expect(error.map { "\($0)" } == "x-1 is about the decision d-1, and this record about d-2")
        #expect(try made.findings().isEmpty)
    }

    @Test func `what comes before its decision in one batch is refused, and the decision is recorded`() async throws {
        let made = try await MemoryLedger()
        let fact = try submission(Outcome(of: "d-1", .good, source: .rule, summary: "s"))
        let results = await made.ledger.record([fact, try Sample.least("d-1"), fact])
        #expect(results.map { (try? $0.get()) != nil } == [false, true, true])
    }

    @Test func `an attempt comes before its decision`() async throws {
        let made = try await MemoryLedger()
        _ = try await made.ledger.record(Attempt(of: "d-1", by: .init("p", epoch: "e", seq: 1)))
        _ = try await made.ledger.record([try Sample.least("d-1")])[0].get()
    }

    @Test func `the same fact again is found, the same id for another is refused`() async throws {
        let made = try await MemoryLedger()
        _ = try await made.ledger.record([try Sample.least("d-1")])[0].get()
        var outcome = Outcome(of: "d-1", .good, source: .rule, summary: "s")
        outcome.circumstances.id = "o-1"
        let first = try await made.ledger.record(outcome)
        let again = try await made.ledger.record(outcome)
        #expect(again.status == .duplicate && again.number == first.number)
        outcome.summary = "other"
        #expect(try await record(made.ledger, outcome)?.contains("recorded with other content") == true)
        var correction = Correction(of: "d-1", field: "summary", right: "s", reason: "r")
        correction.circumstances.id = "o-1"
        #expect(try await record(made.ledger, correction)?.contains("recorded with other content") == true)
        await made.ledger.close()
        let other = try made.reopened()
        #expect(try await other.ledger.record([Submission(Self.outcome("o-1"))])[0].get().status == .duplicate)
        await other.ledger.close()
    }

    private static func outcome(_ id: String) -> Outcome {
        var outcome = Outcome(of: "d-1", .good, source: .rule, summary: "s")
        outcome.circumstances.id = id
        return outcome
    }

    @Test func `a dry run refuses what recording would refuse`() async throws {
        let made = try await MemoryLedger()
        _ = try await made.ledger.record([try Sample.least("d-1")])[0].get()
        var checker = SubmissionChecker(made.ledger)
        try checker.check(try submission(Outcome(of: "d-1", .good, source: .rule, summary: "s")))
        #expect(throws: RecordError.self) {
            try checker.check(try submission(Outcome(of: "d-2", .good, source: .rule, summary: "s")))
        }
        try checker.check(try Sample.least("d-2"))
        try checker.check(try submission(Outcome(of: "d-2", .good, source: .rule, summary: "s")))
    }

    @Test func `callers at the same time see each other's decisions or are refused, and the log holds`() async throws {
        let made = try await MemoryLedger()
        let recorded = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask { (try? await made.ledger.record([try Sample.least("d-\(number)")])[0].get()) != nil }
                group.addTask {
                    let fact = Outcome(of: "d-\(number)", .good, source: .rule, summary: "s")
                    return (try? await made.ledger.record(fact)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(recorded >= 50)
        #expect(try made.size() == UInt64(recorded) + 1)
        #expect(try made.findings().isEmpty)
    }
}
