public import Decisions

/// A decision that is about to be made: on record before it takes effect.
public struct OpenAttempt: Sendable {
    /// The id that the decision will have.
    public let id: String
    /// The number that it will have.
    public let number: Int64
    private let producer: Producer

    init(of id: String, number: Int64, by producer: Producer) {
        self.id = id
        self.number = number
        self.producer = producer
    }

    /// Records the decision, under the id and the number of the attempt. A decision that is refused can be put right and sent again.
    public func decide(_ decision: Decision) async throws(ProducerError) -> NumberedReceipt {
        var decision = decision
        decision.id = id
        return try await producer.record(decision, number: number)
    }

    /// Records that no decision came of it, and why.
    public func fail(_ reason: String) async throws(ProducerError) -> NumberedReceipt {
        try await decide(
            Decision(
                outcome: .error, grounds: .noneCited("the attempt ended in an error"), reason: .absent(reason)))
    }
}
