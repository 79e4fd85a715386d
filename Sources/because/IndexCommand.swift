import ArgumentParser
import Because

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Look after the index, which is derived from the log.",
        subcommands: [IndexRebuild.self])
}

struct IndexRebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Delete the index and derive it again.")

    @OptionGroup var ledger: LedgerOption

    func run() throws {
        let ledger = try ledger.openForReading()
        try ledger.index.rebuild { Terminal.progress("index", $0, $1) }
        Terminal.note("the index holds \(try ledger.read { $0.size }) entries")
    }
}
