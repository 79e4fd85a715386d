import Cryptography
import Merkle
import Testing

struct TileTests {
    @Test(arguments: [
        (Tile(level: 0, number: 1_234_067), "tile/0/x001/x234/067"),
        (Tile(level: 0, number: 1_234_067, width: 3), "tile/0/x001/x234/067.p/3"),
        (Tile(level: 1, number: 0, width: 1), "tile/1/000.p/1"), (Tile(level: 63, number: 999), "tile/63/999"),
        (Tile(level: 2, number: 1000, width: 255), "tile/2/x001/000.p/255"),
        (Tile(level: 7, number: .max), "tile/7/x018/x446/x744/x073/x709/x551/615"),
    ])
    func `a tile has one path`(tile: Tile, path: String) {
        #expect(tile.path == path)
        #expect(Tile(path: path) == tile)
        #expect(EntryBundle(path: path) == nil)
        let bundle = EntryBundle(number: tile.number, width: tile.width)
        let bundlePath = "tile/entries/" + path.split(separator: "/").dropFirst(2).joined(separator: "/")
        #expect(bundle.path == bundlePath)
        #expect(EntryBundle(path: bundlePath) == bundle)
        #expect(Tile(path: bundlePath) == nil)
    }

    @Test(arguments: [
        "", "/", "tile", "tile/", "tile/0", "tile/0/", "tile//000", "/tile/0/000", "tile/0/000/", "tile/0/0",
        "tile/0/00", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000", "tile/+1/000", "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001", "tile/0/xx01/000", "tile/0/x001/x000", "tile/0/x1/000", "tile/0/000.p", "tile/0/000.p/",
        "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/-1", "tile/0/000.p/1/",
        "tile/0/000.p/+1", "tile/0/000.p.p/1", "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/٠٠٠", "tile/0/000 ", "tile/0/000\n", "tile/0/000\0", "tile/0/000.p/1\n", "TILE/0/000", "tile/data/000",
        "tile/0/x001/.p/1", "tile/0/.p/1", "tile/.p/1", "tile/0/x.p/1", "tile/0/..", "tile/../000", "tile/0/e\u{301}",
    ])
    func `no other text is a path`(path: String) {
        #expect(Tile(path: path) == nil)
        #expect(EntryBundle(path: path.replacing("tile/0/", with: "tile/entries/")) == nil)
    }

    @Test func `a path of any length is refused quickly`() {
        #expect(Tile(path: "tile/0/" + String(repeating: "x001/", count: 100_000) + "000") == nil)
    }

    @Test func `the specification's example has its tiles`() {
        let tiles = Array(Tile.tiles(size: 70_000))
        #expect(tiles.filter { $0.level == 0 }.count == 274)
        #expect(tiles[..<273].map(\.number) == (0..<273).map(UInt64.init))
        #expect(
            tiles[273...].map(\.path) == ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(Array(Tile.tiles(size: 256)).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
        #expect(Array(Tile.tiles(size: 0)).isEmpty)
        #expect(Tile.partials(size: 70_000).map(\.path) == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(Tile.partials(size: 0).isEmpty)
        #expect(Tile.partials(size: .max).map(\.width) == Array(repeating: 255, count: 8))
    }

    @Test func `growing a tree adds the tiles that it did not have`() {
        for start in [0, 1, 255, 256, 257, 511, 65_535, 65_536] as [UInt64] {
            let old = Set(Tile.tiles(size: start))
            for size in [start, start + 1, start + 255, start + 256, start + 700] {
                let new = Array(Tile.tiles(from: start, size: size))
                #expect(new.count == Set(new).count)
                #expect(Set(new) == Set(Tile.tiles(size: size)).subtracting(old))
                #expect(
                    Array(EntryBundle.bundles(from: start, size: size)).map(\.path)
                        == new.filter { $0.level == 0 }.map { EntryBundle(number: $0.number, width: $0.width).path })
            }
        }
    }

    @Test func `a tree has a tile full, partly or not at all`() {
        #expect(Tile(level: 0, number: 0, size: 256)?.width == 256)
        #expect(Tile(level: 0, number: 1, size: 256) == nil)
        #expect(Tile(level: 0, number: 1, size: 257)?.width == 1)
        #expect(Tile(level: 0, number: 2, size: 257) == nil)
        #expect(Tile(level: 1, number: 0, size: 255) == nil)
        #expect(Tile(level: 63, number: 0, size: .max) == nil)
        #expect(Tile(level: 64, number: 0, size: .max) == nil)
        #expect(Tile.partialWidth(level: 63, size: .max) == 0)
    }

