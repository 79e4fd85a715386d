import ArgumentParser
import Because
import Glibc
import Report

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write one page about the ledger: counts, charts and verdicts, for a browser or for paper.",
        discussion: """
            The file is complete in itself: no script, nothing that is loaded from elsewhere, no sealed text. It verifies the \
            ledger first, and exits with 2 when the evidence does not hold, with 1 when it could not be checked; the page says so \
            as well. An existing file is kept unless --force is given.
            """)

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var options: StatisticsOption
    @Argument(help: "The file to write.") var file: String
    @Option(help: "The verifier key that `because init` printed. Without it the key of entry 0 is taken.") var key:
        String?
    @OptionGroup var head: HeadOption
    @Flag(help: "Do not verify; the page says that nothing was.") var unverified = false
    @Flag(help: "Replace an existing file.") var force = false

    func run() async throws {
        let question = try options.question
        let output = OutputFile(file)
        // Before the work is done; whether it is so at the end is seen when the file is put in its place.
        guard force || access(file, F_OK) != 0 else { throw OutputFile.exists(file) }
        let verified = unverified ? nil : try await verification()
        let content = try ReportContent(
            of: ledger.openForReading(), asking: question, verification: verified, made: LedgerClock.system.now()
        ) { Terminal.progress("counting", $0, $1) }
        let bytes = ReportPage(content, top: options.top).bytes
        try force ? output.write(bytes) : output.create(bytes)
        Terminal.note("wrote \(file), \(bytes.count) bytes")
        if let status = verified?.report.exitStatus, status != 0 {
            Terminal.note("the page says what does not hold, or could not be checked; because verify lists it")
            throw ExitCode(status)
        }
    }

    private func verification() async throws -> ReportContent.Verified {
        let trusted = try key.map(VerifierKey.init(option:))
        let verification = Verification(
            folder: try ledger.path, key: trusted, places: ledger.places(head: head),
            progress: Terminal.progress)
        return ReportContent.Verified(report: try await verification.run(), hasOwnKey: trusted != nil)
    }
}
