import CSQLiteShim
import GRDB
import GRDBSQLite
import Storage

/// The connections to one log: how each kind is set up.
enum Connections {
    /// Reads that can run at the same time; more wait.
    static let readerLimit = 8

    /// Pages in the WAL after which a commit moves them into the database: 8 MiB.
    ///
    /// Inserting 30,000 decisions, measured as the size of pages was, took 0.28 s of CPU with 1 MiB, 0.27 with 4, 0.27 with 8
    /// and 0.28 with 32: it hardly matters, and the WAL is what is read first after a crash.
    static let walPages = 1024

    /// Seconds that a reader waits for another process to recover or reset the WAL.
    static let readerPatience = 5.0

    /// Seconds that the writer waits for readers before it leaves the WAL as long as it is. Nothing else makes it wait.
    static let writerPatience = 1.0

    /// The one connection that writes and that runs WAL checkpoints.
    static func writer(_ path: String) throws(StoreError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "log writer"
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(writerPatience)
        // After a commit that failed even the rollback can fail. The writer is dead then, and that is said by an error.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    PRAGMA recursive_triggers = ON;
                    PRAGMA wal_autocheckpoint = \(walPages);
                    """)
        }
        return try asOpeningErrors(path) { try DatabaseQueue(path: path, configuration: configuration) }
    }

    /// Connections that read: bounded in number, and never running a WAL checkpoint.
    static func readers(_ path: String, _ mode: ReadingMode) throws(StoreError) -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "log reader"
        configuration.readonly = true
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(readerPatience)
        configuration.maximumReaderCount = readerLimit
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { database in
            because_sqlite_never_checkpoint_on_close(database.sqliteConnection)
            try database.execute(
                sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = 0")
        }
        let name =
            switch mode {
            case .shared: path
            case .immutable: immutableURI(path)
            }
        return try asOpeningErrors(path) { try DatabasePool(path: name, configuration: configuration) }
    }

    /// Throws unless the database says that it is a ledger's log of a format that this program knows.
    static func checkFormat(_ database: Database, _ folder: Folder) throws(StoreError) {
        let application = try pragma("application_id", database, folder.log)
        guard application == SQLiteStore.applicationID else {
            throw .notAStore(path: folder.path, detail: "log.sqlite is the database of another program")
        }
        let format = try pragma("user_version", database, folder.log)
        guard format <= SQLiteStore.formatVersion else {
            throw .newerFormat(found: Int(format), known: SQLiteStore.formatVersion)
        }
        guard format == SQLiteStore.formatVersion else {
            throw .damaged(detail: "the ledger says it has format \(format)")
        }
    }

    static func pragma(_ name: String, _ database: Database, _ path: String) throws(StoreError) -> Int64 {
        let statement = try Statement("PRAGMA \(name)", database, path: path)
        guard try statement.step() else { throw .damaged(detail: "SQLite has no \(name)") }
        return try statement.integer(0)
    }

    /// SQLite's URI for a file that nobody writes: it is read without WAL, index or lock.
    static func immutableURI(_ path: String) -> String {
        var uri = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return uri + "?immutable=1"
    }

    private static func asOpeningErrors<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws(StoreError) -> Result {
        try asStoreErrors(path) {
            do {
                return try body()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
                throw StoreError.notAStore(path: path, detail: "it is no SQLite database")
            }
        }
    }
}
