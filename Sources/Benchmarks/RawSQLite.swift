import GRDBSQLite

/// What SQLite does with the same bytes, by hand: one row an entry, and every setting as a ledger has it.
final class RawSQLite {
    struct Failure: Error { let message: String }

    /// What a ledger's log is set to, and this as well.
    static let pageSize = 8192
    static let walPages = 1024

    private let handle: OpaquePointer
    private let insertion: OpaquePointer

    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
            throw Failure(message: "cannot open \(path)")
        }
        self.handle = handle
        let settings = """
            PRAGMA page_size = \(Self.pageSize); PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA recursive_triggers = ON;
            PRAGMA wal_autocheckpoint = \(Self.walPages);
            CREATE TABLE rows (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT
            """
        guard sqlite3_exec(handle, settings, nil, nil, nil) == SQLITE_OK else {
            throw Failure(message: String(cString: sqlite3_errmsg(handle)))
        }
        var statement: OpaquePointer?
        sqlite3_prepare_v2(handle, "INSERT INTO rows (bytes) VALUES (?)", -1, &statement, nil)
        guard let statement else { throw Failure(message: String(cString: sqlite3_errmsg(handle))) }
        insertion = statement
    }

    deinit {
        sqlite3_finalize(insertion)
        sqlite3_close(handle)
    }

    /// Inserts the rows, `batch` of them in a transaction. One row alone needs no BEGIN and no COMMIT.
    func insert(_ rows: [[UInt8]], batch: Int) throws {
        if batch == 1 { return try rows.forEach(insert) }
        for start in stride(from: 0, to: rows.count, by: batch) {
            try run("BEGIN IMMEDIATE")
            try rows[start..<min(start + batch, rows.count)].forEach(insert)
            try run("COMMIT")
        }
    }

    private func insert(_ row: [UInt8]) throws {
        let code = row.withUnsafeBytes { bytes in
            sqlite3_bind_blob(insertion, 1, bytes.baseAddress, Int32(bytes.count), nil)
            return sqlite3_step(insertion)
        }
        sqlite3_reset(insertion)
        guard code == SQLITE_DONE else { throw Failure(message: String(cString: sqlite3_errmsg(handle))) }
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failure(message: String(cString: sqlite3_errmsg(handle)))
        }
    }
}
