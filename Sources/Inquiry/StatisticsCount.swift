import Decisions
import Ledgers

/// Counts in the making: of a stretch of the log, or of several one after the other.
struct StatisticsCount: Sendable {
    private let question: StatisticsQuestion
    /// The number of entries read.
    var read: UInt64 = 0
    var unreadable = 0
    /// The entries of the first and the last decision counted, and their times.
    private(set) var numbers: ClosedRange<UInt64>?
    private(set) var times: ClosedRange<Timestamp>?
    private(set) var total = OutcomeTally()
    private(set) var citingNone = OutcomeTally()
    private(set) var days: [Int: OutcomeTally] = [:]
    private(set) var principles: [PrincipleKey: PrincipleCount] = [:]
    private(set) var versions: [Version: OutcomeTally] = [:]
    private(set) var models: [String?: OutcomeTally] = [:]
    private(set) var producers: [String?: OutcomeTally] = [:]
    private(set) var segments: [String?: OutcomeTally] = [:]
    private(set) var conflicts: [CountedDecision.Conflict: Int] = [:]
    /// What people did about decisions, of this time or another.
    var facts: [CountedFact] = []

    struct PrincipleKey: Hashable {
        let document: String
        let section: String
        let authority: String?
    }

    struct Version: Hashable {
        let document: String
        let version: String
    }

    struct PrincipleCount: Sendable {
        var tally = OutcomeTally()
        var roles: [String: Int] = [:]
    }

    init(_ question: StatisticsQuestion) { self.question = question }

    /// Whether decisions of this moment are counted.
    func admits(_ moment: Timestamp) -> Bool {
        question.since.map { moment >= $0 } ?? true && question.until.map { moment < $0 } ?? true
    }

    mutating func add(_ decision: CountedDecision, entry: UInt64, at moment: Timestamp) {
        numbers = min(numbers?.lowerBound ?? entry, entry)...max(numbers?.upperBound ?? entry, entry)
        times = min(times?.lowerBound ?? moment, moment)...max(times?.upperBound ?? moment, moment)
        tally(decision, at: moment) { $0.add(decision.outcome) }
        for key in Self.distinct(decision.principles.map(Self.rolesKey)) {
            principles[key.principle]?.roles[key.role, default: 0] += 1
        }
        for conflict in decision.conflicts { conflicts[conflict, default: 0] += 1 }
    }

    /// Calls `change` with every tally that a decision belongs to.
    mutating func tally(_ decision: CountedDecision, at moment: Timestamp, _ change: (inout OutcomeTally) -> Void) {
        change(&total)
        change(&days[PeriodUnit.day(of: moment), default: OutcomeTally()])
        change(&models[decision.model, default: OutcomeTally()])
        change(&producers[decision.producer, default: OutcomeTally()])
        if question.comparison != nil { change(&segments[decision.segment, default: OutcomeTally()]) }
        if decision.principles.isEmpty { change(&citingNone) }
        // A decision that cites a section in two roles is one decision.
        for key in Self.distinct(decision.principles.map(Self.principleKey)) {
            change(&principles[key, default: PrincipleCount()].tally)
        }
        for version in Self.distinct(decision.principles.map { Version(document: $0.document, version: $0.version) }) {
            change(&versions[version, default: OutcomeTally()])
        }
    }

    /// Each once; mostly there is one.
    private static func distinct<Key: Hashable>(_ keys: [Key]) -> [Key] { keys.count < 2 ? keys : Array(Set(keys)) }

    private static func principleKey(_ principle: CountedDecision.Principle) -> PrincipleKey {
        PrincipleKey(document: principle.document, section: principle.section, authority: principle.authority)
    }

    private struct RolesKey: Hashable {
        let principle: PrincipleKey
        let role: String
    }

    private static func rolesKey(_ principle: CountedDecision.Principle) -> RolesKey {
        RolesKey(principle: principleKey(principle), role: principle.role)
    }

    /// Adds the counts of a later stretch.
    mutating func add(_ other: StatisticsCount) {
        read = other.read
        unreadable += other.unreadable
        if let more = other.numbers { numbers = numbers.map { $0.lowerBound...more.upperBound } ?? more }
        if let more = other.times { times = times.map { $0.union(more) } ?? more }
        total.add(other.total)
        citingNone.add(other.citingNone)
        days.merge(other.days, uniquingKeysWith: Self.sum)
        principles.merge(other.principles) { first, second in
            var sum = first
            sum.tally.add(second.tally)
            sum.roles.merge(second.roles, uniquingKeysWith: +)
            return sum
        }
        versions.merge(other.versions, uniquingKeysWith: Self.sum)
        models.merge(other.models, uniquingKeysWith: Self.sum)
        producers.merge(other.producers, uniquingKeysWith: Self.sum)
        segments.merge(other.segments, uniquingKeysWith: Self.sum)
        conflicts.merge(other.conflicts, uniquingKeysWith: +)
        facts += other.facts
    }

    private static func sum(_ first: OutcomeTally, _ second: OutcomeTally) -> OutcomeTally {
        var sum = first
        sum.add(second)
        return sum
    }
}

extension ClosedRange {
    /// The smallest range that holds both.
    fileprivate func union(_ other: Self) -> Self {
        Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
    }
}
