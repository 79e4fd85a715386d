import Decisions
public import Ledgers
import Storage

extension Ledger {
    /// Counts in the log itself what was decided, from its beginning to its end, on all cores; each decision takes one of them 5 µs.
    ///
    /// The index is not asked: it cannot show what it leaves out, and holds no conflicts. The bytes are taken as they are now;
    /// whether they are those that were recorded is for a verification to say. Memory grows with groups, with oversight and with
    /// appeals, not with decisions.
    public func statistics(
        _ question: StatisticsQuestion = .all,
        progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil
    ) throws -> Statistics {
        let size = try read { $0.size }
        var count = StatisticsCount(question)
        try readAhead(0..<size) {
            try $0.counted($1, question)
        } take: { part in
            count.add(part)
            progress?(count.read, size)
        }
        let facts = FactCounts(count.facts, about: count.numbers)
        try mark(facts.overridden, &count, question) { $0.overridden += 1 }
        try mark(facts.appealed, &count, question) { $0.appealed += 1 }
        return Statistics(count, facts, question)
    }

    /// Changes the tallies of decisions that were counted before.
    private func mark(
        _ numbers: [UInt64], _ count: inout StatisticsCount, _ question: StatisticsQuestion,
        _ change: (inout OutcomeTally) -> Void
    ) throws {
        for start in stride(from: 0, to: numbers.count, by: 1024) {
            try read { view in
                var reader = CountedDecisionReader(view.specifications, segment: question.comparison?.member)
                for number in numbers[start..<min(start + 1024, numbers.count)] {
                    guard let bytes = try view.snapshot.entry(number), let entry = try? Entry(parsing: bytes) else {
                        continue
                    }
                    reader.passSpecification()
                    guard let decision = reader.decision(entry) else { continue }
                    count.tally(decision, at: entry.at, change)
                }
            }
        }
    }
}

extension LedgerView {
    /// The counts of a stretch of the log, as its bytes are now.
    fileprivate func counted(_ range: Range<UInt64>, _ question: StatisticsQuestion) throws -> StatisticsCount {
        var count = StatisticsCount(question)
        var reader = CountedDecisionReader(specifications, segment: question.comparison?.member)
        var later: [Entry] = []
        try snapshot.entries(range) { _, bytes in
            guard let entry = try? Entry(parsing: Array(bytes)) else { return }
            switch entry.type {
            case EntryType.decision where count.admits(entry.at):
                if let decision = reader.decision(entry) {
                    count.add(decision, entry: entry.number, at: entry.at)
                } else {
                    count.unreadable += 1
                }
            case EntryType.specification: reader.passSpecification()
            case "oversight", "appeal": later.append(entry)
            default: break
            }
        }
        // Ids are looked up once no statement is being stepped through.
        count.facts = try later.compactMap { try CountedFact($0, in: self) }
        count.read = range.upperBound
        return count
    }
}

extension Statistics {
    fileprivate init(_ count: StatisticsCount, _ facts: FactCounts, _ question: StatisticsQuestion) {
        self.question = question
        size = count.read
        (first, last) = (count.times?.lowerBound, count.times?.upperBound)
        unreadable = count.unreadable
        total = count.total
        citingNone = count.citingNone
        let days = count.days.keys
        unit = question.unit ?? .fitting(days: (days.max() ?? 0) - (days.min() ?? 0) + 1)
        periods = Self.periods(count.days, unit)
        principles = count.principles.map { key, value in
            PrincipleUse(
                name: "\(key.document)#\(key.section)", authority: key.authority, tally: value.tally, roles: value.roles
            )
        }.sorted {
            ($1.tally.decisions, $0.name, $0.authority ?? "") < ($0.tally.decisions, $1.name, $1.authority ?? "")
        }
        versions = Self.groups(
            Dictionary(uniqueKeysWithValues: count.versions.map { ("\($0.document)@\($0.version)", $1) }))
        models = Self.groups(count.models)
        producers = Self.groups(count.producers)
        conflicts = count.conflicts.map { ConflictCount(rule: $0.rule, winner: $0.winner, count: $1) }
            .sorted { ($1.count, $0.rule, $0.winner) < ($0.count, $1.rule, $1.winner) }
        oversight = facts.oversight
        appeals = facts.appeals
        disparity = question.comparison.map { Disparity($0, Self.groups(count.segments)) }
    }

    private static func groups(_ tallies: [String?: OutcomeTally]) -> [Group] {
        tallies.map { Group(name: $0, tally: $1) }
            .sorted { ($1.tally.decisions, $0.name ?? "") < ($0.tally.decisions, $1.name ?? "") }
    }

    private static func periods(_ days: [Int: OutcomeTally], _ unit: PeriodUnit) -> [Period] {
        var starts: [Int: OutcomeTally] = [:]
        for (day, tally) in days { starts[unit.start(of: day), default: OutcomeTally()].add(tally) }
        return starts.sorted { $0.key < $1.key }.map { Period(name: unit.name(of: $0), start: $0, tally: $1) }
    }
}

extension Statistics {
    /// The newest `limit` periods up to the last one that has decisions; those between that have none are there as well.
    public func series(limit: Int) -> [(name: String, tally: OutcomeTally)] {
        guard let first = periods.first, let last = periods.last else { return [] }
        let tallies = Dictionary(uniqueKeysWithValues: periods.map { ($0.start, $0.tally) })
        // From the end: a clock that stood wrong once can have left a gap of any length.
        var starts = [last.start]
        while starts.count < limit, let start = starts.last, start > first.start {
            starts.append(unit.start(of: start - 1))
        }
        return starts.reversed().map { (unit.name(of: $0), tallies[$0] ?? OutcomeTally()) }
    }
}
