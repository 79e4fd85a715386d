import Cryptography

/// The coordinates of a hash tile (C2SP tlog-tiles): up to 256 adjacent nodes of one of the levels 0, 8, 16, …
///
/// Hash `i` of tile `number` is the root of the full subtree over the leaves from `(number * 256 + i) * 256^level`
/// to before `(number * 256 + i + 1) * 256^level`.
public struct Tile: Hashable, Sendable {
    /// How many levels of the tree one tile spans.
    public static let height = 8
    /// How many hashes a full tile has.
    public static let width = 256
    /// How many bytes a full tile has.
    public static let byteCount = width * Digest.byteCount
    /// The levels that a path can name. In a tree of fewer than 2^64 leaves only the first eight have tiles.
    public static let levels = 0...63

    /// 0 for the tiles of leaf hashes; each further level is 256 times coarser.
    public let level: Int
    /// The position among the tiles of its level.
    public let number: UInt64
    /// The number of hashes: 256 in a full tile.
    public let width: Int

    /// The tile at `level` and `number`, full unless `width` is less than 256.
    public init(level: Int, number: UInt64, width: Int = Tile.width) {
        precondition(Self.levels.contains(level), "a tile has a level from 0 to 63")
        precondition((1...Self.width).contains(width), "a tile has 1 to 256 hashes")
        self.level = level
        self.number = number
        self.width = width
    }

    /// The tile that `path` names, or `nil` unless `path` is exactly what `path` gives for some tile.
    public init?(path: some StringProtocol) {
        guard let path = TilePath(path), let level = Int(path.kind), Self.levels.contains(level) else { return nil }
        self.init(level: level, number: path.number, width: path.width)
        guard self.path.utf8.elementsEqual(path.text.utf8) else { return nil }
    }

    /// The path below the prefix of a log, as in `tile/0/x001/x234/067.p/3`.
    public var path: String { TilePath.text(kind: "\(level)", number: number, width: width) }

    /// The number of bytes that the tile holds.
    public var byteCount: Int { width * Digest.byteCount }

    /// The width of the partial tile at `level` in a tree of `size`: 0 when there is none.
    public static func partialWidth(level: Int, size: UInt64) -> Int { Int(size >> (height * level) & 255) }

    /// The tile at `level` and `number` as a tree of `size` has it, or `nil` when it has none there.
    public init?(level: Int, number: UInt64, size: UInt64) {
        guard Self.levels.contains(level) else { return nil }
        let full = size >> (Self.height * (level + 1))
        let width = number < full ? Self.width : number == full ? Self.partialWidth(level: level, size: size) : 0
        guard width > 0 else { return nil }
        self.init(level: level, number: number, width: width)
    }

    /// The partial tiles of a tree of `size`, lowest level first: at most eight.
    public static func partials(size: UInt64) -> [Tile] {
        levels.compactMap { level in
            let width = partialWidth(level: level, size: size)
            return width == 0 ? nil : Tile(level: level, number: size >> (height * (level + 1)), width: width)
        }
    }

    /// All tiles of a tree of `size` that a tree of size `start` does not have, level by level, in order of number.
    public static func tiles(from start: UInt64 = 0, size: UInt64) -> some Sequence<Tile> {
        precondition(start <= size, "a tree never shrinks")
        return levels.lazy
            .filter { start >> (height * $0) != size >> (height * $0) }
            .flatMap { level in
                // The last of these is the partial tile, which is not there when its width would be 0.
                (start >> (height * (level + 1))...size >> (height * (level + 1))).lazy
                    .compactMap { Tile(level: level, number: $0, size: size) }
            }
    }
}

/// The coordinates of an entry bundle (C2SP tlog-tiles): the entries under one tile of leaf hashes.
public struct EntryBundle: Hashable, Sendable {
    /// The longest entry that a bundle can hold: its length is written in 16 bits.
    public static let maximumEntryByteCount = 65_535

