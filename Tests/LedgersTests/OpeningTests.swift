import Because
import Foundation
import GRDB
import LedgerSamples
import StorageTesting
import Testing

/// What is looked at before a ledger is continued.
struct OpeningTests {
    /// A ledger on disk of `count` entries that was closed.
    private func folder(_ count: Int) async throws -> Scratch {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: folder)
        try await record(1..<count, ledger)
        await ledger.close()
        return folder
    }

    private func record(_ numbers: Range<Int>, _ ledger: Ledger) async throws {
        for number in numbers { _ = try await ledger.record([try Sample.least("d-\(number)")])[0].get() }
    }

    /// Opens for recording as the command does, and gives the error.
    private func refusal(_ folder: Scratch, key: SigningKey = Sample.key) throws -> LedgerError {
        let bytes = try folder.bytes(of: "log.sqlite")
        let error = #expect(throws: LedgerError.self) {
            do { _ = try SampleLedger.open(in: folder, key: key) } catch let error as StoreError {
                throw LedgerError.store(error)
            }
        }
        #expect(try folder.bytes(of: "log.sqlite") == bytes, "nothing was written")
        return try #require(error)
    }

    @Test func `an older copy of the database is refused by the head that is ahead of it`() async throws {
        let folder = try await folder(3)
        let old = try folder.bytes(of: "log.sqlite")
        let ledger = try SampleLedger.open(in: folder)
        try await record(3..<5, ledger)
        await ledger.close()
        try folder.write(old, to: "log.sqlite")
        let error = try refusal(folder)
        guard case .rolledBack(size: 3, headSize: 5) = error else { return #expect(Bool(false), "\(error)") }
        #expect("\(error)".contains("the database has 3 entries, but 5 were signed before"))
        #expect(error.hint?.contains("nothing was written") == true && error.isBrokenEvidence)
    }

    @Test(arguments: [3, 4]) func `another history is refused by the head, also when it is longer`(count: Int)
        async throws
    {
        let (mine, other) = (try await folder(3), try Scratch())
        let ledger = try await SampleLedger.create(in: other, clock: SampleClock(now: SampleClock.start + 1))
        try await record(1..<count, ledger)
        await ledger.close()
        try mine.write(other.bytes(of: "log.sqlite"), to: "log.sqlite")
        let error = try refusal(mine)
        guard case .forked(size: 3) = error else { return #expect(Bool(false), "\(error)") }
        #expect(error.isBrokenEvidence)
    }

    @Test func `a head of another key is refused, and one that is missing is begun again`() async throws {
        let (mine, other) = (try await folder(3), try Scratch())
        await (try await SampleLedger.create(in: other, key: Sample.attackersKey)).close()
        try mine.write(other.bytes(of: "head"), to: "head")
        let error = try refusal(mine)
        guard case .foreignHead = error else { return #expect(Bool(false), "\(error)") }
        try mine.remove("head")
        await (try SampleLedger.open(in: mine)).close()
        let head = try HeadFile(path: mine.path + "/head", isWritable: false)
        #expect(HeadFile.Reading(head.slots(), keys: [Sample.key.verifierKey]).trusted?.size == 3)
    }

    @Test func `the key of another ledger is refused with both keys`() async throws {
        let error = try refusal(try await folder(2), key: Sample.attackersKey)
        guard case .wrongKey(let got, let want) = error else { return #expect(Bool(false), "\(error)") }
        #expect(got == Sample.attackersKey.verifierKey.text && want == Sample.key.verifierKey.text)
        #expect(error.hint == "use the key that `because init` made for this ledger")
    }

    @Test func `a second process that records is refused, and one that reads is not`() async throws {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: folder)
        #expect(throws: StoreError.self) { try SampleLedger.open(in: folder) }
        let error = #expect(throws: LedgerError.self) { try Ledger.open(at: folder.path) }
        guard case .store(.heldByAnotherProcess) = error else { return #expect(Bool(false), "\(error as Any)") }
        let reader = try Ledger.open(at: folder.path, for: .reading)
        try await record(1..<3, ledger)
        #expect(try reader.read { $0.size } == 3)
        await ledger.close()
        await (try SampleLedger.open(in: folder)).close()
    }

    @Test(arguments: [
        "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), 'comply', 'refuse') AS BLOB) WHERE n = 2",
        "DELETE FROM entries WHERE n = 2", "DELETE FROM checkpoints WHERE size = 3",
        "UPDATE checkpoints SET root = zeroblob(32)", "UPDATE checkpoints SET signature = zeroblob(64)",
        "INSERT INTO entries SELECT 3, bytes FROM entries WHERE n = 2",
    ]) func `a database whose head does not hold is not continued`(sql: String) async throws {
        let folder = try await folder(3)
        let queue = try DatabaseQueue(path: folder.path + "/log.sqlite")
        try await queue.write { database in
            for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \(name)")
            }
            try database.execute(sql: sql)
        }
        try queue.close()
        let error = try refusal(folder)
        guard case .headDoesNotHold = error else { return #expect(Bool(false), "\(error)") }
        #expect(error.isBrokenEvidence && error.hint?.contains("because verify") == true)
    }

    @Test func `a ledger is made once, of a name that can be one`() async throws {
        let folder = try await folder(2)
        await #expect(throws: LedgerError.self) { try await Ledger.create(at: folder.path, origin: Sample.origin) }
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        let head = try Scratch()
        await (try await SampleLedger.create(in: store, head: head)).close()
        await #expect(throws: LedgerError.self) { try await SampleLedger.create(in: store.reopened(), head: head) }
        for origin in ["", "a b", "a+b", "a\nb", String(repeating: "a", count: 256)] {
            let path = folder.path + "/new"
            await #expect(throws: LedgerError.self) { try await Ledger.create(at: path, origin: origin) }
            #expect(!folder.has("new"))
        }
    }

    @Test func `a ledger that the command makes has a key that only its owner reads`() async throws {
        let folder = try Scratch()
        let path = folder.path + "/acme.ledger"
        await (try await Ledger.create(at: path, origin: Sample.origin)).close()
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int
        }
        #expect(try mode("/key") == 0o600 && mode("") == 0o700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["acme.ledger"])
        await (try Ledger.open(at: path)).close()
        chmod(path + "/key", 0o640)
        let error = #expect(throws: LedgerError.self) { try Ledger.open(at: path) }
        #expect("\(try #require(error))".contains("others may read it (mode 640); run chmod 600"))
    }

    @Test(arguments: ["", "my secret", "PRIVATE+KEY+a+00000000+AQ==", String(repeating: "x", count: 5000)])
    func `a key file that holds no key is refused without a word of it`(text: String) throws {
        let folder = try Scratch()
        try folder.write(text.utf8, to: "key")
        chmod(folder.path + "/key", 0o600)
        let error = #expect(throws: LedgerError.self) { try KeyFile.read(at: folder.path + "/key") }
        guard case .key = error else { return #expect(Bool(false), "\(error as Any)") }
        let message = "\(try #require(error))"
        #expect(text.isEmpty || !message.contains(text))
        #expect(throws: LedgerError.self) { try KeyFile.create(Sample.key, at: folder.path + "/key") }
    }
}
