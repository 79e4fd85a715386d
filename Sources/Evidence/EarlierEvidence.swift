public import Notes

/// What somebody kept of a log, to which today's log is compared: one file that holds signed checkpoints. None of them is
/// verified here.
public struct EarlierEvidence: Sendable {
    public enum Kind: String, Sendable {
        /// A signed note.
        case checkpoint
        /// A proof file, with the checkpoint of its entry and those of its changes of keys.
        case proof
        /// A C2SP tlog-proof.
        case tlogProof = "tlog_proof"
        /// A `head` file: two slots, of which a crash may have torn one.
        case head
    }

    public let kind: Kind
    /// The checkpoints in the order of the file: that of the entry before those of changes of keys.
    public let notes: [SignedNote]
    private let proof: ProofFile?

    /// Bytes of one slot of a `head` file; what a checkpoint leaves of it is zero.
    private static let slotByteCount = 1024

    /// Reads a checkpoint, a proof file, a tlog-proof or a `head` file, whichever it is.
    public init(parsing bytes: [UInt8]) throws(EvidenceError) {
        if bytes.first == UInt8(ascii: "{") {
            let file = try ProofFile(parsing: bytes)
            kind = .proof
            notes = [file.evidence.proof.checkpoint] + file.keyChanges.map(\.proof.checkpoint)
            proof = file
            return
        }
        proof = nil
        if TlogProof.isLikely(bytes) {
            kind = .tlogProof
            do { notes = [try TlogProof(parsing: bytes).checkpoint] } catch { throw .proof(error) }
        } else if bytes.contains(0), bytes.count <= 2 * Self.slotByteCount {
            kind = .head
            let slots = [bytes.prefix(Self.slotByteCount), bytes.dropFirst(Self.slotByteCount)]
            notes = slots.compactMap { slot in
                let note = try? SignedNote(parsing: Array(slot.prefix { $0 != 0 }))
                return note.flatMap { (try? Checkpoint(parsing: $0.text)) == nil ? nil : $0 }
            }
            guard !notes.isEmpty else { throw .unknownForm }
        } else {
            kind = .checkpoint
            guard let note = try? SignedNote(parsing: bytes), (try? Checkpoint(parsing: note.text)) != nil else {
                throw .unknownForm
            }
            notes = [note]
        }
    }

    /// The keys of the log that the file leads to from `given`, and those.
    public func keys(trusting given: [VerifierKey]) -> [VerifierKey] {
        (try? proof?.keys(trusting: given)) ?? given
    }

    /// The sizes that the checkpoints say they are of.
    public var sizes: Set<UInt64> { Set(notes.compactMap { try? Checkpoint(parsing: $0.text).size }) }
}

extension TlogProof {
    /// Whether `bytes` begin like a tlog-proof.
    public static func isLikely(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "c2sp.org/tlog-proof@".utf8) }
}
