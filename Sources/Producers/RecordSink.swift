public import Decisions
public import Ledgers

/// Where records go: a ledger that is open, one that is opened on demand, one on another machine.
public protocol RecordSink: Sendable {
    /// Records submissions in their order and answers each, in that order, when it is durable.
    ///
    /// One that is refused does not hold up the rest. The same id with the same content is recorded once, however often it is
    /// sent. `RecordError.standing` of a failure says whether sending it again can help.
    func record(_ submissions: [Submission]) async -> [Result<Receipt, RecordError>]
}

extension Ledger: RecordSink {}
