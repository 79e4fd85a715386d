import ArgumentParser
import Because

struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract:
            "Say of every section of a specification how often decisions applied, considered or overrode it, or never.",
        discussion: """
            Counted by the index, which because verify compares with the log; --scan counts the log itself. Decisions are counted \
            by the version that they cite. Under elsewhere stand those that name a section only in an alternative or a conflict.
            """)

    @OptionGroup var ledger: LedgerOption
    @Option(help: "document@version, or document for the version in force.") var spec: String
    @Flag(help: "Read the log itself instead of the index.") var scan = false
    @OptionGroup var form: FormOption

    func run() async throws {
        let ledger = try ledger.openForReading()
        let coverage = try await ledger.coverage(of: VersionName.registration(spec, in: ledger), scan: scan)
        form.write(text: coverage.text, json: coverage.json, csv: coverage.csv)
        for note in coverage.notes { Terminal.note(note) }
    }
}
