import Foundation
import GRDB
import GRDBSQLite
import Storage
import StorageTesting
import Testing

@testable import SQLiteStorage

struct DamageTests {
    /// A log with a row in every table.
    private static func filled(tile hashes: [UInt8] = Samples.tile(0).hashes) throws -> Scratch {
        let scratch = try Scratch()
        var batch = Samples.batch(first: 0, count: 3)
        batch.tiles = [StoredTile(level: 0, number: 0, root: Samples.tile(0).root, hashes: hashes)]
        batch.texts = [Samples.text("words")]
        let store = try scratch.create(batch)
        try store.attest(Samples.attestation(of: 3))
        store.close()
        return scratch
    }

    /// Every byte that is not in the middle of a long run of equal ones is flipped, in turn: all of the header, the
    /// schema, the pages' headers and the rows.
    @Test(arguments: 0..<4)
    func `a log with any byte flipped is read or refused, and nothing else happens`(part: Int) throws {
        let scratch = try Self.filled(tile: [UInt8](repeating: 0xaa, count: 8192))
        let good = try scratch.bytes(of: "log.sqlite")
        let offsets = good.indices.filter { offset in
            let around = good[max(0, offset - 8)...min(good.count - 1, offset + 8)]
            return offset < 100 || around.contains { $0 != good[offset] }
        }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: scratch.log))
        defer { try? handle.close() }
        func put(_ byte: UInt8, at offset: Int) throws {
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: [byte])
        }
        var refused = 0
        for (turn, offset) in offsets.enumerated() where turn % 4 == part {
            // One bit or all of them, a different one each time.
            try put(good[offset] ^ (turn % 3 == 0 ? 0xff : 1 << (turn % 8)), at: offset)
            do {
                let store = try scratch.open(.reading)
                defer { store.close() }
                try readEverything(store)
            } catch is StoreError {
                refused += 1
            }
            try put(good[offset], at: offset)
        }
        #expect(refused > 100, "\(refused) of \(offsets.count / 4)")
        try readEverything(scratch.open(.reading))
    }

    @Test(arguments: [
        "INSERT INTO entries VALUES (-5, x'01')",
        "INSERT INTO entries VALUES (9223372036854775807, x'01')",
        "INSERT INTO entries VALUES (3, x'')",
        "INSERT INTO entries VALUES (3, zeroblob(65536))",
        "INSERT INTO entries VALUES (3, 'text')",
        "INSERT INTO entries VALUES (3, 7)",
        "INSERT INTO entries VALUES (3, NULL)",
        "INSERT INTO identities VALUES ('x', -1)",
        "INSERT INTO identities VALUES ('x', 'y')",
        "INSERT INTO identities VALUES (x'ff', 1)",
        "INSERT INTO identities VALUES (CAST(x'ff' AS TEXT), 1)",
        "INSERT INTO tiles VALUES (-1, 0, zeroblob(32), zeroblob(8192))",
        "INSERT INTO tiles VALUES (0, -9, zeroblob(32), zeroblob(8192))",
        "INSERT INTO tiles VALUES (0, 1, zeroblob(31), zeroblob(8192))",
        "INSERT INTO tiles VALUES (0, 1, zeroblob(32), zeroblob(8191))",
        "INSERT INTO tiles VALUES (0, 1, 'text', 1.5)",
        "INSERT INTO checkpoints VALUES (0, zeroblob(32), zeroblob(64), 0)",
        "INSERT INTO checkpoints VALUES (9, zeroblob(32), zeroblob(63), 0)",
        "INSERT INTO checkpoints VALUES (9, zeroblob(32), zeroblob(64), 2)",
        "INSERT INTO checkpoints VALUES (9, 1.5, NULL, 'kept')",
        "INSERT INTO signatures VALUES (0, 'w', 1, zeroblob(64))",
        "INSERT INTO signatures VALUES (3, 'w', -1, zeroblob(64))",
        "INSERT INTO signatures VALUES (3, 'w', 4294967296, zeroblob(64))",
        "INSERT INTO signatures VALUES (3, 'w', 1, zeroblob(63))",
        "INSERT INTO signatures VALUES (3, x'ff', 1, 'text')",
        "INSERT INTO timestamps VALUES (3, zeroblob(32), x'00')",
        "INSERT INTO timestamps VALUES (3, zeroblob(31), x'00')",
        "INSERT INTO timestamps VALUES (3, zeroblob(32), NULL)",
        "INSERT INTO texts VALUES (x'00', x'00')",
        "INSERT INTO texts VALUES (zeroblob(32), 'text')",
        "INSERT INTO sealed VALUES (-1, '')",
        "INSERT INTO sealed VALUES (9000, x'00')",
        "INSERT INTO subjects VALUES (x'00', 1)",
        "INSERT INTO subjects VALUES (zeroblob(32), -1)",
        "UPDATE secrets SET value = 'text'",
        "UPDATE secrets SET value = x'00'",
        "DELETE FROM secrets",
    ])
    func `a row that cannot be is damage`(sql: String) throws {
        let scratch = try Self.filled()
        // As an editor would do it: the tables without their rules, the rows put in, the tables called what they were.
        try scratch.database { database in
            let triggers = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
            let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            for table in tables {
                let key = ["entries": "n", "sealed": "key", "checkpoints": "size"][table]
                let columns = try String.fetchAll(database, sql: "SELECT name FROM pragma_table_info('\(table)')")
                let list = columns.map { $0 == key ? "\($0) INTEGER PRIMARY KEY" : $0 }.joined(separator: ", ")
                try database.execute(
                    sql: """
                        CREATE TABLE loose (\(list)); INSERT INTO loose SELECT * FROM \(table);
                        DROP TABLE \(table); ALTER TABLE loose RENAME TO \(table);
                        """)
            }
        }
        try readEverything(scratch.open(.reading))
        try scratch.execute(sql)
        let store = try scratch.open(.reading)
        let error = #expect(throws: StoreError.self) { try readEverything(store) }
        guard case .damaged = error else { return #expect(Bool(false), "\(error as Any)") }
    }

    @Test func `a table that is missing is damage, not a crash`() throws {
        for table in ["entries", "identities", "tiles", "checkpoints", "texts", "sealed", "subjects", "secrets"] {
            let scratch = try Self.filled()
            try scratch.execute("DROP TABLE \(table)")
            let error = #expect(throws: StoreError.self) { try readEverything(scratch.open(.reading)) }
            guard case .damaged = error else { return #expect(Bool(false), "\(error as Any)") }
        }
    }

    @Test func `a log of which the last pages are missing is damage`() throws {
        let scratch = try Self.filled()
        let good = try scratch.bytes(of: "log.sqlite")
        for length in stride(from: 512, through: good.count - SQLiteStore.pageSize, by: 2560) {
            try scratch.write(good.prefix(length), to: "log.sqlite")
            #expect(throws: StoreError.self) { try readEverything(scratch.open(.reading)) }
        }
    }

    @Test func `pages that do not hold together are found by the medium's own check`() throws {
        let scratch = try Self.filled()
        var bytes = try scratch.bytes(of: "log.sqlite")
        let text = try #require(bytes.firstRange(of: Array("entry-1".utf8)))
        bytes[text.lowerBound + 6] = UInt8(ascii: "0") - 1
        try scratch.write(bytes, to: "log.sqlite")
        let found = try scratch.open(.reading).read { try $0.mediumDamage() }
        #expect(!found.isEmpty && found.count <= 20)
    }

    @Test(arguments: [
        (SQLITE_FULL, StoreError.full(detail: "m (SQLite 13)")),
        (SQLITE_READONLY, .readOnly(path: "p", detail: "m (SQLite 8)")),
        (SQLITE_CANTOPEN, .readOnly(path: "p", detail: "m (SQLite 14)")),
        (SQLITE_PERM, .readOnly(path: "p", detail: "m (SQLite 3)")),
        (SQLITE_BUSY, .heldByAnotherProcess(path: "p", holder: nil)),
        (SQLITE_CORRUPT, .damaged(detail: "m (SQLite 11)")),
        (SQLITE_NOTADB, .damaged(detail: "m (SQLite 26)")),
        (SQLITE_IOERR, .io(detail: "m (SQLite 10)")),
        // SQLITE_IOERR_FSYNC, SQLITE_CORRUPT_INDEX and SQLITE_READONLY_DBMOVED, with their extended codes.
        (1034, .io(detail: "m (SQLite 1034)")),
        (779, .damaged(detail: "m (SQLite 779)")),
        (1032, .readOnly(path: "p", detail: "m (SQLite 1032)")),
    ])
    func `each result code of SQLite is the store error that it means`(code: Int32, error: StoreError) {
        #expect(StoreError(code: code, message: "m", path: "p") == error)
    }
}

struct StructureTests {
    private static let published = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "schema/ledger.sql")

    @Test(.enabled(if: FileManager.default.fileExists(atPath: published.path), "schema/ledger.sql is not there"))
    func `the published schema is the one that logs are made from`() throws {
        #expect(try String(contentsOf: Self.published, encoding: .utf8) == SQLiteStore.schema + "\n")
    }

    /// What is said of a log after `sql`.
    private func differences(after sql: String) throws -> [String] {
        let scratch = try Scratch()
        try scratch.create(Samples.batch(first: 0)).close()
        try scratch.execute(sql)
        return try scratch.open(.reading).read { try $0.structuralDifferences() }
    }

    @Test func `a log as it was made differs in nothing, also after it was rewritten`() throws {
        #expect(try differences(after: "") == [])
        #expect(try differences(after: "VACUUM") == [])
    }

    @Test func `a trigger that is missing is named`() throws {
        #expect(try differences(after: "DROP TRIGGER entries_update") == ["trigger entries_update is missing"])
    }

    @Test func `a trigger that was weakened is named with both texts`() throws {
        let found = try differences(
            after: "DROP TRIGGER texts_delete; CREATE TRIGGER texts_delete BEFORE DELETE ON texts BEGIN SELECT 1; END")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("trigger texts_delete is `CREATE TRIGGER texts_delete BEFORE DELETE ON") == true)
        #expect(found.first?.contains("RAISE(ABORT, 'texts are never removed')") == true)
    }

    @Test func `what does not belong there is named`() throws {
        let found = try differences(
            after: "CREATE TABLE notes (x); CREATE INDEX i ON identities (n); CREATE VIEW v AS SELECT 1")
        #expect(found.count == 3)
        #expect(found.first == "index i does not belong here: `CREATE INDEX i ON identities (n)`")
    }

    @Test func `a table that lost its rules is named`() throws {
        let found = try differences(
            after: """
                CREATE TABLE loose (key INTEGER PRIMARY KEY, disclosure); INSERT INTO loose SELECT * FROM sealed;
                DROP TABLE sealed; ALTER TABLE loose RENAME TO sealed;
                """)
        #expect(found.count == 2)
        #expect(found.first?.hasPrefix("table sealed is `CREATE TABLE") == true)
        #expect(found.last == "trigger sealed_update is missing")
    }

    @Test func `words in quotes are compared to the letter, white space elsewhere is not`() throws {
        let sql =
            "CREATE TRIGGER texts_delete BEFORE DELETE ON texts BEGIN SELECT RAISE(ABORT, 'texts are  never removed'); END"
        #expect(try differences(after: "DROP TRIGGER texts_delete; \(sql)").count == 1)
        let spaced = sql.replacing("  ", with: " ").replacing(" BEFORE ", with: "\n\t BEFORE  ")
        #expect(try differences(after: "DROP TRIGGER texts_delete; \(spaced)") == [])
    }
}
