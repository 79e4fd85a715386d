import ArgumentParser
import Because

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the ledger as it is at one moment, while others may record.")

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The folder to create.") var dir: String
    @Flag(help: "Copy the signing key too; whoever has it can sign in the ledger's name.") var withKey = false
    @Flag(help: "Print the result as JSON.") var json = false

    func run() async throws {
        let summary = try await Backup(ledger: ledger.path, to: dir, includesKey: withKey, key: signing.key).run()
        json ? Terminal.write(summary.json) : Terminal.write(summary.text)
        Terminal.note(
            "keep it where the ledger is not; restoring it is noticed by what is newer and lies outside what was restored"
        )
    }
}
