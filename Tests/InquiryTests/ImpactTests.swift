import Because
import LedgerSamples
import Testing

/// Which decisions cited words that changed.
struct ImpactTests {
    private static let old = """
        [{"id":"same","title":"Same","text":"As ever."},
        {"id":"other","title":"Other","text":"Ask first.\\nThen act."},
        {"id":"gone","title":"Gone","text":"Never on a Sunday."},
        {"id":"named","title":"Named","text":"Say what you know and nothing else."},
        {"id":"ranked","title":"Ranked","authority":"user","text":"Be brief."},
        {"id":"unread","title":"Unread","text":"Nobody cites this."}]
        """
    private static let new = """
        [{"id":"same","title":"Same","text":"As ever."},
        {"id":"other","title":"Other","text":"Ask first.\\nThen wait."},
        {"id":"renamed","title":"Named","text":"Say what you know and nothing else."},
        {"id":"ranked","title":"Ranked","authority":"root","text":"Be brief."},
        {"id":"unread","title":"Unread","text":"Nobody cites this either."}]
        """

    private func rules(_ text: String, _ version: String) throws -> Specification {
        try Specification(parsing: Array(text.utf8), format: .json, id: "acme/list", version: version)
    }

    private func line(_ id: String, _ outcome: String, _ refs: String...) -> String {
        let principles = refs.map { #"{"ref":"acme/list@\#($0)","role":"applied"}"# }.joined(separator: ",")
        return
            #"{"id":"\#(id)","outcome":"\#(outcome)","summary":"s \#(id)","principles":[\#(principles)],"rationale_absent":"r"}"#
    }

    private func asked() async throws -> (Asking, Registration, Registration) {
        let asking = try await Asking()
        _ = try await asking.ledger.register(rules(Self.old, "1"))
        _ = try await asking.ledger.register(rules(Self.old.replacing("As ever.", with: "As never."), "1b"))
        _ = try await asking.ledger.register(rules(Self.new, "2"))
        let lines = [
            line("a", "refuse", "1#same"), line("b", "refuse", "1#other"), line("c", "comply", "1#other", "1#gone"),
            line("d", "act", "1#named"), line("e", "act", "1#ranked"), line("f", "comply", "1b#other"),
            line("g", "comply", "2#other"), line("h", "refuse", "1b#same"),
        ]
        for line in lines { try await asking.record(line) }
        let registry = try asking.ledger.read { $0.specifications.registry }
        return (
            asking, try #require(registry.registration(id: "acme/list", version: "1")),
            try #require(registry.registration(id: "acme/list", version: "2"))
        )
    }

    @Test(arguments: [false, true])
    func `who cited words that changed is found by the words, whatever version was named`(scan: Bool) async throws {
        let (asking, old, new) = try await asked()
        let impact = try await asking.ledger.impact(from: old, to: new, scan: scan)
        #expect(impact.isFromIndex != scan && impact.notes == [])
        #expect(impact.decisions.map(\.id) == ["f", "c", "b"])
        #expect(impact.decisions[1].sections == ["other", "gone"])
        #expect(impact.outcomes == ["comply": 2, "refuse": 1] && impact.affected == 3 && impact.sameWordsOnly == 2)
        let changes = impact.sections.map { "\($0.section.id) \($0.change.name) \($0.cited)" }
        #expect(
            changes == [
                "other changed 3", "gone removed 1", "named renamed 1", "ranked authority 1", "unread changed 0",
            ])
        #expect(impact.sections[3].authorityNow == "root" && impact.unchangedCount == 1)
        guard case .changed(let difference) = impact.sections[0].change else {
            Issue.record("no difference")
            return
        }
        #expect(difference.lines.map(\.marked) == [" Ask first.", "-Then act.", "+Then wait."])
    }

    @Test func `the newest are listed, and all are counted`() async throws {
        let (asking, old, new) = try await asked()
        let impact = try await asking.ledger.impact(from: old, to: new, limit: 1)
        #expect(impact.decisions.map(\.id) == ["f"] && impact.affected == 3)
        #expect(impact.text().hasSuffix("and 2 more; --limit shows them\n"))
        #expect(!impact.text().contains("-Then act."))
        #expect(impact.text(showsDifference: true).contains("    -Then act.\n    +Then wait.\n"))
    }

    @Test func `versions of the same words concern nobody, nor does an empty ledger`() async throws {
        let (asking, old, _) = try await asked()
        let impact = try await asking.ledger.impact(from: old, to: old)
        #expect(impact.sections.isEmpty && impact.affected == 0 && impact.unchangedCount == 6)
        let empty = try await Asking()
        _ = try await empty.ledger.register(rules(Self.old, "1"))
        _ = try await empty.ledger.register(rules(Self.new, "2"))
        let registry = try empty.ledger.read { $0.specifications.registry }
        let none = try await empty.ledger.impact(
            from: #require(registry.registration(id: "acme/list", version: "1")),
            to: #require(registry.registration(id: "acme/list", version: "2")))
        #expect(none.affected == 0 && none.decisions.isEmpty && none.sections.count == 5)
    }

    @Test func `what the index claims and the log does not say is left out, and said`() async throws {
        let (asking, old, new) = try await asked()
        _ = try asking.ledger.index.update()
        let number = try asking.ledger.read { try $0.number(matching: "h") }
        try asking.editIndex("UPDATE citations SET section = 'other' WHERE n = \(number)")
        let impact = try await asking.ledger.impact(from: old, to: new)
        #expect(impact.decisions.map(\.id) == ["f", "c", "b"])
        #expect(impact.notes == ["the index is wrong about entry \(number); run because index rebuild"])
    }
}
