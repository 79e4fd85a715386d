public import Cryptography

/// What an erasure takes out: values that lie beside one entry.
public struct Removal: Sendable, Hashable {
    /// The number of the entry.
    public let number: UInt64
    /// The disclosures that go, by their ordinals: at least one, each present.
    public let ordinals: [Int]
    /// The code of the person by whom the entry is no longer to be found, if it is now.
    public let subject: Digest?

    public init(number: UInt64, ordinals: [Int], subject: Digest? = nil) {
        self.number = number
        self.ordinals = ordinals
        self.subject = subject
    }
}

/// How a scrub of a store ended.
public enum ScrubOutcome: Sendable, Equatable {
    /// No file of the store holds anything any more that was removed.
    case clean
    /// A reader is still at a moment from before, for which the store must keep what was removed.
    case readersInTheWay
}
