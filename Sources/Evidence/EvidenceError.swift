public import Decisions
public import JSON
public import Notes

/// Why evidence does not hold, or cannot be checked.
public enum EvidenceError: Error, Equatable {
    // What cannot be checked
    case tooLarge(got: Int, limit: Int)
    /// Nothing that this version can read as evidence.
    case unknownForm
    case unknownFormat(String)
    /// The checkpoint is of another log than the keys that were given.
    case otherLog(got: String, want: [String])

    // A proof file
    case notJSON(JSONError)
    case malformed(String)
    /// The file says what it must, in other bytes than the format prescribes. The offset of the first, from 0.
    case notExact(offset: Int)

    // An entry and its proof
    case proof(NoteError)
    case entry(EntryError)
    /// The proof is for another number than the entry says it has.
    case wrongNumber(got: UInt64, want: UInt64)

    // What lies beside the entry; each with its place in the list, from 0
    /// A disclosure opens no field of the entry.
    case foreignDisclosure(Int)
    /// A disclosure stands twice, or not in the order of the entry.
    case misplacedDisclosure(Int)
    /// A disclosure brings a field that the entry has already.
    case secondValue(Int, field: String)
    case citation(Int, CitationFault)

    // Changes of keys
    /// The place of the change in the list, from 0.
    case keyChange(Int, String)
    /// None of the keys that were given is among those that the changes lead from and to.
    case foreignKeyChanges
    /// Every key that may sign a tree of this size was revoked, or not given and not led to.
    case noTrustedSigner(size: UInt64)

    /// What is wrong with the words of a citation.
    public enum CitationFault: Equatable, Sendable {
        /// The entry cites no section with this digest by this reference first.
        case notCited
        /// It stands twice, or not in the order of the entry.
        case misplaced
        /// The words do not have the digest.
        case otherWords
    }

    /// Whether nothing was found wrong, but what was given cannot be judged.
    public var isUnchecked: Bool {
        switch self {
        case .tooLarge, .unknownForm, .unknownFormat, .otherLog: true
        default: false
        }
    }

    /// A name for machines.
    public var code: String {
        switch self {
        case .tooLarge: "too_large"
        case .unknownForm: "unknown_form"
        case .unknownFormat: "unknown_format"
        case .otherLog: "other_log"
        case .notJSON, .malformed: "malformed"
        case .notExact: "not_exact"
        case .proof(.notIncluded): "not_included"
        case .proof(.signatureInvalid): "signature_wrong"
        case .proof(.noKnownSignature), .proof(.noLogSignature): "signature_absent"
        case .proof: "proof_malformed"
        case .entry: "entry_malformed"
        case .wrongNumber: "wrong_number"
        case .foreignDisclosure: "disclosure_foreign"
        case .misplacedDisclosure: "disclosure_misplaced"
        case .secondValue: "disclosure_second_value"
        case .citation: "citation_broken"
        case .keyChange: "key_change_broken"
        case .foreignKeyChanges: "key_changes_foreign"
        case .noTrustedSigner: "signer_not_trusted"
        }
    }
}

extension EvidenceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let got, let limit): "the file has \(got) bytes; at most \(limit) are read"
        case .unknownForm: "the file is neither a proof file nor a C2SP tlog-proof, nor a signed checkpoint"
        case .unknownFormat(let format):
            "the file has the format \(NoteError.start(of: format)); this program reads \(ProofFile.format)"
        case .otherLog(let got, let want):
            "the checkpoint is of the log \(NoteError.start(of: got)), and the keys that were given are of \(want.joined(separator: ", "))"
        case .notJSON(let error): "the proof file is not JSON: \(error)"
        case .malformed(let detail): "the proof file is malformed: \(detail)"
        case .notExact(let offset):
            "the proof file is not in the exact bytes of its format from byte \(offset + 1) on: it was changed or written by something else"
        case .proof(let error): "\(error)"
        case .entry(let error): "the entry cannot be read: \(error)"
        case .wrongNumber(let got, let want): "the entry says that it is entry \(got); the proof is for entry \(want)"
        case .foreignDisclosure(let index): "disclosure \(index) opens no field of the entry"
        case .misplacedDisclosure(let index): "disclosure \(index) stands twice, or not in the order of the entry"
        case .secondValue(let index, let field):
            "disclosure \(index) brings a second value of the field \(NoteError.start(of: field))"
        case .citation(let index, let fault): "citation \(index) \(fault)"
        case .keyChange(let index, let detail): "change of keys \(index) does not hold: \(detail)"
        case .foreignKeyChanges: "the changes of keys lead neither from nor to a key that was given"
        case .noTrustedSigner(let size):
            "no key that was given, or led to by the changes of keys, may sign a tree of \(size) entries: it was another's turn, or the key was revoked"
        }
    }
}

extension EvidenceError.CitationFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notCited: "is of a section that the entry does not cite in this way"
        case .misplaced: "stands twice, or not in the order of the entry"
        case .otherWords: "has other words than those with the digest in the entry"
        }
    }
}
