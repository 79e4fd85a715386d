import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

/// A small ledger with an index, which a test damages.
struct IndexedLedger {
    let folder: Scratch
    static let size: UInt64 = 14

    private static let original = Task {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: folder)
        try await SampleLedger.fill(ledger, 0..<12)
        _ = try ledger.index.update()
        await ledger.close()
        return folder
    }

    init() async throws { folder = try await Self.original.value.copy() }

    func open() throws -> Ledger { try Ledger.open(at: folder.path, for: .reading) }

    /// Records more, which the index does not hold yet.
    func record(_ numbers: Range<Int>) async throws {
        let ledger = try SampleLedger.open(in: folder)
        for result in await ledger.record(try numbers.map { try Sample.decision($0) }) { _ = try result.get() }
        await ledger.close()
    }

    func edit(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.path + "/index.sqlite")
        defer { try? queue.close() }
        try queue.inDatabase { try $0.execute(sql: sql) }
    }
}

struct IndexTests {
    private static let questions = [
        "", "outcome:comply", "principle:privacy", "\"reason 3\"", "authority:root -letter", "subject:\"person 0\"",
    ]

    /// The answers that a scan gives.
    private func expectRight(_ ledger: Ledger, _ note: String?) throws {
        var notes: [String] = []
        for question in Self.questions {
            let query = try Query(question)
            let result = try ledger.index.find(query, limit: 100)
            #expect(
                result.hits.map(\.number) == (try ledger.index.find(query, limit: 100, scan: true).hits.map(\.number)),
                "\(question)")
            notes += result.notes
        }
        if let note { #expect(notes.contains { $0.contains(note) }, "\(notes)") } else { #expect(notes == []) }
    }

    @Test func `an index that is missing is made, and then holds`() async throws {
        let indexed = try await IndexedLedger()
        try indexed.folder.remove("index.sqlite")
        #expect(try indexed.open().index.verify().all.map(\.code) == ["index_absent"])
        try expectRight(indexed.open(), nil)
        #expect(try indexed.open().index.verify().all == [])
        #expect(try indexed.open().index.readableSize() == IndexedLedger.size)
    }

    @Test func `an index that lags says so to verify, and catches up when something is asked`() async throws {
        let indexed = try await IndexedLedger()
        try await indexed.record(12..<15)
        let behind = try indexed.open().index.verify().all
        #expect(behind.map(\.code) == ["index_behind"] && behind[0].severity == .notice)
        #expect(behind[0].message.contains("the index holds 14 of 17 entries"))
        try expectRight(indexed.open(), nil)
        #expect(try indexed.open().index.verify().all == [])
    }

    @Test(arguments: [0, 1, 100, 512, 4096, 4097, 20_000, 40_000])
    func `an index that was cut is made again`(length: Int) async throws {
        let indexed = try await IndexedLedger()
        let good = try indexed.folder.bytes(of: "index.sqlite")
        try indexed.folder.write(good.prefix(length), to: "index.sqlite")
        let findings = try indexed.open().index.verify()
        #expect(findings.isBroken && findings.all.allSatisfy { $0.code.hasPrefix("index_") })
        try expectRight(indexed.open(), "the index was made again")
        #expect(try indexed.open().index.verify().all == [])
    }

    @Test(arguments: ["garbage", "SQLite format 3\0", String(repeating: "x", count: 10_000)])
    func `garbage in place of an index is replaced`(garbage: String) async throws {
        let indexed = try await IndexedLedger()
        try indexed.folder.write(garbage.utf8, to: "index.sqlite")
        #expect(try indexed.open().index.verify().isBroken)
        try expectRight(indexed.open(), "the index was made again")
        #expect(try indexed.open().index.verify().all == [])
    }

    @Test func `the index of another ledger, and the log itself, are not taken for the index`() async throws {
        let indexed = try await IndexedLedger()
        let (other, log) = (try Scratch(), try indexed.folder.bytes(of: "log.sqlite"))
        let ledger = try await SampleLedger.create(in: other, clock: SampleClock(now: SampleClock.start + 7))
        try await SampleLedger.fill(ledger, 0..<12)
        _ = try ledger.index.update()
        await ledger.close()
        for bytes in [try other.bytes(of: "index.sqlite"), log] {
            try indexed.folder.write(bytes, to: "index.sqlite")
            #expect(try indexed.open().index.verify().all.map(\.code) == ["index_unusable"])
            try expectRight(indexed.open(), "the index was made again")
        }
    }

