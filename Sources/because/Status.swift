import ArgumentParser
import Because

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the size, the newest checkpoint, the key, the specifications in force, and the files.")

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "Print it as JSON.") var json = false

    func run() throws {
        let ledger = try ledger.openForReading()
        let status = try LedgerStatus(of: ledger)
        try ledger.sync()
        json ? Terminal.write(status.json) : Terminal.write(status.text)
    }
}
