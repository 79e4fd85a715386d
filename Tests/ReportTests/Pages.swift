import Because
import LedgerSamples
import Report
import StorageTesting
import Testing

/// Ledgers in memory, and the pages about them.
struct Pages {
    let folder: Scratch
    let store: MemoryStore
    let ledger: Ledger
    let clock: SampleClock

    init() async throws {
        folder = try Scratch()
        store = MemoryStore(subjectKey: Sample.subjectKey)
        clock = SampleClock()
        ledger = try await SampleLedger.create(in: store, head: folder, clock: clock)
    }

    /// One with oversight, appeals, conflicts, two versions, a gap and an inconsistent record, over some weeks.
    static let varied = Task {
        let pages = try await Pages()
        _ = try await pages.ledger.register(Sample.specification())
        for week in 0..<5 {
            if week == 3 { _ = try await pages.ledger.register(Sample.specification(Sample.laterRules, version: "2")) }
            for number in week * 12..<week * 12 + 12 where number != 30 { try await pages.record(decision(number)) }
            pages.clock.pass(seconds: 7 * 86_400)
        }
        for line in later { try await pages.record(line) }
        return pages
    }

    static func outcome(_ number: Int) -> String {
        ["comply", "comply", "refuse", "safe_complete", "act", "escalate", "comply"][number % 7]
    }

    static func section(_ number: Int) -> String { ["privacy", "honesty", "privacy", "secrets"][number % 4] }

    private static func decision(_ number: Int) -> String {
        let conflict =
            number % 10 == 0
            ? #","conflicts":[{"between":["message:user","acme/rules#privacy"],"rule":"higher_authority","winner":"\#(number == 20 ? "message:user" : "acme/rules#privacy")"}]"#
            : ""
        return
            #"{"id":"d-\#(number)","outcome":"\#(outcome(number))","summary":"sealed words \#(number)","principles":[{"ref":"acme/rules#\#(section(number))","role":"applied"}],"rationale_absent":"none","producer":{"id":"p\#(number % 3)","epoch":"e","seq":\#(number / 3 + 1)}\#(conflict)}"#
    }

    private static let later =
        ["override", "confirm", "confirm", "deny"].enumerated().map {
            #"{"type":"oversight","decision":"d-\#($0)","phase":"given","act":"\#($1)","reason":"r"}"#
        } + [
            #"{"id":"o1","type":"appeal","decision":"d-7","phase":"opened","by":"subject","grounds":"g"}"#,
            #"{"id":"o2","type":"appeal","decision":"d-8","phase":"opened","by":"subject","grounds":"g"}"#,
            #"{"type":"appeal","decision":"d-7","phase":"decided","appeal":"o1","result":"reversed","decided_by":"human","reason":"r"}"#,
        ]

    func record(_ line: String) async throws { _ = try await ledger.record([Sample.submission(line)])[0].get() }

    static let comparison = DisparityQuestion(by: .producer, favourable: [.comply, .act], minimum: 5)

    func content(_ question: StatisticsQuestion = .all) throws -> ReportContent {
        try ReportContent(
            of: ledger, asking: question, verification: nil, made: Timestamp(microseconds: SampleClock.start))
    }

    /// The page, which is well-formed.
    func page(_ question: StatisticsQuestion = .all, top: Int = 20) throws -> ParsedPage {
        try ParsedPage(ReportPage(content(question), top: top).bytes)
    }
}
