import Because
import Foundation
import Keyrings
import LedgerSamples
import SQLiteStorage
import StorageTesting
import Testing

/// A ledger whose sealed values are encrypted where they lie.
struct EncryptedLedgerTests {
    @Test(arguments: StoreRule.all)
    func `an encrypted store keeps the rule`(rule: StoreRule) throws {
        let scratch = try Scratch()
        func ring(_ access: Keyring.Access) throws -> Keyring { try Keyring.open(at: scratch.ring, for: access) }
        try FileManager.default.createDirectory(atPath: scratch.ledger, withIntermediateDirectories: false)
        _ = try Keyring.create(at: scratch.ring)
        try rule.check(
            StorePlace(
                create: {
                    try SQLiteStore.create(in: scratch.ledger, subjectKey: $0, keyring: ring(.writing))
                },
                reopen: { try SQLiteStore.open(in: scratch.ledger, for: .writing, keyring: ring(.writing)) },
                openReader: { try SQLiteStore.open(in: scratch.ledger, for: .reading, keyring: ring(.reading)) }))
    }

    @Test func `nothing that is sealed lies in the folder, and everything is answered with the key ring`() async throws
    {
        let scratch = try Scratch()
        let ledger = try await scratch.makeLedger(["annabella-marguerite", "ben", nil])
        _ = try await ledger.record(Appeal.opened(against: "d0", by: .subject, grounds: "zebra crossing"))
        #expect(try await ledger.find("zebra").hits.count == 3)
        #expect(try await ledger.find("zebra type:appeal").hits.count == 1)
        #expect(try await ledger.find("zebra").notes.contains { $0.contains("encrypted at rest") })
        #expect(try await ledger.find("subject:annabella-marguerite").hits.map(\.id) == ["d0"])
        #expect(try await ledger.explain("d1").content["summary"]?.text == "giraffe 1")
        let report = try await ledger.verify(key: ledger.firstKey)
        #expect(report.holds && report.verdict(.sealedFields) == .holds && report.verdict(.index) == .holds)
        await ledger.close()
        let bytes = try scratch.bytesOfLedger()
        for word in ["zebra words of 0", "giraffe 1", "annabella-marguerite", "zebra crossing"] {
            // In clear, and as base64url in each of the three ways that it can lie.
            for text in [word] + (0..<3).map({ spelled(word, after: $0) }) {
                #expect(bytes.range(of: Data(text.utf8)) == nil)
            }
        }
        // The same id again is compared with what can be read.
        let again = try Ledger.open(at: scratch.ledger, places: scratch.places)
        var decision = Decision(
            id: "d0", outcome: .refuse, summary: "giraffe 0", grounds: .noneCited("a test"),
            reason: .rationale(.init("zebra words of 0", source: .model, timing: .with)))
        decision.subject = "annabella-marguerite"
        #expect(try await again.record(decision).status == .duplicate)
        await again.close()
    }

    /// The characters of base64 that stand for `word` whatever lies around it, `offset` bytes after a group began.
    private func spelled(_ word: String, after offset: Int) -> String {
        let text = Data([UInt8](repeating: 0, count: offset) + Array(word.utf8)).base64EncodedString()
        let whole = (offset + word.utf8.count) / 3 * 4
        return String(text.prefix(whole).dropFirst(offset == 0 ? 0 : 4))
    }

    @Test func `without the key ring the log is verified, and what is sealed can be neither read nor added`()
        async throws
    {
        let scratch = try Scratch()
        let ledger = try await scratch.makeLedger(["annabella-marguerite"])
        _ = try await ledger.find("outcome:refuse")
        await ledger.close()
        let locked = try Ledger.open(at: scratch.ledger, for: .reading)
        let report = try await locked.verify(key: locked.firstKey)
        #expect(report.verdict(.integrity) == .holds && report.verdict(.index) == .holds)
        #expect(report.verdict(.sealedFields) == .cannotTell && report.exitStatus == 1)
        #expect(try LedgerStatus(of: locked).text.contains("no key ring was given"))
        let needed = "\(StoreError.keyringNeeded)"
        let asking = await #expect(throws: LedgerError.self) { try await locked.explain("d0") }
        #expect(asking?.description == needed)
        #expect(#expect(throws: LedgerError.self) { try Ledger.open(at: scratch.ledger) }?.description == needed)
    }

    @Test func `the key ring of another ledger is refused, and so is one for a ledger in clear`() async throws {
        let (scratch, other) = (try Scratch(), try Scratch())
        await (try await scratch.makeLedger(["annabella-marguerite"])).close()
        await (try await other.makeLedger(["annabella-marguerite"])).close()
        for access in [Ledger.Access.reading, .recording] {
            let error = #expect(throws: LedgerError.self) {
                try Ledger.open(at: scratch.ledger, for: access, places: other.places)
            }
            #expect(error?.description.contains("it is that of another ledger") == true)
        }
        let plain = scratch.path + "/plain"
        await (try await Ledger.create(at: plain, origin: "a/b")).close()
        #expect(throws: LedgerError.self) { try Ledger.open(at: plain, places: other.places) }
        #expect(try LedgerStatus(of: Ledger.open(at: plain, for: .reading, places: other.places)).sealing == .clear)
        let inside = scratch.path + "/new/ring"
        let error = await #expect(throws: LedgerError.self) {
            _ = try await Ledger.create(
                at: scratch.path + "/new", origin: "a/b", places: LedgerPlaces(keyring: inside))
        }
        #expect(error?.description == "\(StoreError.keyringInside(path: inside))")
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/new"))
    }

    @Test func `destroying a person's key reaches a backup, and nobody else's values`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.makeLedger(["annabella-marguerite", "ben"])
        _ = try await ledger.record(Appeal.opened(against: "d0", by: .subject, grounds: "zebra crossing"))
        await ledger.close()
        let code = try scratch.subject(ofEntry: 1)
        let copy = scratch.path + "/copy"
        _ = try await Backup(ledger: scratch.ledger, to: copy).run()
        do {
            let ring = try Keyring.open(at: scratch.ring, for: .writing)
            #expect(try ring.destroyKeys(of: code))
        }
        let backup = try Ledger.open(at: copy, for: .reading, places: scratch.places)
        let gone = try await backup.explain("d0")
        #expect(gone.content["summary"] == nil && gone.content["rationale"]?["text"] == nil)
        #expect(try await backup.explain("d1").content["summary"]?.text == "giraffe 1")
        #expect(try await backup.find("zebra").hits.map(\.id) == ["d1"])
    }

    @Test func `a value that was swapped or changed is found`() async throws {
        let scratch = try Scratch()
        await (try await scratch.makeLedger(["annabella-marguerite", "annabella-marguerite"])).close()
        try scratch.execute(
            """
            DROP TRIGGER sealed_update;
            UPDATE sealed SET disclosure = (SELECT disclosure FROM sealed WHERE key = 2048 * 2) WHERE key = 2048;
            CREATE TRIGGER sealed_update BEFORE UPDATE ON sealed BEGIN SELECT RAISE(ABORT, \
            'disclosures are never changed, only erased'); END
            """)
        let ledger = try Ledger.open(at: scratch.ledger, for: .reading, places: scratch.places)
        let report = try await ledger.verify(key: ledger.firstKey)
        #expect(report.verdict(.sealedFields) == .broken && report.findings.all.contains { $0.entry == 1 })
    }
}
