import Because
import LedgerSamples
import StorageTesting
import Testing

@testable import Inquiry

/// Counts, against those of the decisions as they were submitted.
struct StatisticsTests {
    private func tally(_ members: [Corpus.Member]) -> [String: Int] {
        Dictionary(grouping: members) { $0.fields[.outcome] ?? "" }.mapValues(\.count)
    }

    private func counts(_ tally: OutcomeTally) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: tally.outcomes.map { ($0.outcome.label, $0.count) })
    }

    private func expect(_ groups: [Statistics.Group], _ field: Query.Field, _ members: [Corpus.Member]) {
        let want = Dictionary(grouping: members) { $0.fields[field] }
        #expect(Set(groups.map(\.name)) == Set(want.keys) && groups.count == want.count, "\(field)")
        for group in groups { #expect(counts(group.tally) == tally(want[group.name] ?? []), "\(field)") }
        #expect(groups.map(\.tally.decisions) == groups.map(\.tally.decisions).sorted(by: >))
    }

    @Test func `every table has what an independent count has`() async throws {
        let corpus = try await Corpus.shared.value
        let members = corpus.members
        let statistics = try await corpus.open().statistics()
        #expect(counts(statistics.total) == tally(members) && statistics.total.decisions == 120)
        expect(statistics.models, .model, members)
        expect(statistics.producers, .producer, members)
        #expect(statistics.citingNone.decisions == members.count { $0.citations.isEmpty })
        #expect(Set(statistics.principles.map(\.name)) == Set(Corpus.sections.map { "acme/rules#\($0)" }))
        for use in statistics.principles {
            let section = String(use.name.dropFirst("acme/rules#".count))
            let citing = members.filter { $0.citations.contains { $0.section == section } }
            #expect(counts(use.tally) == tally(citing) && use.authority == Corpus.Member.authorities[section])
            for role in ["applied", "considered"] {
                let inRole = citing.count { $0.citations.contains { $0.section == section && $0.role == role } }
                #expect(use.roles[role, default: 0] == inRole)
            }
        }
        for version in statistics.versions {
            let citing = members.filter { $0.citations.contains { version.name == "acme/rules@\($0.version)" } }
            #expect(counts(version.tally) == tally(citing))
        }
        #expect(statistics.versions.count == 2 && statistics.unreadable == 0)
    }

    @Test func `a stretch of time is cut where it is said, and into the periods that are asked for`() async throws {
        let corpus = try await Corpus.shared.value
        let ledger = try corpus.open()
        let times = corpus.members.map(\.at).sorted()
        for (low, high) in [(0, 119), (13, 77), (40, 41), (60, 60)] {
            let since = Timestamp(microseconds: times[low]).description
            let until = Timestamp(microseconds: times[high]).description
            let inside = corpus.members.filter { times[low] <= $0.at && $0.at < times[high] }
            for unit in PeriodUnit.allCases {
                let question = try StatisticsQuestion(since: since, until: until, unit: unit)
                let statistics = try await ledger.statistics(of: question)
                #expect(counts(statistics.total) == tally(inside))
                #expect(statistics.first?.microseconds == inside.map(\.at).min())
                let length = unit == .month ? 7 : 10
                let periods = Dictionary(grouping: inside) { member in
                    String(
                        Timestamp(
                            microseconds: Int64(unit.start(of: PeriodUnit.day(of: .init(microseconds: member.at))))
                                * 86_400_000_000
                        ).description.prefix(length))
                }
                #expect(statistics.periods.map(\.name) == periods.keys.sorted())
                for period in statistics.periods { #expect(counts(period.tally) == tally(periods[period.name] ?? [])) }
            }
        }
    }

    @Test func `a day that ends the time is part of it, and the last of all days is no end`() async throws {
        let corpus = try await Corpus.shared.value
        let newest = try #require(corpus.members.map(\.at).max())
        let day = String(Timestamp(microseconds: newest).description.prefix(10))
        for until in [day, "9999-12-31"] {
            let statistics = try await corpus.open().statistics(of: StatisticsQuestion(until: until))
            #expect(statistics.total.decisions == 120)
        }
        #expect(throws: Query.Problem.notATime(field: "until", "soon")) { try StatisticsQuestion(until: "soon") }
    }

    @Test func `an empty ledger has no decisions, no periods and no rates`() async throws {
        let asking = try await Asking()
        let statistics = try await asking.ledger.statistics()
        #expect(statistics.total.decisions == 0 && statistics.periods.isEmpty && statistics.first == nil)
        #expect(statistics.series(limit: 10).isEmpty && statistics.total.share(0) == nil)
        #expect(statistics.text(top: 5) == "no decisions\n")
        #expect(statistics.json["decisions"]?.integer == 0 && statistics.json["first"] == nil)
        #expect(statistics.csv.rows.count == 5)
    }

    @Test func `what people did is counted once for each decision, whatever they did it with and when`() async throws {
        let asking = try await Asking()
        for id in ["a", "b", "c", "d"] {
            try await asking.record(#"{"id":"\#(id)","outcome":"refuse","none_cited":"n","rationale_absent":"r"}"#)
        }
        func given(_ id: String, _ act: String) -> String {
            #"{"type":"oversight","decision":"\#(id)","phase":"given","act":"\#(act)","reason":"r"}"#
        }
        let shown = "sha256:" + String(repeating: "0", count: 64)
        let lines =
            [
                #"{"type":"oversight","decision":"a","phase":"requested","shown":"\#(shown)"}"#, given("a", "override"),
                given("a", "stop"), given("b", "confirm"), given("c", "modify"),
            ]
            + ["1", "2", "3"].map {
                #"{"id":"o\#($0)","type":"appeal","decision":"d","phase":"opened","by":"subject","grounds":"g"}"#
            } + [
                #"{"type":"appeal","decision":"d","phase":"decided","appeal":"o2","result":"upheld","decided_by":"human","reason":"r"}"#
            ]
        for line in lines { try await asking.record(line) }
        let statistics = try await asking.ledger.statistics()
        #expect(
            statistics.oversight
                == OversightCounts(requested: 1, acts: ["override": 1, "stop": 1, "confirm": 1, "modify": 1]))
        #expect(
            statistics.appeals == AppealCounts(opened: 3, open: 2, results: ["upheld": 1], judges: ["human": 1]))
        #expect(statistics.total.overridden == 2 && statistics.total.appealed == 1)
        #expect(statistics.periods.map(\.tally.overridden) == [2] && statistics.citingNone.appealed == 1)
        #expect(statistics.total.decisions == 4, "later facts are no decisions")
        let at = try asking.ledger.read { try $0.proven($0.number(ofID: "d") ?? 0).entry.at.description }
        let later = try await asking.ledger.statistics(of: StatisticsQuestion(since: at))
        #expect(later.total.decisions == 1 && later.oversight.given == 0 && later.total.overridden == 0)
        #expect(later.appeals.opened == 3, "those about the decisions that are counted")
    }

    @Test func `conflicts are counted by their rule and by who was followed`() async throws {
        let asking = try await Asking()
        let winners = ["\"acme/rules#privacy\"", "\"message:user\"", "\"message:user\"", nil]
        for (index, winner) in winners.enumerated() {
            let won = winner.map { ",\"winner\":\($0)" } ?? ""
            try await asking.record(
                #"{"id":"c\#(index)","outcome":"act","none_cited":"n","rationale_absent":"r","conflicts":[{"between":["message:user","acme/rules#privacy"],"rule":"higher_authority","note":"x"\#(won)}]}"#
            )
        }
        #expect(
            try await asking.ledger.statistics().conflicts == [
                .init(rule: "higher_authority", winner: "message of user", count: 2),
                .init(rule: "higher_authority", winner: "not recorded", count: 1),
                .init(rule: "higher_authority", winner: "root", count: 1),
            ])
    }

    @Test func `more entries than one stretch holds are counted once each`() async throws {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: MemoryStore(subjectKey: Sample.subjectKey), head: folder)
        let count = 4096 * 2 + 5
        for start in stride(from: 0, to: count, by: 1000) {
            let lines = try (start..<min(start + 1000, count)).map { try Sample.least("d-\($0)") }
            for result in await ledger.record(lines) { _ = try result.get() }
        }
        let statistics = try await ledger.statistics()
        #expect(statistics.total.decisions == count && statistics.size == UInt64(count) + 1)
        #expect(statistics.total[.comply] == count && statistics.producers.map(\.name) == [nil])
    }

    @Test func `a body that cannot be read is said, and counted nowhere else`() async throws {
        let folder = try Scratch()
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        let ledger = try await SampleLedger.create(in: store, head: folder)
        for id in ["a", "b", "c"] { _ = try await ledger.record([Sample.least(id)])[0].get() }
        let at = Timestamp(microseconds: SampleClock.start)
        let broken = try Entry.bytes(
            number: 2, at: at, type: "decision", id: "b", link: SHA256.digest(of: []), body: Array("{\"a\":}".utf8))
        store.tamper { $0.entries[2] = broken }
        let statistics = try await ledger.statistics()
        #expect(statistics.unreadable == 1 && statistics.total.decisions == 2)
        #expect(statistics.text(top: 1).contains("; 1 more cannot be read"))
    }

    @Test func `rows beyond those asked for are summed, and the sums are those of all`() async throws {
        let corpus = try await Corpus.shared.value
        let statistics = try await corpus.open().statistics()
        let text = statistics.text(top: 1)
        let rest = statistics.models.dropFirst().reduce(0) { $0 + $1.tally.decisions }
        #expect(text.contains("and 2 more") && text.contains(" \(rest) "))
        #expect(statistics.text(top: 100).contains("(not recorded)"))
    }

    @Test(arguments: 0..<8)
    func `what is read from bytes is what a tree of them gives`(seed: UInt64) async throws {
        let corpus = try await Corpus.shared.value
        let (specifications, citations) = try corpus.open().read { view in
            let bodies = try (3..<20).map { try view.proven($0).entry.body() }
            return (view.specifications, bodies.flatMap { $0["principles"]?.items ?? [] }.compactMap { $0["ref"] })
        }
        var bodies = HostileBodies(seed: seed, citations: citations)
        var read = 0
        for name in [nil, "producer", "model.served", "effective", "kind"] {
            var reader = CountedDecisionReader(specifications, segment: name.flatMap { ClearMember($0) })
            for number in 100..<500 as Range<UInt64> {
                let entry = try Entry(
                    parsing: Entry.bytes(
                        number: number, at: Timestamp(microseconds: 0), type: "decision", id: "h",
                        link: SHA256.digest(of: []), body: bodies.next().body))
                guard let decision = try? reader.read(entry) else { continue }
                read += 1
                #expect(decision == reader.decisionByTree(entry), "\(String(decoding: entry.bytes, as: UTF8.self))")
            }
        }
        #expect(read > 100)
    }

    @Test func `decisions that this program writes are read from their bytes`() async throws {
        let corpus = try await Corpus.shared.value
        try corpus.open().read { view in
            var reader = CountedDecisionReader(view.specifications, segment: ClearMember("producer"))
            for member in corpus.members {
                let entry = try view.proven(member.number).entry
                let decision = try reader.read(entry)
                #expect(decision == reader.decisionByTree(entry))
                #expect(decision.segment == member.fields[.producer] && decision.segment == decision.producer)
            }
        }
    }
}
