import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

@testable import Ledgers

/// What a ledger remembers of its tiles gives what the file gives, and where it does not, the file is asked.
struct TileCacheTests {
    private static let sizes: ClosedRange<UInt64> = 1...1100

    /// A ledger in memory of 1,100 entries, and every complete node of its tree, made of the leaves and nothing else.
    private struct Large {
        let ledger: MemoryLedger
        var nodes: [NodeID: Digest] = [:]

        init() async throws {
            ledger = try await MemoryLedger()
            try await SampleLedger.fill(ledger.ledger, 0..<Int(sizes.upperBound) - 2, batch: 1000)
            let leaves = try ledger.ledger.read { view in try (0..<view.size).map { try view.proven($0).leaf } }
            for level in 0..<11 {
                for index in 0..<leaves.count >> level {
                    let root = MerkleTree.root(of: leaves[index << level..<(index + 1) << level])
                    nodes[NodeID(level: level, index: UInt64(index))] = root
                }
            }
        }

        func hashes(of plan: [NodeID]) -> [Digest] { plan.compactMap { nodes[$0] } }
    }

    private static let large = Task { try await Large() }

    /// All indices of small trees and of those about full tiles; of others both ends, the sides of each tile, and some.
    private static func indices(_ size: UInt64, _ random: inout SplitMix) -> Set<UInt64> {
        if size <= 70 || [256, 257, 512, 513, 1024, 1025].contains(size) { return Set(0..<size) }
        var indices: Set<UInt64> = [size - 1, size / 2]
        for start in stride(from: UInt64(0), through: size, by: 256) {
            indices.formUnion([start &- 1, start, start + 1, start + 16])
        }
        for _ in 0..<8 { indices.insert(UInt64.random(in: 0..<size, using: &random)) }
        return indices.filter { $0 < size }
    }

    @Test(arguments: [TileCache.defaultLimit, 60_000, 20_000, 0])
    func `every size has the nodes of its proofs, whatever is remembered of other sizes`(limit: Int) async throws {
        let large = try await Self.large.value
        var random = SplitMix(seed: UInt64(limit))
        let cache = TileCache(limit: limit)
        try large.ledger.ledger.read { view in
            let reader = TreeReader(snapshot: view.snapshot)
            // Where little is remembered, much is read again: fewer sizes then.
            let step = limit == TileCache.defaultLimit ? 1 : 13
            for size in stride(from: 1, through: Self.sizes.upperBound, by: step).shuffled(using: &random) {
                for index in Self.indices(size, &random) {
                    let plan = try InclusionProof.plan(index: index, size: size)
                    var nodes = CachedNodes(reader, cache)
                    let hashes = try nodes.hashes(of: plan, size: size)
                    if hashes != large.hashes(of: plan) { Issue.record("entry \(index) of \(size)") }
                }
                #expect(cache.byteCount <= limit)
            }
        }
        #expect(limit == 0 || cache.byteCount > 0)
    }

    @Test func `every pair of sizes has the nodes of its consistency proof`() async throws {
        let large = try await Self.large.value
        var random = SplitMix(seed: 1)
        let cache = TileCache()
        try large.ledger.ledger.read { view in
            let reader = TreeReader(snapshot: view.snapshot)
            for to in Self.sizes {
                for from in Self.indices(to, &random) where to <= 70 || from % 3 == to % 3 {
                    var nodes = CachedNodes(reader, cache)
                    let plan = try ConsistencyProof.plan(from: from, to: to)
                    if try nodes.hashes(of: plan, size: to) != large.hashes(of: plan) {
                        Issue.record("\(from) to \(to)")
                    }
                    let subtrees = NodeID.subtrees(of: from)
                    if try nodes.hashes(of: subtrees, size: from) != large.hashes(of: subtrees) {
                        Issue.record("root of \(from)")
                    }
                }
            }
        }
    }

    @Test func `a ledger that grows between proofs has them of what it was and of what it is`() async throws {
        let growing = try await MemoryLedger()
        let cache = TileCache()
        var random = SplitMix(seed: 2)
        _ = try await growing.ledger.register(Sample.specification())
        var made = 0
        for count in [1, 2, 13, 100, 138, 1, 1, 255, 1, 256, 1, 40, 300] {
            for result in await growing.ledger.record(try (made..<made + count).map { try Sample.decision($0) }) {
                _ = try result.get()
            }
            made += count
            try growing.ledger.read { view in
                let reader = TreeReader(snapshot: view.snapshot)
                for size in [view.size, view.size - 1, UInt64.random(in: 1...view.size, using: &random)] {
                    let root = try view.root(ofSize: size)
                    let checkpoint = Checkpoint(origin: Sample.origin, size: size, root: root)
                    for index in Self.indices(size, &random) {
                        let proven = try view.proven(index, in: checkpoint)
                        #expect(try proven.proof == reader.inclusionProof(of: index, size: size))
                        #expect(try view.inclusionProof(of: proven.leaf, at: index, in: checkpoint) == proven.proof)
                        // Without the file to fall back upon.
                        var nodes = CachedNodes(reader, cache)
                        let plan = try InclusionProof.plan(index: index, size: size)
                        #expect(try nodes.hashes(of: plan, size: size) == reader.fetch(plan, size: size))
                    }
                }
            }
        }
        #expect(made == 1109)
    }

