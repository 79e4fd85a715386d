import Foundation
import GRDB

/// Numbers that look random and are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// One change of one row of a ledger, by somebody who may write the file.
struct Tampering {
    private static let tables: [(name: String, key: [String], columns: [String])] = [
        ("entries", ["n"], ["n", "bytes"]), ("identities", ["id"], ["id", "n"]),
        ("tiles", ["level", "number"], ["level", "number", "root", "hashes"]),
        ("checkpoints", ["size"], ["size", "root", "signature"]),
        ("signatures", ["size", "name", "key_id"], ["size", "signature"]), ("texts", ["digest"], ["digest", "bytes"]),
        ("sealed", ["key"], ["key", "disclosure"]), ("subjects", ["code", "n"], ["code", "n"]),
        ("secrets", ["name"], ["name", "value"]),
    ]

    private var random: Seeded

    init(seed: UInt64) { random = Seeded(seed) }

    /// Changes the ledger in `folder`, and says how.
    mutating func run(in folder: String) throws -> String {
        let queue = try DatabaseQueue(path: "\(folder)/log.sqlite")
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { database in
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for row in triggers { try database.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
            var what: String?
            while what == nil { what = try change(database) }
            for row in triggers { try database.execute(sql: row["sql"] as String) }
            return what ?? ""
        }
    }

    /// One attempt; `nil` where the row cannot be changed in this way, by the rules of its table.
    private mutating func change(_ database: Database) throws -> String? {
        guard let table = Self.tables.randomElement(using: &random) else { return nil }
        let rows = try Row.fetchAll(
            database, sql: "SELECT * FROM \(table.name) ORDER BY \(table.key.joined(separator: ", "))")
        guard let row = rows.randomElement(using: &random), let column = table.columns.randomElement(using: &random)
        else { return nil }
        let place = table.key.map { "\($0) = ?" }.joined(separator: " AND ")
        let key = table.key.map { row[$0] as DatabaseValue }
        let old: DatabaseValue = row[column]
        do {
            if Int.random(in: 0..<5, using: &random) == 0 {
                try database.execute(sql: "DELETE FROM \(table.name) WHERE \(place)", arguments: .init(key))
                return "a row of \(table.name) deleted: \(key)"
            }
            guard let new = changed(old) else { return nil }
            let cast = if case .string = old.storage { "CAST(? AS TEXT)" } else { "?" }
            try database.execute(
                sql: "UPDATE \(table.name) SET \(column) = \(cast) WHERE \(place)", arguments: .init([new] + key))
            return "\(table.name).\(column) of \(key) changed to \(new)"
        } catch is DatabaseError { return nil }
    }

    /// Another number, or the same bytes but for one bit.
    private mutating func changed(_ value: DatabaseValue) -> DatabaseValue? {
        switch value.storage {
        case .int64(let number):
            let steps: [Int64] = [-3, -1, 1, 2, 7, 300, 5000, 10_000_000]
            let step = steps.randomElement(using: &random) ?? 1
            return number + step < 0 ? nil : (number + step).databaseValue
        case .string(let text): return flipped(Data(text.utf8)).databaseValue
        case .blob(let data): return flipped(data).databaseValue
        case .null, .double: return nil
        }
    }

    private mutating func flipped(_ data: Data) -> Data {
        var data = data
        guard !data.isEmpty else { return Data([1]) }
        data[Int.random(in: 0..<data.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        return data
    }
}