    /// The position among the bundles: that of the tile with the leaf hashes.
    public let number: UInt64
    /// The number of entries: 256 in a full bundle.
    public let width: Int

    /// The bundle at `number`, full unless `width` is less than 256.
    public init(number: UInt64, width: Int = Tile.width) {
        precondition((1...Tile.width).contains(width), "a bundle has 1 to 256 entries")
        self.number = number
        self.width = width
    }

    /// The bundle that `path` names, or `nil` unless `path` is exactly what `path` gives for some bundle.
    public init?(path: some StringProtocol) {
        guard let path = TilePath(path), path.kind.utf8.elementsEqual("entries".utf8) else { return nil }
        self.init(number: path.number, width: path.width)
        guard self.path.utf8.elementsEqual(path.text.utf8) else { return nil }
    }

    /// The path below the prefix of a log, as in `tile/entries/x001/x234/067.p/3`.
    public var path: String { TilePath.text(kind: "entries", number: number, width: width) }

    /// All bundles of a log of `size` that a log of size `start` does not have, in order of number.
    public static func bundles(from start: UInt64 = 0, size: UInt64) -> some Sequence<EntryBundle> {
        Tile.tiles(from: start, size: size).lazy.prefix { $0.level == 0 }
            .map { EntryBundle(number: $0.number, width: $0.width) }
    }

    /// Appends `entry` to the bytes of a bundle: a big-endian 16-bit length, then the entry.
    public static func append(_ entry: [UInt8], to bytes: inout [UInt8]) throws(MerkleError) {
        guard entry.count <= maximumEntryByteCount else {
            throw .entryTooLong(count: entry.count, limit: maximumEntryByteCount)
        }
        bytes.append(UInt8(entry.count >> 8))
        bytes.append(UInt8(entry.count & 255))
        bytes.append(contentsOf: entry)
    }

    /// The entries in the bytes of this bundle, of which there must be exactly `width`.
    public func entries(in bytes: [UInt8]) throws(MerkleError) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        for position in 0..<width {
            guard rest.count >= 2 else { throw .bundleTruncated(entry: position) }
            let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
            guard rest.count >= count else { throw .bundleTruncated(entry: position) }
            entries.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        guard rest.isEmpty else { throw .bundleOverlong(count: rest.count) }
        return entries
    }
}

/// The common form of the paths of tiles and bundles: `tile/<kind>/<number>[.p/<width>]`.
private struct TilePath {
    let text: String
    let kind: String
    let number: UInt64
    let width: Int

    /// Reads liberally but without overflow; the caller compares with the one right text.
    init?(_ path: some StringProtocol) {
        // The longest right path has 20 digits in seven elements, and a width.
        guard path.utf8.count <= 64 else { return nil }
        text = String(path)
        var elements = text.split(separator: "/", omittingEmptySubsequences: false)[...]
        guard elements.count >= 3, elements.removeFirst() == "tile" else { return nil }
        kind = String(elements.removeFirst())
        var width = Tile.width
        if let last = elements.last, elements.count > 1, elements[elements.endIndex - 2].hasSuffix(".p") {
            guard let partial = Int(last), (1..<Tile.width).contains(partial) else { return nil }
            width = partial
            elements.removeLast()
            elements[elements.endIndex - 1].removeLast(2)
        }
        var digits = ""
        for element in elements { digits += element.drop { $0 == "x" } }
        guard let number = UInt64(digits) else { return nil }
        self.number = number
        self.width = width
    }

    /// Groups of three digits, all but the last after an `x`, so that no folder has more than about a thousand names.
    static func text(kind: String, number: UInt64, width: Int) -> String {
        var rest = number
        var groups = ""
        repeat {
            let digits = String(rest % 1000)
            let group = String(repeating: "0", count: 3 - digits.utf8.count) + digits
            groups = groups.isEmpty ? group : "x\(group)/\(groups)"
            rest /= 1000
        } while rest > 0
        return "tile/\(kind)/\(groups)" + (width == Tile.width ? "" : ".p/\(width)")
    }
}
