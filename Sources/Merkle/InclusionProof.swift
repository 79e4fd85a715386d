public import Cryptography

/// A proof that a leaf is in a tree: the siblings on its way to the root (RFC 6962 section 2.1.1).
///
/// Plan, fetch, compute: `plan` says which nodes are needed, a store reads them, `assemble` makes the proof of them.
public struct InclusionProof: Hashable, Sendable {
    /// From the sibling of the leaf up to a child of the root.
    public let hashes: [Digest]

    /// The proof with these hashes, which `check` will judge.
    public init(hashes: [Digest]) { self.hashes = hashes }

    /// The number of hashes that the proof for leaf `index` of a tree of `size` has.
    public static func count(index: UInt64, size: UInt64) throws(MerkleError) -> Int {
        try path(index: index, size: size).count
    }

    /// The complete nodes that the proof for leaf `index` of a tree of `size` is made of.
    public static func plan(index: UInt64, size: UInt64) throws(MerkleError) -> [NodeID] {
        try path(index: index, size: size).nodes
    }

    /// The proof for leaf `index` of a tree of `size`, given the hashes of the nodes in its plan.
    public static func assemble(
        _ nodes: [Digest], index: UInt64, size: UInt64
    ) throws(MerkleError) -> InclusionProof {
        InclusionProof(hashes: try path(index: index, size: size).siblings(from: nodes[...]))
    }

    /// The root of the tree of `size` in which `leaf`, a leaf hash, stands at `index`, if this proof is right.
    public func root(leaf: Digest, index: UInt64, size: UInt64) throws(MerkleError) -> Digest {
        let path = try Self.path(index: index, size: size)
        guard hashes.count == path.count else { throw .proofLength(got: hashes.count, want: path.count) }
        return path.root(from: leaf, siblings: hashes[...])
    }

    /// Checks that `leaf`, a leaf hash, stands at `index` of the tree of `size` that has `root`.
    public func check(leaf: Digest, index: UInt64, size: UInt64, root: Digest) throws(MerkleError) {
        let got = try self.root(leaf: leaf, index: index, size: size)
        guard got == root else { throw .rootDiffers(size: size, got: got, want: root) }
    }

    private static func path(index: UInt64, size: UInt64) throws(MerkleError) -> Path {
        guard index < size else { throw .indexOutsideTree(index: index, size: size) }
        return Path(index: index, size: size)
    }
}
