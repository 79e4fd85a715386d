import Cryptography
import Merkle

/// Proofs that were checked against a signed root.
extension TreeReader {
    /// The proof that the entry with `leaf` is entry `number` of the tree of `size` entries that has `root`.
    func checkedInclusionProof(
        of leaf: Digest, at number: UInt64, size: UInt64, root: Digest
    ) throws -> InclusionProof {
        let plan = try InclusionProof.plan(index: number, size: size)
        return try checked { hashes in
            let proof = try InclusionProof.assemble(try hashes(plan, size), index: number, size: size)
            try proof.check(leaf: leaf, index: number, size: size, root: root)
            return proof
        }
    }

    /// The proof that the tree of the first `from` entries is the beginning of that of the first `to`, which has `root`.
    func checkedConsistencyProof(from: UInt64, to: UInt64, root: Digest) throws -> ConsistencyProof {
        let plan = try ConsistencyProof.plan(from: from, to: to)
        return try checked { hashes in
            let proof = try ConsistencyProof.assemble(try hashes(plan, to), from: from, to: to)
            let earlier = MerkleTree.root(ofSubtrees: try hashes(NodeID.subtrees(of: from), from))
            try proof.check(from: from, fromRoot: earlier, to: to, toRoot: root)
            return proof
        }
    }

    /// Makes a proof of what the ledger remembers of its tiles, and once more of the file where that does not hold: what
    /// is wrong is said by the file alone. `make` is given what finds the hashes of nodes in the tree of a size.
    private func checked<Proof>(_ make: ((_ nodes: [NodeID], _ size: UInt64) throws -> [Digest]) throws -> Proof) throws
        -> Proof
    {
        if let cache {
            var nodes = CachedNodes(self, cache)
            do { return try make { try nodes.hashes(of: $0, size: $1) } } catch { cache.forget() }
        }
        return try make { try fetch($0, size: $1) }
    }
}