    @Test func `nodes that are wrong are forgotten, and the proof is made of the file`() async throws {
        let large = try await Self.large.value
        try large.ledger.ledger.read { view in
            let reader = TreeReader(snapshot: view.snapshot)
            let leaf = try view.proven(5).leaf
            for level in 0...1 {
                for position in 0..<(level == 0 ? Tile.width : 4) {
                    let cache = TileCache()
                    let wrong = TreeReader(snapshot: view.snapshot, cache: cache)
                    let tile = Tile(level: level, number: 0, width: level == 0 ? 256 : 4)
                    cache.keep(try Self.nodes(of: tile, in: reader, flipping: position), level: level, number: 0)
                    let proof = try wrong.checkedInclusionProof(
                        of: leaf, at: 5, size: view.size, root: view.checkpoint.root)
                    #expect(try proof == reader.inclusionProof(of: 5, size: view.size))
                    // A node over what is proven is no part of its proof.
                    let isPart = level == 0 ? position != 5 : position != 0
                    #expect((cache.byteCount == 0) == isPart, "hash \(position) of level \(level)")
                }
            }
        }
    }

    /// All nodes of a tile, one of whose hashes is wrong.
    private static func nodes(of tile: Tile, in reader: TreeReader, flipping position: Int) throws -> KnownTile {
        var bytes = try reader.bytes(of: tile)
        bytes[position * Digest.byteCount] ^= 1
        var nodes = TileNodes()
        for index in 0..<tile.width {
            let hash = bytes[index * Digest.byteCount..<(index + 1) * Digest.byteCount]
            nodes.append(try #require(Digest(hash)))
        }
        return KnownTile(nodes: nodes)
    }
}

/// What somebody does to the tiles of a file is noticed, by a ledger that remembers tiles as by one that does not.
struct TileCacheTamperTests {
    /// The proof or the error of every entry, in words.
    private static func answers(_ ledger: Ledger, isRemembering: Bool) throws -> [String] {
        try ledger.read { view in
            let reader = isRemembering ? view.reader : TreeReader(snapshot: view.snapshot)
            return (0..<view.size).map { number in
                do {
                    let proof = try reader.proven(number, size: view.size, root: view.checkpoint.root).proof
                    return proof.hashes.map(\.hex).joined(separator: " ")
                } catch { return "\(error)" }
            }
        }
    }

    private static func open(_ ledger: TamperedLedger) throws -> Ledger {
        try Ledger.open(at: ledger.folder.path, for: .reading)
    }

    /// Entry 1, without which nothing can be asked, is in tile 0; its proof needs neither the hashes of tile 1 nor the root
    /// of tile 0.
    @Test(arguments: [("hashes", 1, 0), ("hashes", 1, 5), ("hashes", 1, 255), ("root", 0, 0), ("root", 0, 31)])
    func `a changed tile spoils the same proofs, in the same words`(column: String, tile: Int, place: Int) async throws
    {
        let tampered = try await TamperedLedger()
        let right = try Self.answers(Self.open(tampered), isRemembering: false)
        let warm = try Self.open(tampered)
        #expect(try Self.answers(warm, isRemembering: true) == right)
        try tampered.edit { database in
            let row = "tiles WHERE level = 0 AND number = \(tile)"
            var bytes = Array(try #require(try Data.fetchOne(database, sql: "SELECT \(column) FROM \(row)")))
            bytes[column == "root" ? place : place * Digest.byteCount] ^= 0x10
            try database.execute(
                sql: "UPDATE tiles SET \(column) = ? WHERE level = 0 AND number = ?", arguments: [Data(bytes), tile])
        }
        let cold = try Self.open(tampered)
        let wrong = try Self.answers(cold, isRemembering: false)
        #expect(zip(wrong, right).count { $0 != $1 && $0.contains("the proof leads to root") } >= 255)
        #expect(try Self.answers(cold, isRemembering: true) == wrong)
        // Those of what was read before are proofs still: each was checked against the signed root again.
        #expect(try Self.answers(warm, isRemembering: true) == right)
    }

    @Test func `a tile is read once, and a ledger that has not read it says that it is gone`() async throws {
        let tampered = try await TamperedLedger()
        let warm = try Self.open(tampered)
        let right = try Self.answers(warm, isRemembering: true)
        try tampered.edit("DELETE FROM tiles WHERE number = 1")
        #expect(try Self.answers(warm, isRemembering: true) == right)
        let missing = try Self.answers(warm, isRemembering: false)
        #expect(missing.contains { $0.contains("tile 1 of level 0 is missing") })
        #expect(throws: LedgerError.self) { try Self.answers(Self.open(tampered), isRemembering: true) }
    }

    @Test func `a file that is put right is believed again`() async throws {
        let tampered = try await TamperedLedger()
        let right = try Self.answers(Self.open(tampered), isRemembering: false)
        let ledger = try Self.open(tampered)
        try tampered.edit("UPDATE tiles SET root = zeroblob(32) WHERE number = 0")
        #expect(try Self.answers(ledger, isRemembering: true) != right)
        let source = try await TamperedLedger()
        let root = try source.database("log.sqlite") {
            try Data.fetchOne($0, sql: "SELECT root FROM tiles WHERE number = 0")
        }
        try tampered.edit { try $0.execute(sql: "UPDATE tiles SET root = ? WHERE number = 0", arguments: [root]) }
        #expect(try Self.answers(ledger, isRemembering: true) == right)
    }
}
