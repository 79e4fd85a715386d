import ArgumentParser
import Because

struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Write the log as static files that anyone can verify (C2SP tlog-tiles): only what is new, the checkpoint last."
    )

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The folder; it is made where it is not there.") var dir: String
    @Flag(help: "Print the result as JSON.") var json = false

    func run() async throws {
        let summary = try await Publishing(
            ledger: ledger.path, places: signing.places(keyring: ledger.keyring), into: dir, progress: Terminal.progress
        ).run()
        json ? Terminal.write(summary.json) : Terminal.write(summary.text)
        if let remark = summary.remark { Terminal.note(remark) }
        Terminal.note("readers verify it with the key \(summary.key.text), which they need from elsewhere")
    }
}
