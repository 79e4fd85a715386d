public import Cryptography

/// A proof that a tree is the beginning of a later one (RFC 6962 section 2.1.2).
///
/// It starts at the last full subtree of the earlier tree, which is left out when it is that whole tree, and goes on
/// with the siblings on the way from there to the later root. Nothing needs proving, so the proof has no hashes,
/// when the sizes are equal or the earlier tree is empty.
public struct ConsistencyProof: Hashable, Sendable {
    /// In the order of RFC 6962 section 2.1.2.
    public let hashes: [Digest]

    /// The proof with these hashes, which `check` will judge.
    public init(hashes: [Digest]) { self.hashes = hashes }

    /// The number of hashes that the proof between two sizes has.
    public static func count(from: UInt64, to: UInt64) throws(MerkleError) -> Int {
        guard let shape = try Shape(from: from, to: to) else { return 0 }
        return shape.seeds.count + shape.path.count
    }

    /// The complete nodes that the proof between two sizes is made of.
    public static func plan(from: UInt64, to: UInt64) throws(MerkleError) -> [NodeID] {
        guard let shape = try Shape(from: from, to: to) else { return [] }
        return shape.seeds + shape.path.nodes
    }

    /// The proof between two sizes, given the hashes of the nodes in its plan.
    public static func assemble(_ nodes: [Digest], from: UInt64, to: UInt64) throws(MerkleError) -> ConsistencyProof {
        guard let shape = try Shape(from: from, to: to) else {
            guard nodes.isEmpty else { throw .nodeCount(got: nodes.count, want: 0) }
            return ConsistencyProof(hashes: [])
        }
        let seeds = nodes.prefix(shape.seeds.count)
        return ConsistencyProof(hashes: seeds + (try shape.path.siblings(from: nodes.dropFirst(seeds.count))))
    }

    /// Checks that the tree of size `from` with `fromRoot` is the beginning of the one of size `to` with `toRoot`.
    public func check(from: UInt64, fromRoot: Digest, to: UInt64, toRoot: Digest) throws(MerkleError) {
        let want = try Self.count(from: from, to: to)
        guard hashes.count == want else { throw .proofLength(got: hashes.count, want: want) }
        if from == 0 { try Self.compare(got: fromRoot, want: MerkleTree.emptyRoot, size: 0) }
        guard let shape = try Shape(from: from, to: to) else {
            if from == to { try Self.compare(got: toRoot, want: fromRoot, size: to) }
            return
        }
        let start = shape.seeds.isEmpty ? fromRoot : hashes[0]
        let siblings = hashes.dropFirst(shape.seeds.count)
        try Self.compare(got: shape.path.rootEndingHere(from: start, siblings: siblings), want: fromRoot, size: from)
        try Self.compare(got: shape.path.root(from: start, siblings: siblings), want: toRoot, size: to)
    }

    private static func compare(got: Digest, want: Digest, size: UInt64) throws(MerkleError) {
        guard got == want else { throw .rootDiffers(size: size, got: got, want: want) }
    }

    /// What a proof between two sizes consists of.
    private struct Shape {
        /// The last full subtree of the earlier tree, or nothing when it is that whole tree.
        let seeds: [NodeID]
        let path: Path

        /// `nil` when nothing needs proving.
        init?(from: UInt64, to: UInt64) throws(MerkleError) {
            guard from <= to else { throw .treeShrinks(from: from, to: to) }
            guard from > 0, from < to else { return nil }
            let level = from.trailingZeroBitCount
            seeds = from.nonzeroBitCount == 1 ? [] : [NodeID(level: level, index: (from - 1) >> level)]
            path = Path(index: from - 1, size: to, base: level)
        }
    }
}
