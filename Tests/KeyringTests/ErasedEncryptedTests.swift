import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

/// Erasing takes encrypted values out as it does those in clear.
struct ErasedEncryptedTests {
    private static let grounds = ErasureGrounds(basis: "She asked for it.")

    private func values(_ scratch: Scratch) throws -> [Int: [Data]] {
        try scratch.database { database in
            let rows = try Row.fetchAll(database, sql: "SELECT key, disclosure FROM sealed")
            let pairs = rows.map { row in (Int(row["key"] as Int64) / 2048, Data((row["disclosure"] as String).utf8)) }
            return Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) }
        }
    }

    @Test func `a person's values go from every file, encrypted as they are, and a hold keeps them`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.makeLedger(["ann", "ben", "ann"])
        _ = try await ledger.record(Appeal.opened(against: "d0", by: .subject, grounds: "zebra crossing"))
        _ = try await ledger.find("zebra")
        let before = try values(scratch)
        let code = try scratch.subject(ofEntry: 1)
        try await ledger.placeHold(on: .subject("ann"), basis: "Case 12")
        await #expect(throws: (any Error).self) { _ = try await ledger.erase(subject: "ann", Self.grounds) }
        try await ledger.releaseHolds(on: .subject("ann"), basis: "Over")
        let summary = try await ledger.erase(subject: "ann", Self.grounds)
        #expect(summary.isComplete && summary.erased.count == 4)
        let bytes = try scratch.bytesOfLedger()
        for text in [1, 3, 4].flatMap({ before[$0] ?? [] }) {
            #expect(bytes.range(of: text.prefix(40)) == nil && bytes.range(of: text.suffix(40)) == nil)
        }
        code.withUnsafeBytes { #expect(bytes.range(of: Data($0)) == nil) }
        #expect(try values(scratch)[2]?.count == before[2]?.count)
        #expect(try await ledger.explain("d1").content["summary"]?.text == "giraffe 1")
        #expect(try await ledger.find("zebra").hits.map(\.id) == ["d1"])
        let gone = try await ledger.explain("d0")
        #expect(gone.missing.allSatisfy { $0.erasure?.basis == "She asked for it." } && !gone.missing.isEmpty)
        #expect(try await ledger.verify(key: ledger.firstKey).exitStatus == 0)
        await ledger.close()
        // Without the key ring it still verifies, as far as it can be told.
        let locked = try Ledger.open(at: scratch.ledger, for: .reading)
        let report = try await locked.verify(key: locked.firstKey)
        #expect(report.exitStatus == 1 && !report.findings.isBroken)
    }

    @Test func `what is past its maximum is found and erased`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.makeLedger(["ann", nil])
        try await ledger.setRetention(RetentionClass("now", maximum: 0), isDefault: true)
        let (run, scrubbing) = try await ledger.retain()
        #expect(run.erased.map(\.id) == ["d0", "d1"] && scrubbing == .done)
        #expect(try await ledger.verify(key: ledger.firstKey).exitStatus == 0)
    }
}
