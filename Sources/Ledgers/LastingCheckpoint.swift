import Merkle
public import Storage

extension LedgerView {
    /// The newest checkpoint that no later one replaces, whoever records meanwhile: one that is kept, or the last of 256
    /// entries that are all there. `nil` where the first 256 are still being filled.
    public func lastingCheckpoint() throws(LedgerError) -> StoredCheckpoint? {
        // In the block that is being filled only what is kept stays.
        let block = (size - 1) / UInt64(Tile.width) * UInt64(Tile.width)
        var limit = size
        while limit > block, let stored = try checkpoint(atMost: limit), stored.size > block {
            if stored.isKept || stored.size % UInt64(Tile.width) == 0 { return stored }
            limit = stored.size - 1
        }
        return block == 0 ? nil : try checkpoint(atMost: block)
    }
}
