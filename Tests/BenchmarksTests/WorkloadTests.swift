import Because
import Foundation
import Testing

@testable import Benchmarks

struct WorkloadTests {
    @Test func `raw rows hold the very bytes of entries and sealed values, in pages as large as a ledger's`()
        async throws
    {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "because-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let path = scratch.appending(path: "ledger").path
        let ledger = try await Workload.ledger(path)
        #expect(try await Workload.record(25, in: ledger, batch: 10) > 0)
        let rows = try Workload.rows(of: ledger)
        #expect(rows.count == 25)
        try ledger.read { view in
            #expect(view.size == UInt64(25 + Workload.firstDecision))
            for (index, row) in rows.enumerated() {
                let proven = try view.proven(UInt64(index + Workload.firstDecision))
                #expect(proven.entry.id == "bench-\(index)" && proven.sealed.count == 3)
                #expect(row == proven.entry.bytes + proven.sealed.flatMap(\.text))
            }
        }
        await ledger.close()
        // 27 entries and identities, and three sealed values of each decision.
        #expect(try RawReading(path: path + "/log.sqlite", count: 27).run() == 27 + 27 + 75)
        #expect(throws: RawSQLite.Failure.self) { try RawReading(path: path + "/nothing", count: 27).run() }

        let raw = scratch.appending(path: "raw.sqlite").path
        for batch in [1, 10] { try RawSQLite(path: raw + "-\(batch)").insert(rows, batch: batch) }
        // Bytes 16 and 17 of a database say how large its pages are.
        let sizes = try [path + "/log.sqlite", raw + "-1", raw + "-10"].map { path in
            Array(try Data(contentsOf: URL(filePath: path)).prefix(18).suffix(2))
        }
        #expect(sizes == Array(repeating: [UInt8(RawSQLite.pageSize >> 8), UInt8(RawSQLite.pageSize & 255)], count: 3))
    }
}
