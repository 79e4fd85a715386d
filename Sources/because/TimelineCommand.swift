import ArgumentParser
import Because

struct TimelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract:
            "Show the decisions of a session or trace and what became of them, in the order in which it happened.",
        discussion: """
            A line for each record: the time that the application gives, the id, what is recorded, → what it names and ← what \
            names it. Found by the index, read from the log and proven.

              because timeline --session chat-88125
            """)

    @OptionGroup var ledger: LedgerOption
    @Option(help: "The conversation.") var session: String?
    @Option(help: "The trace id of a request.") var trace: String?
    @Option(help: "How many records of it to show; the facts about them come on top.") var limit = 1000
    @OptionGroup var form: FormOption

    func validate() throws {
        guard 1...100_000 ~= limit else { throw ValidationError("--limit takes a number from 1 to 100000") }
        guard (session == nil) != (trace == nil) else { throw ValidationError("name one of --session and --trace") }
    }

    func run() async throws {
        let thread = session.map(Timeline.Thread.session) ?? .trace(trace ?? "")
        let timeline = try await ledger.openForReading().timeline(of: thread, limit: limit)
        form.write(text: timeline.text, json: timeline.json, csv: timeline.csv)
        for note in timeline.notes { Terminal.note(note) }
        if timeline.items.isEmpty { Terminal.note("no record names the \(thread.name) \(thread.value)") }
    }
}
