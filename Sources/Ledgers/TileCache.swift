import Merkle
import Synchronization

/// What is remembered of one tile.
struct KnownTile {
    /// Its nodes; of a full tile of leaves only those of `TileCache.leafFloor` and more, which are a thousand bytes and not
    /// sixteen thousand.
    var nodes: TileNodes
    /// The hashes of such a tile as they are stored, to make the nodes below of; empty where they are to be read again.
    var hashes: [UInt8] = []

    var byteCount: Int { nodes.byteCount + hashes.count }
}

/// Tiles that were read before, shared by the views of one ledger: the part of a proof that was hashed once.
///
/// Nothing in it is believed. Whoever makes a proof of it checks the proof against a signed root, and where that does not
/// hold, forgets it all and asks the file. So it may outlive the view that filled it, whatever becomes of the file.
final class TileCache: Sendable {
    /// The 15 leaves beside one are hashed again each time, in 3 µs; reading them from the file again is 20 µs.
    static let leafFloor = 4

    /// Bytes that are kept at most. The nodes of a million entries take half of it, and the rest holds the hashes of the
    /// tiles that were asked for last: some 500.
    static let defaultLimit = 8 << 20

    private struct Kept {
        var tile: KnownTile
        var lastUse: UInt64
    }

    private struct State {
        var tiles: [NodeID: Kept] = [:]
        var byteCount = 0
        var uses: UInt64 = 0

        /// Gives up the hashes of tiles, and where that is not enough their nodes as well: what was used least recently first.
        mutating func shrink(to limit: Int) {
            let places = tiles.sorted { $0.value.lastUse < $1.value.lastUse }.map(\.key)
            for place in places where byteCount > limit {
                byteCount -= tiles[place]?.tile.hashes.count ?? 0
                tiles[place]?.tile.hashes = []
            }
            for place in places where byteCount > limit {
                byteCount -= tiles.removeValue(forKey: place)?.tile.byteCount ?? 0
            }
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int = TileCache.defaultLimit) { self.limit = limit }

    /// What is known of the tile `number` of `level`.
    func tile(level: Int, number: UInt64) -> KnownTile? {
        state.withLock { state in
            guard let index = state.tiles.index(forKey: NodeID(level: level, index: number)) else { return nil }
            state.uses += 1
            state.tiles.values[index].lastUse = state.uses
            return state.tiles.values[index].tile
        }
    }

    /// Takes the place of what was known of it.
    func keep(_ tile: KnownTile, level: Int, number: UInt64) {
        state.withLock { state in
            state.uses += 1
            let kept = Kept(tile: tile, lastUse: state.uses)
            let old = state.tiles.updateValue(kept, forKey: NodeID(level: level, index: number))
            state.byteCount += tile.byteCount - (old?.tile.byteCount ?? 0)
            // A quarter at once, so that the sorting costs little for each tile.
            if state.byteCount > limit { state.shrink(to: limit / 4 * 3) }
        }
    }

    func forget() { state.withLock { $0 = State() } }

    /// Bytes of nodes and hashes that are kept.
    var byteCount: Int { state.withLock { $0.byteCount } }
}
