public import Decisions
import Glibc
import JSON

/// Which segments of decisions to compare, and by what.
public struct DisparityQuestion: Sendable {
    /// What makes the segments.
    public let member: ClearMember
    /// The outcomes that are good for whom the decision is about. Nobody but the asker can say which.
    public let favourable: Set<Decision.Outcome>
    /// Segments of fewer decisions are not compared.
    public let minimum: Int

    /// - Precondition: `minimum` is at least 1.
    public init(by member: ClearMember, favourable: Set<Decision.Outcome>, minimum: Int = 30) {
        precondition(minimum > 0, "a segment without decisions has no rate")
        self.member = member
        self.favourable = favourable
        self.minimum = minimum
    }
}

/// How outcomes differ between segments of the decisions: numbers, and no judgement of what makes them differ.
///
/// The rate of a segment is the part of its decisions whose outcome is favourable; its ratio is the rate divided by the highest
/// rate of a segment that has enough decisions. The four-fifths rule (29 CFR 1607.4 D) looks at ratios below 0.8.
public struct Disparity: Sendable {
    public let question: DisparityQuestion
    /// Most decisions first.
    public let segments: [Segment]
    /// The segment with the highest rate, of those with enough decisions; `nil` where none has.
    public let reference: Segment?

    public struct Segment: Sendable {
        /// The value of the member; `nil` where none was recorded.
        public let name: String?
        public let decisions: Int
        public let favourable: Int
        /// What it is to the segment with the highest rate.
        public fileprivate(set) var standing = Standing.tooFew

        public var rate: Double { Double(favourable) / Double(decisions) }

        fileprivate init(_ group: Statistics.Group, _ outcomes: Set<Decision.Outcome>) {
            name = group.name
            decisions = group.tally.decisions
            favourable = outcomes.reduce(0) { $0 + group.tally[$1] }
        }
    }

    /// What can be said of a segment.
    public enum Standing: Sendable, Equatable {
        /// It has the highest rate.
        case reference
        /// Its rate divided by the highest. `interval` is `nil` where there is none, which is where nothing is favourable.
        case compared(ratio: Double, interval: ClosedRange<Double>?, isBelowFourFifths: Bool)
        /// It has fewer decisions than asked for.
        case tooFew
        /// It is of decisions that have no value there, and so no segment.
        case notRecorded
        /// No decision of any segment is favourable.
        case noRate
    }

    init(_ question: DisparityQuestion, _ groups: [Statistics.Group]) {
        self.question = question
        var segments = groups.map { Segment($0, question.favourable) }
        let enough = segments.indices.filter {
            segments[$0].name != nil && segments[$0].decisions >= question.minimum
        }
        // By whole numbers: of two rates that are the same neither is above by rounding.
        let highest = enough.reduce(nil as Int?) { best, index in
            guard let best else { return index }
            let (one, other) = (segments[index], segments[best])
            return one.favourable * other.decisions > other.favourable * one.decisions ? index : best
        }
        for index in segments.indices where segments[index].name == nil { segments[index].standing = .notRecorded }
        for index in enough {
            guard let highest else { continue }
            segments[index].standing = index == highest ? .reference : Self.compare(segments[index], segments[highest])
        }
        self.segments = segments
        reference = highest.map { segments[$0] }
    }

    private static func compare(_ segment: Segment, _ reference: Segment) -> Standing {
        guard reference.favourable > 0 else { return .noRate }
        let isBelow = 5 * segment.favourable * reference.decisions < 4 * reference.favourable * segment.decisions
        return .compared(
            ratio: segment.rate / reference.rate,
            interval: interval(
                segment.favourable, of: segment.decisions, against: reference.favourable, of: reference.decisions),
            isBelowFourFifths: isBelow)
    }

    /// The 95 % confidence interval of the ratio of two rates by the logarithmic method of Katz, Baptista, Azen and Pike
    /// (Biometrics 34, 1978, 469-474): `exp(ln(ratio) ± 1.96 sqrt(1/a - 1/n + 1/b - 1/m))` for a of n against b of m.
    ///
    /// There is none where `a` or `b` is 0.
    public static func interval(_ a: Int, of n: Int, against b: Int, of m: Int) -> ClosedRange<Double>? {
        guard a > 0, b > 0 else { return nil }
        let (a, n, b, m) = (Double(a), Double(n), Double(b), Double(m))
        let ratio = a / n / (b / m)
        let width = 1.959963984540054 * sqrt(max(0, 1 / a - 1 / n + 1 / b - 1 / m))
        return ratio * exp(-width)...ratio * exp(width)
    }

    /// What these numbers do not show, a sentence each.
    public static let limits = [
        "A difference between segments does not show what makes them differ, and no difference does not show that there is no cause.",
        "Decisions are counted, not people: whoever is decided about often counts often.",
        "The highest rate is in part the highest by chance, the more so the more segments there are; the intervals do not allow for that.",
        "An interval takes decisions for independent of each other, and means little where few are favourable.",
    ]
}
