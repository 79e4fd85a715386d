import Because
import Foundation
import GRDB

/// Databases as text: what was put in, a line a row, so that people can read it and change it.
enum SQLText {
    private static let tables = [
        ("secrets", "name"), ("entries", "n"), ("identities", "id"), ("tiles", "level, number"),
        ("checkpoints", "size"),
        ("signatures", "size, name"), ("texts", "digest"), ("sealed", "key"), ("subjects", "code, n"),
        ("scrubbing", "n"),
    ]

    /// The rows of the ledger in `folder`, as statements.
    static func dump(_ folder: String) throws -> String {
        let queue = try DatabaseQueue(path: "\(folder)/log.sqlite")
        return try queue.read { database in
            var text = ""
            for (table, order) in tables {
                for row in try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY \(order)") {
                    let values = row.databaseValues.map(value).joined(separator: ", ")
                    text += "INSERT INTO \(table) VALUES (\(values));\n"
                }
            }
            return text
        }
    }

    private static func value(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "NULL"
        case .int64(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): "'\(text.replacing("'", with: "''"))'"
        case .blob(let data): blob(Array(data))
        }
    }

    /// Bytes as text where they are one, and in hexadecimal otherwise.
    static func blob(_ bytes: [UInt8]) -> String {
        guard let text = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else {
            return "x'\(bytes.hex)'"
        }
        return "CAST('\(text.replacing("'", with: "''"))' AS BLOB)"
    }

    /// Makes the database of a vector. A lie is told behind the back of the triggers, which are there again afterwards.
    static func build(_ rows: String, lie: String, in folder: String) throws {
        let queue = try DatabaseQueue(path: "\(folder)/log.sqlite")
        let schema = try String(
            contentsOf: Project.root.appending(path: "schema/ledger.sql"), encoding: .utf8)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: schema)
            try database.execute(sql: "BEGIN; \(rows) COMMIT;")
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for row in triggers { try database.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
            try database.execute(sql: lie)
            for row in triggers { try database.execute(sql: row["sql"] as String) }
        }
        try queue.close()
    }
}
