import Cryptography
import Decisions
import Foundation
import GRDB
import Glibc
public import Ledgers
import Storage

/// The index of a ledger: a file derived from the log, which any process brings up to date and anybody may delete.
///
/// It answers where to look, never what is true: whatever it finds is read from the log and proven again.
public final class LedgerIndex: Sendable {
    public let path: String
    let ledger: Ledger
    private let connections: IndexConnections

    /// The index at `path`, which need not be there yet.
    public init(at path: String, of ledger: Ledger) {
        self.path = path
        self.ledger = ledger
        connections = ledger.companions.value(path) { IndexConnections(path) }
    }

    /// How far the index reaches.
    public enum State: Sendable, Equatable {
        /// It holds every entry.
        case current
        /// It was made again, and why.
        case rebuilt(reason: String)
        /// It holds the entries below `size`, and why not more.
        case behind(size: UInt64, reason: String)
    }

    /// Entries that are read and derived in one go.
    private static let chunkSize: UInt64 = 1024

    /// Entries that are added in one transaction, a part of a full-text table. What one changes is to stay in memory until it
    /// is committed, so that others can read meanwhile, and whoever is killed leaves nothing to be undone.
    private static let transactionSize = IndexSchema.textSegmentSize / 8

    /// Brings the index up to date: adds what is missing, or makes it again where it is damaged or of another ledger.
    ///
    /// Without permission to write it says how far the index reaches, and who asks reads the rest from the log.
    public func update(progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil) throws -> State {
        guard let lock = IndexLock(path: path + ".lock") else {
            return .behind(
                size: try readableSize() ?? 0,
                reason: "the index may not be written: \(String(cString: strerror(errno)))")
        }
        defer { lock.release() }
        do { return try updateLocked(progress) } catch let error as DatabaseError {
            // Whatever is wrong, it is not with the log: that gives errors of its own.
            let reason = "the index may not be written: \(error.detail)"
            return .behind(size: (try? readableSize()) ?? 0, reason: reason)
        } catch let error as CannotRemove {
            return .behind(size: 0, reason: "the index is of no use and may not be removed: \(error.reason)")
        }
    }

    private func updateLocked(_ progress: (@Sendable (UInt64, UInt64) -> Void)?) throws -> State {
        var reason: String?
        if access(path, F_OK) == 0 {
            // Whatever is wrong is found out below.
            if (try? isCurrent()) == true { return .current }
            do {
                try catchUp(progress)
                return .current
            } catch let error as Unusable { reason = error.reason } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY
            {
                // A verification reads the index in one go, and that of a large one takes longer than anybody waits.
                return .behind(size: try readableSize() ?? 0, reason: "another process is reading the index")
            } catch let error as DatabaseError
                where error.isDamage
            {
                reason = "it was damaged: \(error.detail)"
            }
        }
        try removeFiles()
        try create()
        try catchUp(progress)
        return reason.map { .rebuilt(reason: $0) } ?? .current
    }

    /// Deletes the index and makes it again.
    public func rebuild(progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil) throws {
        guard let lock = IndexLock(path: path + ".lock") else {
            throw StoreError.readOnly(path: path, detail: String(cString: strerror(errno)))
        }
        defer { lock.release() }
        do { try removeFiles() } catch { throw StoreError.readOnly(path: path, detail: error.reason) }
        try create()
        try catchUp(progress)
    }

    /// Why an index is made again.
    struct Unusable: Error { let reason: String }

    /// Why the file of an index cannot be removed.
    private struct CannotRemove: Error { let reason: String }

    private func removeFiles() throws(CannotRemove) {
        for suffix in ["", "-journal"] where unlink(path + suffix) != 0 && errno != ENOENT {
            throw CannotRemove(reason: String(cString: strerror(errno)))
        }
    }

    /// Made under another name, so that nobody who looks meanwhile finds an empty file.
    private func create() throws {
        let draft = path + ".new"
        for suffix in ["", "-journal"] { unlink(draft + suffix) }
        let queue = try DatabaseQueue(path: draft, configuration: Self.writing())
        try queue.write { database in
            try database.execute(sql: "PRAGMA application_id = \(IndexSchema.applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(IndexSchema.version)")
            try IndexTables(database: database).create()
        }
        try queue.close()
        guard rename(draft, path) == 0 else {
            throw DatabaseError(resultCode: .SQLITE_IOERR, message: String(cString: strerror(errno)))
        }
    }

    private func catchUp(_ progress: (@Sendable (UInt64, UInt64) -> Void)?) throws {
        let queue = try DatabaseQueue(path: path, configuration: Self.writing())
        defer { try? queue.close() }
        var size = try queue.read { try self.usableSize($0) }
        // The moment of the log is taken under the lock of the index, so nothing that was erased before comes back.
        while case let total = try ledger.read({ $0.size }), size < total {
            let next = min((size / Self.transactionSize + 1) * Self.transactionSize, total)
            try queue.write { try self.add(size..<next, $0) { progress?($0, total) } }
            size = next
        }
        progress?(size, size)
    }

