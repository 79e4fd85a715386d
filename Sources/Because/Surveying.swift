/// Questions that are about more than one decision.
extension Ledger {
    /// How the decisions use each section of a version. With `scan` the log itself is counted.
    public func coverage(of registration: Registration, scan: Bool = false) async throws -> Coverage {
        try await asked { try self.index.coverage(of: registration, scan: scan) }
    }

    /// Which decisions cited words that changed between two versions of a document; the newest `limit` of them.
    public func impact(
        from old: Registration, to new: Registration, limit: Int = 20, scan: Bool = false
    ) async throws -> Impact {
        try await asked { try self.index.impact(from: old, to: new, limit: limit, scan: scan) }
    }

    /// What is on record of a session or trace, in the order in which it happened.
    public func timeline(
        of thread: Timeline.Thread, limit: Int = LedgerIndex.timelineLimit
    ) async throws -> Timeline {
        try await asked { try self.index.timeline(of: thread, limit: limit) }
    }

    /// The decisions that applied the same principles as one, by its id or the beginning of it; the `limit` most alike of those
    /// with the same outcome, and of those with another.
    public func precedents(of id: String, limit: Int = 5) async throws -> Precedents {
        try await asked { try self.index.precedents(of: id, limit: limit) }
    }
}
