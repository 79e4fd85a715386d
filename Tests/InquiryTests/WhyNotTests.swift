import Because
import LedgerSamples
import Testing

/// Why it did not do something else.
struct WhyNotTests {
    private static let decision = #"""
        {"id":"d-1","outcome":"refuse","summary":"Refused","none_cited":"n","rationale_absent":"r","alternatives":[
        {"label":"Send the file","status":"forbidden","by":["acme/rules#privacy"],"reason":"it would go to a stranger"},
        {"label":"Ask the customer first","status":"rejected"}]COMPLETE}
        """#

    private func said(_ text: String, isComplete: Bool = false, decision: String = decision) async throws -> Answer {
        let asking = try await Asking()
        let complete = isComplete ? #","alternatives_complete":true"# : ""
        try await asking.record(decision.replacing("COMPLETE", with: complete).replacing("\n", with: ""))
        return try asking.ledger.index.explain("d-1").answer(whyNot: text)
    }

    private func statements(_ answer: Answer, _ title: String) -> [String] {
        answer.sections.first { $0.title == title }?.statements.map(\.text) ?? []
    }

    @Test(arguments: ["send the file", "SEND file", "please send the file now", "Send the file!"])
    func `an alternative on record is answered with its reason`(text: String) async throws {
        let answer = try await said(text)
        #expect(answer.headlineMark == .recorded)
        #expect(
            statements(answer, "Not")
                == ["Send the file", "forbidden by acme/rules#privacy: \u{201C}it would go to a stranger\u{201D}"])
        #expect(statements(answer, "Considered").first == "Ask the customer first")
        #expect(statements(answer, "Decided") == ["the outcome of d-1 was refuse: \u{201C}Refused\u{201D}"])
    }

    @Test func `an alternative without a reason has none`() async throws {
        #expect(
            statements(try await said("ask the customer first"), "Not")
                == ["Ask the customer first", "rejected, for no recorded reason"])
    }

    @Test(arguments: ["send a summary", "", "...", "sen the file"])
    func `what is not on record was not recorded as considered, and no reason is made up`(text: String) async throws {
        let answer = try await said(text)
        #expect(answer.headline == "\u{201C}\(text)\u{201D} is not recorded as considered")
        #expect(answer.headlineMark == .notRecorded && statements(answer, "Not").isEmpty)
        #expect(statements(answer, "Not said") == ["whether anything else was considered is not recorded"])
        #expect(
            statements(try await said(text, isComplete: true), "Not said")
                == ["the record says that nothing else was considered"])
    }

    @Test func `without alternatives nothing can be said`() async throws {
        let bare = #"{"id":"d-1","outcome":"refuse","none_cited":"n","rationale_absent":"r"}"#
        #expect(statements(try await said("x", decision: bare), "Not said") == ["alternatives are not recorded"])
    }
}
