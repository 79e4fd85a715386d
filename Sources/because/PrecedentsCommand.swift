import ArgumentParser
import Because

struct PrecedentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "precedents",
        abstract:
            "List decisions that applied the same principles in similar words: with the same outcome, and with another.",
        discussion: """
            Likeness is the share of words that two records have in common, in summary and rationale; a word counts the more the \
            rarer it is. Which decision was right is not said. Each is read from the log and proven.
            """)

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The id of a decision, or the beginning of it.") var id: String
    @Option(help: "How many to list of each group.") var limit = 5
    @OptionGroup var form: FormOption

    func validate() throws {
        guard 1...1000 ~= limit else { throw ValidationError("--limit takes a number from 1 to 1000") }
    }

    func run() async throws {
        let precedents = try await ledger.openForReading().precedents(of: id, limit: limit)
        form.write(text: precedents.text, json: precedents.json, csv: precedents.csv)
        for note in precedents.notes { Terminal.note(note) }
    }
}
