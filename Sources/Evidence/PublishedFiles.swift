import Merkle

/// The files of a published log (C2SP tlog-tiles), wherever they lie.
public struct PublishedFiles {
    /// The most bytes that a file of a published log can have: a bundle of 256 of the longest entries.
    public static var maximumByteCount: Int { Tile.width * (EntryBundle.maximumEntryByteCount + 2) }

    let read: (_ path: String) throws -> [UInt8]?
    let paths: [String]?

    /// `paths` are all files that there are, below the place of the checkpoint; `nil` where they cannot be listed. `read`
    /// returns the bytes of one, or `nil` where there is none.
    public init(paths: [String]?, read: @escaping (_ path: String) throws -> [UInt8]?) {
        self.paths = paths
        self.read = read
    }

    /// The bytes of a tile, and the path at which they were found.
    ///
    /// Where a partial tile is gone, the full one begins with it.
    func tile(_ tile: Tile) throws -> (bytes: [UInt8], path: String)? {
        if let bytes = try read(tile.path) { return (bytes, tile.path) }
        let full = Tile(level: tile.level, number: tile.number)
        guard tile != full, let bytes = try read(full.path) else { return nil }
        guard bytes.count == full.byteCount else { return (bytes, full.path) }
        return (Array(bytes.prefix(tile.byteCount)), full.path)
    }

    /// The entries of a bundle, and the path at which they were found.
    func bundle(_ bundle: EntryBundle) throws -> (entries: Result<[[UInt8]], MerkleError>, path: String)? {
        func entries(_ bundle: EntryBundle, _ bytes: [UInt8]) -> Result<[[UInt8]], MerkleError> {
            Result { () throws(MerkleError) in try bundle.entries(in: bytes) }
        }
        if let bytes = try read(bundle.path) { return (entries(bundle, bytes), bundle.path) }
        let full = EntryBundle(number: bundle.number)
        guard bundle != full, let bytes = try read(full.path) else { return nil }
        return (entries(full, bytes).map { Array($0.prefix(bundle.width)) }, full.path)
    }
}

/// Which of the files that are there belong to a log of a size.
struct PublishedListing {
    /// The widths of partial tiles of earlier sizes, by the full tile that they grow into.
    private(set) var earlierTiles: [Tile: [Int]] = [:]
    /// The widths of partial bundles of earlier sizes, by their number.
    private(set) var earlierBundles: [UInt64: [Int]] = [:]
    /// Files of a larger size: a publication that is under way or was interrupted.
    private(set) var laterCount = 0
    /// Files among the tiles that are none.
    private(set) var strange: [String] = []

    /// Sorts `paths`. What does not lie among the tiles belongs to somebody else.
    init(_ paths: [String], size: UInt64) {
        for path in paths.sorted() where path == "tile" || path.hasPrefix("tile/") {
            if let tile = Tile(path: path) {
                add(width: tile.width, of: Tile(level: tile.level, number: tile.number, size: size)?.width) {
                    $0.earlierTiles[Tile(level: tile.level, number: tile.number), default: []].append(tile.width)
                }
            } else if let bundle = EntryBundle(path: path) {
                add(width: bundle.width, of: Tile(level: 0, number: bundle.number, size: size)?.width) {
                    $0.earlierBundles[bundle.number, default: []].append(bundle.width)
                }
            } else {
                strange.append(path)
            }
        }
    }

    private mutating func add(width: Int, of wanted: Int?, earlier: (inout PublishedListing) -> Void) {
        guard let wanted, width <= wanted else {
            laterCount += 1
            return
        }
        if width < wanted { earlier(&self) }
    }
}
