import ArgumentParser
import Because

struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase sealed values for good, and put on record that they were, and on what basis.",
        discussion: """
            The values go from the log, its WAL, its free pages and the index; every proof stays valid. A hold keeps them, and so \
            does the minimum of a class of retention, unless --despite-minimum. \(ErasureSummary.outside).

            Exit status 1 where values were erased and something is left to do: then the message says what.
            """)

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The whole id of a record.") var id: String?
    @Option(
        help: ArgumentHelp(
            "A sealed field, such as summary or inputs[0].text; an object or list means all in it. May be repeated.",
            valueName: "path"))
    var field: [String] = []
    @Flag(help: "All sealed fields of the record.") var all = false
    @Option(help: "Everything about this person: decisions, and what was recorded later about them.") var subject:
        String?
    @Option(help: "On what basis, in a sentence; it is sealed in the entry.") var basis: String?
    @Flag(help: "Erase although the record is to be kept for longer; the entry says so.") var despiteMinimum = false
    @Flag(help: "Finish scrubbing files after an erasure that could not.") var resume = false
    @Flag(help: "Print a JSON object.") var json = false

    func validate() throws {
        if resume {
            guard id == nil, subject == nil, field.isEmpty, !all, basis == nil else {
                throw ValidationError("--resume stands alone")
            }
            return
        }
        guard (id == nil) != (subject == nil) else { throw ValidationError("name the id of a record, or --subject") }
        guard (id != nil && all) != !field.isEmpty || subject != nil else {
            throw ValidationError("say what of it: --field, once or more, or --all")
        }
        guard subject == nil || (field.isEmpty && !all) else {
            throw ValidationError("--subject erases everything; --field and --all belong to an id")
        }
        guard basis != nil else { throw ValidationError("--basis says on what basis") }
    }

    func run() async throws {
        let summary = try await signing.withLedger(ledger) { ledger in
            guard let basis else { return ErasureSummary(scrubbing: try await ledger.scrub()) }
            let grounds = ErasureGrounds(basis: basis, despitesMinimum: despiteMinimum)
            if let subject { return try await ledger.erase(subject: subject, grounds) }
            return try await ledger.erase(id ?? "", all ? .all : .paths(field), grounds)
        }
        json ? Terminal.write(summary.json) : Terminal.write(summary.text)
        if subject != nil, summary.erased.isEmpty {
            Terminal.note("nothing is found by this person: nothing about them is on record, or it was erased before")
        }
        if !summary.erased.isEmpty { Terminal.note(ErasureSummary.outside) }
        for place in summary.unreached { Terminal.note(place) }
        if let remark = summary.scrubbing.remark { Terminal.note(remark) }
        if !summary.isComplete { throw ExitCode(1) }
    }
}
