import Cryptography
import Glibc
import Merkle
import Storage

/// The stored tiles of leaf hashes against the entries.
extension SegmentChecker {
    /// Reads the tile that begins with an entry, where it is full and stored.
    mutating func readTile(over number: UInt64) {
        guard number % UInt64(Tile.width) == 0 else { return }
        storedTile = try? snapshot.tile(level: 0, number: number / UInt64(Tile.width))
        reported = []
    }

    /// The hash that the tile holds for an entry.
    mutating func storedLeaf(_ number: UInt64) -> Digest? {
        readTile(over: number)
        let first = Int(number % UInt64(Tile.width)) * Digest.byteCount
        return storedTile.flatMap { Digest($0.hashes[first..<first + Digest.byteCount]) }
    }

    private static func equal(_ leaves: UnsafeRawBufferPointer, _ hashes: [UInt8]) -> Bool {
        guard leaves.count == hashes.count, let start = leaves.baseAddress else { return leaves.count == hashes.count }
        return memcmp(start, hashes, hashes.count) == 0
    }

    /// A full tile against the leaves it is to hold, and their root. Where the two differ, the tile's own root tells which
    /// of them changed.
    mutating func checkTile(_ number: UInt64, _ root: Digest, isPresent: Bool) {
        segment.tileRoots.append(root)
        let first = number * UInt64(Tile.width)
        let name = "the tile over entries \(first) to \(first + 255)"
        guard let storedTile else {
            if isPresent { add(.integrity, first, "tile_missing", "\(name) is missing or unreadable") }
            return
        }
        if storedTile.root == root, leaves.withUnsafeBytes({ Self.equal($0, storedTile.hashes) }) { return }
        let stored = stride(from: 0, to: storedTile.hashes.count, by: Digest.byteCount).compactMap {
            Digest(storedTile.hashes[$0..<$0 + Digest.byteCount])
        }
        let differing = leaves.indices.filter { leaves[$0] != stored[$0] }
        if differing.isEmpty {
            if storedTile.root != root { add(.integrity, first, "tile_changed", "\(name) holds a wrong root") }
        } else if storedTile.root != MerkleTree.root(of: stored) {
            // It was changed itself, and says nothing about entries.
            add(.integrity, first, "tile_changed", "\(name) does not have the root that stands beside its hashes")
        } else {
            for offset in differing where !reported.contains(offset) {
                let entry = first + UInt64(offset)
                add(
                    .integrity, entry, "entry_changed",
                    "entry \(entry) does not have the hash that its tile holds: its bytes were changed after it was recorded"
                )
            }
        }
    }
}
