import Because
import Foundation
import Testing

/// Questions about more than one decision, as a person types them.
struct SurveyCommandTests {
    private static let questions = [
        ["coverage", "--spec", "acme/rules"], ["impact", "acme/rules@1", "acme/rules@2"],
        ["timeline", "--session", "s"], ["precedents", "a"],
    ]

    private func asked() throws -> TestLedger {
        let ledger = try TestLedger()
        let file = try ledger.file("rules.md", TestLedger.rules.replacing("company", with: "house").utf8)
        #expect(try ledger.run("spec", "add", file, "--id", "acme/rules", "--version", "2").status == 0)
        let lines = ["a", "b"].map {
            decision($0, summary: "=1+1 \\u001b[31m\\u202e", ref: "acme/rules@1#protect-privacy").dropLast()
                + #","session":"s"}"#
        }
        let recorded = try ledger.run("record", input: lines.joined(separator: "\n"))
        try #require(recorded.status == 0, "\(recorded.errors)")
        return ledger
    }

    @Test(arguments: questions)
    func `each answers as text, JSON and CSV, without a character that a terminal would obey`(question: [String]) throws
    {
        let ledger = try asked()
        for form in [[], ["--json"], ["--csv"]] {
            let answer = try Because.run(question + form, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 0 && !answer.output.isEmpty, "\(question) \(form): \(answer.errors)")
            let text = answer.output.replacing("\r\n", with: "\n")
            #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E })
            if form == ["--json"] {
                #expect(try answer.value["format"]?.text == "because-\(question[0])/1")
            }
            if form == ["--csv"] {
                // Nothing that was recorded is a formula.
                #expect(!text.contains(",=1+1") && !text.contains("\n=1+1"))
                #expect(answer.bytes.starts(with: Array((Self.header[question[0]] ?? "").utf8)))
            }
        }
        let both = try Because.run(question + ["--json", "--csv"], environment: ["BECAUSE_LEDGER": ledger.path])
        #expect(both.status == 64)
    }

    private static let header = [
        "coverage": "document,version,section,", "impact": "id,n,at,", "timeline": "occurred,at,n,",
        "precedents": "group,likeness,id,",
    ]

    private static let refused: [(line: String, status: Int32)] = [
        ("coverage --spec acme/none", 1), ("coverage --spec acme/rules@9", 1), ("coverage", 64),
        ("impact acme/rules@1 acme/rules@9", 1), ("impact acme/rules@1 acme/other@1", 64),
        ("impact acme/rules acme/rules@1", 64), ("timeline", 64), ("timeline --session a --trace b", 64),
        ("precedents", 64), ("precedents a --limit 0", 64), ("precedents nobody", 1),
    ]

    @Test(arguments: refused)
    func `what cannot be asked is refused with what to do`(line: String, status: Int32) throws {
        let ledger = try asked()
        let arguments = line.split(separator: " ").map(String.init)
        let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
        #expect(answer.status == status && answer.output.isEmpty && answer.errors.contains("because: hint: "))
    }

    @Test func `a reference in a ledger without a specification is told to register one`() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/ledger"
        #expect(try Because.run(["init", path, "--origin", TestLedger.origin]).status == 0)
        let answer = try Because.run(["record", "--ledger", path], input: decision("a").utf8)
        #expect(answer.status == 1)
        #expect(answer.errors.contains("because spec add registers one") && !answer.errors.contains("spec show"))
    }

    @Test(.enabled(if: ModelSpec.isThere, ModelSpec.absence))
    func `the released Model Spec is covered section by section, by the index as by the log`() throws {
        let ledger = try ModelSpec.ledger()
        let coverage = try ledger.run("coverage", "--spec", "openai/model-spec", "--json").value
        let scanned = try ledger.run("coverage", "--spec", "openai/model-spec", "--json", "--scan").value
        #expect(coverage["sections"] == scanned["sections"] && coverage["sections"]?.items?.count == 80)
        #expect(coverage["citing"]?.integer == Int64(ModelSpec.decisionCount))
        let applied = (coverage["sections"]?.items ?? []).compactMap { $0["uses"]?["applied"]?.integer }.reduce(0, +)
        #expect(applied == Int64(ModelSpec.decisionCount))
        let text = try ledger.run("coverage", "--spec", "openai/model-spec@2025-12-18r2").output
        #expect(text.contains("\n      protect_privacy (root) "))
        // Nobody cited the older version; its sections in the same words were cited all the same.
        let impact = try ledger.run("impact", "openai/model-spec@2025-12-18", "openai/model-spec@2025-04-11", "--json")
            .value
        let own = try ledger.run("impact", "openai/model-spec@2025-12-18r2", "openai/model-spec@2025-04-11", "--json")
            .value
        let affected = try #require(impact["affected"]?.integer)
        #expect(affected > 150 && affected <= (own["affected"]?.integer ?? 0))
        let precedents = try ledger.run("precedents", "model-spec-0000").output
        #expect(precedents.contains("#follow_all_applicable_instructions: the same words"))
    }
}
