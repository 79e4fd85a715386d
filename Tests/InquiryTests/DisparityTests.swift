import Because
import LedgerSamples
import StorageTesting
import Testing

/// Rates of segments, their ratios and what is not said of them.
struct DisparityTests {
    /// A ledger with so many favourable decisions of so many for each producer; `nil` names none.
    private func disparity(_ groups: [(String?, Int, of: Int)], minimum: Int = 30) async throws -> Disparity {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: MemoryStore(subjectKey: Sample.subjectKey), head: folder)
        var lines: [Submission] = []
        for (name, favourable, count) in groups {
            for number in 0..<count {
                let producer = name.map { ",\"producer\":{\"id\":\"\($0)\"}" } ?? ""
                lines.append(
                    try Sample.submission(
                        "{\"id\":\"x-\(lines.count)\",\"outcome\":\"\(number < favourable ? "act" : "refuse")\",\"none_cited\":\"n\",\"rationale_absent\":\"r\"\(producer)}"
                    ))
            }
        }
        for result in await ledger.record(lines) { _ = try result.get() }
        let question = DisparityQuestion(by: .producer, favourable: [.act, .comply], minimum: minimum)
        return try #require(try await ledger.statistics(of: StatisticsQuestion(comparison: question)).disparity)
    }

    private func standing(_ name: String?, _ disparity: Disparity) throws -> Disparity.Standing {
        try #require(disparity.segments.first { $0.name == name }).standing
    }

    /// Computed by hand: 10 of 50 against 25 of 50 is 0.4, and sqrt(1/10 - 1/50 + 1/25 - 1/50) is sqrt(0.1).
    @Test func `the interval is that of Katz and others`() throws {
        let interval = try #require(Disparity.interval(10, of: 50, against: 25, of: 50))
        #expect(abs(interval.lowerBound - 0.4 * 0.538055) < 1e-4 && abs(interval.upperBound - 0.4 * 1.858547) < 1e-4)
        #expect(Disparity.interval(50, of: 50, against: 50, of: 50) == 1...1)
        for (a, b) in [(0, 5), (5, 0), (0, 0)] { #expect(Disparity.interval(a, of: 9, against: b, of: 9) == nil) }
    }

    @Test func `the highest rate is what the others are divided by`() async throws {
        let disparity = try await disparity([("a", 20, of: 40), ("b", 36, of: 40), ("c", 35, of: 40)])
        #expect(disparity.reference?.name == "b" && disparity.segments.map(\.decisions) == [40, 40, 40])
        #expect(try standing("b", disparity) == .reference)
        guard case .compared(let ratio, let interval, let isBelow) = try standing("a", disparity) else {
            Issue.record("it was not compared")
            return
        }
        #expect(abs(ratio - 20.0 / 36) < 1e-12 && isBelow && interval?.contains(ratio) == true)
        if case .compared(_, _, let isBelow) = try standing("c", disparity) { #expect(!isBelow) }
    }

    @Test(arguments: [(23, true), (24, false), (25, false)])
    func `exactly four fifths is not below them`(favourable: Int, want: Bool) async throws {
        let disparity = try await disparity([("a", favourable, of: 30), ("b", 30, of: 30)])
        guard case .compared(_, _, let isBelow) = try standing("a", disparity) else {
            Issue.record("it was not compared")
            return
        }
        #expect(isBelow == want)
    }

    @Test func `nothing is said of few decisions, of those without a value, and where none is favourable`() async throws
    {
        let few = try await disparity([("a", 29, of: 29), ("b", 10, of: 30), (nil, 40, of: 40)])
        #expect(try standing("a", few) == .tooFew && standing(nil, few) == .notRecorded)
        #expect(try standing("b", few) == .reference, "a rate of few decisions is no highest rate")
        let small = try await disparity([("a", 1, of: 2)])
        #expect(small.reference == nil && small.segments[0].standing == .tooFew)
        let none = try await disparity([("a", 0, of: 30), ("b", 0, of: 31)])
        #expect(none.segments.map(\.standing).contains(.noRate))
        let zero = try await disparity([("a", 0, of: 30), ("b", 30, of: 30)])
        #expect(try standing("a", zero) == .compared(ratio: 0, interval: nil, isBelowFourFifths: true))
        let empty = try await disparity([])
        #expect(empty.segments.isEmpty && empty.reference == nil)
    }

    @Test func `text, CSV and JSON say the same, and what the numbers do not show`() async throws {
        let disparity = try await disparity([("a", 20, of: 40), ("b", 36, of: 40), (nil, 1, of: 3)])
        let text = disparity.text(top: 2)
        #expect(text.contains("0.556") && text.contains("and 1 more, not shown") && text.contains("29 CFR 1607.4 D"))
        #expect(Disparity.limits.allSatisfy(text.contains) && !text.lowercased().contains("discriminat"))
        #expect(disparity.csv.rows.count == 3)
        #expect(disparity.csv.text.contains("a,40,20,0.5000,compared,0.5556,"))
        #expect(disparity.csv.text.contains(",3,1,0.3333,not_recorded,,,,\r\n"))
    }

    @Test func `segments are made by words, codes and truth values that stand in clear`() {
        let names = ClearMember.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in ["producer", "model", "kind", "model.provider", "producer.version", "effective", "role_of_ai"] {
            #expect(names.contains(name))
        }
        for name in ["outcome", "subject", "session", "trace", "summary", "principles", "producer.seq", "x", ""] {
            #expect(ClearMember(name) == nil, "\(name)")
        }
    }
}
