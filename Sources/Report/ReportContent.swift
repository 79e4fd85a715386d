public import Because

/// All that a report says of a ledger.
public struct ReportContent: Sendable {
    public let origin: String
    /// The newest checkpoint when the report was begun.
    public let checkpoint: Checkpoint
    /// When it was made, by the clock of whoever made it.
    public let made: Timestamp
    /// What a verification found; `nil` where none was asked for.
    public let verification: Verified?
    public let statistics: Statistics
    // What these say is proven entry by entry, and of a log that does not hold it may be no more than why it cannot be.
    public let completeness: Result<CompletenessReport, any Error>
    public let lint: Result<Lint, any Error>
    public let versions: Result<[VersionInForce], any Error>

    /// A verification, and what it was told.
    public struct Verified: Sendable {
        public let report: VerificationReport
        /// Whether a key of the log was given that was kept elsewhere.
        public let hasOwnKey: Bool

        public init(report: VerificationReport, hasOwnKey: Bool) {
            self.report = report
            self.hasOwnKey = hasOwnKey
        }
    }

    /// Records that do not fit the authorities of their specification.
    public struct Lint: Sendable {
        public private(set) var counts = LintCounts()
        public private(set) var kinds: [Inconsistency.Kind: Int] = [:]
        /// The newest, the first of them last.
        public private(set) var newest: [InconsistentRecord] = []

        /// Records that are named; of the others there is a number.
        private static let limit = 10

        fileprivate init(of ledger: Ledger) throws {
            counts = try ledger.lint { record in
                for inconsistency in record.inconsistencies { kinds[inconsistency.kind, default: 0] += 1 }
                if newest.count == Self.limit { newest.removeFirst() }
                newest.append(record)
            }
        }
    }

    /// Reads a ledger; `verification` is what one found before.
    public init(
        of ledger: Ledger, asking question: StatisticsQuestion, verification: Verified?, made: Timestamp,
        progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil
    ) throws {
        origin = ledger.origin
        checkpoint = try ledger.read { $0.checkpoint }
        self.made = made
        self.verification = verification
        statistics = try ledger.statistics(question, progress: progress)
        completeness = Result { try ledger.completeness() }
        lint = Result { try Lint(of: ledger) }
        versions = Result { try ledger.versionsInForce() }
    }
}
