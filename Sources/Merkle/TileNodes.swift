public import Cryptography

/// The complete nodes over the first hashes of one tile, so that a proof has nothing of it to hash.
///
/// A full tile has 256 nodes of height 0 (its own hashes), 128 of height 1, … and 2 of height 7; its root is a hash of
/// the tile above.
public struct TileNodes: Sendable {
    /// How many hashes of the tile are known.
    public private(set) var width = 0
    /// The least height of which nodes are kept.
    private let floor: Int
    /// Row by row from the least height on. What is not known yet is no node.
    private var nodes: [Digest]

    /// Of a tile of which nothing is known yet.
    public init() {
        floor = 0
        nodes = Array(repeating: MerkleTree.emptyRoot, count: Self.start(of: Tile.height, floor: 0))
    }

    private init(width: Int, floor: Int, nodes: ArraySlice<Digest>) {
        self.width = width
        self.floor = floor
        self.nodes = Array(nodes)
    }

    /// Where the row of `height` begins: the rows before it have 256, 128, … nodes.
    private static func start(of height: Int, floor: Int) -> Int {
        (2 * Tile.width >> floor) - (2 * Tile.width >> height)
    }

    /// Adds the next hash of the tile, and the nodes that it completes: one on average.
    public mutating func append(_ hash: Digest) {
        precondition(floor == 0 && width < Tile.width, "hashes are added while there is room, to nodes of every height")
        var (index, node) = (width, hash)
        for height in 0..<Tile.height {
            let row = Self.start(of: height, floor: 0)
            nodes[row + index] = node
            guard index & 1 == 1, height + 1 < Tile.height else { break }
            node = MerkleTree.nodeHash(nodes[row + index - 1], node)
            index >>= 1
        }
        width += 1
    }

    /// The root over the hashes in `range`, which is that of a complete node below the root of the tile; `nil` where it is
    /// not known or not kept.
    public func root(of range: Range<Int>) -> Digest? {
        precondition(range.count.nonzeroBitCount == 1, "a complete node covers a power of two of hashes")
        let height = range.count.trailingZeroBitCount
        guard range.upperBound <= width, height >= floor, height < Tile.height else { return nil }
        return nodes[Self.start(of: height, floor: floor) + (range.lowerBound >> height)]
    }

    /// The same without the nodes below `height`, of a full tile.
    public func keeping(from height: Int) -> TileNodes {
        precondition(width == Tile.width && (floor..<Tile.height).contains(height), "what is kept is complete")
        return TileNodes(width: width, floor: height, nodes: nodes[Self.start(of: height, floor: floor)...])
    }

    /// The memory that the nodes take.
    public var byteCount: Int { nodes.count * Digest.byteCount }
}
