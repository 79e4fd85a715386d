public import Cryptography

/// The hashes of RFC 6962 section 2.1, whose two prefixes keep a leaf from ever passing for a node.
public enum MerkleTree {
    /// SHA-256 of nothing: the root of the tree without leaves.
    public static let emptyRoot = SHA256.digest(of: [])

    /// `SHA-256(0x00 || bytes)`.
    public static func leafHash(_ bytes: UnsafeRawBufferPointer) -> Digest { SHA256.digest(prefix: 0, bytes) }

    /// `SHA-256(0x00 || bytes)`.
    public static func leafHash(_ bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes { leafHash($0) } }

    /// `SHA-256(0x01 || left || right)`.
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest { SHA256.digest(prefix: 1, left, right) }

    /// `MTH` of the tree that has `leaves`, which are leaf hashes.
    public static func root(of leaves: some Sequence<Digest>) -> Digest {
        var frontier = Frontier()
        for leaf in leaves { frontier.append(leaf) }
        return frontier.root
    }

    /// `MTH` of the tree that consists of these full subtrees, as `NodeID.subtrees(of:)` has them.
    public static func root(ofSubtrees subtrees: [Digest]) -> Digest { fold(subtrees) }

    /// The root over adjacent subtrees, each smaller than the one before it: they hang to the right of one another.
    static func fold(_ subtrees: some BidirectionalCollection<Digest>) -> Digest {
        guard var root = subtrees.last else { return emptyRoot }
        for subtree in subtrees.dropLast().reversed() { root = nodeHash(subtree, root) }
        return root
    }
}
