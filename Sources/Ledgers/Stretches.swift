import Storage

extension Ledger {
    /// Calls `read` with stretches of the entries that there are now, in their order, each in a transaction of its own: short,
    /// so that who records is not held up. What a stretch gave goes to `take` once its transaction is over.
    public func readInStretches<Value>(
        of width: UInt64 = 4096, _ read: (LedgerView, Range<UInt64>) throws -> Value, take: (Value) throws -> Void
    ) throws {
        let size = try self.read { $0.size }
        for lower in stride(from: 0, to: size, by: Int(width)) {
            try take(self.read { try read($0, lower..<min(lower + width, size)) })
        }
    }
}
