public import Merkle

/// Why a key, a note, a checkpoint, a proof or a policy is refused.
public enum NoteError: Error, Equatable, Sendable {
    // A key
    case keyMalformed
    case nameInvalid(String)
    case keyTypeUnsupported(UInt8)
    case keyLength(got: Int, want: Int)
    case keyIDDiffers(got: UInt32, want: UInt32)

    // The form of a note
    case noteTooLong(count: Int, limit: Int)
    case controlCharacter(UInt8, offset: Int)
    case noteNotUTF8
    case textWithoutNewline
    case noteWithoutSignatures
    /// The number of the line among the signature lines, from 1.
    case signatureMalformed(line: Int)
    case signatureLength(got: Int, want: Int)
    case tooManySignatures(limit: Int)

    // The signatures of a note
    /// The key is known, and this is not its signature of the text.
    case signatureInvalid(name: KeyName, keyID: UInt32)
    case noKnownSignature

    // A checkpoint
    /// The number of the line that is missing or wrong, from 1.
    case checkpointMalformed(line: Int)
    case originUnknown(String)
    case noLogSignature
    case quorumNotMet(cosigners: [Policy.Name])

    // A proof
    case proofTooLong(count: Int, limit: Int)
    case extraTooLong(count: Int, limit: Int)
    /// The number of the line that is missing or wrong, from 1.
    case proofMalformed(line: Int)
    case notIncluded(MerkleError)

    // A request to a witness, and its answer
    case requestTooLong(count: Int, limit: Int)
    /// The number of the line that is missing or wrong, from 1.
    case requestMalformed(line: Int)
    case sizeMalformed

    // A policy
    case policy(line: Int, PolicyProblem)
}

extension NoteError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .keyMalformed: "the key is not written as <name>+<key ID>+<base64>"
        case .nameInvalid(let name):
            "\"\(Self.start(of: name))\" cannot name a key: it must have no spaces, + or control characters"
        case .keyTypeUnsupported(let type): "keys of type 0x\(Self.hexadecimal(type)) are not supported"
        case .keyLength(let got, let want): "the key has \(got) bytes instead of \(want)"
        case .keyIDDiffers(let got, let want):
            "the key is written with ID \(KeyID.text(got)) but has \(KeyID.text(want))"
        case .noteTooLong(let count, let limit): "the note has \(count) bytes, more than \(limit)"
        case .controlCharacter(let byte, let offset):
            "the note has the control character 0x\(Self.hexadecimal(byte)) at byte \(offset)"
        case .noteNotUTF8: "the note is not UTF-8"
        case .textWithoutNewline: "the text of the note does not end in a newline"
        case .noteWithoutSignatures: "the note has no signature lines after a blank line"
        case .signatureMalformed(let line): "signature line \(line) of the note is malformed"
        case .signatureLength(let got, let want): "the signature has \(got) bytes instead of \(want)"
        case .tooManySignatures(let limit): "the note has more than \(limit) signatures"
        case .signatureInvalid(let name, let keyID):
            "the signature by \(Self.start(of: name)) (key \(KeyID.text(keyID))) is not of this text"
        case .noKnownSignature: "the note has no signature by a known key"
        case .checkpointMalformed(let line): "line \(line) of the checkpoint is missing or malformed"
        case .originUnknown(let origin): "the log \"\(Self.start(of: origin))\" is not a known one"
        case .noLogSignature: "the checkpoint is not signed by its log"
        case .quorumNotMet(let cosigners):
            cosigners.isEmpty
                ? "no witness of the policy cosigned the checkpoint"
                : "the cosignatures of \(Self.list(cosigners)) do not make the quorum"
        case .proofTooLong(let count, let limit): "the proof has \(count) bytes, more than \(limit)"
        case .extraTooLong(let count, let limit): "the extra data has \(count) bytes, more than \(limit)"
        case .proofMalformed(let line): "line \(line) of the proof is missing or malformed"
        case .notIncluded(let error): "the entry is not proven to be in the log: \(error)"
        case .requestTooLong(let count, let limit): "the request has \(count) bytes, more than \(limit)"
        case .requestMalformed(let line): "line \(line) of the request is missing or malformed"
        case .sizeMalformed: "it is no size of a log"
        case .policy(let line, let problem): "line \(line) of the policy: \(problem)"
        }
    }

    /// The beginning of a text that may be as long as the input it came from.
    package static func start(of text: some CustomStringConvertible) -> String {
        let text = text.description
        let start = String(text.unicodeScalars.prefix(80))
        return start.utf8.count < text.utf8.count ? start + "…" : text
    }

    private static func list(_ names: [Policy.Name]) -> String {
        names.prefix(10).map { start(of: $0) }.joined(separator: ", ") + (names.count > 10 ? " and others" : "")
    }

    static func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

extension PolicyProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong(let count, let limit): "the file has \(count) bytes, more than \(limit)"
        case .withoutNewline: "it does not end in a newline, so the file may be cut short"
        case .controlCharacter(let byte): "the control character 0x\(NoteError.hexadecimal(byte)) is not allowed"
        case .unknownKeyword(let word): "\"\(NoteError.start(of: word))\" is none of log, witness, group, quorum"
        case .fieldCount(let keyword): "\"\(keyword)\" has too few or too many fields"
        case .key(let error): "\(error)"
        case .keyKind(let got, let want):
            "the key is of type 0x\(NoteError.hexadecimal(got.rawValue)) instead of "
                + "0x\(NoteError.hexadecimal(want.rawValue))"
        case .duplicateKey(let line): "the same public key stands on line \(line)"
        case .duplicateName(let name): "\"\(NoteError.start(of: name))\" is already defined"
        case .unknownName(let name): "\"\(NoteError.start(of: name))\" is not defined on an earlier line"
        case .memberTwice(let name): "\"\(NoteError.start(of: name))\" is already a member of a group"
        case .threshold(let text, let members): "\"\(NoteError.start(of: text))\" is none of all, any, 1 to \(members)"
        case .secondQuorum: "there is already a quorum"
        case .withoutQuorum: "there is no quorum line"
        }
    }
}
