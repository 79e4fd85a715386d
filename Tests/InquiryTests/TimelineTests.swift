import Because
import LedgerSamples
import Testing

/// A session or trace in the order in which it happened.
struct TimelineTests {
    private static let lines = [
        #"{"type":"attempt","id":"t-1","decision":"d-1","producer":{"id":"p","epoch":"e","seq":1},"occurred":"2026-01-01T08:59:59Z"}"#,
        #"{"id":"d-1","occurred":"2026-01-01T10:00:00+01:00","outcome":"clarify","summary":"Asked which","none_cited":"n","rationale_absent":"r","session":"s-1","trace":"t"}"#,
        #"{"id":"d-2","occurred":"2026-01-01T09:00:02.5Z","outcome":"act","summary":"Sent it","none_cited":"n","rationale_absent":"r","session":"s-1","links":[{"rel":"caused_by","id":"d-1"}]}"#,
        #"{"type":"action","id":"a-1","decision":"d-2","phase":"dispatched","tool":"mail","effect":"send","occurred":"2026-01-01T09:00:03Z","summary":"a letter"}"#,
        #"{"id":"d-0","occurred":"2026-01-01T08:00:00Z","outcome":"comply","none_cited":"n","rationale_absent":"r","session":"s-1"}"#,
        #"{"id":"x-1","outcome":"comply","none_cited":"n","rationale_absent":"r","session":"s-2","links":[{"rel":"precedent","id":"d-1"}]}"#,
        #"{"type":"incident","id":"i-1","decision":"d-2","phase":"opened","severity":"low","summary":"lost"}"#,
        #"{"type":"incident","id":"i-2","incident":"i-1","phase":"closed","summary":"found"}"#,
        #"{"type":"outcome","id":"o-x","decision":"x-1","result":"good","source":"human","summary":"fine"}"#,
    ]

    private func asked() async throws -> Asking {
        let asking = try await Asking()
        for line in Self.lines { try await asking.record(line) }
        return asking
    }

    @Test(arguments: [true, false])
    func `decisions and all facts about them stand in the order in which they happened`(isIndexed: Bool) async throws {
        let asking = try await asked()
        if isIndexed { _ = try asking.ledger.index.update() } else { try asking.blockIndex() }
        let timeline = try await asking.ledger.timeline(of: .session("s-1"))
        #expect(timeline.isFromIndex == isIndexed && timeline.notes.isEmpty == isIndexed)
        #expect(timeline.items.map(\.id) == ["d-0", "t-1", "d-1", "d-2", "a-1", "i-1", "i-2"])
        #expect(timeline.items.map(\.isPart) == [true, false, true, true, false, false, false])
        #expect(timeline.items.map(\.isRecordedLate) == [true, false, false, false, false, false, false])
        #expect(timeline.items.map { $0.links.map(\.id) } == [[], ["d-1"], [], ["d-1"], ["d-2"], ["d-2"], ["i-1"]])
        let linkedBy = timeline.items.map { $0.linkedBy.map(\.id).sorted() }
        #expect(linkedBy == [[], [], ["d-2", "t-1", "x-1"], ["a-1", "i-1"], [], ["i-2"], []])
        #expect(try await asking.ledger.timeline(of: .trace("t")).items.map(\.id) == ["t-1", "d-1"])
    }

    @Test func `the lines say what matters`() async throws {
        let asking = try await asked()
        let lines = try await asking.ledger.timeline(of: .session("s-1")).text.split(separator: "\n").map(String.init)
        #expect(lines.count == 9 && lines[0].hasPrefix("session s-1: 3 decisions and 4 other records"))
        #expect(lines[2].hasPrefix("2026-01-01T08:00:00Z ") && lines[2].contains(", after what follows)"))
        #expect(lines[4].hasSuffix("d-1  CLARIFY Asked which  ← t-1, d-2  ← x-1 elsewhere (precedent)"))
        #expect(lines[5].hasSuffix("d-2  ACT Sent it  → caused by d-1  ← a-1, i-1"))
        #expect(
            lines[8].contains("* i-2") && lines[8].hasSuffix("an incident was closed; summary: found  → incident i-1"))
    }

    @Test func `a limit shows the first, with the facts about these`() async throws {
        let asking = try await asked()
        let timeline = try await asking.ledger.timeline(of: .session("s-1"), limit: 1)
        #expect(timeline.isCut && timeline.items.map(\.id) == ["t-1", "d-1"])
        #expect(timeline.items[1].linkedBy.map(\.id).sorted() == ["d-2", "t-1", "x-1"])
    }

    @Test func `nobody's session is empty, and a record that is gone in part says so`() async throws {
        let asking = try await asked()
        for value in ["none", "", "s-1' OR 1=1 --", "S-1"] {
            #expect(try await asking.ledger.timeline(of: .session(value)).items.isEmpty)
        }
        try asking.removeSealed(of: asking.ledger.read { try $0.number(matching: "d-2") })
        let item = try await asking.ledger.timeline(of: .session("s-1")).items[3]
        #expect(item.says == "ACT its summary cannot be read" && item.missingCount > 0)
    }

    @Test func `what the index claims and the log does not say is left out, and said`() async throws {
        let asking = try await asked()
        _ = try asking.ledger.index.update()
        let number = try asking.ledger.read { try $0.number(matching: "x-1") }
        try asking.editIndex("UPDATE entries SET session = 's-1' WHERE n = \(number)")
        let timeline = try await asking.ledger.timeline(of: .session("s-1"))
        // It does name a decision of the session, and is about another; the fact about it is about none of these.
        #expect(!timeline.items.contains { $0.id == "x-1" || $0.id == "o-x" })
        #expect(timeline.items.contains { $0.id == "d-1" && $0.linkedBy.contains { $0.id == "x-1" } })
        #expect(timeline.notes == ["the index is wrong about entry \(number + 3); run because index rebuild"])
    }

    @Test func `the answer to why names the session where there is more of it`() async throws {
        let asking = try await asked()
        let said = try asking.answer("d-1").filter { $0.section == "After" }
        #expect(
            said.first
                == Said(
                    section: "After",
                    text: "part of session s-1: 3 decisions by the index (because timeline --session s-1)",
                    mark: .computed))
        #expect(try !asking.answer("x-1").contains { $0.text.hasPrefix("part of session") })
    }
}
