import Cryptography
import Merkle

/// Tells which file is at fault where entries and tiles differ: from the signed root down, a tile whose root stands in an
/// authentic tile is authentic itself.
struct PublishedTiles {
    private let files: PublishedFiles
    private let size: UInt64
    private let root: Digest
    /// Whether the partial tiles together have the signed root.
    private let isEdgeAuthentic: Bool
    private var known: [Tile: Bool] = [:]

    init(_ files: PublishedFiles, size: UInt64, root: Digest) throws {
        self.files = files
        self.size = size
        self.root = root
        var edge: [[Digest]] = []
        for level in 0..<TileBuilder.levelCount(size: size) {
            let width = Tile.partialWidth(level: level, size: size)
            let number = size >> UInt64(Tile.height * (level + 1))
            let tile = width == 0 ? nil : Tile(level: level, number: number, width: width)
            edge.append(try tile.map { try Self.hashes(of: $0, files) } ?? [])
        }
        isEdgeAuthentic = TileBuilder(size: size, edge: edge)?.root == root
    }

    /// The hashes of a tile as published; none where it is missing or has another length.
    private static func hashes(of tile: Tile, _ files: PublishedFiles) throws -> [Digest] {
        guard let bytes = try files.tile(tile)?.bytes, bytes.count == tile.byteCount else { return [] }
        return PublishedEntries.digests(bytes)
    }

    /// Adds a finding for each file at fault.
    mutating func judge(_ entries: PublishedEntries, _ report: inout PublishedLogReport) throws {
        if entries.tree.root == root {
            // The entries have the signed root, so whatever differs from them is wrong.
            for difference in entries.differences { report.add(Self.changed(difference.tile, difference.path)) }
            return
        }
        var findings: [PublishedFinding] = []
        for difference in entries.differences { findings += try faults(of: difference) }
        for finding in findings { report.add(finding) }
        let isExplained = report.brokenFiles.contains { EntryBundle(path: $0) != nil }
        if !isExplained {
            let message = "the \(size) entries have the root \(entries.tree.root), and the checkpoint says \(root)"
            report.add(PublishedFinding("root_differs", "checkpoint", message))
        }
    }

    private static func changed(_ tile: Tile, _ path: String) -> PublishedFinding {
        PublishedFinding("tile_changed", path, "\(path) was changed: it has other hashes than what lies below it")
    }

    /// Which files make a tile differ from the entries, when the root says that entries are wrong.
    private mutating func faults(of difference: PublishedEntries.Difference) throws -> [PublishedFinding] {
        let tile = difference.tile
        guard try isAuthentic(tile) else { return [Self.changed(tile, difference.path)] }
        let hashes = zip(
            PublishedEntries.digests(difference.published), PublishedEntries.digests(difference.derived))
        let places = hashes.enumerated().filter { $1.0 != $1.1 }.map { UInt64($0.offset) + tile.number * 256 }
        if tile.level == 0 { return try places.map { try Self.changedEntry($0, size: size, files) } }
        var findings: [PublishedFinding] = []
        for place in places {
            // An authentic tile below says itself which of its entries differ.
            let below = Tile(level: tile.level - 1, number: place)
            if try isAuthentic(below) { continue }
            findings.append(Self.changed(below, below.path))
            if below.level == 0 { findings.append(Self.changedBundle(below.number)) }
        }
        return findings
    }

    private static func changedEntry(
        _ number: UInt64, size: UInt64, _ files: PublishedFiles
    ) throws -> PublishedFinding {
        let tile = Tile(level: 0, number: number / UInt64(Tile.width), size: size)
        let bundle = EntryBundle(number: number / UInt64(Tile.width), width: tile?.width ?? Tile.width)
        let path = try files.bundle(bundle)?.path ?? bundle.path
        let message = "entry \(number) in \(path) was changed: the signed tree holds another hash for it"
        return PublishedFinding("entry_changed", path, entry: number, message)
    }

    private static func changedBundle(_ number: UInt64) -> PublishedFinding {
        let path = EntryBundle(number: number).path
        let message = "entries in \(path) were changed together with their tile: the tile above holds another hash"
        return PublishedFinding("bundle_changed", path, entry: number * UInt64(Tile.width), message)
    }

    /// Whether a tile of the log is the one under the signed root.
    private mutating func isAuthentic(_ tile: Tile) throws -> Bool {
        if tile.width < Tile.width { return isEdgeAuthentic }
        if let known = known[tile] { return known }
        var isAuthentic = false
        let above = Tile(level: tile.level + 1, number: tile.number / UInt64(Tile.width), size: size)
        if let above, try self.isAuthentic(above) {
            let hashes = try Self.hashes(of: tile, files)
            let parent = try Self.hashes(of: above, files)
            isAuthentic =
                hashes.count == Tile.width
                && MerkleTree.root(of: hashes) == parent[Int(tile.number % UInt64(Tile.width))]
        }
        known[tile] = isAuthentic
        return isAuthentic
    }
}
