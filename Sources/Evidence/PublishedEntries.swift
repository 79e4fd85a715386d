import Cryptography
import Decisions
import Merkle

/// Reads the entries of a published log in their order, and makes the tiles again of them.
struct PublishedEntries {
    /// A tile that is there with other hashes than the entries have.
    struct Difference {
        let tile: Tile
        let path: String
        let published: [UInt8]
        let derived: [UInt8]
    }

    /// Differences that are looked into; beyond them a log is another one altogether.
    private static let differenceLimit = 256

    private let files: PublishedFiles
    private let listing: PublishedListing
    private let size: UInt64
    private(set) var report: PublishedLogReport
    private(set) var tree = TileBuilder()
    private(set) var differences: [Difference] = []
    /// Numbers, links and clocks that do not fit, with the bundles on both sides.
    private var order: [(finding: PublishedFinding, bundles: [UInt64])] = []
    private var last: (leaf: Digest, at: Timestamp?) = (MerkleTree.emptyRoot, nil)

    init(_ files: PublishedFiles, _ listing: PublishedListing, size: UInt64, report: PublishedLogReport) {
        self.files = files
        self.listing = listing
        self.size = size
        self.report = report
    }

    /// Reads everything; `false` where entries and tiles are missing so that the rest cannot be told.
    mutating func run(progress: (_ done: UInt64, _ total: UInt64) -> Void) throws -> Bool {
        var number: UInt64 = 0
        while tree.size < size {
            guard try addBundle(number) else { return false }
            number += 1
            progress(tree.size, size)
        }
        for tile in Tile.partials(size: size) {
            try compare(tile, with: tree.edge[tile.level].flatMap(\.bytes))
        }
        return true
    }

    // MARK: Entries

    private mutating func addBundle(_ number: UInt64) throws -> Bool {
        guard let tile = Tile(level: 0, number: number, size: size) else {
            preconditionFailure("the tree goes on, so it has a tile here")
        }
        let bundle = EntryBundle(number: number, width: tile.width)
        report.fileCount += 1
        let first = tree.size
        let leaves: [Digest]
        switch try files.bundle(bundle) {
        case (.success(let entries), let path)?:
            leaves = entries.map { MerkleTree.leafHash($0) }
            for (offset, entry) in entries.enumerated() {
                checkOrder(entry, leaf: leaves[offset], number: first + UInt64(offset), path)
            }
        case (.failure(let error), let path)?:
            report.add(PublishedFinding("bundle_malformed", path, entry: first, "\(path) was changed: \(error)"))
            leaves = try publishedLeaves(tile)
        case nil:
            report.add(PublishedFinding("bundle_missing", bundle.path, entry: first, "\(bundle.path) is missing"))
            leaves = try publishedLeaves(tile)
        }
        guard leaves.count == tile.width else {
            let rest = "without \(bundle.path) and \(tile.path), nothing after entry \(first) can be told"
            report.add(PublishedFinding("rest_unchecked", bundle.path, entry: first, rest))
            return false
        }
        // Where the entries could not be read, the next one still has a link to check, and no clock.
        if let leaf = leaves.last, last.leaf != leaf { last = (leaf, nil) }
        for leaf in leaves {
            for completed in tree.append(leaf) { try compare(completed.tile, with: completed.hashes) }
        }
        try compareEarlierBundles(number, with: leaves, tile)
        return true
    }

    /// The hashes of a tile of leaves, to go on with where the entries cannot be read.
    private func publishedLeaves(_ tile: Tile) throws -> [Digest] {
        guard let bytes = try files.tile(tile)?.bytes, bytes.count == tile.byteCount else { return [] }
        return Self.digests(bytes)
    }

    private mutating func checkOrder(_ bytes: [UInt8], leaf: Digest, number: UInt64, _ path: String) {
        defer { last.leaf = leaf }
        let bundle = number / UInt64(Tile.width)
        let bundles = number % UInt64(Tile.width) == 0 && number > 0 ? [bundle - 1, bundle] : [bundle]
        func finding(_ code: String, _ message: String) {
            order.append((PublishedFinding(code, path, entry: number, message), bundles))
        }
        let entry: Entry
        do { entry = try Entry(parsing: bytes) } catch {
            last.at = nil
            return finding("entry_unreadable", "entry \(number) in \(path) is none: \(error)")
        }
        if entry.number != number {
            finding("entry_misplaced", "in the place of entry \(number), \(path) holds entry \(entry.number)")
        }
        if entry.link != last.leaf {
            finding("link_broken", "entry \(number) in \(path) does not link to the entry before it")
        }
        if let before = last.at, entry.at < before {
            finding("clock_backwards", "entry \(number) in \(path) is dated before the entry that precedes it")
        }
        last.at = entry.at
    }

    /// Adds what does not fit inside the entries, unless a file was found changed that explains it.
    func addOrder(to report: inout PublishedLogReport) {
        let changed = Set(report.brokenFiles.compactMap { EntryBundle(path: $0)?.number })
        for (finding, bundles) in order where changed.isDisjoint(with: bundles) { report.add(finding) }
    }

    // MARK: Tiles

    private mutating func compare(_ tile: Tile, with derived: [UInt8]) throws {
        report.fileCount += 1
        guard let (published, path) = try files.tile(tile) else {
            return report.add(PublishedFinding("tile_missing", tile.path, "\(tile.path) is missing"))
        }
        if published.count != tile.byteCount {
            let lengths = "\(published.count) bytes instead of \(tile.byteCount)"
            report.add(PublishedFinding("tile_malformed", path, "\(path) was changed: it has \(lengths)"))
        } else if published != derived, differences.count < Self.differenceLimit {
            differences.append(Difference(tile: tile, path: path, published: published, derived: derived))
        }
        for width in listing.earlierTiles[Tile(level: tile.level, number: tile.number)] ?? [] {
            let earlier = Tile(level: tile.level, number: tile.number, width: width)
            guard let bytes = try files.read(earlier.path) else { continue }
            let right = [derived, published].contains { $0.prefix(earlier.byteCount).elementsEqual(bytes) }
            if !right {
                let message = "\(earlier.path), of an earlier size, has other hashes than the tile that it grew into"
                report.add(PublishedFinding("earlier_tile_differs", earlier.path, message))
            }
        }
    }

    /// Partial bundles of earlier sizes must be the beginning of what they grew into.
    private mutating func compareEarlierBundles(_ number: UInt64, with leaves: [Digest], _ tile: Tile) throws {
        guard let widths = listing.earlierBundles[number] else { return }
        let published = try publishedLeaves(tile)
        for width in widths {
            let earlier = EntryBundle(number: number, width: width)
            guard let bytes = try files.read(earlier.path) else { continue }
            let found = (try? earlier.entries(in: bytes))?.map { MerkleTree.leafHash($0) }
            let right = [leaves, published].contains { hashes in
                found.map { $0.elementsEqual(hashes.prefix(width)) } ?? false
            }
            if !right {
                let message = "\(earlier.path), of an earlier size, has other entries than the bundle that it grew into"
                report.add(PublishedFinding("earlier_bundle_differs", earlier.path, message))
            }
        }
    }

    static func digests(_ bytes: [UInt8]) -> [Digest] {
        stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap { Digest(bytes[$0..<$0 + Digest.byteCount]) }
    }
}
