import Testing

@testable import Because

struct PublicationTests {
    /// Sizes on both sides of every border of a bundle or tile.
    static let sizes = [0, 1, 2, 3, 100, 254, 255, 256, 257, 258, 300, 511, 512, 513, 514, 599, 600]

    @Test(arguments: sizes)
    func `the files of a size are those of the specification, and only what is new is added to them`(from: Int) throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        let first = try log.publish(from, into: scratch.published)
        #expect(try contents(of: scratch.published) == log.files(from))
        #expect(first.earlierSize == nil && first.isCheckpointNew)
        for to in Self.sizes where to >= from {
            let copy = try scratch.copy()
            let outcome = try log.publish(to, into: copy.published)
            #expect(try contents(of: copy.published) == log.files(after: [from, to]))
            let new =
                Array(Tile.tiles(from: UInt64(from), size: UInt64(to))).map(\.path)
                + Array(EntryBundle.bundles(from: UInt64(from), size: UInt64(to))).map(\.path)
            #expect(outcome.written == new.count && outcome.found == 0)
            #expect(outcome.isCheckpointNew == (from != to))
            #expect(try check(copy.published, log.key.verifierKey).exitStatus == 0)
        }
    }

    @Test(arguments: 0..<12)
    func `any series of publications ends with the same files`(seed: Int) throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        var numbers = SplitMix(state: UInt64(seed))
        let sizes = (0..<8).map { _ in Int.random(in: 0...600, using: &numbers) }.sorted()
        for (count, size) in sizes.enumerated() {
            try log.publish(size, into: scratch.published)
            #expect(try contents(of: scratch.published) == log.files(after: Array(sizes[...count])))
            #expect(try check(scratch.published, log.key.verifierKey).exitStatus == 0)
        }
    }

    @Test func `a log of more than 65,536 entries gets tiles of the third level`() throws {
        let log = try SampleLog(count: 65_900)
        let scratch = try Scratch()
        let sizes = [65_279, 65_535, 65_536, 65_537, 65_900]
        for size in sizes { try log.publish(size, into: scratch.published) }
        let files = try contents(of: scratch.published)
        #expect(try files == log.files(after: sizes))
        #expect(files["tile/2/000.p/1"] != nil && files["tile/1/000.p/255"] == nil && files["tile/1/001.p/1"] != nil)
        let report = try check(files, .keys([log.key.verifierKey]))
        #expect(report.exitStatus == 0 && report.findings.isEmpty)
        #expect(report.fileCount == 258 + 258 + 2 + 1)

        var changed = files
        changed["tile/1/000"]?[32 * 7] ^= 1
        #expect(try check(changed, .keys([log.key.verifierKey])).findings.map(\.file) == ["tile/1/000"])
        changed = files
        changed["tile/entries/007"]?[40] ^= 1
        #expect(try Set(check(changed, .keys([log.key.verifierKey])).findings.map(\.file)) == ["tile/entries/007"])
    }

    @Test func `what was published is looked at again only where it is continued`() throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        try log.publish(513, into: scratch.published)
        var firstRead: UInt64?
        let publication = try log.publication(of: 600, into: scratch.published)
        var files = PublishingFiles(earlier: log.checkpoint(513), target: log.checkpoint(600), read: publication.read)
        files.progress = { firstRead = firstRead ?? $0 }
        #expect(try files.make { _ in } == .extends)
        #expect(firstRead == 600)
    }
}
