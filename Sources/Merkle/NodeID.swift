public import Cryptography

/// The coordinates of a complete node: the root over the leaves from `index << level` to before `(index + 1) << level`.
public struct NodeID: Hashable, Sendable {
    /// 0 for leaves.
    public let level: Int
    /// The position among the nodes of its level.
    public let index: UInt64

    /// The node at `level` and `index`.
    public init(level: Int, index: UInt64) {
        precondition((0..<UInt64.bitWidth).contains(level), "a node has a level below 64")
        self.level = level
        self.index = index
    }

    /// The full subtrees that a tree of `size` is made of, largest first.
    public static func subtrees(of size: UInt64) -> [NodeID] { covering(0..<size) }

    /// The fewest complete nodes that cover the leaves in `leaves`, largest first.
    ///
    /// `leaves` starts at a multiple of a power of two that is no less than their count.
    static func covering(_ leaves: Range<UInt64>) -> [NodeID] {
        var nodes: [NodeID] = []
        var start = leaves.lowerBound
        let count = leaves.upperBound - leaves.lowerBound
        for level in (0..<UInt64.bitWidth).reversed() where count >> level & 1 == 1 {
            nodes.append(NodeID(level: level, index: start >> level))
            start += 1 << level
        }
        return nodes
    }
}

extension Tile {
    /// Where to find `node`: it is the root over the hashes in `range` of the tile at `level` and `number`.
    public static func containing(_ node: NodeID) -> (level: Int, number: UInt64, range: Range<Int>) {
        let rise = node.level % height
        let inTile = height - rise
        let start = Int(node.index & (1 << inTile - 1)) << rise
        return (node.level / height, node.index >> inTile, start..<start + 1 << rise)
    }

    /// The root over the hashes in `range` of a tile with these bytes; `range` is that of a node.
    public static func nodeHash(of range: Range<Int>, in bytes: [UInt8]) -> Digest {
        precondition(range.count.nonzeroBitCount == 1, "a complete node covers a power of two of hashes")
        return bytes.withUnsafeBytes { bytes in
            var frontier = Frontier()
            for position in range {
                let hash = bytes[position * Digest.byteCount..<(position + 1) * Digest.byteCount]
                guard let digest = Digest(UnsafeRawBufferPointer(rebasing: hash)) else {
                    preconditionFailure("a hash in a tile has 32 bytes")
                }
                frontier.append(digest)
            }
            return frontier.root
        }
    }

    /// The hashes of the nodes in `plan`, in its order, out of the tiles that a tree of `size` has.
    ///
    /// Asks `tile` once for each tile concerned: full ones where the tree has them, else partial ones. The nodes must be
    /// complete in the tree. Throws what `tile` throws, and `MerkleError.tileLength` for a tile of the wrong length.
    public static func fetch(
        _ plan: [NodeID], size: UInt64, tile read: (Tile) throws -> [UInt8]
    ) throws -> [Digest] {
        var known: [Tile: [UInt8]] = [:]
        return try plan.map { node in
            let place = containing(node)
            guard let tile = Tile(level: place.level, number: place.number, size: size),
                place.range.upperBound <= tile.width
            else { preconditionFailure("only a complete node of the tree can be planned") }
            if let bytes = known[tile] { return nodeHash(of: place.range, in: bytes) }
            let bytes = try read(tile)
            guard bytes.count == tile.byteCount else {
                throw MerkleError.tileLength(tile, got: bytes.count, want: tile.byteCount)
            }
            known[tile] = bytes
            return nodeHash(of: place.range, in: bytes)
        }
    }
}
