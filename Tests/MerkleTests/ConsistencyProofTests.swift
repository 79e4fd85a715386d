import Cryptography
import Merkle
import Testing

struct ConsistencyProofTests {
    private let leaves = Reference.leaves(70)

    @Test func `all pairs of sizes up to 70 have the proof of the RFC`() throws {
        let roots = (0...70).map { Reference.root(leaves[..<$0]) }
        for to in 0...70 {
            for from in 0...to {
                let plan = try ConsistencyProof.plan(from: UInt64(from), to: UInt64(to))
                let proof = try ConsistencyProof.assemble(nodes(plan, leaves), from: UInt64(from), to: UInt64(to))
                #expect(proof.hashes == (from == 0 ? [] : Reference.subproof(from, leaves[..<to])))
                #expect(try ConsistencyProof.count(from: UInt64(from), to: UInt64(to)) == proof.hashes.count)
                try proof.check(from: UInt64(from), fromRoot: roots[from], to: UInt64(to), toRoot: roots[to])
            }
        }
    }

    @Test func `changing either root or any hash of a proof is noticed`() throws {
        for (from, to) in [(1, 2), (3, 7), (4, 8), (6, 13), (13, 29), (32, 33), (33, 64)] {
            let hashes = Reference.subproof(from, leaves[..<to])
            let fromRoot = Reference.root(leaves[..<from])
            let toRoot = Reference.root(leaves[..<to])
            func refused(_ hashes: [Digest], _ fromRoot: Digest, _ toRoot: Digest) -> Bool {
                let proof = ConsistencyProof(hashes: hashes)
                do {
                    try proof.check(from: UInt64(from), fromRoot: fromRoot, to: UInt64(to), toRoot: toRoot)
                } catch {
                    guard case .rootDiffers = error else { return false }
                    return true
                }
                return false
            }
            #expect(!refused(hashes, fromRoot, toRoot))
            for bit in 0..<256 {
                for position in hashes.indices {
                    var changed = hashes
                    changed[position] = hashes[position].flipping(bit: bit)
                    #expect(refused(changed, fromRoot, toRoot))
                }
                #expect(refused(hashes, fromRoot.flipping(bit: bit), toRoot))
                #expect(refused(hashes, fromRoot, toRoot.flipping(bit: bit)))
            }
            #expect(refused(hashes, toRoot, fromRoot))
        }
    }

    @Test func `a proof stands for two sizes`() throws {
        let roots = (0...24).map { Reference.root(leaves[..<$0]) }
        let proof = ConsistencyProof(hashes: Reference.subproof(11, leaves[..<24]))
        for to in 0...24 {
            for from in 0...24 where (from, to) != (11, 24) {
                #expect(throws: MerkleError.self) {
                    try proof.check(from: UInt64(from), fromRoot: roots[from], to: UInt64(to), toRoot: roots[to])
                }
            }
        }
    }

    @Test func `a proof that is too short or too long is refused`() {
        for to in 1...40 {
            for from in 1...to {
                let hashes = Reference.subproof(from, leaves[..<to])
                for wrong in [Array(hashes.dropLast()), hashes + [leaves[0]], leaves] where wrong != hashes {
                    #expect(throws: MerkleError.proofLength(got: wrong.count, want: hashes.count)) {
                        try ConsistencyProof(hashes: wrong).check(
                            from: UInt64(from), fromRoot: leaves[0], to: UInt64(to), toRoot: leaves[1])
                    }
                }
            }
        }
    }

    @Test func `nothing needs proving from the empty tree, but it has one root`() throws {
        let proof = ConsistencyProof(hashes: [])
        let empty = MerkleTree.emptyRoot
        try proof.check(from: 0, fromRoot: empty, to: 0, toRoot: empty)
        try proof.check(from: 0, fromRoot: empty, to: 5, toRoot: leaves[0])
        #expect(throws: MerkleError.rootDiffers(size: 0, got: leaves[0], want: empty)) {
            try proof.check(from: 0, fromRoot: leaves[0], to: 5, toRoot: leaves[0])
        }
        #expect(throws: MerkleError.rootDiffers(size: 0, got: leaves[0], want: empty)) {
            try proof.check(from: 0, fromRoot: empty, to: 0, toRoot: leaves[0])
        }
        #expect(throws: MerkleError.proofLength(got: 1, want: 0)) {
            try ConsistencyProof(hashes: [empty]).check(from: 0, fromRoot: empty, to: 5, toRoot: leaves[0])
        }
    }

    @Test func `a tree that shrinks has no proof`() {
        #expect(throws: MerkleError.treeShrinks(from: 2, to: 1)) { try ConsistencyProof.plan(from: 2, to: 1) }
        #expect(throws: MerkleError.treeShrinks(from: .max, to: 0)) { try ConsistencyProof.count(from: .max, to: 0) }
    }

    @Test(
        arguments: [
            (1, UInt64.max), (1 << 63, UInt64.max), (1 << 63 - 1, 1 << 63), (1 << 63 - 1, 1 << 63 + 1),
            (UInt64.max - 1, UInt64.max), (3, 1 << 63),
        ] as [(UInt64, UInt64)])
    func `the largest trees have proofs too`(from: UInt64, to: UInt64) throws {
        let count = try ConsistencyProof.count(from: from, to: to)
        #expect(count <= 65)
        let plan = try ConsistencyProof.plan(from: from, to: to)
        let fetched = [Digest](repeating: leaves[0], count: plan.count)
        let proof = try ConsistencyProof.assemble(fetched, from: from, to: to)
        #expect(proof.hashes.count == count)
        #expect(throws: MerkleError.self) {
            try proof.check(from: from, fromRoot: leaves[1], to: to, toRoot: leaves[2])
        }
    }

    @Test func `another number of nodes than planned makes no proof`() throws {
        let plan = try ConsistencyProof.plan(from: 5, to: 23)
        let fetched = nodes(plan, leaves)
        for wrong in [[], Array(fetched.dropLast()), fetched + [leaves[0]]] {
            #expect(throws: MerkleError.self) { try ConsistencyProof.assemble(wrong, from: 5, to: 23) }
        }
        #expect(throws: MerkleError.nodeCount(got: 1, want: 0)) {
            try ConsistencyProof.assemble([leaves[0]], from: 5, to: 5)
        }
    }
}
