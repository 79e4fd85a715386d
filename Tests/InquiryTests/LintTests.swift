import Because
import LedgerSamples
import Synchronization
import Testing

/// Inconsistent records of a whole ledger.
struct LintTests {
    private func line(_ id: Int, _ winner: String) -> String {
        #"{"id":"d-\#(id)","outcome":"comply","summary":"s","principles":[{"ref":"acme/rules#privacy","role":"applied"}],"rationale_absent":"r","conflicts":[{"between":["message:user","acme/rules#privacy"],"rule":"higher_authority","winner":"\#(winner)"}]}"#
    }

    @Test func `every inconsistent record is listed once, in its order, and nothing else`() async throws {
        let asking = try await Asking()
        let lines = (0..<50).map { line($0, $0 % 7 == 3 ? "message:user" : "acme/rules#privacy") }
        for result in await asking.ledger.record(try lines.map { try Sample.submission($0) }) { _ = try result.get() }
        try await asking.record(#"{"id":"d-50","outcome":"comply","none_cited":"n","rationale_absent":"r"}"#)
        let found = Mutex<[InconsistentRecord]>([])
        let counts = try await asking.ledger.inconsistentRecords { record in found.withLock { $0.append(record) } }
        #expect(counts == LintCounts(decisions: 51, compared: 50, inconsistent: 7))
        let records = found.withLock { $0 }
        #expect(records.map(\.id) == [3, 10, 17, 24, 31, 38, 45].map { "d-\($0)" })
        #expect(records.allSatisfy { $0.inconsistencies.map(\.kind) == [.notHigher] })
        #expect(
            records[0].text.hasPrefix(
                "d-3  entry 5  COMPLY s\n    conflicts[0]: a message of user was followed against"))
    }

    @Test func `the answer to why says that a record is inconsistent, and nothing of right or wrong`() async throws {
        let asking = try await Asking()
        try await asking.record(line(1, "message:user"))
        try await asking.record(line(2, "acme/rules#privacy"))
        let bad = try asking.answer("d-1").filter { $0.section == "Conflict" && $0.mark == .computed }
        #expect(bad.map(\.text).allSatisfy { $0.hasPrefix("inconsistent record: a message of user") } && bad.count == 1)
        let good = try asking.answer("d-2").filter { $0.section == "Conflict" && $0.mark == .computed }
        #expect(good.map(\.text) == ["nothing in this is at odds with the registered authorities"])
    }
}
