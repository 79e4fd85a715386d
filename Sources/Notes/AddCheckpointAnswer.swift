/// What a witness answers when it is asked to cosign a checkpoint (C2SP tlog-witness, add-checkpoint).
public enum AddCheckpointAnswer: Equatable, Sendable {
    /// The media type of a size.
    public static let sizeMediaType = "text/x.tlog.size"

    /// 200: it cosigned. Nothing of the lines is verified yet, and those of other keys are to be ignored.
    case cosignatures([NoteSignature])
    /// 409 with a size: it saw a checkpoint of that size last, and wants a proof from there.
    case conflict(size: UInt64)
    /// 409 without a size: it knows another history of the same size.
    case fork
    /// 422: the checkpoint does not extend the one that it saw.
    case inconsistent
    /// 429: it wants to be asked later; after so many seconds, where it says.
    case later(seconds: Int?)
    case refused(Refusal)

    /// Why a witness cosigned nothing, without a word against the log.
    public enum Refusal: Equatable, Sendable {
        /// 400
        case malformed
        /// 403: no key that it trusts signed the checkpoint.
        case untrusted
        /// 404: it does not watch this log, or there is no witness at this address.
        case unknownLog
        /// 413
        case tooLong
        /// Another status.
        case status(Int)
        /// The answer is not one of a witness.
        case unreadable(NoteError)
    }

    /// The answer in a response over HTTP. `contentType` is the header field of this name, `retryAfter` the seconds of that one.
    public init(status: Int, contentType: String?, retryAfter: Int? = nil, body: [UInt8]) {
        switch status {
        case 200:
            do { self = .cosignatures(try NoteSignature.lines(parsing: body)) } catch {
                self = .refused(.unreadable(error))
            }
        case 409:
            if body.isEmpty {
                self = .fork
            } else if Self.isSize(contentType), let size = Self.size(body) {
                self = .conflict(size: size)
            } else {
                self = .refused(.unreadable(.sizeMalformed))
            }
        case 400: self = .refused(.malformed)
        case 403: self = .refused(.untrusted)
        case 404: self = .refused(.unknownLog)
        case 413: self = .refused(.tooLong)
        case 422: self = .inconsistent
        case 429: self = .later(seconds: retryAfter)
        default: self = .refused(.status(status))
        }
    }

    private static func isSize(_ contentType: String?) -> Bool {
        let type = contentType?.prefix { $0 != ";" && $0 != " " }
        return type?.lowercased() == sizeMediaType
    }

    private static func size(_ body: [UInt8]) -> UInt64? {
        guard body.last == UInt8(ascii: "\n") else { return nil }
        return UInt64(decimal: body.dropLast())
    }
}

extension AddCheckpointAnswer.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed: "it calls the request malformed (400)"
        case .untrusted: "it trusts no key that signed the checkpoint (403)"
        case .unknownLog: "it does not know this log (404)"
        case .tooLong: "it calls the request too long (413)"
        case .status(let status): "it answered with status \(status)"
        case .unreadable(let error): "its answer cannot be read: \(error)"
        }
    }
}

extension SignedNote {
    /// The cosignature of this checkpoint by `witness` among the lines that it answered.
    ///
    /// Lines of other keys are ignored; one of this key that is wrong refuses the whole answer.
    public func cosignature(
        by witness: VerifierKey, among lines: [NoteSignature]
    ) throws(NoteError) -> (line: NoteSignature, time: UInt64) {
        precondition(witness.kind == .cosignature, "a witness has a key for cosignatures")
        let verified = try SignedNote(text: text, signatures: lines).verified(by: [witness])
        guard let time = verified.signatures.first?.time,
            let line = lines.first(where: { $0.keyID == witness.keyID && $0.name == witness.name })
        else { throw .noKnownSignature }
        return (line, time)
    }
}
