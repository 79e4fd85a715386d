import StorageTesting
import Testing

@testable import Because

/// A log in memory whose checkpoint can be had at every size, made without a ledger.
struct SampleLog: Sendable {
    static let origin = "acme.example/decisions"

    let key: SigningKey
    let store: MemoryStore
    let entries: [[UInt8]]
    let leaves: [Digest]

    /// `count` entries, of which those in `other` differ from those of any other log; `defect` spoils what the log signs.
    init(
        count: Int, origin: String = Self.origin, seed: UInt8 = 1, other: Range<Int> = 0..<0,
        defect: (inout [UInt8], Int) -> Void = { _, _ in }
    ) throws {
        var entries: [[UInt8]] = []
        var link = MerkleTree.emptyRoot
        for number in 0..<count {
            var entry = try Self.entry(number, link: link, isOther: other.contains(number))
            defect(&entry, number)
            link = MerkleTree.leafHash(entry)
            entries.append(entry)
        }
        try self.init(entries, key: Self.key(origin, seed))
    }

    /// A log of any entries.
    init(_ entries: [[UInt8]], key: SigningKey) throws {
        self.key = key
        self.entries = entries
        leaves = entries.map { MerkleTree.leafHash($0) }
        store = MemoryStore(subjectKey: Samples.subjectKey)
        var tree = TileBuilder()
        for start in stride(from: 0, to: entries.count, by: 4096) {
            let range = start..<min(start + 4096, entries.count)
            let tiles = leaves[range].flatMap { tree.append($0) }
            let checkpoint = Checkpoint(origin: key.name.text, size: tree.size, root: tree.root)
            var batch = AppendBatch(
                first: UInt64(start),
                checkpoint: StoredCheckpoint(
                    size: tree.size, root: tree.root, signature: checkpoint.signature(by: key)))
            batch.entries = range.map { NewEntry(id: "e\($0)", bytes: entries[$0]) }
            batch.tiles = tiles.map {
                StoredTile(level: $0.level, number: $0.number, root: $0.root, hashes: $0.hashes)
            }
            try store.append(batch)
        }
    }

    static func key(_ origin: String, _ seed: UInt8) throws -> SigningKey {
        try SigningKey.generate(
            name: origin, randomness: Randomness { $0.initializeMemory(as: UInt8.self, repeating: seed) })
    }

    private static func entry(_ number: Int, link: Digest, isOther: Bool) throws -> [UInt8] {
        try Entry.bytes(
            number: UInt64(number), at: Timestamp(microseconds: 1_795_166_047_000_000 + Int64(number)),
            type: "decision",
            id: "e\(number)", link: link, body: Array((isOther ? "{\"other\":true}" : "{}").utf8))
    }

    func checkpoint(_ size: Int) -> Checkpoint {
        Checkpoint(
            origin: key.name.text, size: UInt64(size), root: MerkleTree.root(of: leaves.prefix(size)))
    }

    /// The publication of the first `size` entries.
    func publication(
        of size: Int, into folder: String, ledgerSize: Int? = nil, step: @escaping () throws -> Void = {}
    ) throws -> Publication {
        let checkpoint = checkpoint(size)
        return Publication(
            checkpoint: checkpoint, note: try checkpoint.signed(by: key), keys: [key.verifierKey],
            ledgerSize: UInt64(ledgerSize ?? entries.count), folder: try PublishingFolder(folder, step: step)
        ) { body in try store.read { try body($0) } }
    }

    @discardableResult
    func publish(_ size: Int, into folder: String) throws -> Publication.Outcome {
        try publication(of: size, into: folder).run()
    }

    /// The files of the first `size` entries, made in the plainest way.
    func files(_ size: Int) throws -> [String: [UInt8]] {
        var files = ["checkpoint": try checkpoint(size).signed(by: key).bytes]
        for place in EntryBundle.bundles(size: UInt64(size)) {
            var bytes: [UInt8] = []
            let first = Int(place.number) * 256
            for entry in entries[first..<first + place.width] {
                bytes += [UInt8(entry.count / 256), UInt8(entry.count % 256)] + entry
            }
            files[place.path] = bytes
        }
        var hashes = leaves.prefix(size).map(\.self)
        for level in 0..<8 where !hashes.isEmpty {
            for start in stride(from: 0, to: hashes.count, by: 256) {
                let tile = hashes[start..<min(start + 256, hashes.count)]
                let place = Tile(level: level, number: UInt64(start / 256), width: tile.count)
                files[place.path] = tile.flatMap(\.bytes)
            }
            hashes = stride(from: 0, to: hashes.count / 256 * 256, by: 256).map {
                MerkleTree.root(of: hashes[$0..<$0 + 256])
            }
        }
        return files
    }

    /// What a folder holds after these sizes were published in turn: all of the last, and of the others the partial files
    /// whose full ones are not there yet.
    func files(after sizes: [Int]) throws -> [String: [UInt8]] {
        let last = try files(sizes[sizes.count - 1])
        var all = last
        for size in Set(sizes) {
            for (path, bytes) in try files(size) where path.contains(".p/") {
                let full = path.split(separator: ".")[0]
                if last[String(full)] == nil { all[path] = bytes }
            }
        }
        return all
    }
}

/// The log that most tests publish, made once.
let sampleLog = Result { try SampleLog(count: 600) }
