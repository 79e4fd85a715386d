public import Decisions
public import JSON

/// How many decisions there are of each outcome, and how many of them people changed or contested.
public struct OutcomeTally: Sendable, Equatable {
    /// By the place of the outcome among all; the last are those whose outcome is none that this version knows.
    private var counts = [Int](repeating: 0, count: Decision.Outcome.allCases.count + 1)
    /// All decisions.
    public private(set) var decisions = 0
    /// Decisions that a person did not let stand: denied, modified, overrode or stopped.
    public internal(set) var overridden = 0
    /// Decisions against which an appeal was opened.
    public internal(set) var appealed = 0

    public init() {}

    private static let places = Dictionary(
        uniqueKeysWithValues: Decision.Outcome.allCases.enumerated().map { ($1, $0) })

    /// The decisions of an outcome; with `nil` those of none that is known.
    public subscript(_ outcome: Decision.Outcome?) -> Int { counts[Self.place(outcome)] }

    private static func place(_ outcome: Decision.Outcome?) -> Int {
        outcome.flatMap { places[$0] } ?? places.count
    }

    mutating func add(_ outcome: Decision.Outcome?) {
        counts[Self.place(outcome)] += 1
        decisions += 1
    }

    /// Adds the decisions of another tally.
    public mutating func add(_ other: OutcomeTally) {
        for place in counts.indices { counts[place] += other.counts[place] }
        decisions += other.decisions
        overridden += other.overridden
        appealed += other.appealed
    }

    /// The outcomes that occur, in the order of the format; last `nil`, those that are not known.
    public var outcomes: [(outcome: Decision.Outcome?, count: Int)] {
        (Decision.Outcome.allCases.map(Optional.some) + [nil]).map { ($0, self[$0]) }.filter { $0.1 > 0 }
    }

    /// The part of the decisions that `count` is; `nil` where there are none.
    public func share(_ count: Int) -> Double? { decisions > 0 ? Double(count) / Double(decisions) : nil }

    /// `{"appealed","decisions","outcomes","overridden"}`; an outcome that does not occur is absent.
    public var json: JSONObject {
        var counts = JSONObject()
        for (outcome, count) in outcomes { counts[outcome.label] = .integer(Int64(count)) }
        return [
            "decisions": .integer(Int64(decisions)), "outcomes": .object(counts),
            "overridden": .integer(Int64(overridden)), "appealed": .integer(Int64(appealed)),
        ]
    }
}

extension Decision.Outcome? {
    /// The word of the format, or `unknown`.
    public var label: String { self?.rawValue ?? "unknown" }
}

/// What a decision did with what was asked, in four words for ten.
public enum Response: CaseIterable, Sendable {
    /// It did it: `comply` and `act`.
    case complied
    /// It did what was safe of it: `safe_complete`.
    case completedSafely
    /// `refuse`.
    case refused
    /// Every other outcome.
    case other

    public static func of(_ outcome: Decision.Outcome?) -> Response {
        switch outcome {
        case .comply, .act: .complied
        case .safeComplete: .completedSafely
        case .refuse: .refused
        default: .other
        }
    }
}

extension OutcomeTally {
    /// The decisions that responded so.
    public subscript(_ response: Response) -> Int {
        outcomes.reduce(0) { Response.of($1.outcome) == response ? $0 + $1.count : $0 }
    }
}
