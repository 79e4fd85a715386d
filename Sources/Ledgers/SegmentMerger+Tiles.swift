import Cryptography
import Merkle
import Storage

extension SegmentMerger {
    /// The tiles above those of leaf hashes, derived from the roots below.
    mutating func checkUpperTiles(_ snapshot: any StoreSnapshot, _ sizeNow: UInt64) throws {
        var roots = tileRoots
        for level in StoreLimits.tileLevels {
            // The tiles of leaf hashes were compared one by one; what remains are those that no entry accounts for.
            let count = UInt64(roots.count)
            let limit = max(count, sizeNow >> UInt64(Tile.height * (level + 1)))
            let extra = try snapshot.tileRoots(level: level, limit..<UInt64(Int64.max))
            if try !extra.isEmpty || level > 0 && snapshot.tileRoots(level: level, 0..<count) != roots {
                report.findings.add(
                    Finding(
                        .integrity, "tile_changed", "the tiles of level \(level) are not those that the entries have"))
            }
            var above: [Digest] = []
            for start in stride(from: 0, to: roots.count - roots.count % Tile.width, by: Tile.width) {
                let hashes = Array(roots[start..<start + Tile.width])
                let number = UInt64(start / Tile.width)
                above.append(MerkleTree.root(of: hashes))
                let tile = try snapshot.tile(level: level + 1, number: number)
                if tile?.hashes != hashes.flatMap(\.bytes) {
                    report.findings.add(
                        Finding(
                            .integrity, "tile_changed",
                            "tile \(number) of level \(level + 1) is not the one that the entries have"))
                }
            }
            roots = above
        }
    }
}
