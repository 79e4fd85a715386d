import ArgumentParser
import Because

struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Answer why a decision was made, from records only.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The id of a decision, or the beginning of it.") var id: String
    @OptionGroup var audience: AudienceOption
    @Option(help: "Answer why this was not done, from the alternatives on record.") var not: String?
    @Option(help: "Answer in what the record differs from that of this decision.") var against: String?
    @Flag(help: "Print the answer as JSON.") var json = false
    @Flag(help: "Print the answer as Markdown.") var markdown = false
    @Flag(help: "Print the decision and what it is linked with as W3C PROV-JSON.") var prov = false
    @Flag(help: "Show how words that changed since read then and now.") var diff = false

    func validate() throws {
        if [json, markdown, prov].count(where: { $0 }) > 1 {
            throw ValidationError("--json, --markdown and --prov exclude each other")
        }
        let questions = [not != nil, against != nil, diff, prov].count { $0 }
        if questions > 1 { throw ValidationError("--not, --against, --diff and --prov exclude each other") }
        if let not, not.allSatisfy(\.isWhitespace) { throw ValidationError("--not takes the words of an alternative") }
    }

    func run() async throws {
        let ledger = try ledger.openForReading()
        let explanation = try await ledger.explain(id).seen(by: audience.audience)
        let other =
            if let against { try await ledger.explain(against).seen(by: audience.audience) } else {
                nil as Explanation?
            }
        try ledger.sync()
        if let not { return print(explanation.answer(whyNot: not)) }
        if let other { return print(explanation.answer(against: other)) }
        if prov { return Terminal.write(explanation.prov) }
        if json { return Terminal.write(explanation.json) }
        print(explanation.answer(showsDifference: diff))
    }

    private func print(_ answer: Answer) {
        if json { return Terminal.write(answer.json) }
        if markdown { return Terminal.write(answer.markdown) }
        Terminal.write(answer.terminalText(width: Terminal.width, usesColour: Terminal.usesColour))
    }
}
