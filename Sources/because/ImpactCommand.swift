import ArgumentParser
import Because

struct ImpactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "impact",
        abstract: "List the decisions that cited words which changed from one version of a specification to another.",
        discussion: """
            What counts is the words: who cited the same words by another version cited them too. Found by the index; --scan reads \
            the log itself. The decisions listed are read from the log and proven.
            """)

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The version then: document@version.", transform: VersionName.parse) var old: VersionName
    @Argument(help: "The version now: document@version.", transform: VersionName.parse) var new: VersionName
    @Option(help: "How many decisions to list.") var limit = 20
    @Flag(help: "Read the log itself instead of the index.") var scan = false
    @Flag(help: "Show how the words read then and now.") var diff = false
    @OptionGroup var form: FormOption

    func validate() throws {
        guard 1...10_000 ~= limit else { throw ValidationError("--limit takes a number from 1 to 10000") }
        guard old.document == new.document else { throw ValidationError("name two versions of one document") }
    }

    func run() async throws {
        let ledger = try ledger.openForReading()
        let impact = try await ledger.impact(
            from: old.registration(in: ledger), to: new.registration(in: ledger), limit: limit, scan: scan)
        form.write(text: impact.text(showsDifference: diff), json: impact.json, csv: impact.csv)
        for note in impact.notes { Terminal.note(note) }
    }
}
