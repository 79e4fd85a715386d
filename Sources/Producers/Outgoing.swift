import Decisions

/// What a producer is asked to record.
enum Record: Sendable {
    /// With the number of the attempt that led to it, where there was one.
    case decision(Decision, number: Int64?)
    case attempt(Attempt)
    case event(ProducerEvent)
    case fact(any LaterFact)
    case heartbeat
    case close

    var isClose: Bool { if case .close = self { true } else { false } }
}

/// A record as it is sent, as often as it must be: its bytes never change.
struct Outgoing: Sendable {
    let id: String
    let submission: Submission
    let line: Spool.Line
    /// The number of a decision or of one that is attempted.
    let number: Int64?
    /// Whether the number stays with this record whatever becomes of it: it is that of an attempt on record, or may be recorded.
    var isBound: Bool
    /// The decision as the caller gave it; `nil` for other records.
    let decision: Decision?

    init(
        _ bytes: [UInt8], number: Int64? = nil, isBound: Bool = false, decision: Decision? = nil,
        isExempt: Bool = false, by producer: Producer
    ) throws(SubmissionError) {
        submission = try Submission(parsing: bytes)
        guard let id = submission.id else { preconditionFailure("an id was put in") }
        self.id = id
        self.number = number
        self.isBound = isBound
        self.decision = decision
        let declarable = decision == nil ? nil : number
        line = Spool.Line(
            id: id,
            number: declarable.map {
                Spool.RunNumber(producer: producer.id, epoch: producer.epoch, number: $0)
            }, bytes: bytes, isExempt: isExempt)
    }
}
