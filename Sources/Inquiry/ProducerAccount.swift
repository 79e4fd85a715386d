public import Decisions
import JSON
public import Ledgers

/// What the log has of one run of a producer, and what the producer said of it.
public struct ProducerAccount: Sendable {
    public let run: ProducerRun
    /// The numbers of recorded decisions.
    public private(set) var numbers = SequenceSet()
    /// Numbers that the producer declared lost, as it declared them.
    public private(set) var declared: [ClosedRange<Int64>] = []
    /// How many decisions the producer said it numbered: the greatest of its heartbeats and its close.
    public private(set) var announced: Int64 = 0
    /// The entry that closed the run.
    public private(set) var closedAt: UInt64?
    /// The entry that opened it.
    public private(set) var openedAt: UInt64?
    /// Decisions that were recorded after the run was closed: the first hundred of their entries.
    public private(set) var afterClose: [UInt64] = []
    /// Decisions with a number below one that was recorded before them.
    public private(set) var lateCount = 0
    /// Decisions whose number another has: the first hundred of these numbers.
    public var repeated: [Int64] { numbers.repeated }
    /// What was declared lost without numbers.
    public private(set) var lost: [String: Int64] = [:]
    /// Attempts of which a decision was recorded, and of these the ones that ended in an error.
    public private(set) var attemptsMade = 0
    public private(set) var attemptsFailed = 0
    /// Attempts of which no decision is on record, by the id that it was to have.
    public private(set) var openAttempts: [String: Int64?] = [:]
    /// The ledger's time of the newest entry of the run.
    public private(set) var lastSeen = Timestamp(microseconds: 0)

    init(_ run: ProducerRun) { self.run = run }

    /// What can be said of whether everything is there.
    public enum Verdict: Sendable, Equatable {
        /// Every number up to this one is recorded. With `isClosed` the producer said that there are no more.
        case complete(upTo: Int64, isClosed: Bool)
        /// These numbers are not recorded; those in `declared` the producer gave up itself.
        case gap([ClosedRange<Int64>], declared: [ClosedRange<Int64>], upTo: Int64)
        case cannotTell(reason: String)
    }

    public var verdict: Verdict {
        let last = max(numbers.last, announced, openAttempts.values.compactMap(\.self).max() ?? 0)
        let absent = Self.gaps(numbers.ranges, upTo: last)
        let missing = Self.gaps(Self.joined(numbers.ranges + declared), upTo: last)
        let givenUp = absent.isEmpty ? [] : Self.gaps(Self.joined(numbers.ranges + missing), upTo: last)
        if !missing.isEmpty || !givenUp.isEmpty { return .gap(missing, declared: givenUp, upTo: last) }
        let losses = lost.filter { $0.value > 0 && $0.key != "dropped_attributes" }
        if !losses.isEmpty {
            let list = losses.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            return .cannotTell(reason: "decisions without a number are declared lost: \(list)")
        }
        guard last > 0 || closedAt != nil else { return .cannotTell(reason: "no decision of the run has a number") }
        return .complete(upTo: last, isClosed: closedAt != nil)
    }

    /// Ranges as disjoint ones that are never adjacent, ascending. Their numbers are not looked at one by one: a producer can
    /// declare any number of them.
    private static func joined(_ ranges: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
        var joined: [ClosedRange<Int64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound + 1 {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }

    /// What lies between 1 and `last` and in none of some disjoint ascending ranges.
    private static func gaps(_ ranges: [ClosedRange<Int64>], upTo last: Int64) -> [ClosedRange<Int64>] {
        var gaps: [ClosedRange<Int64>] = []
        var next: Int64 = 1
        for range in ranges where next <= last {
            if range.lowerBound > next { gaps.append(next...min(range.lowerBound - 1, last)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= last { gaps.append(next...last) }
        return gaps
    }

    // MARK: Adding entries in the order of the log

    mutating func addDecision(_ entry: IndexedEntry, number: Int64) {
        lastSeen = Timestamp(microseconds: entry.at)
        if number < numbers.last, !numbers.ranges.contains(where: { $0.contains(number) }) { lateCount += 1 }
        numbers.insert(number)
        if closedAt != nil, afterClose.count < 100 { afterClose.append(entry.number) }
        resolve(entry)
    }

    /// Takes an attempt as one whose decision is on record, whatever came of it.
    mutating func closeAttempt(of decision: String) {
        if openAttempts.removeValue(forKey: decision) != nil { attemptsMade += 1 }
    }

    /// Takes a decision as what came of an attempt.
    mutating func resolve(_ entry: IndexedEntry) {
        guard openAttempts.removeValue(forKey: entry.id) != nil else { return }
        attemptsMade += 1
        if entry.outcome == Decision.Outcome.error.rawValue { attemptsFailed += 1 }
    }

    mutating func addAttempt(_ content: JSONObject, at: Timestamp) {
        lastSeen = at
        guard let decision = content["decision"]?.text else { return }
        openAttempts[decision] = .some(content["producer"]?["seq"]?.integer)
    }

    mutating func addEvent(_ content: JSONObject, entry number: UInt64, at: Timestamp) {
        lastSeen = at
        announced = max(announced, content["count"]?.integer ?? 0)
        switch content["event"]?.text {
        case "open": openedAt = openedAt ?? number
        case "close": closedAt = closedAt ?? number
        case "gap":
            guard let first = content["first"]?.integer, let last = content["last"]?.integer, first <= last else {
                return
            }
            // Joined as soon as they are many, so that memory is bounded by what is really apart.
            declared.append(first...last)
            if declared.count > 1024 { declared = Self.joined(declared) }
        case "loss":
            for member in content["lost"]?.object?.members ?? [] {
                guard let count = member.value.integer else { continue }
                lost[member.name] = (lost[member.name] ?? 0).addingReportingOverflow(count).partialValue
            }
        default: break
        }
    }
}
