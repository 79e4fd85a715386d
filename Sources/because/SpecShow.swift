import ArgumentParser
import Because

struct SpecShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the words of a section, or the sections of a document.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "document@version#section, document#section for the version in force, or without #section.")
    var ref: String

    func run() throws {
        let ledger = try ledger.openForReading()
        guard ref.contains("#") else { return try list(ledger) }
        let reference = try Reference(parsing: ref)
        let words = try ledger.read { view in
            try view.text(try view.specifications.registry.resolve(reference).sectionDigest)
        }
        guard let words else {
            throw LedgerError.store(.damaged(detail: "the words of \(ref) are missing or were changed"))
        }
        let text = String(decoding: words, as: UTF8.self)
        Terminal.write(Terminal.isOutputTerminal ? VisibleText.lines(text) : text)
        if text.last?.isNewline != true { Terminal.write("\n") }
    }

    private func list(_ ledger: Ledger) throws {
        for section in try VersionName.registration(ref, in: ledger).sections {
            let indent = String(repeating: "  ", count: max(0, section.level - 1))
            let authority = section.authority.map { " (\($0))" } ?? ""
            Terminal.write("\(indent)\(section.id)\(authority)  \(VisibleText.line(section.title))\n")
        }
    }
}
