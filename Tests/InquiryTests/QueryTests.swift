import Because
import LedgerSamples
import Testing

struct QueryTests {
    /// The terms of a query, each written out.
    private func terms(_ text: String) throws -> [String] {
        try Query(text).terms.map { term in
            let condition =
                switch term.condition {
                case .field(let field, let value): "\(field.rawValue)=\(value)"
                case .since(let moment): "since \(Timestamp(microseconds: moment))"
                case .until(let moment): "until \(Timestamp(microseconds: moment))"
                case .words(let words): "words \(words)"
                }
            return (term.isNegated ? "not " : "") + condition
        }
    }

    @Test(arguments: [
        ("", []),
        ("  \n\t ", []),
        ("outcome:refuse", ["outcome=refuse"]),
        ("OUTCOME:refuse", ["outcome=refuse"]),
        ("outcome:Refuse", ["outcome=Refuse"]),
        ("outcome:refuse kind:act", ["outcome=refuse", "kind=act"]),
        ("-outcome:refuse", ["not outcome=refuse"]),
        ("medical", ["words medical"]),
        ("-medical", ["not words medical"]),
        ("--medical", ["not words -medical"]),
        ("\"medical file\"", ["words medical file"]),
        ("-\"medical file\"", ["not words medical file"]),
        ("\"outcome:refuse\"", ["words outcome:refuse"]),
        ("subject:\"Ann Other\"", ["subject=Ann Other"]),
        ("-subject:\"Ann Other\"", ["not subject=Ann Other"]),
        ("a\"b c\"", ["words a\"b", "words c\""]),
        ("\"a\"b", ["words a", "words b"]),
        ("model:a:b", ["model=a:b"]),
        (
            "principle:openai/model-spec@2025-12-18#protect_privacy",
            ["principle=openai/model-spec@2025-12-18#protect_privacy"]
        ),
        ("since:2026-01-31", ["since 2026-01-31T00:00:00.000000Z"]),
        ("until:2026-01-31", ["until 2026-02-01T00:00:00.000000Z"]),
        ("until:2026-12-31", ["until 2027-01-01T00:00:00.000000Z"]),
        ("until:2028-02-28", ["until 2028-02-29T00:00:00.000000Z"]),
        ("since:2026-01-31T12:00:00Z", ["since 2026-01-31T12:00:00.000000Z"]),
        ("until:2026-01-31T12:00:00.5Z", ["until 2026-01-31T12:00:00.500000Z"]),
        ("-since:2026-01-31", ["not since 2026-01-31T00:00:00.000000Z"]),
        ("since:\"2026-01-31\"", ["since 2026-01-31T00:00:00.000000Z"]),
        ("since:0000-01-01", ["since 0000-01-01T00:00:00.000000Z"]),
        ("x\u{3000}y", ["words x", "words y"]),
    ]) func `a query is read term by term, and means decisions`(text: String, want: [String]) throws {
        #expect(try terms(text) == want + ["type=decision"])
    }

    @Test func `a type that is named is the one that is meant`() throws {
        #expect(try terms("type:incident x") == ["type=incident", "words x"])
        #expect(try terms("-type:decision") == ["not type=decision"])
    }

    @Test(
        arguments: [
            ("outcom:refuse", .unknownField("outcom", nearest: "outcome")),
            ("nothing-like-it:x", .unknownField("nothing-like-it", nearest: nil)),
            (":x", .unknownField("", nearest: nil)),
            ("outcome:", .noValue("outcome")),
            ("outcome:\"\"", .noValue("outcome")),
            ("outcome: refuse", .noValue("outcome")),
            ("\"open", .unclosedQuote),
            ("subject:\"open", .unclosedQuote),
            ("\"", .unclosedQuote),
            ("-", .noWords("-")),
            ("- x", .noWords("")),
            ("\"\"", .noWords("")),
            ("*", .noWords("*")),
            ("\"…\"", .noWords("…")),
            ("since:yesterday", .notATime(field: "since", "yesterday")),
            ("since:2026-02-30", .notATime(field: "since", "2026-02-30")),
            ("until:2026-1-1", .notATime(field: "until", "2026-1-1")),
            ("until:2026-01-31T12:00:00", .notATime(field: "until", "2026-01-31T12:00:00")),
            ("until:2026-01-31T12:00:00+01:00", .notATime(field: "until", "2026-01-31T12:00:00+01:00")),
            ("until:2026-01-31T12:00:00.1234567Z", .notATime(field: "until", "2026-01-31T12:00:00.1234567Z")),
            ("until:2026-01-31T12:00:00.Z", .notATime(field: "until", "2026-01-31T12:00:00.Z")),
            ("since:9999-99-99", .notATime(field: "since", "9999-99-99")),
            ("since:٢٠٢٦-٠١-٠١", .notATime(field: "since", "٢٠٢٦-٠١-٠١")),
        ] as [(String, Query.Problem)]) func `what cannot be read is refused with what was found`(
            text: String, want: Query.Problem
        )
    {
        let problem = #expect(throws: Query.Problem.self) { try Query(text) }
        #expect(problem == want)
        #expect(problem?.description.isEmpty == false && problem?.hint.contains("principle:") == true)
    }

    @Test func `a query of very many terms is refused, and a very long one is read`() throws {
        #expect(throws: Query.Problem.tooManyTerms(100)) { try Query(String(repeating: "-x ", count: 100_000)) }
        #expect(try terms(String(repeating: "x", count: 1 << 20)).count == 2)
        #expect(try Query(String(repeating: "a ", count: 100)).terms.count == 101)
    }

    @Test func `bounds of time hold to the microsecond`() async throws {
        let corpus = try await Corpus.shared.value
        let ledger = try corpus.open()
        let at = corpus.members[60].at
        let moments = [-1, 0, 1].map { Timestamp(microseconds: at + $0).description }
        for (index, moment) in moments.enumerated() {
            for scan in [false, true] {
                let since = try ledger.index.find(Query("since:\(moment)"), limit: 1000, scan: scan).hits
                let until = try ledger.index.find(Query("until:\(moment)"), limit: 1000, scan: scan).hits
                #expect(since.count + until.count == 120)
                #expect(since.contains { $0.at.microseconds == at } == (index < 2))
                #expect(until.contains { $0.at.microseconds == at } == (index == 2))
            }
        }
    }
}
