public import Decisions
public import Ledgers

/// Why a producer did not record something.
public enum ProducerError: Error {
    /// The record is not one, before anybody was asked.
    case submission(SubmissionError)
    /// The ledger refuses it for good. No number is spent.
    case refused(RecordError)
    /// The ledger cannot take it now. With `mayBeRecorded` it failed while it wrote: the same decision, with the same id, can be
    /// sent again.
    case unreachable(RecordError, mayBeRecorded: Bool)
    /// Neither the ledger nor the spool took it. A decision has a number all the same, which is declared lost.
    case overflowed(number: Int64?, RecordError)
    case spool(SpoolError)
    /// A spool needs a folder.
    case noFolder
    /// The attempt was decided before.
    case alreadyDecided(id: String)
    /// The run was closed.
    case closed
}

extension ProducerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .submission(let error): error.description
        case .refused(let error): error.description
        case .unreachable(let error, mayBeRecorded: false): "not recorded: \(error)"
        case .unreachable(let error, mayBeRecorded: true): "perhaps not recorded: \(error)"
        case .overflowed(let number?, let error):
            "lost as number \(number), which will be declared: the spool has no room, and \(error)"
        case .overflowed(nil, let error): "not recorded: the spool has no room, and \(error)"
        case .spool(let error): error.description
        case .noFolder: "no folder is named for the spool"
        case .alreadyDecided(let id): "the attempt \(id) was decided before"
        case .closed: "the run of the producer was closed"
        }
    }

    /// What can be done about it.
    public var hint: String? {
        switch self {
        case .submission(let error): error.hint
        case .refused(let error), .unreachable(let error, _), .overflowed(_, let error): error.hint
        case .spool(let error): error.hint
        case .noFolder: "give Producer.open a folder, or the mode that fails closed"
        case .alreadyDecided: "make a new attempt, and link the two"
        case .closed: "open the producer again: that begins a new run"
        }
    }
}
