import CSQLiteShim
import GRDB
import GRDBSQLite
import Storage

/// Overwrites, in the pages of a table, whatever no row uses.
///
/// `secure_delete` clears a row where it lies. But where SQLite joins or divides pages rows move, and a page that is made anew
/// (`rebuildPage` in 3.40) keeps what lay in the part that is now free: copies of rows that are erased later and lead nowhere.
/// VACUUM would be rid of them as well, with twice the disk, copies outside the ledger's folder, and time for every row there is.
///
/// It goes past the cache and the WAL, so the WAL must be empty and the caller hold the lock to write: then nobody but SQLite's
/// readers touches the file, and what no row uses means nothing to them. However much is written, the table is the same.
struct PageScrubber {
    private let connection: OpaquePointer?
    private let path: String
    private let pageSize: Int
    private let usableSize: Int
    private let pageCount: UInt32
    /// Pages left until there must have been a circle.
    private var budget: UInt32

    init(_ database: Database, path: String) throws(StoreError) {
        connection = database.sqliteConnection
        self.path = path
        pageSize = Int(try Connections.pragma("page_size", database, path))
        guard let pages = UInt32(exactly: try Connections.pragma("page_count", database, path)) else {
            throw .damaged(detail: "the database has no number of pages")
        }
        pageCount = pages
        budget = pages
        // Byte 20 of the header: how many bytes at the end of a page are reserved.
        var reserved: UInt8 = 0
        let code = because_sqlite_read_file(connection, &reserved, 1, 20)
        usableSize = pageSize - Int(reserved)
        try check(code)
    }

    /// Clears the pages of the table of this name.
    mutating func scrub(_ table: String, _ database: Database) throws(StoreError) {
        let statement = try Statement(
            "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = '\(table)'", database, path: path)
        guard try statement.step(), let root = UInt32(exactly: try statement.number(0)) else {
            throw .damaged(detail: "there is no table \(table)")
        }
        var pages = [root]
        while let number = pages.popLast() {
            let bytes = try read(number)
            guard number > 1, let page = BTreePage(bytes, usableSize: usableSize) else {
                throw .damaged(detail: "page \(number) is none of the table \(table)")
            }
            for range in page.unused { try clear(range, of: number, bytes) }
            for overflow in page.overflows { try scrub(chain: overflow.first, overflow.byteCount) }
            pages += page.children
        }
    }

    /// Clears what lies behind the end of a row on the last of its pages.
    private mutating func scrub(chain first: UInt32, _ byteCount: Int) throws(StoreError) {
        var (number, rest) = (first, byteCount)
        while rest > 0 {
            let bytes = try read(number)
            // The number of the next page comes first.
            if rest < usableSize - 4 { try clear(4 + rest..<usableSize, of: number, bytes) }
            rest -= usableSize - 4
            number = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    private mutating func read(_ number: UInt32) throws(StoreError) -> [UInt8] {
        guard number >= 1, number <= pageCount, budget > 0 else {
            throw .damaged(detail: "a page leads to page \(number) of \(pageCount)")
        }
        budget -= 1
        var bytes = [UInt8](repeating: 0, count: pageSize)
        try check(because_sqlite_read_file(connection, &bytes, Int32(pageSize), offset(number)))
        return bytes
    }

    private func clear(_ range: Range<Int>, of number: UInt32, _ bytes: [UInt8]) throws(StoreError) {
        guard bytes[range].contains(where: { $0 != 0 }) else { return }
        try check(because_sqlite_clear_file(connection, Int32(range.count), offset(number) + Int64(range.lowerBound)))
    }

    private func offset(_ number: UInt32) -> Int64 { (Int64(number) - 1) * Int64(pageSize) }

    private func check(_ code: Int32) throws(StoreError) {
        guard code == SQLITE_OK else {
            throw StoreError(code: code, message: String(cString: sqlite3_errstr(code)), path: path)
        }
    }
}
