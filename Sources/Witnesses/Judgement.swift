import Cryptography
import Merkle
import Notes

/// The size and root that a witness cosigned last of a log.
struct SeenTree: Hashable, Sendable {
    var size: UInt64
    var root: Digest

    /// Of a log that was never cosigned.
    static let none = SeenTree(size: 0, root: MerkleTree.emptyRoot)
}

/// A request whose checkpoint a trusted key signed: what can be judged before anything is read from the disk.
struct TrustedRequest: Sendable {
    /// Sizes of a log that are taken: what the database can hold.
    static let maximumSize = UInt64(Int64.max)

    private let request: AddCheckpointRequest
    var checkpoint: Checkpoint { request.checkpoint }
    var note: SignedNote { request.note }

    /// The request in `body`, when it is of one of the logs with these keys. Throws what is to be answered otherwise.
    init(_ body: [UInt8], logs: [VerifierKey]) throws(Refusal) {
        do { request = try AddCheckpointRequest(parsing: body) } catch .requestTooLong(_, let limit) {
            throw Refusal(.tooLong(limit: limit))
        } catch { throw Refusal(.malformed("\(error)")) }
        let checkpoint = request.checkpoint
        guard checkpoint.origin.utf8.count <= Checkpoint.maximumOriginByteCount else {
            throw Refusal(.malformed("the origin has more than \(Checkpoint.maximumOriginByteCount) bytes"))
        }
        guard checkpoint.extensions.isEmpty else {
            throw Refusal(.malformed("the checkpoint has extension lines, which nobody can check"))
        }
        do { _ = try request.note.trustedCheckpoint(by: logs) } catch .originUnknown {
            throw Refusal(.unknownLog)
        } catch { throw Refusal(.untrusted) }
        guard request.oldSize <= checkpoint.size, checkpoint.size <= Self.maximumSize else {
            throw Refusal(.malformed("the old size is larger than the checkpoint's, or that is larger than any log's"))
        }
    }

    /// Throws unless the checkpoint extends the tree that was cosigned last.
    func check(extends seen: SeenTree) throws(Refusal) {
        guard request.oldSize == seen.size else { throw Refusal(.conflict(size: seen.size)) }
        do {
            try request.proof.check(
                from: seen.size, fromRoot: seen.root, to: checkpoint.size, toRoot: checkpoint.root)
        } catch { throw Refusal(.inconsistent("\(error)")) }
    }
}

/// An answer that is no cosignature.
struct Refusal: Error {
    let answer: WitnessAnswer

    init(_ answer: WitnessAnswer) { self.answer = answer }
}
