import Cryptography
import Merkle
import Testing

struct MerkleTreeTests {
    @Test func `leaves and nodes are hashed under different prefixes`() {
        let left = Reference.leaf(0)
        let right = Reference.leaf(1)
        #expect(MerkleTree.emptyRoot.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(MerkleTree.leafHash([]).hex == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        #expect(MerkleTree.leafHash(Array("abc".utf8)) == SHA256.digest(of: [0, 0x61, 0x62, 0x63]))
        #expect(MerkleTree.nodeHash(left, right) == SHA256.digest(of: [1] + left.bytes + right.bytes))
        #expect(MerkleTree.root(of: []) == MerkleTree.emptyRoot)
        #expect(MerkleTree.root(of: [left]) == left)
    }
}

struct FrontierTests {
    @Test func `the root is that of the RFC at every size up to 1100`() {
        let leaves = Reference.leaves(1100)
        var frontier = Frontier()
        #expect(frontier.root == MerkleTree.emptyRoot)
        for size in 1...1100 {
            frontier.append(leaves[size - 1])
            #expect(frontier.size == UInt64(size) && frontier.hashes.count == size.nonzeroBitCount)
            #expect(frontier.root == Reference.root(leaves[..<size]))
        }
        #expect(MerkleTree.root(of: leaves) == frontier.root)
    }

    @Test func `a frontier restored from its hashes goes on as if never interrupted`() throws {
        let leaves = Reference.leaves(80)
        for size in 0..<80 {
            var whole = Frontier()
            for leaf in leaves[..<size] { whole.append(leaf) }
            var restored = try #require(Frontier(size: whole.size, hashes: whole.hashes))
            #expect(restored == whole)
            for leaf in leaves[size...] {
                whole.append(leaf)
                restored.append(leaf)
            }
            #expect(restored == whole)
        }
    }

    @Test func `a size wants one hash for each of its bits`() {
        let hash = Reference.leaf(0)
        for size in (0...40).map(UInt64.init) + [.max, 1 << 63] {
            for count in 0...65 {
                let frontier = Frontier(size: size, hashes: Array(repeating: hash, count: count))
                #expect((frontier != nil) == (count == size.nonzeroBitCount))
            }
        }
    }

    @Test func `a full subtree counts as its leaves`() {
        let leaves = Reference.leaves(64)
        for level in 0...4 {
            for start in stride(from: 0, to: 48, by: 1 << level) {
                var frontier = Frontier()
                for leaf in leaves[..<start] { frontier.append(leaf) }
                let end = start + 1 << level
                frontier.append(subtree: Reference.root(leaves[start..<end]), level: level)
                #expect(frontier.root == Reference.root(leaves[..<end]))
            }
        }
    }
}
