public import Cryptography

/// A full tile as it falls out of a `TileBuilder`.
public struct CompletedTile: Hashable, Sendable {
    /// The level of the tile.
    public let level: Int
    /// The position among the tiles of its level.
    public let number: UInt64
    /// Its 256 hashes: 8192 bytes.
    public let hashes: [UInt8]
    /// The root over them, which is a hash of the tile above.
    public let root: Digest

    /// The coordinates.
    public var tile: Tile { Tile(level: level, number: number) }
}

/// The right edge of a growing tree: its partial tiles, out of which full tiles fall.
///
/// A tile completes once in 256 leaves; an append costs one node hash on average, shared with the `Frontier`.
public struct TileBuilder: Sendable {
    private var frontier: Frontier
    /// The hashes of the partial tile of each level that the tree reaches, some of which may be empty.
    public private(set) var edge: [[Digest]]

    /// The empty tree.
    public init() {
        frontier = Frontier()
        edge = []
    }

    /// The tree of `size` with these partial tiles, or `nil` unless there is one for each level, as wide as it must be.
    public init?(size: UInt64, edge: [[Digest]]) {
        guard edge.count == Self.levelCount(size: size) else { return nil }
        self.init()
        for (level, hashes) in edge.enumerated().reversed() {
            guard hashes.count == Tile.partialWidth(level: level, size: size) else { return nil }
            for hash in hashes { frontier.append(subtree: hash, level: level * Tile.height) }
        }
        self.edge = edge
    }

    /// The number of tile levels that a tree of `size` reaches: the partial tiles that `init(size:edge:)` wants.
    public static func levelCount(size: UInt64) -> Int {
        (UInt64.bitWidth - size.leadingZeroBitCount + Tile.height - 1) / Tile.height
    }

    /// The number of leaves.
    public var size: UInt64 { frontier.size }

    /// `MTH` of the tree (RFC 6962 section 2.1).
    public var root: Digest { frontier.root }

    /// The full subtrees of the tree.
    public var subtrees: Frontier { frontier }

    /// Adds a leaf, given its leaf hash, and returns the tiles it completes, lowest level first: mostly none.
    public mutating func append(_ leaf: Digest) -> [CompletedTile] {
        let number = size >> Tile.height
        var completed: [CompletedTile] = []
        Self.add(leaf, at: 0, to: &edge)
        frontier.append(subtree: leaf, level: 0) { level, root in
            guard level % Tile.height == 0 else { return }
            // The 256th hash of a tile completes its root here, and that is the next hash of the tile above.
            let below = level / Tile.height - 1
            let hashes = edge[below].withUnsafeBytes { Array($0) }
            precondition(hashes.count == Tile.byteCount, "digests lie next to each other, 32 bytes apart")
            let coordinate = number >> (Tile.height * below)
            completed.append(CompletedTile(level: below, number: coordinate, hashes: hashes, root: root))
            edge[below].removeAll(keepingCapacity: true)
            Self.add(root, at: below + 1, to: &edge)
        }
        return completed
    }

    private static func add(_ hash: Digest, at level: Int, to edge: inout [[Digest]]) {
        if level == edge.count {
            edge.append([])
            edge[level].reserveCapacity(Tile.width)
        }
        edge[level].append(hash)
    }
}