    @Test func `proofs out of tiles are those of the RFC, and read each tile once`() throws {
        let size = 65_536 + 256 + 9
        let leaves = Reference.leaves(size)
        var builder = TileBuilder()
        var tiles: [Tile: [UInt8]] = [:]
        for leaf in leaves { for full in builder.append(leaf) { tiles[full.tile] = full.hashes } }
        for tile in Tile.partials(size: UInt64(size)) {
            tiles[tile] = builder.edge[tile.level].flatMap(\.bytes)
        }
        #expect(Set(tiles.keys) == Set(Tile.tiles(size: UInt64(size))))

        func fetch(_ plan: [NodeID]) throws -> [Digest] {
            var seen: Set<Tile> = []
            return try Tile.fetch(plan, size: UInt64(size)) { tile in
                #expect(seen.insert(tile).inserted)
                return try #require(tiles[tile])
            }
        }
        for index in [0, 1, 255, 256, 40_000, 65_535, 65_536, 65_791, 65_792, size - 1] {
            let fetched = try fetch(InclusionProof.plan(index: UInt64(index), size: UInt64(size)))
            let proof = try InclusionProof.assemble(fetched, index: UInt64(index), size: UInt64(size))
            #expect(proof.hashes == Reference.path(index, leaves[...]))
        }
        for from in [1, 2, 255, 256, 257, 1000, 65_535, 65_536, 65_537, 65_795, size] {
            let fetched = try fetch(ConsistencyProof.plan(from: UInt64(from), to: UInt64(size)))
            let proof = try ConsistencyProof.assemble(fetched, from: UInt64(from), to: UInt64(size))
            #expect(proof.hashes == Reference.subproof(from, leaves[...]))
        }
    }

    @Test func `a node lies in one tile`() {
        #expect(Tile.containing(NodeID(level: 0, index: 259)) == (0, 1, 3..<4))
        #expect(Tile.containing(NodeID(level: 7, index: 3)) == (0, 1, 128..<256))
        #expect(Tile.containing(NodeID(level: 8, index: 3)) == (1, 0, 3..<4))
        #expect(Tile.containing(NodeID(level: 9, index: 1)) == (1, 0, 2..<4))
        #expect(Tile.containing(NodeID(level: 63, index: 1)) == (7, 0, 128..<256))
        #expect(Tile.containing(NodeID(level: 0, index: .max)) == (0, .max >> 8, 255..<256))
    }

    @Test func `a tile of the wrong length is refused`() throws {
        let plan = try InclusionProof.plan(index: 0, size: 3)
        let tile = Tile(level: 0, number: 0, width: 3)
        for count in [0, 1, 95, 97, 8192] {
            #expect(throws: MerkleError.tileLength(tile, got: count, want: 96)) {
                try Tile.fetch(plan, size: 3) { _ in [UInt8](repeating: 0, count: count) }
            }
        }
    }
}

struct EntryBundleTests {
    @Test func `entries come back out of a bundle`() throws {
        let entries = (0..<256).map { [UInt8](repeating: UInt8($0), count: $0 * 257 % 65_536) }
        var bytes: [UInt8] = []
        for entry in entries { try EntryBundle.append(entry, to: &bytes) }
        #expect(try EntryBundle(number: 0).entries(in: bytes) == entries)
    }

    @Test func `the longest entry has 65535 bytes`() throws {
        var bytes: [UInt8] = []
        try EntryBundle.append([UInt8](repeating: 1, count: 65_535), to: &bytes)
        #expect(bytes.count == 65_537 && bytes.prefix(2) == [255, 255])
        #expect(throws: MerkleError.entryTooLong(count: 65_536, limit: 65_535)) {
            try EntryBundle.append([UInt8](repeating: 1, count: 65_536), to: &bytes)
        }
        #expect(bytes.count == 65_537)
    }

    @Test func `a bundle cut short or with more behind it is refused`() throws {
        let bundle = EntryBundle(number: 0, width: 3)
        var bytes: [UInt8] = []
        for text in ["one", "", "three"] { try EntryBundle.append(Array(text.utf8), to: &bytes) }
        #expect(try bundle.entries(in: bytes).count == 3)
        for count in bytes.indices {
            #expect(throws: MerkleError.self) { try bundle.entries(in: Array(bytes.prefix(count))) }
        }
        #expect(throws: MerkleError.bundleTruncated(entry: 2)) { try bundle.entries(in: bytes.dropLast()) }
        #expect(throws: MerkleError.bundleOverlong(count: 1)) { try bundle.entries(in: bytes + [0]) }
    }
}
