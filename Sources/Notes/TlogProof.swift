import Cryptography
public import Merkle

/// A proof, to be checked offline, that an entry is in a log (C2SP tlog-proof): an inclusion proof and the checkpoint
/// it leads to.
public struct TlogProof: Hashable, Sendable {
    /// So that a line of the file stays under 64 KiB, the most that some readers take.
    public static let maximumExtraByteCount = 48_000
    /// The most bytes of a proof that is read.
    public static let maximumByteCount = SignedNote.maximumByteCount + 72_000

    private static let header = "c2sp.org/tlog-proof@v1"
    private static let maximumHashCount = 64

    /// Data of the application that nothing authenticates; empty when there is none.
    public let extra: [UInt8]
    /// The position of the entry in the log.
    public let index: UInt64
    public let inclusion: InclusionProof
    /// The checkpoint with the signatures it came with, none of them verified.
    public let checkpoint: SignedNote

    /// The proof that the entry at `index` is in the tree of `checkpoint`.
    public init(
        extra: [UInt8] = [], index: UInt64, inclusion: InclusionProof, checkpoint: SignedNote
    ) throws(NoteError) {
        guard extra.count <= Self.maximumExtraByteCount else {
            throw .extraTooLong(count: extra.count, limit: Self.maximumExtraByteCount)
        }
        guard inclusion.hashes.count <= Self.maximumHashCount else {
            throw .notIncluded(.proofLength(got: inclusion.hashes.count, want: Self.maximumHashCount))
        }
        _ = try Checkpoint(parsing: checkpoint.text)
        self.extra = extra
        self.index = index
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    /// The proof in `bytes`, which must be exactly what `bytes` gives.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .proofTooLong(count: bytes.count, limit: Self.maximumByteCount)
        }
        var reader = LineReader(bytes[...])
        func line() throws(NoteError) -> ArraySlice<UInt8> {
            guard let line = reader.next() else { throw .proofMalformed(line: reader.number + 1) }
            return line
        }
        guard try line().elementsEqual(Self.header.utf8) else { throw .proofMalformed(line: 1) }
        var extra: [UInt8] = []
        var next = try line()
        if let text = next.dropping("extra ") {
            guard let data = Base64.decode(Array(text), .standard), !data.isEmpty else {
                throw .proofMalformed(line: reader.number)
            }
            extra = data
            next = try line()
        }
        guard let digits = next.dropping("index "), let index = UInt64(decimal: digits) else {
            throw .proofMalformed(line: reader.number)
        }
        var hashes: [Digest] = []
        next = try line()
        while !next.isEmpty {
            guard hashes.count < Self.maximumHashCount, let hash = Base64.decode(Array(next), .standard),
                let digest = Digest(hash)
            else { throw .proofMalformed(line: reader.number) }
            hashes.append(digest)
            next = try line()
        }
        try self.init(
            extra: extra, index: index, inclusion: InclusionProof(hashes: hashes),
            checkpoint: SignedNote(parsing: Array(reader.rest)))
    }

    /// The text of the file.
    public var bytes: [UInt8] {
        var text = Self.header + "\n"
        if !extra.isEmpty { text += "extra \(Base64.encode(extra, .standard))\n" }
        text += "index \(index)\n"
        for hash in inclusion.hashes { text += hash.base64 + "\n" }
        return Array(text.utf8) + [UInt8(ascii: "\n")] + checkpoint.bytes
    }

    /// Checks that the log of a checkpoint which `policy` accepts has `entry` at `index`, and returns that checkpoint.
    public func check(entry: [UInt8], policy: Policy) throws(NoteError) -> TrustedCheckpoint {
        let trusted = try policy.evaluate(checkpoint)
        try check(entry, in: trusted.checkpoint)
        return trusted
    }

    /// Checks that the log of a checkpoint which one of `keys` signed as its log has `entry` at `index`, and returns
    /// that checkpoint. No cosignature is required.
    public func check(entry: [UInt8], keys: [VerifierKey]) throws(NoteError) -> TrustedCheckpoint {
        let trusted = try checkpoint.trustedCheckpoint(by: keys)
        try check(entry, in: trusted.checkpoint)
        return trusted
    }

    private func check(_ entry: [UInt8], in checkpoint: Checkpoint) throws(NoteError) {
        do {
            try inclusion.check(
                leaf: MerkleTree.leafHash(entry), index: index, size: checkpoint.size, root: checkpoint.root)
        } catch { throw .notIncluded(error) }
    }
}
