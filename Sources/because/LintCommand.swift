import ArgumentParser
import Because

struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "List decisions whose recorded conflicts do not fit the authorities of their specification.",
        discussion: """
            A lower authority that won as the higher one, a root principle that was overridden, text without authority that was \
            followed. Such a record is inconsistent; whether the decision was right is not said.
            """)

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "Print a JSON object for each.") var json = false

    func run() async throws {
        let json = json
        let counts = try await ledger.openForReading().inconsistentRecords { record in
            json ? Terminal.write(record.json) : Terminal.write(record.text)
        }
        Terminal.note(
            "\(counts.decisions) decisions; \(counts.compared) cite registered words or record a conflict; \(counts.inconsistent) inconsistent records"
        )
    }
}
