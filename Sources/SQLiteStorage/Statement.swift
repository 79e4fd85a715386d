import Cryptography
import GRDB
import GRDBSQLite
import Glibc
import Storage

/// One use of a prepared statement: bound, stepped, and reset when it goes out of scope, so that no read transaction
/// outlives the read. Values are checked as they are taken: a file can hold anything, whatever its schema says.
struct Statement: ~Copyable {
    private let owner: GRDB.Statement
    private let handle: OpaquePointer
    private let path: String

    /// The statement of `sql`, compiled once for each connection.
    init(_ sql: String, _ database: Database, path: String) throws(StoreError) {
        owner = try asStoreErrors(path) {
            let cached = try database.cachedStatement(sql: sql)
            // The caller may ask the same thing again from within the loop over the first answer.
            return sqlite3_stmt_busy(cached.sqliteStatement) == 0 ? cached : try database.makeStatement(sql: sql)
        }
        handle = owner.sqliteStatement
        self.path = path
    }

    deinit {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }

    /// Binds `value`, which the caller has made sure fits 63 bits.
    func bind(_ index: Int32, _ value: UInt64) { sqlite3_bind_int64(handle, index, Int64(value)) }

    /// Binds a blob without copying it: `bytes` must stay where they are until the statement has been stepped for the
    /// last time with them.
    func bindBorrowed(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
        // A null pointer would bind NULL.
        if bytes.isEmpty {
            sqlite3_bind_zeroblob(handle, index, 0)
        } else {
            sqlite3_bind_blob64(handle, index, bytes.baseAddress, sqlite3_uint64(bytes.count), nil)
        }
    }

    /// Binds a text without copying it, under the same condition.
    func bindBorrowedText(_ index: Int32, _ bytes: UnsafeRawBufferPointer) {
        let start = bytes.isEmpty ? Self.emptyText : bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text64(handle, index, start, sqlite3_uint64(bytes.count), nil, UInt8(SQLITE_UTF8))
    }

    /// Goes to the next row; `false` after the last.
    func step() throws(StoreError) -> Bool {
        try isRow(stepCode())
    }

    /// Whether a step that gave `code` arrived at a row.
    func isRow(_ code: Int32) throws(StoreError) -> Bool {
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw error(code)
        }
    }

    func stepCode() -> Int32 { sqlite3_step(handle) }

    /// Makes the statement ready for other values.
    func reset() { sqlite3_reset(handle) }

    func error(_ code: Int32) -> StoreError {
        StoreError(code: code, message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))), path: path)
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// The value of `column`, which must be an integer from 0.
    func number(_ column: Int32) throws(StoreError) -> UInt64 {
        let value = try integer(column)
        guard let number = UInt64(exactly: value) else { throw malformed(column, "is \(value)") }
        return number
    }

    func integer(_ column: Int32) throws(StoreError) -> Int64 {
        guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { throw malformed(column, "is no integer") }
        return sqlite3_column_int64(handle, column)
    }

    /// The blob in `column`, valid until the next step.
    func blob(_ column: Int32) throws(StoreError) -> UnsafeRawBufferPointer {
        guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { throw malformed(column, "is no blob") }
        return buffer(sqlite3_column_blob(handle, column), column)
    }

    /// The UTF-8 in `column`, unchecked, valid until the next step.
    func text(_ column: Int32) throws(StoreError) -> UnsafeRawBufferPointer {
        guard sqlite3_column_type(handle, column) == SQLITE_TEXT else { throw malformed(column, "is no text") }
        return buffer(sqlite3_column_text(handle, column), column)
    }

    /// The UTF-8 in `column`, unchecked, valid until the next step, where the database `isUTF8`: SQLite then hands it out as
    /// it is stored. As a text it would be copied first, to have a zero behind it.
    func text(_ column: Int32, isUTF8: Bool) throws(StoreError) -> UnsafeRawBufferPointer {
        guard isUTF8, sqlite3_column_type(handle, column) == SQLITE_TEXT else { return try text(column) }
        return buffer(sqlite3_column_blob(handle, column), column)
    }

    /// The value in `column` as SQLite writes it, valid until the next step.
    func asText(_ column: Int32) -> UnsafeRawBufferPointer { buffer(sqlite3_column_text(handle, column), column) }

    func string(_ column: Int32) throws(StoreError) -> String {
        guard let string = String(validating: try text(column), as: UTF8.self) else {
            throw malformed(column, "is not UTF-8")
        }
        return string
    }

    func digest(_ column: Int32) throws(StoreError) -> Digest {
        let bytes = try blob(column)
        guard let digest = Digest(bytes) else { throw malformed(column, "has \(bytes.count) bytes") }
        return digest
    }

    /// The blob in `column`, which must have `count` bytes.
    func bytes(_ column: Int32, count: Int) throws(StoreError) -> [UInt8] {
        let bytes = try blob(column)
        guard bytes.count == count else { throw malformed(column, "has \(bytes.count) bytes") }
        return Array(bytes)
    }

    /// The error of a row whose value in `column` cannot be.
    func malformed(_ column: Int32, _ fact: String) -> StoreError {
        let name = sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "\(column)"
        let sql = sqlite3_sql(handle).map { String(cString: $0) } ?? ""
        return .damaged(detail: "in a row of `\(sql)`, \(name) \(fact)")
    }

    private func buffer(_ start: UnsafeRawPointer?, _ column: Int32) -> UnsafeRawBufferPointer {
        // The length is asked after the pointer: asking for the pointer may convert the value.
        UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    /// What an empty text is bound to, since a null pointer would bind NULL. Immutable, and never freed.
    nonisolated(unsafe) private static let emptyText: UnsafePointer<CChar>? = UnsafePointer(strdup(""))
}
