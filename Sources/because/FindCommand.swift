import ArgumentParser
import Because

struct FindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Find decisions, newest first. Every hit is read from the log and proven.",
        discussion: """
            Fields: \(Query.Field.allCases.map { "\($0.rawValue):" }.joined(separator: " "))
            Words and "quoted phrases" are looked for in summaries and rationales; - negates a term. Without type: only decisions \
            are found. An index cannot show what it leaves out: --scan reads the log itself.

              because find 'outcome:refuse principle:protect_privacy since:2026-01-01 "medical"'
            """)

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The query; several arguments are joined.") var query: [String] = []
    @Option(help: "How many to print.") var limit = 20
    @Option(help: "Go on below this entry: the cursor of an earlier answer.") var cursor: UInt64?
    @Flag(help: "Read the log itself instead of the index.") var scan = false
    @Flag(help: "Print a JSON object for each.") var json = false

    func validate() throws {
        guard 1...10_000 ~= limit else { throw ValidationError("--limit takes a number from 1 to 10000") }
    }

    func run() async throws {
        let result = try await ledger.openForReading()
            .find(query.joined(separator: " "), limit: limit, cursor: cursor, scan: scan)
        for note in result.notes { Terminal.note(note) }
        for hit in result.hits { json ? Terminal.write(hit.json) : Terminal.write(hit.text(width: Terminal.width)) }
        if result.hits.isEmpty { Terminal.note("nothing was found") }
        if !result.isScan {
            Terminal.note("found by the index, which cannot show what it leaves out; --scan reads the log itself")
        }
        if let next = result.next { Terminal.note("there are more: --cursor \(next)") }
    }
}
