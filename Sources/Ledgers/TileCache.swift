import Merkle
import Synchronization

/// Nodes of tiles that were read before, shared by the views of one ledger: the part of a proof that was hashed once.
///
/// Nothing in it is believed. Whoever makes a proof of it checks the proof against a signed root, and where that does not
/// hold, forgets it all and asks the file. So it may outlive the view that filled it, whatever becomes of the file.
final class TileCache: Sendable {
    /// Of a full tile of leaves only nodes of this height and more are kept, which are a thousand bytes and not
    /// sixteen thousand: the 15 leaves beside one are read and hashed again, in a few microseconds.
    static let leafFloor = 4

    /// Bytes of nodes that are kept at most. A million entries take about half of it.
    static let defaultLimit = 8 << 20

    private struct Kept {
        let nodes: TileNodes
        var lastUse: UInt64
    }

    private struct State {
        var tiles: [NodeID: Kept] = [:]
        var byteCount = 0
        var uses: UInt64 = 0

        /// Makes room for a quarter of the limit at once, so that the sorting costs little for each tile.
        mutating func forgetOldest(downTo limit: Int) {
            for (place, kept) in tiles.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
                guard byteCount > limit else { return }
                tiles[place] = nil
                byteCount -= kept.nodes.byteCount
            }
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int = TileCache.defaultLimit) { self.limit = limit }

    /// What is known of the tile `number` of `level`.
    func nodes(level: Int, number: UInt64) -> TileNodes? {
        let place = NodeID(level: level, index: number)
        return state.withLock { state in
            state.uses += 1
            let uses = state.uses
            state.tiles[place]?.lastUse = uses
            return state.tiles[place]?.nodes
        }
    }

    /// Takes the place of what was known of it.
    func keep(_ nodes: TileNodes, level: Int, number: UInt64) {
        let isFullLeaves = level == 0 && nodes.width == Tile.width
        let nodes = isFullLeaves ? nodes.keeping(from: Self.leafFloor) : nodes
        state.withLock { state in
            state.uses += 1
            let old = state.tiles.updateValue(
                Kept(nodes: nodes, lastUse: state.uses), forKey: NodeID(level: level, index: number))
            state.byteCount += nodes.byteCount - (old?.nodes.byteCount ?? 0)
            if state.byteCount > limit { state.forgetOldest(downTo: limit / 4 * 3) }
        }
    }

    func forget() { state.withLock { $0 = State() } }

    var byteCount: Int { state.withLock { $0.byteCount } }
}
