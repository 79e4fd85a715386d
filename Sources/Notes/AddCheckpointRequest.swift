import Cryptography
public import Merkle

/// What a log asks of a witness (C2SP tlog-witness, add-checkpoint): to cosign a checkpoint, and the proof that it extends
/// the one that the witness saw last.
public struct AddCheckpointRequest: Hashable, Sendable {
    /// The most bytes of a request: what deployed witnesses take.
    public static let maximumByteCount = 16_384
    /// The most hashes of a proof.
    public static let maximumHashCount = 63

    /// The size of the checkpoint that the witness saw last; 0 where it saw none.
    public let oldSize: UInt64
    /// From `oldSize` to the size of the checkpoint.
    public let proof: ConsistencyProof
    /// The checkpoint with its signatures, none of them verified.
    public let note: SignedNote
    /// What `note` is signed of.
    public let checkpoint: Checkpoint

    /// The request to cosign the checkpoint in `note`. Throws what `init(parsing:)` would throw on its bytes.
    public init(oldSize: UInt64, proof: ConsistencyProof, note: SignedNote) throws(NoteError) {
        guard proof.hashes.count <= Self.maximumHashCount else {
            throw .requestMalformed(line: Self.maximumHashCount + 2)
        }
        self.oldSize = oldSize
        self.proof = proof
        self.note = note
        checkpoint = try Checkpoint(parsing: note.text)
        try Self.checkLength(bytes.count)
    }

    /// The request in `bytes`, which must be exactly what `bytes` gives.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        try Self.checkLength(bytes.count)
        var reader = LineReader(bytes[...])
        func line() throws(NoteError) -> ArraySlice<UInt8> {
            guard let line = reader.next() else { throw .requestMalformed(line: reader.number + 1) }
            return line
        }
        guard let digits = try line().dropping("old "), let oldSize = UInt64(decimal: digits) else {
            throw .requestMalformed(line: 1)
        }
        var hashes: [Digest] = []
        var next = try line()
        while !next.isEmpty {
            guard hashes.count < Self.maximumHashCount, let hash = Base64.decode(Array(next), .standard),
                let digest = Digest(hash)
            else { throw .requestMalformed(line: reader.number) }
            hashes.append(digest)
            next = try line()
        }
        try self.init(
            oldSize: oldSize, proof: ConsistencyProof(hashes: hashes), note: SignedNote(parsing: Array(reader.rest)))
    }

    /// The body of the request.
    public var bytes: [UInt8] {
        var text = "old \(oldSize)\n"
        for hash in proof.hashes { text += hash.base64 + "\n" }
        return Array(text.utf8) + [UInt8(ascii: "\n")] + note.bytes
    }

    private static func checkLength(_ count: Int) throws(NoteError) {
        guard count <= maximumByteCount else { throw .requestTooLong(count: count, limit: maximumByteCount) }
    }
}