    @Test func `an index reaches no further than it says, and one of a shorter history is made again`() async throws {
        let indexed = try await IndexedLedger()
        let (log, head) = (try indexed.folder.bytes(of: "log.sqlite"), try indexed.folder.bytes(of: "head"))
        try await indexed.record(12..<15)
        _ = try indexed.open().index.update()
        try indexed.folder.write(log, to: "log.sqlite")
        try indexed.folder.write(head, to: "head")
        #expect(try indexed.open().index.readableSize() == nil)
        try expectRight(indexed.open(), "it was of another history")
    }

    @Test func `two that update at once leave one right index`() async throws {
        let indexed = try await IndexedLedger()
        try indexed.folder.remove("index.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for turn in 0..<6 {
                let ledger = try indexed.open()
                group.addTask { if turn % 3 == 0 { try ledger.index.rebuild() } else { _ = try ledger.index.update() } }
            }
            try await group.waitForAll()
        }
        #expect(try indexed.open().index.verify().all == [])
    }

    @Test(arguments: ["verify", "find", "explain", "rebuild"])
    func `an update that was killed leaves the index that was there`(first: String) async throws {
        let indexed = try await IndexedLedger()
        let queue = try DatabaseQueue(path: indexed.folder.path + "/index.sqlite")
        // Changes that are in the file already, and the journal that undoes them, as another process finds them.
        let killed = try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = 1")
            try database.execute(sql: "BEGIN")
            for sql in ["UPDATE entries SET id = id || hex(zeroblob(4000))", "DELETE FROM links", "DELETE FROM state"] {
                try database.execute(sql: sql)
            }
            let killed = try indexed.folder.copy()
            try database.execute(sql: "ROLLBACK")
            return killed
        }
        try queue.close()
        #expect(try killed.bytes(of: "index.sqlite-journal").count > 512)
        #expect(try killed.bytes(of: "index.sqlite") != indexed.folder.bytes(of: "index.sqlite"))
        let ledger = try Ledger.open(at: killed.path, for: .reading)
        switch first {
        case "find": try expectRight(ledger, nil)
        case "explain": #expect(try ledger.index.explain(Sample.id(7)).notes == [])
        case "rebuild": try ledger.index.rebuild()
        default: break
        }
        #expect(try ledger.index.verify().all == [])
        try expectRight(ledger, nil)
    }

    /// What keeps the file from being written keeps nobody from an answer.
    @Test func `without a file that can be written the log is read, and that is said`() async throws {
        let indexed = try await IndexedLedger()
        try indexed.folder.remove("index.sqlite")
        // A folder in the place of the file, with something in it: it can be neither written nor removed.
        try FileManager.default.createDirectory(
            atPath: indexed.folder.path + "/index.sqlite/x", withIntermediateDirectories: true)
        try expectRight(indexed.open(), "entries from 0 on were read from the log")
        let explanation = try indexed.open().index.explain(Sample.id(7))
        #expect(explanation.later.map(\.id) == [Sample.id(10)] && !explanation.isFromIndex)
        #expect(explanation.notes.contains { $0.contains("read from the log") })
    }

    @Test func `a lock that cannot be taken lets the index be read, and the rest from the log`() async throws {
        let indexed = try await IndexedLedger()
        try await indexed.record(12..<25)
        try? indexed.folder.remove("index.sqlite.lock")
        try FileManager.default.createDirectory(
            atPath: indexed.folder.path + "/index.sqlite.lock", withIntermediateDirectories: false)
        try expectRight(indexed.open(), "entries from 14 on were read from the log: the index may not be written")
        // Decision 21 revises decision 18, both beyond the index; decision 10 revises decision 7, both in it.
        #expect(try indexed.open().index.explain(Sample.id(18)).later.map(\.id) == [Sample.id(21)])
        let explanation = try indexed.open().index.explain(Sample.id(7))
        #expect(explanation.later.map(\.id) == [Sample.id(10)])
        #expect(explanation.completeness?.verdict == .complete(upTo: 25, isClosed: false))
        #expect(explanation.notes.count == 1)
    }
}
