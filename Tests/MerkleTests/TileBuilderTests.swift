import Cryptography
import Merkle
import Testing

struct TileBuilderTests {
    @Test func `the edge, the root and the completed tiles are right at every size up to 1100`() throws {
        let leaves = Reference.leaves(1100)
        var builder = TileBuilder()
        #expect(builder.root == MerkleTree.emptyRoot && builder.edge.isEmpty)
        for size in 1...1100 {
            let completed = builder.append(leaves[size - 1])
            #expect(builder.size == UInt64(size))
            #expect(builder.root == Reference.root(leaves[..<size]))
            let full = size / 256
            #expect(builder.edge[0] == Array(leaves[(full * 256)..<size]))
            #expect(builder.edge.count == (full == 0 ? 1 : 2))
            if full > 0 {
                #expect(builder.edge[1] == (0..<full).map { Reference.root(leaves[$0 * 256..<($0 + 1) * 256]) })
            }
            #expect(completed.count == (size % 256 == 0 ? 1 : 0))
            if let tile = completed.first {
                let range = (full - 1) * 256..<full * 256
                #expect(tile.tile == Tile(level: 0, number: UInt64(full - 1)))
                #expect(tile.hashes == leaves[range].flatMap(\.bytes))
                #expect(tile.root == Reference.root(leaves[range]))
            }
            let restored = try #require(TileBuilder(size: builder.size, edge: builder.edge))
            #expect(restored.root == builder.root && restored.edge == builder.edge)
            #expect(restored.subtrees == builder.subtrees)
        }
    }

    @Test func `two levels of tiles complete together at 65536 leaves`() throws {
        let leaves = Reference.leaves(65_539)
        var builder = TileBuilder()
        var frontier = Frontier()
        var roots: [Digest] = []
        for (index, leaf) in leaves.enumerated() {
            let completed = builder.append(leaf)
            frontier.append(leaf)
            let size = index + 1
            roots += completed.filter { $0.level == 0 }.map(\.root)
            if (65_533...65_539).contains(size) {
                #expect(builder.root == Reference.root(leaves[..<size]))
                #expect(frontier.root == builder.root && frontier == builder.subtrees)
                let restored = try #require(TileBuilder(size: builder.size, edge: builder.edge))
                #expect(restored.root == builder.root)
            }
            if size == 65_536 {
                #expect(completed.map(\.tile) == [Tile(level: 0, number: 255), Tile(level: 1, number: 0)])
                #expect(completed[1].hashes == roots.flatMap(\.bytes))
                #expect(completed[1].root == builder.root)
                #expect(builder.edge == [[], [], [builder.root]])
            }
        }
        #expect(builder.edge == [Array(leaves[65_536...]), [], [Reference.root(leaves[..<65_536])]])
    }

    @Test func `a wrong edge is refused`() {
        let hash = Reference.leaf(0)
        #expect(TileBuilder(size: 0, edge: []) != nil)
        #expect(TileBuilder(size: 0, edge: [[]]) == nil)
        #expect(TileBuilder(size: 1, edge: [[hash]]) != nil)
        #expect(TileBuilder(size: 1, edge: []) == nil)
        #expect(TileBuilder(size: 1, edge: [[hash, hash]]) == nil)
        #expect(TileBuilder(size: 256, edge: [[], [hash]]) != nil)
        #expect(TileBuilder(size: 256, edge: [Array(repeating: hash, count: 256)]) == nil)
        #expect(TileBuilder(size: 257, edge: [[hash], [hash], []]) == nil)
        let width = { Array(repeating: hash, count: $0) }
        #expect(TileBuilder(size: .max, edge: (0..<8).map { _ in width(255) }) != nil)
    }
}
