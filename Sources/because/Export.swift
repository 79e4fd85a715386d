import ArgumentParser
import Because

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Print every entry with its disclosures, one JSON object a line. `because record` into a new ledger takes them."
    )

    @OptionGroup var ledger: LedgerOption

    func run() throws {
        let ledger = try ledger.openForReading()
        try ledger.export { Terminal.write($0.json) }
        try ledger.sync()
    }
}
