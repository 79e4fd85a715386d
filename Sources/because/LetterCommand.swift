import ArgumentParser
import Because
import Glibc

struct LetterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letter", abstract: "Write a letter to the person a decision is about, from records only.",
        discussion: """
            A template in Mustache is filled with what is on record and this person may see. What it asks for and the record does \
            not have stands in the letter as a blank, such as [not recorded: summary], and is listed. No letter is legal advice.

            Templates that come with the program: \(LetterTemplate.names.joined(separator: ", ")).
            """)

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The id of a decision, or the beginning of it.") var id: String
    @Option(
        help: ArgumentHelp("The name of a template that comes with the program, or a file.", valueName: "name|file"))
    var template: String
    @Option(name: .shortAndLong, help: "The file to write; standard output otherwise.") var output: String?
    @Flag(help: "Escape what is put in, so that the letter can be read as Markdown.") var markdown = false
    @Flag(
        help:
            "Record that the letter was given to this person, once all of it is written. Use it for the letter that you do send."
    )
    var issue = false
    @Flag(help: "Print the letter as JSON, with its blanks and digests.") var json = false

    func validate() throws {
        if json, markdown { throw ValidationError("--json and --markdown exclude each other") }
        if json, issue, output == nil {
            throw ValidationError("--issue needs the letter itself: use --output with --json")
        }
    }

    func run() async throws {
        let template = try readTemplate()
        guard issue else {
            let ledger = try ledger.openForReading()
            let letter = try await letter(of: ledger, template)
            try ledger.sync()
            return try write(letter)
        }
        let receipt: Receipt = try await signing.withLedger(ledger) { ledger in
            // Open for recording: nobody else can be in the way between writing the letter and recording it.
            let letter = try await letter(of: ledger, template)
            try write(letter)
            // Written, all of it. If recording fails the letter is there and not on record, and the error says so.
            do { return try await ledger.record(letter.issued) } catch let error as RecordError {
                throw Problem("the letter is written, and is not on record: \(error)", hint: error.hint)
            }
        }
        let known = receipt.status == .duplicate ? "this letter was issued before, as" : "issued, as"
        Terminal.note("\(known) entry \(receipt.number), \(receipt.id)")
    }

    private func readTemplate() throws -> LetterTemplate {
        // What is neither a name nor a file is taken for a mistyped name.
        if LetterTemplate.names.contains(template) || access(template, F_OK) != 0 {
            return try LetterTemplate(named: template)
        }
        let bytes = try InputFile(template).read(limit: LetterTemplate.byteLimit)
        let name = template.split(separator: "/").last.map(String.init)
        return try LetterTemplate(bytes, name: name.flatMap { Grammar.isCode($0) ? $0 : nil })
    }

    private func letter(of ledger: Ledger, _ template: LetterTemplate) async throws -> Letter {
        let explanation = try await ledger.explain(id)
        return try Letter(explanation, template: template, format: markdown ? .markdown : .text)
    }

    private func write(_ letter: Letter) throws {
        if let output { try OutputFile(output).write(letter.bytes) } else if !json { Terminal.write(letter.bytes) }
        if json { Terminal.write(letter.json) }
        for blank in letter.blanks { Terminal.note("blank: \(blank)") }
    }
}
