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
}
