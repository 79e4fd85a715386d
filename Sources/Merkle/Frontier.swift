public import Cryptography

/// The full subtrees that a tree is made of, largest first: all that is needed to append to it and to know its root.
///
/// There is one hash for each bit set in `size`. An append costs one node hash on average, and no allocation.
public struct Frontier: Hashable, Sendable {
    /// The number of leaves.
    public private(set) var size: UInt64
    /// The roots of the full subtrees, largest and leftmost first.
    public private(set) var hashes: [Digest]

    /// The empty tree.
    public init() {
        size = 0
        hashes = []
        hashes.reserveCapacity(UInt64.bitWidth)
    }

    /// The tree of `size` leaves with these subtrees, or `nil` unless there is one for each bit of `size`.
    public init?(size: UInt64, hashes: [Digest]) {
        guard hashes.count == size.nonzeroBitCount else { return nil }
        self.init()
        self.size = size
        self.hashes.append(contentsOf: hashes)
    }

    /// `MTH` of the tree (RFC 6962 section 2.1).
    public var root: Digest { MerkleTree.fold(hashes) }

    /// Adds a leaf, given its leaf hash.
    public mutating func append(_ leaf: Digest) { append(subtree: leaf, level: 0) { _, _ in } }

    /// Adds a leaf, given its leaf hash, and returns the root of the subtree of `2^level` leaves that it completes, if any.
    public mutating func append(_ leaf: Digest, completing level: Int) -> Digest? {
        var completed: Digest?
        append(subtree: leaf, level: 0) { if $0 == level { completed = $1 } }
        return completed
    }

    /// Adds a full subtree of `2^level` leaves; `size` must be a multiple of that.
    public mutating func append(subtree: Digest, level: Int) { append(subtree: subtree, level: level) { _, _ in } }

    /// Adds a full subtree, and passes on the level and root of each larger one that it completes.
    @inline(__always)
    mutating func append(subtree: Digest, level: Int, completing: (Int, Digest) -> Void) {
        precondition((0..<UInt64.bitWidth).contains(level), "a subtree has a level below 64")
        let leaves: UInt64 = 1 << UInt64(level)
        precondition(size & (leaves - 1) == 0, "a full subtree starts at a multiple of its size")
        precondition(size <= UInt64.max - leaves, "the tree has no room for another leaf")
        var level = level
        var carry = subtree
        // As in binary addition: while a subtree of the same size stands to the left, the two become one.
        while size >> UInt64(level) & 1 == 1 {
            carry = MerkleTree.nodeHash(hashes.removeLast(), carry)
            level += 1
            completing(level, carry)
        }
        hashes.append(carry)
        size += leaves
    }
}
