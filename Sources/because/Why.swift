import ArgumentParser
import Because

struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Answer why a decision was made, from records only.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The id of a decision, or the beginning of it.") var id: String
    @Flag(help: "Print the answer as JSON.") var json = false
    @Flag(help: "Print the answer as Markdown.") var markdown = false
    @Flag(help: "Show how words that changed since read then and now.") var diff = false

    func validate() throws {
        if json, markdown { throw ValidationError("--json and --markdown exclude each other") }
    }

    func run() async throws {
        let ledger = try ledger.openForReading()
        let explanation = try await ledger.explain(id)
        try ledger.sync()
        if json { return Terminal.write(explanation.json) }
        let answer = explanation.answer(showsDifference: diff)
        if markdown { return Terminal.write(answer.markdown) }
        Terminal.write(answer.terminalText(width: Terminal.width, usesColour: Terminal.usesColour))
    }
}
