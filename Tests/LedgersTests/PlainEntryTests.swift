import Because
import LedgerSamples
import StorageTesting
import Testing

@testable import Ledgers

/// Plain entries are read by a faster way of their own: whatever a store holds, both ways say the same.
struct PlainEntryTests {
    /// 16 entries: the ledger's own, a specification, and decisions of every kind.
    private static let original = Task { try await contents { try await SampleLedger.fill($0, 0..<14) } }

    /// What a ledger in memory holds after `fill`.
    private static func contents(_ fill: (Ledger) async throws -> Void) async throws -> MemoryContents {
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        let ledger = try await SampleLedger.create(in: store, head: Scratch())
        try await fill(ledger)
        await ledger.close()
        var contents: MemoryContents?
        store.tamper { contents = $0 }
        return try #require(contents)
    }

    /// Verifies both ways, and returns what both say.
    @discardableResult
    private static func verify(_ contents: MemoryContents, _ what: String) throws -> LogReport {
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        store.tamper { $0 = contents }
        var verification = LogVerification(of: store, probes: [1, 5, 16])
        let plain = try verification.run()
        verification.readsPlainEntries = false
        let full = try verification.run()
        #expect(Self.text(plain) == Self.text(full), "\(what)")
        return plain
    }

    /// Everything that a report says.
    private static func text(_ report: LogReport) -> [String] {
        report.findings.all.map { "\($0)" }
            + report.findings.counts.map { "\($0)" }.sorted()
            + report.counts.map { "\($0)" }.sorted()
            + report.roots.map { "\($0)" }.sorted()
            + report.producers.map { "\($0.key) \($0.value.ranges) \($0.value.repeated)" }.sorted()
            + ["\(report.root) \(report.size) \(report.checkpointCount) \(report.lastGood.map { "\($0.size)" } ?? "")"]
            + ["\(report.citationCount) \(report.sealedCount) \(report.erasedCount)"]
    }

    /// Gives the entries behind `number` the links that they would have had.
    private static func rechain(_ contents: inout MemoryContents, after number: UInt64) throws {
        for next in (number + 1)..<UInt64(contents.entries.count) {
            let leaf = MerkleTree.leafHash(try #require(contents.entries[next - 1]))
            var bytes = try #require(contents.entries[next])
            let start = try #require(bytes.ranges(of: Array(#""link":""#.utf8)).last).upperBound
            bytes.replaceSubrange(start..<start + 43, with: leaf.base64URL.utf8)
            contents.entries[next] = bytes
        }
    }

    @Test func `decisions as they are recorded are plain, in a ledger without findings`() async throws {
        let contents = try await Self.original.value
        let report = try Self.verify(contents, "as recorded")
        #expect(report.findings.all.isEmpty)
        var plain = PlainEntries(known: KnownCitations(report.specifications), isUsed: true)
        for (number, bytes) in contents.entries {
            // The first two are the ledger's own and the specification's.
            #expect(bytes.withUnsafeBytes { plain.read(number, $0) } == (number > 1), "entry \(number)")
        }
    }

    /// Entry 2 names a subject, entry 13 links to another.
    @Test(arguments: [2, 13] as [UInt64])
    func `both ways say the same of every change of a byte`(entry: UInt64) async throws {
        let contents = try await Self.original.value
        let bytes = try #require(contents.entries[entry])
        let inserted = Array("\"\\{}[],: 09x".utf8)
        for offset in bytes.indices {
            // One of these at each place, so that each comes to every kind of place.
            var changed = bytes
            switch offset % 4 {
            case 0: changed[offset] ^= 1 << UInt8(offset / 4 % 8)
            case 1: changed[offset] ^= 0xff
            case 2: changed.remove(at: offset)
            default: changed.insert(inserted[offset / 4 % inserted.count], at: offset)
            }
            var tampered = contents
            tampered.entries[entry] = changed
            // Where what follows fits again, only the entry itself tells of it.
            if offset % 3 != 0 { try Self.rechain(&tampered, after: entry) }
            try Self.verify(tampered, "byte \(offset) of entry \(entry)")
        }
    }

    @Test(arguments: OddChange.all)
    func `both ways say the same of an odd decision`(odd: OddChange) async throws {
        for entry in [2, 7, 15] as [UInt64] {
            var contents = try await Self.original.value
            try odd.change(&contents, entry)
            try Self.rechain(&contents, after: entry)
            try Self.verify(contents, "\(odd.what), entry \(entry)")
        }
    }

    @Test func `both ways say the same of many odd decisions at once`() async throws {
        for round in 0..<60 {
            var contents = try await Self.original.value
            for step in 0..<3 {
                let odd = OddChange.all[(round * 7 + step * 5) % OddChange.all.count]
                // What one change took away, the next need not find.
                try? odd.change(&contents, UInt64(2 + (round + step * 3) % 14))
            }
            try Self.rechain(&contents, after: 1)
            try Self.verify(contents, "round \(round)")
        }
    }

    @Test func `citations are looked at again when references mean something else`() async throws {
        let contents = try await Self.contents { ledger in
            try await SampleLedger.fill(ledger, 0..<8)
            _ = try await ledger.register(Sample.specification(Sample.laterRules, version: "2"))
            for result in await ledger.record(try (8..<16).map { try Sample.decision($0) }) { _ = try result.get() }
        }
        #expect(try Self.verify(contents, "as recorded").findings.all.isEmpty)
        // Without the entry that registered what they cite, and with those that came before it.
        for entry in [1, 10] as [UInt64] {
            var tampered = contents
            tampered.entries[entry] = contents.entries[entry + 1]
            tampered.entries[entry + 1] = contents.entries[entry]
            try Self.verify(tampered, "entries \(entry) and \(entry + 1) swapped")
        }
    }
}
