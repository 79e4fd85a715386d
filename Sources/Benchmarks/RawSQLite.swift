import Because
import GRDBSQLite

/// What SQLite does with the same bytes, by hand: one row an entry, the same page size, WAL and FULL.
final class RawSQLite {
    struct Failure: Error { let message: String }

    private let handle: OpaquePointer

    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
            throw Failure(message: "cannot open \(path)")
        }
        self.handle = handle
        try run("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try run("CREATE TABLE rows (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
    }

    deinit { sqlite3_close(handle) }

    func insert(_ rows: [[UInt8]], batch: Int) throws {
        var statement: OpaquePointer?
        sqlite3_prepare_v2(handle, "INSERT INTO rows (bytes) VALUES (?)", -1, &statement, nil)
        defer { sqlite3_finalize(statement) }
        for start in stride(from: 0, to: rows.count, by: batch) {
            try run("BEGIN IMMEDIATE")
            for row in rows[start..<min(start + batch, rows.count)] {
                row.withUnsafeBytes { _ = sqlite3_bind_blob(statement, 1, $0.baseAddress, Int32($0.count), nil) }
                guard sqlite3_step(statement) == SQLITE_DONE else { throw Failure(message: "cannot insert") }
                sqlite3_reset(statement)
            }
            try run("COMMIT")
        }
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failure(message: String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// Reads the entries of a ledger and hashes each: what any verification must do at least. On one thread.
    static func readAndHash(_ path: String, _ range: Range<Int64>) throws -> Int {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
            throw Failure(message: "cannot open \(path)")
        }
        defer { sqlite3_close(handle) }
        var statement: OpaquePointer?
        sqlite3_prepare_v2(handle, "SELECT bytes FROM entries WHERE n >= ? AND n < ?", -1, &statement, nil)
        defer { sqlite3_finalize(statement) }
        sqlite3_bind_int64(statement, 1, range.lowerBound)
        sqlite3_bind_int64(statement, 2, range.upperBound)
        var count = 0
        while sqlite3_step(statement) == SQLITE_ROW {
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, 0), count: Int(sqlite3_column_bytes(statement, 0)))
            _ = MerkleTree.leafHash(bytes)
            count += 1
        }
        return count
    }
}
