import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

/// One byte of the database file is changed, anywhere.
struct FileFlipTests {
    /// Every value that is evidence, in order. Whether a checkpoint is kept for good is none: it only says what may be thinned out.
    private static func dump(_ ledger: TamperedLedger) throws -> [String] {
        let selects = [
            "SELECT n, hex(bytes) FROM entries ORDER BY n", "SELECT id, n FROM identities ORDER BY id",
            "SELECT level, number, hex(root), hex(hashes) FROM tiles ORDER BY level, number",
            "SELECT size, hex(root), hex(signature) FROM checkpoints ORDER BY size",
            "SELECT hex(digest), hex(bytes) FROM texts ORDER BY digest",
            "SELECT key, disclosure FROM sealed ORDER BY key", "SELECT hex(code), n FROM subjects ORDER BY code, n",
            "SELECT name, hex(value) FROM secrets ORDER BY name",
        ]
        return try ledger.database("log.sqlite") { database in
            try selects.flatMap { try Row.fetchAll(database, sql: $0).map { "\($0)" } }
        }
    }

    @Test(arguments: 0..<4)
    func `a flipped byte of the file is found, or changed nothing`(part: Int) async throws {
        let ledger = try await TamperedLedger()
        let want = try Self.dump(ledger)
        let good = try ledger.folder.bytes(of: "log.sqlite")
        var random = SplitMix(seed: UInt64(part) + 1)
        var found = 0
        for turn in 0..<100 {
            // The header and the first page, the schema, more often than their share.
            let offset =
                turn % 5 == 0 ? Int.random(in: 0..<8192, using: &random) : Int.random(in: good.indices, using: &random)
            var bytes = good
            bytes[offset] ^= UInt8.random(in: 1...255, using: &random)
            try ledger.folder.write(bytes, to: "log.sqlite")
            do {
                let report = try await ledger.verify()
                if report.exitStatus == 2 {
                    found += 1
                    continue
                }
                #expect(report.exitStatus == 0, "byte \(offset)")
                #expect(try Self.dump(ledger) == want, "byte \(offset) from \(good[offset]) to \(bytes[offset])")
            } catch is StoreError {
                found += 1
            } catch is LedgerError {
                found += 1
            }
        }
        #expect(found > 50, "\(found)")
    }
}
