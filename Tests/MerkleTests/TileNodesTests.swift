import Cryptography
import Merkle
import Testing

struct TileNodesTests {
    private static let leaves = Reference.leaves(Tile.width)

    /// Every complete node below the root of a tile.
    private static let ranges = (0..<Tile.height).flatMap { height in
        (0..<Tile.width >> height).map { $0 << height..<($0 + 1) << height }
    }

    @Test func `at each width, the nodes that are complete are known and no others`() {
        let roots = Self.ranges.map { Reference.root(Self.leaves[$0]) }
        var nodes = TileNodes()
        for width in 0...Tile.width {
            #expect(nodes.width == width)
            for (range, root) in zip(Self.ranges, roots) {
                let want = range.upperBound <= width ? root : nil
                if nodes.root(of: range) != want { Issue.record("\(range) at width \(width)") }
            }
            if width < Tile.width { nodes.append(Self.leaves[width]) }
        }
    }

    @Test(arguments: 0..<Tile.height)
    func `what is kept of a full tile is right, and takes half as much for each height`(
        floor: Int
    ) {
        var nodes = TileNodes()
        for leaf in Self.leaves { nodes.append(leaf) }
        let kept = nodes.keeping(from: floor)
        #expect(kept.width == Tile.width && kept.byteCount == ((512 >> floor) - 2) * Digest.byteCount)
        for range in Self.ranges {
            let want = range.count >> floor > 0 ? Reference.root(Self.leaves[range]) : nil
            #expect(kept.root(of: range) == want)
        }
        for further in floor..<Tile.height {
            #expect(kept.keeping(from: further).root(of: 128..<256) == Reference.root(Self.leaves[128...]))
        }
    }

    @Test func `the full subtrees of a tree make its root`() {
        for size in 0...Tile.width {
            let subtrees = nodes(NodeID.subtrees(of: UInt64(size)), Self.leaves)
            #expect(MerkleTree.root(ofSubtrees: subtrees) == Reference.root(Self.leaves[..<size]))
        }
    }
}
