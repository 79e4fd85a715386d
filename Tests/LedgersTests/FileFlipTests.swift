import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

/// One byte of the database file is changed, anywhere.
struct FileFlipTests {
    /// Every value that is evidence, in order. Whether a checkpoint is kept for good is none: it only says what may be thinned out.
    private static func dump(_ folder: Scratch) throws -> [String] {
        let selects = [
            "SELECT n, hex(bytes) FROM entries ORDER BY n", "SELECT id, n FROM identities ORDER BY id",
            "SELECT level, number, hex(root), hex(hashes) FROM tiles ORDER BY level, number",
            "SELECT size, hex(root), hex(signature) FROM checkpoints ORDER BY size",
            "SELECT hex(digest), hex(bytes) FROM texts ORDER BY digest",
            "SELECT key, disclosure FROM sealed ORDER BY key", "SELECT hex(code), n FROM subjects ORDER BY code, n",
            "SELECT name, hex(value) FROM secrets ORDER BY name",
        ]
        let queue = try DatabaseQueue(path: folder.path + "/log.sqlite")
        defer { try? queue.close() }
        return try queue.inDatabase { database in
            try selects.flatMap { try Row.fetchAll(database, sql: $0).map { "\($0)" } }
        }
    }

    /// A ledger of twelve entries, so that one turn takes milliseconds.
    private static let original = Task {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: folder)
        try await SampleLedger.fill(ledger, 0..<10)
        await ledger.close()
        return folder
    }

    @Test(arguments: 0..<4)
    func `a flipped byte of the file is found, or changed nothing`(part: UInt64) async throws {
        let folder = try await Self.original.value.copy()
        try await Self.flip(folder, turns: 150, seed: part)
    }

    @Test func `a flipped byte of a file with many pages is found, or changed nothing`() async throws {
        try await Self.flip(TamperedLedger().folder, turns: 20, seed: 99)
    }

    private static func flip(_ folder: Scratch, turns: Int, seed: UInt64) async throws {
        let want = try dump(folder)
        let good = try folder.bytes(of: "log.sqlite")
        // Half of the places are where something is: zeros are mostly free space.
        let used = good.indices.filter { good[$0] != 0 }
        var random = SplitMix(seed: seed)
        var found = 0
        for turn in 0..<turns {
            let offset =
                turn % 2 == 0 ? Int.random(in: good.indices, using: &random) : used.randomElement(using: &random) ?? 0
            var bytes = good
            bytes[offset] ^= UInt8.random(in: 1...255, using: &random)
            try folder.write(bytes, to: "log.sqlite")
            do {
                let report = try await Verification(folder: folder.path).run()
                if report.exitStatus == 2 {
                    found += 1
                    continue
                }
                #expect(report.exitStatus == 0, "byte \(offset)")
                #expect(try dump(folder) == want, "byte \(offset) from \(good[offset]) to \(bytes[offset])")
            } catch is StoreError {
                found += 1
            } catch is LedgerError {
                found += 1
            }
        }
        #expect(found > turns / 4, "\(found) of \(turns)")
    }
}
