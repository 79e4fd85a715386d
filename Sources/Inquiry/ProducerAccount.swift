import Decisions
public import Ledgers

/// What the log has of one run of a producer, and what the producer said of it.
public struct ProducerAccount: Sendable {
    public let run: ProducerRun
    /// What the verdict comes from.
    public private(set) var numbering = Numbering()
    /// The entry that closed the run.
    public private(set) var closedAt: UInt64?
    /// The entry that opened it.
    public private(set) var openedAt: UInt64?
    /// Decisions that were recorded after the run was closed: the first hundred of their entries.
    public private(set) var afterClose: [UInt64] = []
    /// Decisions with a number below one that was recorded before them.
    public private(set) var lateCount = 0
    /// Decisions whose number another has: the first hundred of these numbers.
    public var repeated: [Int64] { numbering.numbers.repeated }
    /// Attempts of which a decision was recorded, and of these the ones that ended in an error.
    public private(set) var attemptsMade = 0
    public private(set) var attemptsFailed = 0
    /// Attempts of which no decision is on record, by the id that it was to have.
    public private(set) var openAttempts: Set<String> = []

    init(_ run: ProducerRun) { self.run = run }

    /// What can be said of whether everything is there.
    public enum Verdict: Sendable, Equatable {
        /// Every number up to this one is recorded. With `isClosed` the producer said that there are no more.
        case complete(upTo: Int64, isClosed: Bool)
        /// These numbers are not recorded; those in `declared` the producer gave up itself.
        case gap([ClosedRange<Int64>], declared: [ClosedRange<Int64>], upTo: Int64)
        case cannotTell(reason: String)

        public enum Kind: String, Sendable, CaseIterable {
            case complete, gap
            case cannotTell = "cannot_tell"
        }

        public var kind: Kind {
            switch self {
            case .complete: .complete
            case .gap: .gap
            case .cannotTell: .cannotTell
            }
        }
    }

    public var verdict: Verdict { numbering.verdict }

    // MARK: Adding entries in the order of the log

    mutating func addDecision(_ number: Int64, entry: UInt64, at: Timestamp) {
        if number < numbering.numbers.last, !numbering.numbers.contains(number) { lateCount += 1 }
        numbering.add(number, at: at)
        if closedAt != nil, afterClose.count < 100 { afterClose.append(entry) }
    }

    mutating func add(_ claim: NumberingClaim, entry: UInt64, at: Timestamp) {
        numbering.add(claim, at: at)
        if let decision = claim.attempted { openAttempts.insert(decision) }
        switch claim.event {
        case .open: openedAt = openedAt ?? entry
        case .close: closedAt = closedAt ?? entry
        default: break
        }
    }

    /// Takes note of a number that the next run says this one gave.
    mutating func announce(_ number: Int64) { numbering.announce(number) }

    /// Takes a decision as what came of an attempt.
    mutating func resolve(_ decision: String, outcome: String?) {
        guard openAttempts.remove(decision) != nil else { return }
        attemptsMade += 1
        if outcome == Decision.Outcome.error.rawValue { attemptsFailed += 1 }
    }
}
