public import Decisions
import JSON
public import Ledgers

/// What the log has of the numbers of one run, and what its producer said of them: all that a verdict comes from.
///
/// Neither the order of the entries matters nor into how many parts they are divided, so the index holds the same as the log.
public struct Numbering: Sendable {
    /// The numbers of recorded decisions.
    public private(set) var numbers = SequenceSet()
    /// Numbers that the producer gave up.
    public private(set) var declared = SequenceSet()
    /// The greatest number that the producer said it gave, by attempts, heartbeats, its close or the next run.
    public private(set) var announced: Int64 = 0
    /// How many decisions the producer closed the run with.
    public private(set) var closedCount: Int64?
    /// What was declared lost without numbers, by name; nothing that is zero.
    public private(set) var lost: [String: Int64] = [:]
    /// The ledger's time of the newest entry of the run; `nil` where only the next run speaks of it.
    public private(set) var lastSeen: Timestamp?

    /// The names of what can be lost without numbers.
    static let losses = ["sampled", "rejected", "overflowed", "dropped_attributes"]

    init() {}

    /// All but numbers that are recorded or given up.
    init(announced: Int64, closedCount: Int64?, lost: [String: Int64], lastSeen: Timestamp?) {
        self.announced = announced
        self.closedCount = closedCount
        self.lost = lost.filter { $0.value > 0 }
        self.lastSeen = lastSeen
    }

    // MARK: Adding

    /// Adds the number of a recorded decision.
    mutating func add(_ number: Int64, at: Timestamp) {
        numbers.insert(number)
        see(at)
    }

    /// Adds the numbers of decisions that are known to be recorded.
    mutating func add(_ set: SequenceSet) { numbers = SequenceSet(joining: numbers.ranges + set.ranges) }

    /// Adds numbers that the producer gave up.
    mutating func declare(_ set: SequenceSet) {
        declared = SequenceSet(joining: declared.ranges + set.ranges)
    }

    /// Adds what an attempt or the producer said.
    mutating func add(_ claim: NumberingClaim, at: Timestamp) {
        announce(claim.announced)
        if claim.event == .close { closedCount = max(closedCount ?? 0, claim.announced) }
        if let range = claim.declared { declared.insert(range) }
        add(claim.lost)
        see(at)
    }

    /// Takes note of a number that the producer said it gave.
    mutating func announce(_ number: Int64) { announced = max(announced, number) }

    mutating func formUnion(_ other: Numbering) {
        add(other.numbers)
        declare(other.declared)
        announce(other.announced)
        if let count = other.closedCount { closedCount = max(closedCount ?? 0, count) }
        add(other.lost)
        if let seen = other.lastSeen { see(seen) }
    }

    private mutating func add(_ losses: [String: Int64]) {
        for (name, count) in losses where count > 0 {
            // Beyond this numbers are not exact anywhere.
            lost[name] = min((lost[name] ?? 0) + count, JSON.integerLimit)
        }
    }

    private mutating func see(_ at: Timestamp) { lastSeen = max(lastSeen ?? at, at) }
}

extension Numbering {
    /// The greatest number of the run that is known.
    public var last: Int64 { max(numbers.last, announced) }

    /// Whether the producer said that there are no more, and nothing says otherwise.
    public var isClosed: Bool { closedCount == last }

    public var verdict: ProducerAccount.Verdict {
        let absent = numbers.gaps(upTo: last)
        guard absent.isEmpty else {
            let missing = SequenceSet(joining: numbers.ranges + declared.ranges).gaps(upTo: last)
            let givenUp = SequenceSet(joining: numbers.ranges + missing).gaps(upTo: last)
            return .gap(missing, declared: givenUp, upTo: last)
        }
        let losses = lost.filter { $0.key != "dropped_attributes" }
        guard losses.isEmpty else {
            let list = losses.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            return .cannotTell(reason: "decisions without a number are declared lost: \(list)")
        }
        guard last > 0 || closedCount != nil else {
            return .cannotTell(reason: "no decision of the run has a number")
        }
        return .complete(upTo: last, isClosed: isClosed)
    }

    /// Whether the run is not closed and nothing came of it for so many seconds before `newest`.
    public func isSilent(at newest: Timestamp, after seconds: Int64) -> Bool {
        guard !isClosed, let lastSeen else { return false }
        return newest.microseconds - lastSeen.microseconds > seconds * 1_000_000
    }
}

extension Numbering: Equatable {
    /// Whether they say the same, however often a number was used.
    public static func == (left: Numbering, right: Numbering) -> Bool {
        left.numbers.ranges == right.numbers.ranges && left.declared.ranges == right.declared.ranges
            && left.announced == right.announced && left.closedCount == right.closedCount && left.lost == right.lost
            && left.lastSeen == right.lastSeen
    }
}
