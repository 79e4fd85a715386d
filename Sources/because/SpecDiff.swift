import ArgumentParser
import Because

struct SpecDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Compare two registered versions, section by section.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The earlier version: document@version.", transform: VersionName.parse) var old: VersionName
    @Argument(help: "The later version: document@version.", transform: VersionName.parse) var new: VersionName

    func run() throws {
        let ledger = try ledger.openForReading()
        let documents = try [old, new].map { try ledger.specification($0.registration(in: ledger)) }
        let text = SpecificationDiff(from: documents[0], to: documents[1]).text
        Terminal.write(Terminal.isOutputTerminal ? VisibleText.lines(text) : text)
    }
}
