import CSQLiteShim
import GRDB
import GRDBSQLite
public import Storage
import Synchronization

extension SQLiteStore {
    /// The tables whose rows may be erased.
    private static let erasable = ["sealed", "subjects"]

    public func scrub(patience: Double) throws(StoreError) -> ScrubOutcome {
        try checkWriting()
        let folder = folder
        return try writer.withLock { (writer: inout Writer?) throws(StoreError) in
            guard let queue = writer?.queue else { throw .closed }
            guard writer?.isDead == false else { throw .writerIsDead }
            return try asStoreErrors(folder.log) {
                try queue.inDatabase { database in
                    let connection = database.sqliteConnection
                    sqlite3_busy_timeout(connection, Int32(patience * 1000))
                    defer { sqlite3_busy_timeout(connection, Int32(Connections.writerPatience * 1000)) }
                    guard try Self.truncateWAL(database, folder) == .clean else { return .readersInTheWay }
                    // Everything lies in the database file, with rows where they belong, and nobody reads an earlier moment.
                    try Self.scrubPages(database, folder)
                    return .clean
                }
            }
        }
    }

    private static func scrubPages(_ database: Database, _ folder: Folder) throws {
        // What the connection remembers of the pages would be written again with the next change of a row.
        defer { sqlite3_db_release_memory(database.sqliteConnection) }
        try database.inTransaction(.immediate) {
            var scrubber = try PageScrubber(database, path: folder.log)
            for table in erasable { try scrubber.scrub(table, database) }
            return .rollback
        }
        try check(because_sqlite_sync(database.sqliteConnection), folder)
    }

    public func endScrubbing(through number: UInt64) throws(StoreError) {
        try commit { appender throws(StoreError) in try appender.endScrubbing(through: number) }
    }
}
