import Cryptography

/// The way from a node up to the root of a tree, and the siblings met on it: the common part of both proofs.
///
/// Below the level where the leaf and the last leaf of the tree meet, every level has a sibling: that is the `inner`
/// part. Above it only left siblings exist, one for each bit set in the index: that is the `border`.
///
///            root
///          /      \          leaf 1 of 7: inner 3 = leaf 0, node 2-3, subtree 4-6; no border
///        o          o        leaf 6 of 7: inner 0; border 2 = node 4-5, subtree 0-3
///      /   \      /   \
///     o     o    o     6     The topmost inner sibling alone can be incomplete (here 4-6);
///    / \   / \  / \          it is then folded from several complete nodes.
///    0 1   2 3  4 5
struct Path {
    let index: UInt64
    let size: UInt64
    /// The level at which the way starts.
    let base: Int
    /// The level at which the inner part ends.
    let innerEnd: Int

    /// The way from the node at level `base` over leaf `index`, which is less than `size`.
    init(index: UInt64, size: UInt64, base: Int = 0) {
        precondition(index < size, "a way starts inside the tree")
        self.index = index
        self.size = size
        self.base = base
        // The bits in which two positions differ, but for the lowest `base`, say where their ways meet.
        innerEnd = max(base, UInt64.bitWidth - (index ^ (size - 1)).leadingZeroBitCount)
    }

    /// How many of the siblings are inner ones.
    var innerCount: Int { innerEnd - base }

    /// How many siblings there are: at most 64.
    var count: Int { innerCount + (index >> innerEnd).nonzeroBitCount }

    /// The complete nodes that make the topmost inner sibling, the only one that reaches the right edge of the tree.
    private var top: [NodeID] {
        guard innerCount > 0 else { return [] }
        let level = innerEnd - 1
        return NodeID.covering((index >> level ^ 1) << level..<size)
    }

    /// The complete nodes that make the siblings, from below to above.
    var nodes: [NodeID] {
        let inner = (base..<max(base, innerEnd - 1)).map { NodeID(level: $0, index: index >> $0 ^ 1) }
        let border = (innerEnd..<UInt64.bitWidth).filter { index >> $0 & 1 == 1 }
            .map { NodeID(level: $0, index: index >> $0 ^ 1) }
        return inner + top + border
    }

    /// The siblings, given the hashes of `nodes`.
    func siblings(from hashes: ArraySlice<Digest>) throws(MerkleError) -> [Digest] {
        let folded = top.count
        let want = count + max(0, folded - 1)
        guard hashes.count == want else { throw .nodeCount(got: hashes.count, want: want) }
        guard folded > 1 else { return Array(hashes) }
        let start = hashes.startIndex + innerCount - 1
        return hashes[..<start] + [MerkleTree.fold(hashes[start..<start + folded])] + hashes[(start + folded)...]
    }

    /// The root that `siblings`, of which there are `count`, lead to from the node `start`.
    func root(from start: Digest, siblings: ArraySlice<Digest>) -> Digest {
        var hash = start
        for (level, sibling) in zip(base..<innerEnd, siblings) {
            hash =
                index >> level & 1 == 0 ? MerkleTree.nodeHash(hash, sibling) : MerkleTree.nodeHash(sibling, hash)
        }
        return siblings.dropFirst(innerCount).reduce(hash) { MerkleTree.nodeHash($1, $0) }
    }

    /// The root of the tree that ends with the node `start`: of the siblings only the left ones are part of it.
    func rootEndingHere(from start: Digest, siblings: ArraySlice<Digest>) -> Digest {
        var hash = start
        for (level, sibling) in zip(base..<innerEnd, siblings) where index >> level & 1 == 1 {
            hash = MerkleTree.nodeHash(sibling, hash)
        }
        return siblings.dropFirst(innerCount).reduce(hash) { MerkleTree.nodeHash($1, $0) }
    }
}
