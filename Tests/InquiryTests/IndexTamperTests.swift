import Because
import GRDB
import LedgerSamples
import Testing

/// An index that claims what the log does not say.
struct IndexTamperTests {
    /// What is done, what `verify` says, and the note with which a question is answered from the log; `nil` where the index hides
    /// something, which only `verify` can see.
    static let tamperings: [(sql: String, says: String, note: String?)] = [
        (
            "UPDATE entries SET outcome = 'comply' WHERE n = 4", "something else or more for entry 4 (entries)",
            "entry 4 is not what it says"
        ),
        ("UPDATE entries SET id = 'other' WHERE n = 4", "for entry 4 (entries)", nil),
        ("UPDATE entries SET at = 0 WHERE n = 4", "for entry 4 (entries)", nil),
        ("UPDATE entries SET type = 'decision' WHERE n = 0", "for entry 0 (entries)", "entry 0 is not what it says"),
        ("UPDATE entries SET unresolved = 1 WHERE n = 4", "for entry 4 (entries)", nil),
        ("DELETE FROM entries WHERE n = 4", "lacks something of entry 4 (entries)", nil),
        (
            "INSERT INTO entries SELECT 14, 'x', type, at, 'comply', kind, model, producer, epoch, seq, session, trace, unresolved FROM entries WHERE n = 2",
            "has an entry 14 that it cannot have (entries)", nil
        ),
        (
            "INSERT INTO entries SELECT -3, 'x', type, at, 'comply', kind, model, producer, epoch, seq, session, trace, unresolved FROM entries WHERE n = 2",
            "has an entry -3 that it cannot have (entries)", nil
        ),
        (
            "UPDATE citations SET section = 'privacy' WHERE n = 3", "for entry 3 (citations)",
            "entry 3 is not what it says"
        ),
        ("DELETE FROM citations WHERE n = 2", "lacks something of entry 2 (citations)", nil),
        (
            "INSERT INTO citations SELECT * FROM citations WHERE n = 2", "13 rows of citations where the log gives 12",
            nil
        ),
        (
            "INSERT INTO citations SELECT 99, document, version, section, authority, role FROM citations WHERE n = 2",
            "has an entry 99 that it cannot have (citations)", nil
        ),
        ("DELETE FROM links", "lacks something of entry 12 (links)", nil),
        ("INSERT INTO links VALUES (5, 'revises', 'K-0')", "for entry 5 (links)", nil),
        ("INSERT INTO links VALUES (99, 'revises', 'K-0')", "has an entry 99 that it cannot have (links)", nil),
        ("DELETE FROM numbers", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE numbers SET last = last - 1", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE numbers SET last = last + 1", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE numbers SET epoch = NULL", "other numbers of producers than the log gives (runs)", nil),
        ("INSERT INTO numbers VALUES ('x', 'e', 1, 1)", "other numbers of producers than the log gives (runs)", nil),
        ("INSERT INTO numbers SELECT * FROM numbers", "stretches of numbers overlap", nil),
        ("INSERT INTO numbers VALUES ('agent', 'e', 13, 14)", "stretches of numbers overlap", nil),
        ("UPDATE numbers SET first = last + 1", "a stretch of numbers ends before it begins", nil),
        (
            "UPDATE numbers SET last = \(JSON.integerLimit) + 1", "a stretch of numbers ends before it begins", nil
        ),
        (
            "INSERT INTO declared VALUES ('agent', 'e', 2, 3)", "other numbers of producers than the log gives (runs)",
            nil
        ),
        ("DELETE FROM runs", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE runs SET announced = 99", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE runs SET closed = 3", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE runs SET sampled = 1", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE runs SET seen = seen - 1", "other numbers of producers than the log gives (runs)", nil),
        ("UPDATE runs SET announced = -1", "a run has something else in the place of a number", nil),
        ("DROP TABLE runs", "is not one of this log", "its tables are not those of an index"),
        ("DROP INDEX numbers_last", "is not one of this log", "its tables are not those of an index"),
        (
            "UPDATE words_0 SET rationale = 'reason 3' WHERE rowid = 2", "for entry 2 (full text)",
            "entry 2 is not what it says"
        ),
        ("DELETE FROM words_0 WHERE rowid = 2", "lacks something of entry 2 (full text)", nil),
        ("INSERT INTO words_0 (rowid, summary) VALUES (99, 'reason 3')", "for entry 99 (full text)", nil),
        ("DELETE FROM words_0_content WHERE id = 2", "of entry 2 (full text)", nil),
        ("UPDATE state SET size = 9, last = (SELECT last FROM state)", "is not one of this log", "of another history"),
        ("UPDATE state SET size = -1", "is not one of this log", "it does not say how far it reaches"),
        ("DELETE FROM state", "has an entry", "made again"),
        ("DROP TABLE links", "is not one of this log", "its tables are not those of an index"),
        ("DROP INDEX links_n", "is not one of this log", "its tables are not those of an index"),
        (
            "DROP TABLE citations; CREATE VIEW citations AS SELECT n, 'x' document, 'x' version, 'x' section, 'x' authority, 'x' role FROM entries",
            "is not one of this log", "its tables are not those of an index"
        ),
        (
            "DROP TABLE entries; CREATE TABLE entries (n, id, type, at, outcome, kind, model, producer, epoch, seq, session, trace); INSERT INTO entries (n, type) VALUES ('x', 'decision')",
            "is not one of this log", "its tables are not those of an index"
        ),
        (
            "DROP TABLE state; CREATE TABLE state (only, size, first, last); INSERT INTO state VALUES ('x', 'x', 'x', NULL)",
            "is not one of this log", "its tables are not those of an index"
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END", "is not one of this log",
            "made again"
        ),
        ("CREATE VIRTUAL TABLE words_7 USING fts5(summary)", "table words_7 does not belong there", nil),
        (
            "DROP TABLE words_0; CREATE TABLE words_0 (summary, rationale)", "table words_0 is not what it must be",
            "the index cannot be read"
        ),
        ("DROP TABLE words_0", "table words_0 is missing", "the index cannot be read"),
        ("PRAGMA user_version = 9", "is not one of this log", "it was of another version"),
        ("PRAGMA application_id = 9", "is not one of this log", "the file was not an index"),
    ]

    @Test(arguments: tamperings.indices)
    func `what an index claims is named by verify, and believed by nobody`(index: Int) async throws {
        let (sql, says, note) = Self.tamperings[index]
        let indexed = try await IndexedLedger()
        try indexed.edit(sql)
        let report = try await Verification(folder: indexed.folder.path).run()
        #expect(report.exitStatus == 2, "\(sql)")
        #expect(
            report.findings.all.allSatisfy { $0.aspect == .index && $0.code.hasPrefix("index_") },
            "\(report.findings.all)")
        #expect(report.findings.all.contains { $0.message.contains(says) }, "\(sql): \(report.findings.all)")
        #expect(report.verdict(.index) == .broken && report.verdict(.integrity) == .holds)

        let ledger = try indexed.open()
        var notes: [String] = []
        for question in ["", "outcome:comply", "principle:privacy", "\"reason 3\""] {
            let query = try Query(question)
            let result = try ledger.index.find(query, limit: 100)
            let right = try ledger.index.find(query, limit: 100, scan: true).hits.map(\.number)
            // An index can hide what it should find; what is found is always right.
            #expect(Set(result.hits.map(\.number)).isSubset(of: right), "\(sql)")
            if !result.notes.isEmpty { #expect(result.hits.map(\.number) == right, "\(sql)") }
            notes += result.notes
        }
        if let note { #expect(notes.contains { $0.contains(note) }, "\(sql): \(notes)") }
        let later = try ledger.index.explain("K-0").later
        #expect(later.isEmpty, "\(sql)")
        try ledger.index.rebuild()
        #expect(try ledger.index.verify().all == [], "\(sql)")
    }

    @Test func `a flipped byte of the index never gives a wrong answer`() async throws {
        let indexed = try await IndexedLedger()
        let good = try indexed.folder.bytes(of: "index.sqlite")
        let used = good.indices.filter { good[$0] != 0 }
        var random = SplitMix(seed: 3)
        let ledger = try indexed.open()
        let query = try Query("authority:root \"reason\"")
        let right = Set(try ledger.index.find(query, limit: 100, scan: true).hits.map(\.number))
        var noted = 0
        for _ in 0..<150 {
            guard let offset = used.randomElement(using: &random) else { continue }
            var bytes = good
            bytes[offset] ^= UInt8.random(in: 1...255, using: &random)
            try indexed.folder.write(bytes, to: "index.sqlite")
            _ = try ledger.index.verify()
            let result = try ledger.index.find(query, limit: 100)
            #expect(Set(result.hits.map(\.number)).isSubset(of: right), "byte \(offset)")
            _ = try ledger.index.explain(Sample.id(7))
            if !result.notes.isEmpty {
                noted += 1
                #expect(result.hits.count == right.count, "byte \(offset)")
            }
        }
        #expect(noted > 10)
    }

    /// What somebody does to the file between two questions, while a ledger keeps its connections.
    private static let changes: [(what: String, change: @Sendable (IndexedLedger) throws -> Void)] = [
        ("edited by SQL", { try $0.edit("UPDATE entries SET outcome = 'comply' WHERE n = 4") }),
        ("another schema", { try $0.edit("DROP INDEX links_n") }),
        ("another version", { try $0.edit("PRAGMA user_version = 9") }),
        ("removed", { try $0.folder.remove("index.sqlite") }),
        ("cut", { try $0.folder.write($0.folder.bytes(of: "index.sqlite").prefix(4096), to: "index.sqlite") }),
        ("garbage", { try $0.folder.write("garbage".utf8, to: "index.sqlite") }),
        (
            "bytes of an edited one in its place",
            { indexed in
                let other = try indexed.folder.copy()
                let queue = try DatabaseQueue(path: other.path + "/index.sqlite")
                try queue.inDatabase { try $0.execute(sql: "UPDATE entries SET outcome = 'comply' WHERE n = 4") }
                try queue.close()
                try indexed.folder.write(other.bytes(of: "index.sqlite"), to: "index.sqlite")
            }
        ),
    ]

    @Test(arguments: changes.indices)
    func `a ledger that stays open sees what becomes of its index`(index: Int) async throws {
        let (what, change) = Self.changes[index]
        let indexed = try await IndexedLedger()
        let ledger = try indexed.open()
        let query = try Query("outcome:comply")
        let right = try ledger.index.find(query, limit: 100, scan: true).hits.map(\.number)
        for _ in 0..<60 {
            let result = try ledger.index.find(query, limit: 100)
            #expect(result.hits.map(\.number) == right && result.notes == [])
        }
        try change(indexed)
        let result = try ledger.index.find(query, limit: 100)
        #expect(result.hits.map(\.number) == right, "\(what)")
        #expect(result.notes.isEmpty == (what == "removed"), "\(what): \(result.notes)")
        #expect(try ledger.index.explain(Sample.id(7)).later.map(\.id) == [Sample.id(10)], "\(what)")
        try ledger.index.rebuild()
        #expect(try ledger.index.find(query, limit: 100).notes == [])
        #expect(try ledger.index.verify().all == [])
    }
}
