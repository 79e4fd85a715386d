/// A file of a published log: where it lies below the folder, and its bytes.
struct PublishedFile: Equatable {
    let path: String
    let bytes: [UInt8]
}

/// The files that a log of one size has beyond those of an earlier one, made again of the bytes of its entries.
///
/// What is stored as tiles is only compared; what the tree was before, its root proves.
struct PublishingFiles {
    typealias Reading = (_ body: (any StoreSnapshot) throws -> Void) throws -> Void

    /// What is published already; `nil` when nothing is.
    let earlier: Checkpoint?
    let target: Checkpoint
    /// Reads one moment of the ledger. Each bundle is read on its own, so that no read lasts long.
    let read: Reading
    /// Called with the number of entries that were read.
    var progress: (UInt64) -> Void = { _ in }

    /// What comes of comparing the tree with the earlier checkpoint.
    enum Outcome: Equatable {
        case extends
        /// The log signed another root at the size of the earlier checkpoint.
        case forks
    }

    private static let width = UInt64(Tile.width)
    private var earlierSize: UInt64 { earlier?.size ?? 0 }

    /// Calls `visit` with each file. Throws unless the stored tiles and the signed root follow from the entries.
    func make(_ visit: (PublishedFile) throws -> Void) throws -> Outcome {
        let start = earlierSize / Self.width * Self.width
        var tree = TileBuilder()
        try read { tree = try $0.tree(ofSize: start) }
        var outcome = compare(tree, .extends)
        for first in stride(from: start, to: target.size, by: Int(Self.width)) {
            let end = min(first + Self.width, target.size)
            let (bundle, completed) = try add(first..<end, to: &tree, &outcome)
            if end > earlierSize {
                let place = EntryBundle(number: first / Self.width, width: Int(end - first))
                try visit(PublishedFile(path: place.path, bytes: bundle))
            }
            for tile in completed { try visit(PublishedFile(path: tile.tile.path, bytes: tile.hashes)) }
            progress(end)
        }
        guard tree.root == target.root else {
            throw PublishingError.ledgerBroken(
                detail: "its \(target.size) entries have the root \(tree.root), and \(target.root) was signed")
        }
        for tile in Tile.partials(size: target.size) where isNew(tile) {
            try visit(PublishedFile(path: tile.path, bytes: tree.edge[tile.level].flatMap(\.bytes)))
        }
        return outcome
    }

    /// Whether the earlier size did not have a partial tile.
    private func isNew(_ tile: Tile) -> Bool {
        Tile(level: tile.level, number: tile.number, size: earlierSize) != tile
    }

    /// Adds the entries of one bundle to the tree.
    private func add(
        _ range: Range<UInt64>, to tree: inout TileBuilder, _ outcome: inout Outcome
    ) throws -> (bundle: [UInt8], completed: [CompletedTile]) {
        var bundle: [UInt8] = []
        var completed: [CompletedTile] = []
        try read { snapshot in
            try snapshot.entries(range) { number, bytes in
                guard number == tree.size else { throw Self.missing(tree.size) }
                try EntryBundle.append(Array(bytes), to: &bundle)
                completed += tree.append(MerkleTree.leafHash(bytes))
                outcome = compare(tree, outcome)
            }
            guard tree.size == range.upperBound else { throw Self.missing(tree.size) }
            for tile in completed { try Self.check(tile, snapshot) }
        }
        return (bundle, completed)
    }

    private func compare(_ tree: TileBuilder, _ outcome: Outcome) -> Outcome {
        guard let earlier, tree.size == earlier.size, tree.root != earlier.root else { return outcome }
        return .forks
    }

    private static func missing(_ number: UInt64) -> PublishingError {
        .ledgerBroken(detail: "entry \(number) is missing")
    }

    private static func check(_ tile: CompletedTile, _ snapshot: any StoreSnapshot) throws {
        let stored = try snapshot.tile(level: tile.level, number: tile.number)
        guard let stored else { throw PublishingError.ledgerBroken(detail: "\(tile.tile.path) is missing") }
        guard stored.hashes == tile.hashes, stored.root == tile.root else {
            throw PublishingError.ledgerBroken(
                detail: "\(tile.tile.path) is stored with other hashes than the entries below it have")
        }
    }
}
