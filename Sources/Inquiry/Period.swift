import Decisions

/// A stretch of the calendar in UTC, by which decisions are counted.
public enum PeriodUnit: String, Sendable, CaseIterable {
    /// From midnight to midnight.
    case day
    /// From Monday on (ISO 8601).
    case week
    case month

    private static let microseconds: Int64 = 86_400_000_000

    /// The number of the day that holds a moment, counted from 1970-01-01.
    static func day(of moment: Timestamp) -> Int {
        let days = moment.microseconds / microseconds
        return Int(moment.microseconds % microseconds < 0 ? days - 1 : days)
    }

    /// The first day of the period that holds a day.
    func start(of day: Int) -> Int {
        switch self {
        case .day: day
        // The day numbered 0 was a Thursday.
        case .week: day - ((day + 3) % 7 + 7) % 7
        case .month: day - Self.dayOfMonth(day) + 1
        }
    }

    /// What a period that begins with `start` is called: `2026-11-20`, of a month `2026-11`.
    func name(of start: Int) -> String {
        let date = Self.date(start)
        return self == .month ? String(date.prefix(7)) : date
    }

    /// The smallest unit with which `days` make no more than some sixty periods.
    static func fitting(days: Int) -> PeriodUnit { days <= 62 ? .day : days <= 434 ? .week : .month }

    private static func dayOfMonth(_ day: Int) -> Int { Int(date(day).suffix(2)) ?? 1 }

    private static func date(_ day: Int) -> String {
        String(Timestamp(microseconds: Int64(day) * microseconds).description.prefix(10))
    }
}

/// The decisions of one period.
public struct Period: Sendable {
    /// The first day, or the month: `2026-11-20`, `2026-11`.
    public let name: String
    /// The number of its first day, counted from 1970-01-01.
    let start: Int
    public let tally: OutcomeTally
}
