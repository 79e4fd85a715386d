import ArgumentParser
import Because

struct CompletenessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completeness",
        abstract: "Say of every run of a producer whether all its decisions are here.",
        discussion: """
            By the numbers that producers give their decisions: complete up to one, a gap, or it cannot be told, and why. \
            It reads the log itself. An application that never numbered a decision, or never recorded one, is not noticed.
            """)

    @OptionGroup var ledger: LedgerOption
    @Option(help: "Only this producer.") var producer: String?
    @Option(help: "Seconds after which a run that is not closed is called silent.") var silentAfter = CompletenessReport
        .silence
    @Option(
        help: ArgumentHelp("Only runs of this verdict: complete, gap or cannot_tell.", valueName: "verdict"),
        transform: { text in
            guard let kind = ProducerAccount.Verdict.Kind(rawValue: text) else {
                throw ValidationError("--only takes complete, gap or cannot_tell")
            }
            return kind
        }) var only: ProducerAccount.Verdict.Kind?
    @Flag(help: "Print a JSON object for each run.") var json = false

    func validate() throws {
        guard 0...1_000_000_000 ~= silentAfter else {
            throw ValidationError("--silent-after takes a number of seconds from 0 to 1000000000")
        }
    }

    func run() async throws {
        let report = try await ledger.openForReading().completeness(of: producer)
        if json {
            for account in report.accounts where only == nil || account.verdict.kind == only {
                Terminal.write(account.json)
            }
        } else {
            Terminal.write(report.text(silentAfter: silentAfter, only: only))
        }
        if report.accounts.isEmpty { Terminal.note("no producer numbers its decisions") }
        if report.unnumbered > 0 {
            Terminal.note("\(report.unnumbered) decisions have no number, so nothing can be told of these")
        }
    }
}
