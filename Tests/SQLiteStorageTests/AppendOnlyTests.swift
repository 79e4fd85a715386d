import GRDB
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import SQLiteStorage

struct AppendOnlyTests {
    private static func filled() throws -> Scratch {
        let scratch = try Scratch()
        var batch = Samples.batch(first: 0, count: 3)
        batch.tiles = [Samples.tile(0)]
        batch.texts = [Samples.text("words")]
        let store = try scratch.create(batch)
        try store.attest(Samples.attestation(of: 3))
        store.close()
        return scratch
    }

    /// The message of the database when it refuses `sql`.
    private static func refusal(_ sql: String, _ scratch: Scratch) throws -> String? {
        let error = #expect(throws: DatabaseError.self, "\(sql)") { try scratch.execute(sql) }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        return error?.message
    }

    @Test(arguments: [
        ("entries", "bytes = x'00'"), ("entries", "n = 7"), ("identities", "n = 7"), ("tiles", "root = zeroblob(32)"),
        ("checkpoints", "root = zeroblob(32)"), ("checkpoints", "size = 9"), ("texts", "bytes = x'00'"),
        ("signatures", "key_id = 7"),
        ("timestamps", "size = 7"),
        ("secrets", "value = zeroblob(32)"), ("sealed", "disclosure = ''"), ("subjects", "n = 9"),
    ])
    func `no row is ever changed`(table: String, change: String) throws {
        let scratch = try Self.filled()
        let message = try Self.refusal("UPDATE \(table) SET \(change)", scratch)
        #expect(message?.contains("\(table == "sealed" ? "disclosures" : table) are never changed") == true)
    }

    @Test(arguments: ["entries", "identities", "tiles", "signatures", "timestamps", "texts", "secrets"])
    func `no row of an append-only table is removed`(table: String) throws {
        let scratch = try Self.filled()
        #expect(try Self.refusal("DELETE FROM \(table)", scratch) == "\(table) are never removed")
        #expect(try Self.refusal("DELETE FROM \(table) WHERE true LIMIT 1", scratch) == "\(table) are never removed")
    }

    @Test(arguments: ["tiles", "signatures", "timestamps", "texts", "secrets", "checkpoints"])
    func `replacing a row by an insert is refused as well`(table: String) throws {
        let scratch = try Self.filled()
        for verb in ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"] {
            _ = try Self.refusal("\(verb) INTO \(table) SELECT * FROM \(table)", scratch)
        }
    }

    @Test(arguments: ["entries", "identities"])
    func `replacing an entry or its id is refused on a connection like the writer's`(table: String) throws {
        let scratch = try Self.filled()
        let replace = "REPLACE INTO \(table) SELECT * FROM \(table)"
        #expect(
            try Self.refusal("PRAGMA recursive_triggers = ON; \(replace)", scratch) == "\(table) are never removed")
        let store = try scratch.open(.writing)
        let isOn = try store.writer.withLock { writer in
            try writer?.queue.inDatabase { try Bool.fetchOne($0, sql: "PRAGMA recursive_triggers") }
        }
        #expect(isOn == true)
    }

    @Test func `disclosures and subjects can be erased`() throws {
        let scratch = try Self.filled()
        try scratch.execute("DELETE FROM sealed; DELETE FROM subjects")
        let store = try scratch.open(.reading)
        #expect(try store.read { try $0.disclosures(of: 2) }.isEmpty)
        #expect(try store.read { try $0.numbers(ofSubject: Samples.subject(2)) }.isEmpty)
        #expect(try store.read { try $0.entry(2) } == Samples.bytes(2))
    }

    @Test func `a checkpoint goes only when it is not kept and a later one of its block is there`() throws {
        let scratch = try Self.filled()
        let signed = "zeroblob(32), zeroblob(64)"
        try scratch.execute(
            "INSERT INTO checkpoints VALUES (50, \(signed), 0), (100, \(signed), 1), (256, \(signed), 0), (300, \(signed), 0)"
        )
        for size in [100, 256, 300] {
            _ = try Self.refusal("DELETE FROM checkpoints WHERE size = \(size)", scratch)
        }
        _ = try Self.refusal("UPDATE checkpoints SET kept = 0 WHERE size = 100", scratch)
        try scratch.execute("DELETE FROM checkpoints WHERE size = 50")
        try scratch.execute("UPDATE checkpoints SET kept = 1 WHERE size = 256")
    }
}
