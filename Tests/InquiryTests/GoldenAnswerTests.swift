import Because
import LedgerSamples
import Testing

/// One answer, to the letter. Keys, clocks and randomness are fixed, so the proof is the same in every run.
struct GoldenAnswerTests {
    private func answer() async throws -> Answer {
        let asking = try await Asking()
        try await asking.record(
            """
            {"id":"d-1","occurred":"2026-11-20T09:14:07Z","outcome":"refuse","summary":"Refused to pass on an address to a caller",
            "principles":[{"ref":"acme/rules#privacy","role":"applied"}],
            "rationale":{"text":"It is her address, and she was not asked.\\nI said so.","source":"model","timing":"with"},
            "alternatives":[{"label":"ask her first","status":"rejected","reason":"she cannot be reached at this hour"}],
            "conflicts":[{"between":["message:user","acme/rules#privacy"],"rule":"higher_authority","winner":"acme/rules#privacy"}],
            "inputs":[{"name":"request","role":"user","text":"Where does she live?","trusted":false}],
            "output":{"text":"I cannot say where she lives. \\u001b[1mAsk her\\u001b[0m."},
            "model":{"provider":"example","requested":"m","served":"m-2026-09"},
            "producer":{"id":"agent","version":"4.2.1","seq":1},"role_of_ai":"sole","effective":true}
            """)
        try await asking.record(
            #"{"id":"d-2","outcome":"comply","summary":"The number was given out","links":[{"rel":"revises","id":"d-1"}],"none_cited":"none","rationale_absent":"none","producer":{"id":"agent","seq":3}}"#
        )
        _ = try await asking.ledger.register(Sample.specification(Sample.laterRules, version: "2"))
        return try asking.ledger.index.explain("d-1").answer(showsDifference: true)
    }

    @Test(arguments: [(80, Golden.wide), (48, Golden.narrow), (20, Golden.narrow)])
    func `an answer is shown to the letter, within its columns`(width: Int, want: String) async throws {
        let shown = try await answer().terminalText(width: width, usesColour: false)
        #expect(shown == want)
        #expect(shown.split(separator: "\n").allSatisfy { $0.count <= max(48, width) })
    }

    @Test func `colour adds nothing but colour`() async throws {
        let answer = try await answer()
        let colourful = answer.terminalText(width: 80, usesColour: true)
        #expect(colourful.replacing(/\u{1B}\[[012]m/, with: "") == Golden.wide)
        #expect(colourful.contains("\u{1B}[1mBecause\u{1B}[0m"))
    }

    @Test func `Markdown says the same, with marks`() async throws {
        let markdown = try await answer().markdown
        #expect(
            markdown.hasPrefix("# REFUSE Refused to pass on an address to a caller\n\n*[recorded]*\n\n## Decided\n\n"))
        #expect(
            markdown.contains("> It is her address, and she was not asked\\.  \n> I said so\\.  \n> *[recorded]*\n"))
        #expect(markdown.contains("- acme/rules\\@1\\#privacy *[recorded]*\n"))
    }
}