    /// Derives entries on all cores, and adds them on this one.
    private func add(_ range: Range<UInt64>, _ database: Database, _ progress: (UInt64) -> Void) throws {
        try IndexTables(database: database).createTextTable(range.lowerBound)
        var writer = try IndexWriter(database, textTableOf: range.lowerBound)
        var erased: Set<UInt64> = []
        try derive(range) { entry in
            try writer.insert(entry)
            if let number = entry.erasedEntry, number < range.lowerBound {
                erased.insert(number / IndexSchema.textSegmentSize * IndexSchema.textSegmentSize)
            }
        } progress: {
            progress($0)
        }
        try writer.runs.store(database)
        // Words of values that are gone from the log by now were added before: nobody who reads on finds them again.
        if try ledger.read({ try $0.indexedPart == .whole }) {
            for first in erased.sorted() { try rebuildText(first, below: range.upperBound, database) }
        }
        let (first, last) = try ledger.read { (try $0.leaf(0), try $0.leaf(range.upperBound - 1)) }
        guard let first, let last else { throw LedgerError.noSuchEntry(range.upperBound - 1) }
        try database.execute(
            sql: "INSERT OR REPLACE INTO state VALUES (0, ?, ?, ?)",
            arguments: [Int64(range.upperBound), first.data, last.data])
    }

    /// Derives entries on all cores, and hands them over in their order.
    private func derive(
        _ range: Range<UInt64>, take: (IndexedEntry) throws -> Void, progress: (UInt64) -> Void = { _ in }
    ) throws {
        try ledger.readAhead(range, of: Self.chunkSize) { view, chunk in
            var entries: [IndexedEntry] = []
            try view.indexedEntries(chunk, view.indexedPart) { entries.append($0) }
            return (chunk.upperBound, entries)
        } take: { end, entries in
            for entry in entries { try take(entry) }
            progress(end)
        }
    }

    /// Makes the full-text table that begins with entry `first` again, as far as the log goes by now.
    ///
    /// FTS5 keeps the words of a deleted row in its segments. A table that is dropped leaves its pages, all of them, and
    /// `secure_delete` clears pages that are left.
    private func rebuildText(_ first: UInt64, below end: UInt64, _ database: Database) throws {
        try database.execute(sql: "DROP TABLE \(IndexSchema.textTable(first))")
        try IndexTables(database: database).createTextTable(first)
        let text = try TextInsert(database, textTableOf: first)
        try derive(first..<min(first + IndexSchema.textSegmentSize, end)) { try text.insert($0) }
    }

    /// Makes the index hold nothing of what entries up to `number` erased; says why it may, where that cannot be done now.
    public func scrub(through number: UInt64) throws -> String? {
        // Where there is none, there is nothing in it.
        guard access(path, F_OK) == 0 || access(path + "-journal", F_OK) == 0 else { return nil }
        switch try update() {
        case .current, .rebuilt: return nil
        case .behind(let size, let reason): return size > number ? nil : reason
        }
    }

    /// Whether the index is one of this ledger and holds every entry.
    private func isCurrent() throws -> Bool {
        try connections.read(check: Self.checkTables) { database in
            guard let (size, total) = try self.reach(database) else { return false }
            return size == total
        }
    }

    /// The number of entries that the index holds, if it is an index of this ledger's history.
    func usableSize(_ database: Database) throws -> UInt64 {
        try Self.checkTables(database)
        return try reach(database)?.size ?? 0
    }

    private static func checkTables(_ database: Database) throws {
        guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == IndexSchema.applicationID else {
            throw Unusable(reason: "the file was not an index")
        }
        guard try Int32.fetchOne(database, sql: "PRAGMA user_version") == IndexSchema.version else {
            throw Unusable(reason: "it was of another version")
        }
        guard try IndexSchema.objects(database, isFixed: true) == IndexSchema.fixedObjects.get() else {
            throw Unusable(reason: "its tables are not those of an index")
        }
    }

    /// The number of entries that the index holds, and that of all; `nil` where it holds none yet.
    private func reach(_ database: Database) throws -> (size: UInt64, total: UInt64)? {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT size, first, last FROM state"))
        else { return nil }
        // A file can hold anything, whatever its schema says.
        guard let size = Int64.fromDatabaseValue(row[0]), size > 0, let first = Data.fromDatabaseValue(row[1]),
            let last = Data.fromDatabaseValue(row[2])
        else {
            throw Unusable(reason: "it does not say how far it reaches")
        }
        let (holds, total) = try ledger.read { view in
            guard UInt64(size) <= view.size else { return (false, view.size) }
            return (try view.leaf(0)?.data == first && view.leaf(UInt64(size) - 1)?.data == last, view.size)
        }
        guard holds else { throw Unusable(reason: "it was of another history") }
        return (UInt64(size), total)
    }

    /// The number of entries that the index holds; `nil` where it cannot be used.
    public func readableSize() throws -> UInt64? {
        guard access(path, R_OK) == 0 else { return nil }
        do { return try readOnly { try self.usableSize($0) } } catch is Unusable { return nil } catch let error
            as DatabaseError
            where error.isDamage
        { return nil }
    }

    /// A reader holds the file for moments only.
    private static func writing() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        // 16 MiB, where a transaction of usual entries changes 6. What is dropped is cleared, whoever built SQLite.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -16384; PRAGMA secure_delete = ON") }
        return configuration
    }

    /// Calls `body` within one moment of the index, with a connection that cannot write.
    func readOnly<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do { return try connections.read(body) } catch let error as RowDecodingError {
            throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "a value of another type: \(error)")
        }
    }
}

extension DatabaseError {
    /// SQLite's own words, or its code where it has none.
    var detail: String { message ?? "\(resultCode)" }

    /// Whether the file, not the request, is at fault.
    var isDamage: Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH].contains(resultCode)
    }
}
