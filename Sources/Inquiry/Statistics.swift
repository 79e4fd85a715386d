public import Decisions
import JSON

/// What to count.
public struct StatisticsQuestion: Sendable {
    /// Decisions from this moment of the ledger's clock on.
    public let since: Timestamp?
    /// Decisions before this moment.
    public let until: Timestamp?
    /// The periods; chosen by the stretch of time that is counted where `nil`.
    public let unit: PeriodUnit?
    /// What segments to compare, and how.
    public let comparison: DisparityQuestion?

    /// `since` and `until` are written as in a query: a day such as `2026-01-31`, which is part of what is counted, or a time.
    public init(
        since: String? = nil, until: String? = nil, unit: PeriodUnit? = nil, comparison: DisparityQuestion? = nil
    ) throws(Query.Problem) {
        self.since = try since.map { text throws(Query.Problem) in try Self.range(text, of: .since).lowerBound }
            .map(Timestamp.init(microseconds:))
        let end = try until.map { text throws(Query.Problem) in try Self.range(text, of: .until).upperBound }
        // Beyond the last moment that can be written there is nothing to leave out.
        self.until = end.flatMap { $0 <= Self.latest ? Timestamp(microseconds: $0) : nil }
        self.unit = unit
        self.comparison = comparison
    }

    /// Everything.
    public static let all = StatisticsQuestion()

    private init() { (since, until, unit, comparison) = (nil, nil, nil, nil) }

    /// 9999-12-31T23:59:59.999999Z.
    private static let latest: Int64 = 253_402_300_799_999_999

    private static func range(_ text: String, of field: Query.Field) throws(Query.Problem) -> Range<Int64> {
        guard let range = Query.moment(text) else { throw .notATime(field: field.rawValue, text) }
        return range
    }
}

/// Counts of decisions and of what people did about them. They were counted in the log itself, entry by entry.
///
/// Decisions are those that were recorded in the time asked for. Oversight and appeals are those about these decisions, whenever
/// they were recorded.
public struct Statistics: Sendable {
    public let question: StatisticsQuestion
    /// Entries that the log had.
    public let size: UInt64
    /// The ledger's time of the first and of the last decision that was counted.
    public let first: Timestamp?
    public let last: Timestamp?
    /// Decisions whose bodies cannot be read; they are counted nowhere else.
    public let unreadable: Int
    public let total: OutcomeTally
    public let unit: PeriodUnit
    /// The periods that have decisions, in their order.
    public let periods: [Period]
    /// Most cited first.
    public let principles: [PrincipleUse]
    /// Decisions that cite no registered section as a principle.
    public let citingNone: OutcomeTally
    /// By `document@version`: decisions that cite a principle of it. Most cited first, as the others.
    public let versions: [Group]
    public let models: [Group]
    public let producers: [Group]
    public let conflicts: [ConflictCount]
    public let oversight: OversightCounts
    public let appeals: AppealCounts
    /// Where segments were to be compared.
    public let disparity: Disparity?

    /// Decisions that have something in common.
    public struct Group: Sendable {
        /// `nil` where nothing was recorded.
        public let name: String?
        public let tally: OutcomeTally
    }

    /// Decisions that cite a section as a principle, in whatever version.
    public struct PrincipleUse: Sendable {
        /// `document#section`.
        public let name: String
        /// As it was when cited; a section whose authority changed has a row for each.
        public let authority: String?
        public let tally: OutcomeTally
        /// How many decisions cite it in each role.
        public let roles: [String: Int]
    }

    /// How often a rule settled a conflict in favour of a party.
    public struct ConflictCount: Sendable, Equatable {
        public let rule: String
        /// `message of user`, the authority of a section, or why it cannot be said.
        public let winner: String
        public let count: Int
    }
}

/// What people were asked and did about the decisions.
public struct OversightCounts: Sendable, Equatable {
    public internal(set) var requested = 0
    /// By the word of the format, such as `confirm`.
    public internal(set) var acts: [String: Int] = [:]

    /// Acts after which a decision does not stand as it was made.
    public static let overriding: Set = ["deny", "modify", "override", "stop"]

    public var given: Int { acts.values.reduce(0, +) }
}

/// What became of appeals against the decisions.
public struct AppealCounts: Sendable, Equatable {
    public internal(set) var opened = 0
    /// Opened, and not decided yet.
    public internal(set) var open = 0
    /// By the word of the format, such as `upheld`.
    public internal(set) var results: [String: Int] = [:]
    /// Who decided them: `human`, `model` or `rule`.
    public internal(set) var judges: [String: Int] = [:]

    public var decided: Int { results.values.reduce(0, +) }
}
