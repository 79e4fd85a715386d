/// Questions that are about more than one decision.
extension Ledger {
    /// How the decisions use each section of a version. With `scan` the log itself is counted.
    public func coverage(of registration: Registration, scan: Bool = false) async throws -> Coverage {
        try await BlockingPool.run {
            var coverage = try self.index.coverage(of: registration, scan: scan)
            if let warning = self.headWarning() { coverage.notes.append(warning) }
            return coverage
        }
    }

    /// Which decisions cited words that changed between two versions of a document; the newest `limit` of them.
    public func impact(
        from old: Registration, to new: Registration, limit: Int = 20, scan: Bool = false
    ) async throws -> Impact {
        try await BlockingPool.run {
            var impact = try self.index.impact(from: old, to: new, limit: limit, scan: scan)
            if let warning = self.headWarning() { impact.notes.append(warning) }
            return impact
        }
    }

    /// What is on record of a session or trace, in the order in which it happened.
    public func timeline(
        of thread: Timeline.Thread, limit: Int = LedgerIndex.timelineLimit
    ) async throws -> Timeline {
        try await BlockingPool.run {
            var timeline = try self.index.timeline(of: thread, limit: limit)
            if let warning = self.headWarning() { timeline.notes.append(warning) }
            return timeline
        }
    }

    /// The decisions that applied the same principles as one, by its id or the beginning of it; the `limit` most alike of those
    /// with the same outcome, and of those with another.
    public func precedents(of id: String, limit: Int = 5) async throws -> Precedents {
        try await BlockingPool.run {
            var precedents = try self.index.precedents(of: id, limit: limit)
            if let warning = self.headWarning() { precedents.notes.append(warning) }
            return precedents
        }
    }
}
