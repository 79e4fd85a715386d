public import Ledgers

/// What a producer answers when a record is safe.
public struct NumberedReceipt: Sendable, Equatable {
    public enum Standing: Sendable, Equatable {
        /// It is in the ledger.
        case durable(Receipt)
        /// It is in the spool, on this machine's disk, and goes to the ledger when that can be reached.
        case spooled
    }

    public let id: String
    /// The number of a decision in its run; `nil` for other records.
    public let number: Int64?
    public let standing: Standing

    /// The ledger's receipt; `nil` while the record is in the spool.
    public var receipt: Receipt? {
        if case .durable(let receipt) = standing { receipt } else { nil }
    }
}
