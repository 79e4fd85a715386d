import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

/// A copy of one ledger on disk, which a test changes behind its back and then verifies.
///
/// It has 560 entries: the ledger's own, a specification, and decisions 0 to 557 as entries 2 to 559. Two tiles are full. The
/// checkpoints that were kept are those of 252, 502 and 560 entries. The index holds every entry.
struct TamperedLedger {
    let folder: Scratch

    static let size: UInt64 = 560
    static let checkpointSizes: [UInt64] = [252, 502, 560]

    private static let original = Task {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: folder)
        try await SampleLedger.fill(ledger, 0..<Int(size) - 2)
        _ = try ledger.index.update()
        await ledger.close()
        return folder
    }

    init() async throws { folder = try await Self.original.value.copy() }

    /// Changes the log as somebody would who has the file and knows how it is protected: the rules that keep rows as they are go
    /// before and come back afterwards.
    func edit(_ change: (Database) throws -> Void) throws {
        try database("log.sqlite") { database in
            let rows = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            let triggers: [(name: String, sql: String)] = rows.map { ($0["name"], $0["sql"]) }
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger.name)") }
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try change(database)
            for trigger in triggers { try database.execute(sql: trigger.sql) }
        }
    }

    func edit(_ sql: String) throws { try edit { try $0.execute(sql: sql) } }

    func database<Result>(_ name: String, _ body: (Database) throws -> Result) throws -> Result {
        let queue = try DatabaseQueue(path: folder.path + "/" + name)
        defer { try? queue.close() }
        return try queue.inDatabase(body)
    }

    func verify(key: VerifierKey? = nil) async throws -> VerificationReport {
        try await Verification(folder: folder.path, key: key).run()
    }

    /// The bytes of entry `number`.
    func entry(_ number: UInt64) throws -> [UInt8] {
        try database("log.sqlite") { database in
            let data = try Data.fetchOne(
                database, sql: "SELECT bytes FROM entries WHERE n = ?", arguments: [Int64(number)])
            return Array(try #require(data))
        }
    }

    func put(_ bytes: [UInt8], at number: UInt64) throws {
        try edit {
            try $0.execute(
                sql: "UPDATE entries SET bytes = ? WHERE n = ?", arguments: [Data(bytes), Int64(number)])
        }
    }
}
