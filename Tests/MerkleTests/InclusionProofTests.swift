import Cryptography
import Merkle
import Testing

struct InclusionProofTests {
    @Test func `every leaf of every tree up to 70 leaves has the proof of the RFC`() throws {
        let leaves = Reference.leaves(70)
        for size in 1...70 {
            let root = Reference.root(leaves[..<size])
            for index in 0..<size {
                let plan = try InclusionProof.plan(index: UInt64(index), size: UInt64(size))
                let fetched = nodes(plan, leaves)
                let proof = try InclusionProof.assemble(fetched, index: UInt64(index), size: UInt64(size))
                #expect(proof.hashes == Reference.path(index, leaves[..<size]))
                #expect(try InclusionProof.count(index: UInt64(index), size: UInt64(size)) == proof.hashes.count)
                try proof.check(leaf: leaves[index], index: UInt64(index), size: UInt64(size), root: root)
            }
        }
    }

    @Test func `flipping any bit of a proof is noticed`() throws {
        let leaves = Reference.leaves(21)
        let root = Reference.root(leaves[...])
        for index in [0, 5, 15, 16, 19, 20] {
            let hashes = Reference.path(index, leaves[...])
            func refused(_ hashes: [Digest], _ leaf: Digest, _ root: Digest) -> Bool {
                let proof = InclusionProof(hashes: hashes)
                do { try proof.check(leaf: leaf, index: UInt64(index), size: 21, root: root) } catch {
                    guard case .rootDiffers = error else { return false }
                    return true
                }
                return false
            }
            for bit in 0..<256 {
                for position in hashes.indices {
                    var changed = hashes
                    changed[position] = hashes[position].flipping(bit: bit)
                    #expect(refused(changed, leaves[index], root))
                }
                #expect(refused(hashes, leaves[index].flipping(bit: bit), root))
                #expect(refused(hashes, leaves[index], root.flipping(bit: bit)))
            }
        }
    }

    @Test func `a proof stands for one place in one tree`() throws {
        let leaves = Reference.leaves(40)
        for size in [1, 2, 7, 8, 33, 40] {
            let root = Reference.root(leaves[..<size])
            for index in 0..<size {
                let proof = InclusionProof(hashes: Reference.path(index, leaves[..<size]))
                for other in 0..<size where other != index {
                    #expect(throws: MerkleError.self) {
                        try proof.check(leaf: leaves[index], index: UInt64(other), size: UInt64(size), root: root)
                    }
                }
                #expect(throws: MerkleError.indexOutsideTree(index: UInt64(size), size: UInt64(size))) {
                    try proof.check(leaf: leaves[index], index: UInt64(size), size: UInt64(size), root: root)
                }
            }
        }
    }

    @Test func `a proof that is too short or too long is refused before any hashing`() throws {
        let leaves = Reference.leaves(40)
        for index in 0..<40 {
            let hashes = Reference.path(index, leaves[...])
            for wrong in [Array(hashes.dropLast()), Array(hashes.dropFirst()), hashes + [leaves[0]], leaves + leaves] {
                #expect(throws: MerkleError.proofLength(got: wrong.count, want: hashes.count)) {
                    _ = try InclusionProof(hashes: wrong).root(leaf: leaves[index], index: UInt64(index), size: 40)
                }
            }
        }
    }

    @Test(
        arguments: [
            (0, 1 << 63, 63), (1 << 63 - 1, 1 << 63, 63), (1 << 63, 1 << 63 + 1, 1), (0, UInt64.max, 64),
            (UInt64.max - 1, UInt64.max, 63), (0, 1 << 63 + 1, 64), (0, 1, 0),
        ] as [(UInt64, UInt64, Int)])
    func `the largest trees have proofs too`(index: UInt64, size: UInt64, count: Int) throws {
        #expect(try InclusionProof.count(index: index, size: size) == count)
        #expect(try InclusionProof.plan(index: index, size: size).count >= count)
        let hashes = [Digest](repeating: Reference.leaf(0), count: count)
        _ = try InclusionProof(hashes: hashes).root(leaf: Reference.leaf(1), index: index, size: size)
        #expect(throws: MerkleError.proofLength(got: count + 1, want: count)) {
            let long = InclusionProof(hashes: hashes + [Reference.leaf(0)])
            _ = try long.root(leaf: Reference.leaf(1), index: index, size: size)
        }
    }

    @Test func `a leaf outside the tree has no plan`() {
        for (index, size) in [(0, 0), (1, 1), (UInt64.max, UInt64.max), (UInt64.max, 0)] as [(UInt64, UInt64)] {
            #expect(throws: MerkleError.indexOutsideTree(index: index, size: size)) {
                try InclusionProof.plan(index: index, size: size)
            }
        }
    }

    @Test func `another number of nodes than planned makes no proof`() throws {
        let leaves = Reference.leaves(23)
        let plan = try InclusionProof.plan(index: 3, size: 23)
        let fetched = nodes(plan, leaves)
        for wrong in [[], Array(fetched.dropLast()), fetched + [leaves[0]]] {
            #expect(throws: MerkleError.nodeCount(got: wrong.count, want: plan.count)) {
                try InclusionProof.assemble(wrong, index: 3, size: 23)
            }
        }
    }
}
