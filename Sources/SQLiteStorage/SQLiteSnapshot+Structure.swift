import GRDB
import GRDBSQLite
import Storage

/// How the database is built: its schema, the facts in its header, its pages.
extension SQLiteSnapshot {
    func structuralDifferences() throws(StoreError) -> [String] {
        try Structure(self).differences(from: try Structure.reference.get())
    }

    func mediumDamage() throws(StoreError) -> [String] {
        let statement = try prepare("PRAGMA integrity_check(20)")
        var found: [String] = []
        while try statement.step() { found.append(String(decoding: try statement.text(0), as: UTF8.self)) }
        return found == ["ok"] ? [] : found
    }
}

/// What of a database's build is compared.
private struct Structure: Sendable {
    /// Tables, indexes and triggers by kind and name, with the SQL that made them.
    private var objects: [String: String] = [:]
    private var facts: [(name: String, value: String)] = []

    /// The structure of what `schema` creates.
    static let reference = Result<Structure, StoreError> { () throws(StoreError) in
        let path = "a database in memory"
        return try asStoreErrors(path) {
            try DatabaseQueue().inDatabase { database in
                try database.execute(sql: SQLiteStore.schema)
                return try Structure(SQLiteSnapshot(database, path: path))
            }
        }
    }

    init(_ snapshot: SQLiteSnapshot) throws(StoreError) {
        let statement = try snapshot.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
        while try statement.step() {
            let kind = String(decoding: try statement.text(0), as: UTF8.self)
            let name = String(decoding: try statement.text(1), as: UTF8.self)
            objects["\(kind) \(name)"] = Self.normalised(try statement.text(2))
        }
        for name in ["application_id", "user_version", "encoding", "auto_vacuum"] {
            let pragma = try snapshot.prepare("PRAGMA \(name)")
            guard try pragma.step() else { throw .damaged(detail: "SQLite has no \(name)") }
            facts.append((name, String(decoding: pragma.asText(0), as: UTF8.self)))
        }
    }

    func differences(from want: Structure) -> [String] {
        var found: [String] = []
        for (object, sql) in want.objects.sorted(by: { $0.key < $1.key }) {
            switch objects[object] {
            case nil: found.append("\(object) is missing")
            case sql: break
            case let other?: found.append("\(object) is `\(other)` instead of `\(sql)`")
            }
        }
        for (object, sql) in objects.sorted(by: { $0.key < $1.key }) where want.objects[object] == nil {
            found.append("\(object) does not belong here: `\(sql)`")
        }
        for (got, want) in zip(facts, want.facts) where got.value != want.value {
            found.append("\(got.name) is \(got.value) instead of \(want.value)")
        }
        return found
    }

    /// SQL with each run of white space outside quotes made one space.
    private static func normalised(_ sql: UnsafeRawBufferPointer) -> String {
        var output: [UInt8] = []
        var quote: UInt8?
        for byte in sql {
            let isSpace = quote == nil && (byte == 0x20 || (0x09...0x0d).contains(byte))
            if isSpace {
                if output.last != 0x20 { output.append(0x20) }
                continue
            }
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            }
            output.append(byte)
        }
        return String(decoding: output, as: UTF8.self)
    }
}
