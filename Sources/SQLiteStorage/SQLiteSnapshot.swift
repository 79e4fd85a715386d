import Cryptography
import GRDB
import Keyrings
import Storage

/// One read transaction on the log.
struct SQLiteSnapshot: StoreSnapshot {
    let database: Database
    let path: String
    /// What encrypted values are read with.
    let keyring: Keyring?

    init(_ database: Database, path: String, keyring: Keyring? = nil) {
        self.database = database
        self.path = path
        self.keyring = keyring
    }

    func prepare(_ sql: String) throws(StoreError) -> Statement { try Statement(sql, database, path: path) }

    // MARK: Entries and ids

    func size() throws(StoreError) -> UInt64 {
        let statement = try prepare(
            "SELECT (SELECT min(n) FROM entries) AS least, (SELECT max(n) FROM entries) AS greatest")
        guard try statement.step(), !statement.isNull(1) else { return 0 }
        _ = try statement.number(0)
        let greatest = try statement.number(1)
        guard greatest < StoreLimits.entryCount else { throw statement.malformed(1, "is \(greatest)") }
        return greatest + 1
    }

    func entry(_ number: UInt64) throws(StoreError) -> [UInt8]? {
        guard let key = Int64(exactly: number) else { return nil }
        let statement = try prepare("SELECT bytes FROM entries WHERE n = ?")
        statement.bind(1, key)
        return try statement.step() ? Array(try entryBytes(statement, 0)) : nil
    }

    func entries(_ range: Range<UInt64>, _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void) throws {
        guard let (first, last) = Self.rows(range) else { return }
        let statement = try prepare("SELECT n, bytes FROM entries WHERE n BETWEEN ? AND ? ORDER BY n")
        statement.bind(1, first)
        statement.bind(2, last)
        while try statement.step() {
            let number = try statement.number(0)
            try body(number, try entryBytes(statement, 1))
        }
    }

    private func entryBytes(
        _ statement: borrowing Statement, _ column: Int32
    ) throws(StoreError) -> UnsafeRawBufferPointer {
        let bytes = try statement.blob(column)
        guard StoreLimits.entryBytes.contains(bytes.count) else {
            throw statement.malformed(column, "has \(bytes.count) bytes")
        }
        return bytes
    }

    func number(ofID id: String) throws(StoreError) -> UInt64? {
        let statement = try prepare("SELECT n FROM identities WHERE id = ?")
        var id = id
        // Bound and stepped while the text stays where it is.
        let code = id.withUTF8 { bytes in
            statement.bindBorrowedText(1, UnsafeRawBufferPointer(bytes))
            return statement.stepCode()
        }
        return try statement.isRow(code) ? try statement.number(0) : nil
    }

    func identities(prefix: String, limit: Int) throws(StoreError) -> [StoredIdentity] {
        guard limit > 0 else { return [] }
        // No UTF-8 holds the byte 0xff, so the ids with the prefix are those from it up to it with that byte behind.
        let first = Array(prefix.utf8)
        let bound = first + [0xff]
        let statement = try prepare("SELECT id, n FROM identities WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
        statement.bind(3, Int64(limit))
        var found: [StoredIdentity] = []
        // The rows are taken while both bounds stay where they are.
        let outcome: Result<Void, StoreError> = first.withUnsafeBytes { first in
            bound.withUnsafeBytes { bound in
                statement.bindBorrowedText(1, first)
                statement.bindBorrowedText(2, bound)
                return Result { () throws(StoreError) in
                    while try statement.step() { found.append(try identity(statement)) }
                }
            }
        }
        try outcome.get()
        return found
    }

    func identities(_ body: (StoredIdentity) throws -> Void) throws {
        let statement = try prepare("SELECT id, n FROM identities ORDER BY id")
        while try statement.step() { try body(try identity(statement)) }
    }

    func identityBytes(_ body: (UnsafeRawBufferPointer, UInt64) throws -> Void) throws {
        let statement = try prepare("SELECT id, n FROM identities ORDER BY id")
        let isUTF8 = try self.isUTF8()
        while try statement.step() { try body(try statement.text(0, isUTF8: isUTF8), try statement.number(1)) }
    }

    /// Whether texts are stored as UTF-8. In a file that somebody else made they need not be.
    func isUTF8() throws(StoreError) -> Bool {
        let statement = try prepare("PRAGMA encoding")
        guard try statement.step() else { return false }
        return try statement.string(0) == "UTF-8"
    }

    private func identity(_ statement: borrowing Statement) throws(StoreError) -> StoredIdentity {
        StoredIdentity(id: try statement.string(0), number: try statement.number(1))
    }

    /// The first and last row of `range`, or `nil` where no row can be. A range from 0 reaches down to the negative
    /// numbers, which only an edited file has, so that they are met and refused instead of passed over.
    static func rows(_ range: Range<UInt64>, times factor: UInt64 = 1) -> (first: Int64, last: Int64)? {
        let limit = UInt64(Int64.max) / factor
        guard !range.isEmpty, range.lowerBound <= limit else { return nil }
        let first = range.lowerBound == 0 ? Int64.min : Int64(range.lowerBound * factor)
        let last = min(range.upperBound - 1, limit)
        return (first, Int64(last * factor + (factor - 1)))
    }
}
