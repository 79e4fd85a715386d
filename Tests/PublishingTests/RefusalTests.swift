import StorageTesting
import Testing

@testable import Because

struct RefusalTests {
    /// Expects `error` from publishing, and that nothing of the folder changed.
    private func expect(
        _ error: (String) -> PublishingError, from log: SampleLog, _ size: Int, ledgerSize: Int? = nil,
        into scratch: Scratch
    ) throws {
        let before = try contents(of: scratch.published)
        #expect(throws: error(scratch.published)) {
            try log.publication(of: size, into: scratch.published, ledgerSize: ledgerSize).run()
        }
        #expect(try contents(of: scratch.published) == before)
    }

    private func published(_ log: SampleLog, _ size: Int) throws -> Scratch {
        let scratch = try Scratch()
        try log.publish(size, into: scratch.published)
        return scratch
    }

    @Test func `a folder with the log of another name is refused`() throws {
        let other = try SampleLog(count: 3, origin: "other.example/log")
        try expect(
            { .anotherLog(folder: $0, got: "other.example/log", want: SampleLog.origin) }, from: sampleLog.get(), 5,
            into: published(other, 3))
    }

    @Test func `a folder with a log of the same name and another key is refused`() throws {
        let other = try SampleLog(count: 3, seed: 2)
        try expect(
            { .anotherKey(folder: $0, detail: NoteError.noKnownSignature.description) }, from: sampleLog.get(), 5,
            into: published(other, 3))
    }

    @Test(arguments: [
        (1, 0, 1), (1, 0, 5), (255, 254, 256), (256, 0, 256), (256, 255, 600), (300, 299, 301), (300, 2, 300),
    ])
    func `another history of the same log is refused`(size: Int, change: Int, to: Int) throws {
        let other = try SampleLog(count: size, other: change..<change + 1)
        try expect(
            { .anotherHistory(folder: $0, size: UInt64(size)) }, from: sampleLog.get(), to,
            into: published(other, size))
    }

    @Test func `a folder that holds more than the ledger is refused`() throws {
        let log = try sampleLog.get()
        try expect(
            { .beyondLedger(folder: $0, size: 300, ledgerSize: 299) }, from: log, 299, ledgerSize: 299,
            into: published(log, 300))
        try expect(
            { .ahead(folder: $0, size: 300, publishable: 256) }, from: log, 256, into: published(log, 300))
    }

    @Test(arguments: ["", "\n", "acme.example/decisions\n3\n", "no checkpoint\n\n— a AAAAAAAA\n"])
    func `a file named checkpoint that is none is refused`(text: String) throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        try scratch.write(text.utf8, to: "published/checkpoint")
        let error = #expect(throws: PublishingError.self) { try log.publish(3, into: scratch.published) }
        guard case .unreadableCheckpoint = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(try contents(of: scratch.published) == ["checkpoint": Array(text.utf8)])
    }

    @Test(arguments: ["tile/entries/001", "tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2"])
    func `a file that is there with other content is refused, and not overwritten`(path: String) throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        try log.publish(100, into: scratch.published)
        try scratch.write([1, 2, 3], to: "published/\(path)")
        try expect({ .otherContent(file: "\($0)/\(path)") }, from: log, 600, into: scratch)
    }

    @Test func `a ledger whose tiles do not follow from its entries is not published`() throws {
        let hash = SHA256.digest(of: "x")
        let tampers: [@Sendable (inout MemoryContents) -> Void] = [
            { $0.entries[3]?[10] ^= 1 }, { $0.entries[3] = nil }, { $0.entries[599]?[10] ^= 1 },
            { $0.tiles[.init(level: 0, number: 1)] = nil },
            {
                let tile = $0.tiles[.init(level: 0, number: 1)]
                $0.tiles[.init(level: 0, number: 1)] = tile.map {
                    StoredTile(level: 0, number: 1, root: hash, hashes: $0.hashes)
                }
            },
            {
                let tile = $0.tiles[.init(level: 0, number: 0)]
                $0.tiles[.init(level: 0, number: 0)] = tile.map {
                    StoredTile(level: 0, number: 0, root: $0.root, hashes: $0.hashes.reversed())
                }
            },
        ]
        for tamper in tampers {
            let log = try SampleLog(count: 600)
            log.store.tamper(tamper)
            let scratch = try Scratch()
            let error = #expect(throws: PublishingError.self) { try log.publish(600, into: scratch.published) }
            guard case .ledgerBroken = error else { return #expect(Bool(false), "\(error as Any)") }
            #expect(error?.isBrokenEvidence == true)
            #expect(!scratch.has("published"))
        }
    }

    @Test func `a tile that was changed below what is published already is noticed by the root`() throws {
        let log = try SampleLog(count: 600)
        let scratch = try Scratch()
        try log.publish(300, into: scratch.published)
        log.store.tamper {
            let tile = $0.tiles[.init(level: 0, number: 0)]
            $0.tiles[.init(level: 0, number: 0)] = tile.map {
                StoredTile(level: 0, number: 0, root: MerkleTree.emptyRoot, hashes: $0.hashes)
            }
        }
        let before = try contents(of: scratch.published)
        let error = #expect(throws: PublishingError.self) { try log.publish(600, into: scratch.published) }
        guard case .ledgerBroken = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(try contents(of: scratch.published) == before)
    }
}
