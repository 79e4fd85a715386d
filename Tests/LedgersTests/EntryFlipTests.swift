import Because
import LedgerSamples
import StorageTesting
import Testing

/// One byte of one entry is changed, at every place in turn.
struct EntryFlipTests {
    /// What a ledger in memory holds after `fill`.
    private static func contents(_ fill: (Ledger) async throws -> Void) async throws -> MemoryContents {
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        let scratch = try Scratch()
        let ledger = try await SampleLedger.create(in: store, head: scratch)
        try await fill(ledger)
        await ledger.close()
        var contents: MemoryContents?
        store.tamper { contents = $0 }
        return try #require(contents)
    }

    /// 12 entries: the ledger's own, a specification, and decisions with everything.
    private static let few = Task { try await contents { try await SampleLedger.fill($0, 0..<10) } }

    /// 258 entries, as small as they can be: a tile is full.
    private static let many = Task {
        try await contents { ledger in
            for result in await ledger.record(try (0..<257).map { try Sample.least("d-\($0)") }) {
                _ = try result.get()
            }
        }
    }

    @Test(arguments: [0, 1, 5, 10, 11] as [UInt64])
    func `a flipped byte of an entry is found by links and roots, and named`(entry: UInt64) async throws {
        try Self.flipAll(of: entry, try await Self.few.value)
    }

    /// Fewer places: what tells a change here is the same for all of them.
    @Test(arguments: [102, 255] as [UInt64])
    func `a flipped byte of an entry is found by its tile, and named`(entry: UInt64) async throws {
        try Self.flipAll(of: entry, try await Self.many.value, every: 11)
    }

    private static func flipAll(
        of entry: UInt64, _ contents: MemoryContents, every step: Int = 1
    ) throws {
        let bytes = try #require(contents.entries[entry])
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        for offset in stride(from: 0, to: bytes.count, by: step) {
            // One bit or all of them, a different one each time.
            let mask: UInt8 = offset % 3 == 0 ? 0xff : 1 << (UInt8(truncatingIfNeeded: offset) % 8)
            store.tamper {
                $0 = contents
                $0.entries[entry]?[offset] ^= mask
            }
            let report = try LogVerification(of: store).run()
            #expect(report.findings.isBroken)
            let isNamed = report.findings.all.contains { finding in
                finding.severity == .broken
                    && (finding.entry == entry || finding.message.contains("entry \(entry) was changed"))
            }
            #expect(isNamed, "byte \(offset) of entry \(entry): \(report.findings.all)")
        }
    }
}
