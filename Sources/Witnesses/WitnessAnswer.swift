public import Notes

/// What a witness answers, as HTTP says it (C2SP tlog-witness, add-checkpoint).
public enum WitnessAnswer: Hashable, Sendable {
    /// The new state is on the disk, and this is the cosignature.
    case cosigned(NoteSignature)
    /// The request is not one.
    case malformed(String)
    /// No key that is trusted for the log signed the checkpoint, or a signature of one is wrong.
    case untrusted
    case unknownLog
    /// The log's last checkpoint that was cosigned here has another size.
    case conflict(size: UInt64)
    /// The checkpoint is not proven to extend the one that was cosigned.
    case inconsistent(String)
    case tooLong(limit: Int)

    public var status: Int {
        switch self {
        case .cosigned: 200
        case .malformed: 400
        case .untrusted: 403
        case .unknownLog: 404
        case .conflict: 409
        case .tooLong: 413
        case .inconsistent: 422
        }
    }

    public var contentType: String {
        if case .conflict = self { return AddCheckpointAnswer.sizeMediaType }
        return "text/plain; charset=utf-8"
    }

    /// The body: signature lines, a size, or for people what is wrong.
    public var body: [UInt8] {
        switch self {
        case .cosigned(let signature): Array((signature.line + "\n").utf8)
        case .malformed(let detail), .inconsistent(let detail): Array((detail + "\n").utf8)
        case .untrusted: Array("no trusted key of the log signed the checkpoint\n".utf8)
        case .unknownLog: Array("this witness does not watch the log\n".utf8)
        case .conflict(let size): Array("\(size)\n".utf8)
        case .tooLong(let limit): Array("a request has at most \(limit) bytes\n".utf8)
        }
    }
}
