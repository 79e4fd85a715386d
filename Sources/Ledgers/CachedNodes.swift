import Cryptography
import Merkle
import Storage

/// Reads nodes of a tree, each tile of it once while a ledger remembers it. What it gives makes proofs, which are checked.
struct CachedNodes {
    let reader: TreeReader
    let cache: TileCache
    /// The tile that was asked last: the siblings of a leaf lie in one tile for each eight of them.
    private var latest: (level: Int, number: UInt64, tile: KnownTile)?

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
        let known = try known(tile, reaching: place.range.upperBound)
        if let hash = known.nodes.root(of: place.range) { return hash }
        return Tile.nodeHash(of: place.range, in: try hashes(of: tile, known))
    }

    /// What is known of a tile, at least over its first `count` hashes.
    private mutating func known(_ tile: Tile, reaching count: Int) throws -> KnownTile {
        if let latest, latest.level == tile.level, latest.number == tile.number, latest.tile.nodes.width >= count {
            return latest.tile
        }
        let before = cache.tile(level: tile.level, number: tile.number)
        if let before, before.nodes.width >= count {
            latest = (tile.level, tile.number, before)
            return before
        }
        return remember(try read(tile, before?.nodes), of: tile)
    }

    /// Reads what is not known of a tile: all of one that is stored, and of one that is not the hashes that came since.
    private func read(_ tile: Tile, _ before: TileNodes?) throws -> KnownTile {
        guard let hashes = try storedHashes(of: tile) else {
            var nodes = before ?? TileNodes()
            for hash in try reader.partialHashes(of: tile, from: nodes.width) { nodes.append(hash) }
            return KnownTile(nodes: nodes)
        }
        var nodes = TileNodes()
        hashes.withUnsafeBytes { hashes in
            for start in stride(from: 0, to: hashes.count, by: Digest.byteCount) {
                let hash = UnsafeRawBufferPointer(rebasing: hashes[start..<start + Digest.byteCount])
                if let hash = Digest(hash) { nodes.append(hash) }
            }
        }
        // The tiles above are few, and every proof needs one: all of their nodes are kept.
        guard tile.level == 0 else { return KnownTile(nodes: nodes) }
        return KnownTile(nodes: nodes.keeping(from: TileCache.leafFloor), hashes: hashes)
    }

    private mutating func remember(_ known: KnownTile, of tile: Tile) -> KnownTile {
        cache.keep(known, level: tile.level, number: tile.number)
        latest = (tile.level, tile.number, known)
        return known
    }

    /// The hashes of a full tile, of which the lower nodes are not kept.
    private mutating func hashes(of tile: Tile, _ known: KnownTile) throws -> [UInt8] {
        guard known.hashes.isEmpty else { return known.hashes }
        guard let hashes = try storedHashes(of: tile) else {
            throw TreeReader.Failure.missingTile(level: tile.level, number: tile.number)
        }
        return remember(KnownTile(nodes: known.nodes, hashes: hashes), of: tile).hashes
    }

    private func storedHashes(of tile: Tile) throws -> [UInt8]? {
        guard let stored = try reader.snapshot.tile(level: tile.level, number: tile.number) else { return nil }
        guard stored.hashes.count == Tile.byteCount else {
            throw MerkleError.tileLength(
                Tile(level: tile.level, number: tile.number), got: stored.hashes.count, want: Tile.byteCount)
        }
        return stored.hashes
    }
}
