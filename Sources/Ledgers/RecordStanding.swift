import Storage

extension RecordError {
    /// What a failure means for the record that was sent.
    public enum Standing: Sendable {
        /// The record itself is at fault: it would be refused again.
        case refused
        /// The ledger took nothing. The record can be sent again.
        case notRecorded
        /// The ledger failed while it wrote: the record may be there. Sent again, it is recorded once.
        case unknown
    }

    public var standing: Standing {
        switch self {
        case .submission, .differentContent, .differentInInput, .reservedID, .unknownTarget, .wrongTarget,
            .targetOfAnother, .tooLarge, .registry, .alreadyRegistered, .unfitKey, .reasonTooLong, .erasure:
            .refused
        case .clockJumped, .ledgerIsReadOnly, .keyChangedMeanwhile, .unreachable: .notRecorded
        // The store says of these that nothing of the batch was committed, or that it was never begun.
        case .store(.full), .store(.writerIsDead), .store(.closed), .store(.heldByAnotherProcess), .store(.readOnly),
            .store(.openedForReading):
            .notRecorded
        case .store: .unknown
        }
    }
}
