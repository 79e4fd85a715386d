import Storage

/// How far values that were erased are gone from every file.
public enum Scrubbing: Sendable, Equatable {
    case done
    /// They are out of the ledger, and parts of them may still lie in its files, and why.
    case due(reason: String)
}

extension Ledger {
    /// Clears away what is left of erased values in the files of the log, and in `derived`, what was made of the log up to an
    /// entry: it says why it could not. What was due before is done as well. It blocks.
    public func scrub(
        patience: Double, derived: (_ through: UInt64) throws -> String?
    ) throws -> Scrubbing {
        guard let last = try store.read({ try $0.dueScrubbing().last }) else { return .done }
        guard try store.scrub(patience: patience) == .clean else {
            return .due(reason: "another process or thread reads an earlier moment of the ledger")
        }
        if let reason = try derived(last) { return .due(reason: reason) }
        // Nothing is left anywhere. A crash before this is recorded makes it be looked at once more.
        try store.endScrubbing(through: last)
        return .done
    }
}
