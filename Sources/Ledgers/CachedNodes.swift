import Cryptography
import Merkle
import Storage

/// Reads nodes of a tree, each tile of it once while a ledger remembers it. What it gives makes proofs, which are checked.
struct CachedNodes {
    let reader: TreeReader
    let cache: TileCache
    /// The tile that was asked last: the siblings of a leaf lie in one tile for each eight of them.
    private var latest: (level: Int, number: UInt64, nodes: TileNodes)?
    /// The hashes of the full tile that was read last, for the nodes that are not kept.
    private var hashes: (level: Int, number: UInt64, bytes: [UInt8])?

    init(_ reader: TreeReader, _ cache: TileCache) {
        self.reader = reader
        self.cache = cache
    }

    /// The hashes of `nodes`, which are complete in the tree of `size`.
    mutating func hashes(of nodes: [NodeID], size: UInt64) throws -> [Digest] {
        var hashes: [Digest] = []
        hashes.reserveCapacity(nodes.count)
        for node in nodes { hashes.append(try hash(of: node, size: size)) }
        return hashes
    }

    private mutating func hash(of node: NodeID, size: UInt64) throws -> Digest {
        let place = Tile.containing(node)
        guard let tile = Tile(level: place.level, number: place.number, size: size),
            place.range.upperBound <= tile.width
        else { preconditionFailure("only a complete node of the tree can be planned") }
        if let hash = try nodes(of: tile, reaching: place.range.upperBound).root(of: place.range) { return hash }
        return Tile.nodeHash(of: place.range, in: try fullHashes(of: tile))
    }

    /// The nodes of a tile, at least over its first `count` hashes.
    private mutating func nodes(of tile: Tile, reaching count: Int) throws -> TileNodes {
        if let latest, latest.level == tile.level, latest.number == tile.number, latest.nodes.width >= count {
            return latest.nodes
        }
        let known = cache.nodes(level: tile.level, number: tile.number)
        let nodes = if let known, known.width >= count { known } else { try read(tile, known) }
        latest = (tile.level, tile.number, nodes)
        return nodes
    }

    /// Reads what is not known of a tile: all of one that is stored, and of one that is not the hashes that came since.
    private mutating func read(_ tile: Tile, _ known: TileNodes?) throws -> TileNodes {
        var nodes = TileNodes()
        if let bytes = try storedHashes(of: tile) {
            bytes.withUnsafeBytes {
                for start in stride(from: 0, to: $0.count, by: Digest.byteCount) {
                    Digest(UnsafeRawBufferPointer(rebasing: $0[start..<start + Digest.byteCount])).map {
                        nodes.append($0)
                    }
                }
            }
        } else {
            nodes = known ?? nodes
            for hash in try reader.partialHashes(of: tile, from: nodes.width) { nodes.append(hash) }
        }
        cache.keep(nodes, level: tile.level, number: tile.number)
        return nodes
    }

    private mutating func fullHashes(of tile: Tile) throws -> [UInt8] {
        if let hashes, hashes.level == tile.level, hashes.number == tile.number { return hashes.bytes }
        guard let bytes = try storedHashes(of: tile) else {
            throw TreeReader.Failure.missingTile(level: tile.level, number: tile.number)
        }
        return bytes
    }

    private mutating func storedHashes(of tile: Tile) throws -> [UInt8]? {
        guard let stored = try reader.snapshot.tile(level: tile.level, number: tile.number) else { return nil }
        guard stored.hashes.count == Tile.byteCount else {
            throw MerkleError.tileLength(
                Tile(level: tile.level, number: tile.number), got: stored.hashes.count, want: Tile.byteCount)
        }
        hashes = (tile.level, tile.number, stored.hashes)
        return stored.hashes
    }
}
