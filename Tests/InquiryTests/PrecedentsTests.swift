import Because
import LedgerSamples
import Testing

@testable import Inquiry

/// Decisions that applied the same in similar words.
struct PrecedentsTests {
    private static func line(
        _ id: String, _ outcome: String, _ summary: String, _ reason: String = "It is so.",
        _ ref: String = "acme/rules#privacy", role: String = "applied"
    ) -> String {
        """
        {"id":"\(id)","outcome":"\(outcome)","summary":"\(summary)","principles":[{"ref":"\(ref)","role":"\(role)"}],
        "rationale":{"text":"\(reason)","source":"model","timing":"with"},"model":{"served":"m-1"}}
        """
    }

    private func asked() async throws -> Asking {
        let asking = try await Asking()
        try await asking.record(Self.line("a", "refuse", "Gave no address of the tenant"))
        try await asking.record(Self.line("b", "comply", "Gave the address of a shop"))
        try await asking.record(Self.line("c", "refuse", "Kept a diagnosis back"))
        try await asking.record(Self.line("d", "refuse", "Gave no address of the tenant", role: "considered"))
        try await asking.record(Self.line("e", "refuse", "Gave no address", "It is so.", "acme/rules#honesty"))
        _ = try await asking.ledger.register(Sample.specification(Sample.laterRules, version: "2"))
        try await asking.record(Self.line("f", "refuse", "Told nobody the address of the tenant"))
        try await asking.record(
            Self.line("q", "refuse", "Gave no address of the Tenänt", "It is so.", "acme/rules@1#privacy"))
        return asking
    }

    @Test(arguments: [true, false])
    func `the same principle is shared, outcomes are apart, and the most alike come first`(isIndexed: Bool) async throws
    {
        let asking = try await asked()
        if isIndexed { _ = try asking.ledger.index.update() } else { try asking.blockIndex() }
        let precedents = try await asking.ledger.precedents(of: "q")
        #expect(precedents.isFromIndex == isIndexed)
        #expect(precedents.agreeing.map(\.id) == ["a", "f", "c"] && precedents.differing.map(\.id) == ["b"])
        #expect(precedents.count == 4 && precedents.compared == 4 && !precedents.isCountCut)
        // Diacritics count for nothing, as in full text.
        #expect(precedents.agreeing[0].likeness == 100 && precedents.agreeing[0].sharedWords.contains("tenant"))
        #expect(precedents.agreeing[0].likeness > precedents.differing[0].likeness)
        #expect(precedents.differing[0].sharedWords.last == "so" || precedents.differing[0].sharedWords.count > 3)
    }

    @Test func `whether the words of the section were the same is told by their digests`() async throws {
        let asking = try await asked()
        let precedents = try await asking.ledger.precedents(of: "q")
        let sections = precedents.agreeing.map { $0.sections.map { "\($0.ref) \($0.hasSameWords)" } }
        #expect(
            sections == [
                ["acme/rules@1#privacy true"], ["acme/rules@2#privacy false"], ["acme/rules@1#privacy true"],
            ])
        #expect(precedents.text.contains("acme/rules@2#privacy: other words than the decision above cited"))
        #expect(precedents.text.hasSuffix(Precedents.caution + "\n"))
    }

    @Test func `words that are gone are said to be gone, and count for nothing`() async throws {
        let asking = try await asked()
        try asking.removeSealed(of: asking.ledger.read { try $0.number(matching: "a") })
        let a = try await #require(asking.ledger.precedents(of: "q").agreeing.first { $0.id == "a" })
        #expect(a.gone == .missing && a.likeness == 0 && a.sharedWords.isEmpty && a.summary == nil)
        let own = try await asking.ledger.precedents(of: "a")
        #expect(!own.hasWords && own.agreeing.map(\.id) == ["q", "f", "c"])
        #expect(own.text.contains("its own words are gone or were not recorded, so the newest come first\n"))
    }

    @Test func `who applied nothing has none, and who is unknown is said`() async throws {
        let asking = try await asked()
        let none = try await asking.ledger.precedents(of: "d")
        #expect(none.applied.isEmpty && none.agreeing.isEmpty && none.differing.isEmpty)
        #expect(none.text.hasSuffix("so nothing else can have applied the same\n"))
        await #expect(throws: InquiryError.self) { _ = try await asking.ledger.precedents(of: "nobody") }
        await #expect(throws: InquiryError.self) { _ = try await asking.ledger.precedents(of: "because:ledger") }
    }

    @Test func `a rare word is found among more than can be compared`() async throws {
        let asking = try await Asking()
        try await asking.record(Self.line("first", "act", "Spoke of a zephyr once"))
        let lines = (0..<1100).map { Self.line("m-\($0)", "act", "Spoke of a thing again") }
        for result in await asking.ledger.record(try lines.map { try Sample.submission($0) }) { _ = try result.get() }
        try await asking.record(Self.line("q", "act", "Spoke of a zephyr"))
        let precedents = try await asking.ledger.precedents(of: "q", limit: 2)
        #expect(precedents.count == 1101 && precedents.compared == 1000)
        #expect(precedents.agreeing.map(\.id) == ["first", "m-1099"])
        #expect(precedents.text.contains("1101 other decisions applied one of these sections"))
    }

    @Test func `likeness is symmetric, whole for the same words and nothing for others`() throws {
        let texts = ["a rare word", "word rare A a", "something else", "a word", ""]
        let likeness = try Likeness(texts)
        for one in texts.indices {
            for other in texts.indices {
                #expect(likeness.compare(one, other).percentage == likeness.compare(other, one).percentage)
            }
        }
        #expect(likeness.compare(0, 1).percentage == 100 && likeness.compare(0, 2).percentage == 0)
        #expect(likeness.compare(4, 4).percentage == 0 && likeness.compare(0, 4).shared == [])
        // By hand: ln(1 + 5/3) for `a` and `word`, ln(1 + 5/2) for `rare`: 2 × 1.9617 / (3.2145 + 1.9617) = 0.7579…
        #expect(likeness.compare(0, 3).percentage == 75 && likeness.compare(0, 1).shared == ["rare", "a", "word"])
    }
}
