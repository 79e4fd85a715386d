import Cryptography
import Foundation
import Merkle
import Notes
import Testing

/// The log that transparency-dev/tessera publishes, at sizes 0 to 15.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: folder.path), "../shared/vectors is not here"))
struct PublishedLogTests {
    private let entries = [
        "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten",
        "fourten", "fivten",
    ].map(\.bytes)
    private let key =
        "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"
    private let verifierKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

    @Test func `its checkpoints, tiles and entry bundles are made again byte for byte`() throws {
        let key = try SigningKey(parsing: key)
        #expect(key.verifierKey.text == verifierKey)
        var builder = TileBuilder()
        var bundle: [UInt8] = []
        for size in 0...entries.count {
            if size > 0 {
                #expect(builder.append(MerkleTree.leafHash(entries[size - 1])).isEmpty)
                try EntryBundle.append(entries[size - 1], to: &bundle)
                let tiles = Array(Tile.tiles(from: UInt64(size - 1), size: UInt64(size)))
                #expect(tiles.map(\.path) == ["tile/0/000.p/\(size)"])
                #expect(try read(tiles[0].path) == builder.edge[0].flatMap(\.bytes))
                let bundles = Array(EntryBundle.bundles(from: UInt64(size - 1), size: UInt64(size)))
                #expect(try bundles.map { try read($0.path) } == [bundle])
                #expect(try bundles[0].entries(in: bundle) == Array(entries[..<size]))
            }
            let checkpoint = Checkpoint(origin: key.name.text, size: UInt64(size), root: builder.root)
            #expect(try checkpoint.signed(by: key).bytes == read("checkpoint.\(size)"))
        }
        #expect(try read("checkpoint") == read("checkpoint.15"))
    }

    @Test func `every pair of its checkpoints is proven consistent out of its tiles`() throws {
        let key = try VerifierKey(parsing: verifierKey)
        let checkpoints = try (0...entries.count).map {
            try SignedNote(parsing: read("checkpoint.\($0)")).trustedCheckpoint(by: [key]).checkpoint
        }
        for to in checkpoints {
            for from in checkpoints where from.size <= to.size {
                let plan = try ConsistencyProof.plan(from: from.size, to: to.size)
                let nodes = try Tile.fetch(plan, size: to.size) { try read($0.path) }
                try ConsistencyProof.assemble(nodes, from: from.size, to: to.size)
                    .check(from: from.size, fromRoot: from.root, to: to.size, toRoot: to.root)
            }
            for index in 0..<to.size {
                let plan = try InclusionProof.plan(index: index, size: to.size)
                let nodes = try Tile.fetch(plan, size: to.size) { try read($0.path) }
                let proof = try TlogProof(
                    index: index, inclusion: InclusionProof.assemble(nodes, index: index, size: to.size),
                    checkpoint: SignedNote(parsing: read("checkpoint.\(to.size)")))
                #expect(try proof.check(entry: entries[Int(index)], keys: [key]).checkpoint == to)
            }
        }
    }

    private func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(path)))
    }
}

/// The published log, which lies beside the project and is not part of it.
private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/vectors/tlog-tiles-small")
