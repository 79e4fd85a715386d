import ArgumentParser
import Because

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print an entry as it is stored, what opens its sealed fields, and its place in the tree.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The id of an entry, the beginning of it, or its number.") var entry: String
    @Flag(help: "Print it as JSON, with an inclusion proof (C2SP tlog-proof).") var json = false

    func run() async throws {
        let ledger = try ledger.openForReading()
        let number = try ledger.read { view in
            if let number = UInt64(entry), try view.number(ofID: entry) == nil { return number }
            return try view.number(matching: entry)
        }
        let erasures = try ledger.read { try $0.erasures(of: [number]) }
        let shown = ShownEntry(try await ledger.evidence(for: number), erasures: erasures)
        json ? Terminal.write(shown.json) : Terminal.write(shown.text(isForTerminal: Terminal.isOutputTerminal))
    }
}
