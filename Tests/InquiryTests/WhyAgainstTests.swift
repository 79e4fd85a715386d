import Because
import LedgerSamples
import Testing

/// Two decisions side by side.
struct WhyAgainstTests {
    private func answer(_ second: String, laterWords: Bool = false) async throws -> Answer {
        let asking = try await Asking()
        try await asking.record(Self.first)
        if laterWords { _ = try await asking.ledger.register(Sample.specification(Sample.laterRules, version: "2")) }
        try await asking.record(second)
        let index = asking.ledger.index
        return try index.explain("d-1").answer(against: index.explain("d-2"))
    }

    private static let first = #"""
        {"id":"d-1","outcome":"refuse","summary":"Refused","principles":[{"ref":"acme/rules#privacy","role":"applied"}],"rationale":{"text":"r","source":"model","timing":"with"},"model":{"served":"m-1"},"inputs":[{"name":"request","text":"a"}]}
        """#

    private func texts(_ answer: Answer, _ title: String) -> [String] {
        answer.sections.first { $0.title == title }?.statements.map(\.text) ?? []
    }

    @Test func `equal records differ in nothing, and the answer does not guess`() async throws {
        let answer = try await answer(Self.first.replacing("d-1", with: "d-2"))
        #expect(answer.headline == "d-1 and d-2 differ in nothing that is on record")
        #expect(texts(answer, "Differs").isEmpty)
        #expect(texts(answer, "Same") == ["outcome, model, who gave the reason, reason, principles, inputs"])
    }

    @Test func `each member that differs is named with both values`() async throws {
        let second = Self.first.replacing("d-1", with: "d-2").replacing("\"refuse\"", with: "\"comply\"")
            .replacing("m-1", with: "m-2").replacing("\"text\":\"a\"", with: "\"text\":\"b\"")
        let answer = try await answer(second)
        #expect(answer.headline == "d-1 and d-2 differ in outcome, model, inputs")
        #expect(
            texts(answer, "Differs") == [
                "outcome, first: refuse", "outcome, second: comply", "model, first: m-1", "model, second: m-2",
                "both read request, with other content",
            ])
        #expect(
            texts(answer, "Not said").last?.hasSuffix("does not show that the outcome differs because of it") == true)
    }

    @Test func `what only one has is said to be missing in the other`() async throws {
        let second = #"{"id":"d-2","outcome":"refuse","none_cited":"n","rationale_absent":"r"}"#
        let differs = texts(try await answer(second), "Differs")
        #expect(differs.contains("model, second: not on record"))
        #expect(differs.contains("only the first cites acme/rules#privacy, as applied"))
        #expect(differs.contains("only the first read request"))
    }

    @Test func `the same section with other words is another principle, and both words are shown`() async throws {
        let answer = try await answer(Self.first.replacing("d-1", with: "d-2"), laterWords: true)
        let differs = texts(answer, "Differs")
        #expect(differs.first == "acme/rules#privacy: other words, of 1 and of 2")
        #expect(differs.contains { $0.hasPrefix("-") } && differs.contains { $0.hasPrefix("+") })
    }
}
