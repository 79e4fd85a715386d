import CSQLiteShim
import GRDB
import GRDBSQLite
import Glibc
public import Keyrings
public import Storage
import Synchronization

/// A ledger's log in one SQLite database, `log.sqlite` in the ledger's folder.
///
/// The database is in WAL mode with `synchronous=FULL`: a commit is on the disk before `append` returns. One process
/// writes, which holds `lock`; any number read meanwhile. Only the writer's connection runs WAL checkpoints.
/// Reads do not nest: a `read` within a `read` of the same store traps.
public final class SQLiteStore: Store {
    /// What a store is opened for.
    public enum Access: Sendable {
        case reading
        case writing
    }

    let folder: Folder
    let access: Access
    /// What sealed values are encrypted with; `nil` where they are not, or where they cannot be read.
    let keyring: Keyring?
    /// `nil` when the store is closed, or was opened for reading.
    let writer: Mutex<Writer?>
    /// `nil` when the store is closed.
    private let readers: Mutex<Readers?>

    private init(
        _ folder: Folder, _ access: Access, _ keyring: Keyring?, _ writer: Writer?, _ readers: Readers
    ) throws(StoreError) {
        self.folder = folder
        self.access = access
        self.keyring = try readers.usable(keyring, for: access)
        self.writer = Mutex(writer)
        self.readers = Mutex(readers)
    }

    deinit { close() }

    /// Makes a log in `folder`, which must exist and hold none, and opens it for writing.
    /// `subjectKey` has 16 to 1,024 bytes. With a key ring, sealed values are encrypted.
    public static func create(
        in folder: String, subjectKey: [UInt8], keyring: Keyring? = nil
    ) throws(StoreError) -> SQLiteStore {
        precondition(StoreLimits.subjectKeyBytes.contains(subjectKey.count), "a subject key has 16 to 1,024 bytes")
        let folder = Folder(folder)
        try folder.check()
        try folder.checkHoldsNothing()
        try folder.checkWritable()
        let lock = try folder.lock()
        try folder.checkHoldsNothing()

        // Made under another name: a process that ends on the way leaves no half of a log behind.
        let draft = folder.path + "/log.new"
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(draft + suffix) }
        let queue = try Connections.writer(draft)
        try asStoreErrors(draft) {
            try queue.inDatabase { database in
                try database.execute(sql: "PRAGMA page_size = \(pageSize); PRAGMA journal_mode = WAL")
                try database.inTransaction(.immediate) {
                    try database.execute(sql: schema)
                    let appender = Appender(database, path: draft)
                    try appender.add(secret: subjectKeyName, subjectKey)
                    if let keyring { try appender.add(secret: keyringName, keyring.id) }
                    return .commit
                }
            }
            try queue.close()
        }
        guard rename(draft, folder.log) == 0 else { throw .io(detail: "\(folder.log): \(systemMessage(errno))") }
        try folder.sync()
        // The log is there, complete and durable, and holds no entry yet.
        return try openForWriting(folder, lock, keyring)
    }

    /// Opens the log in `folder`. Nothing is created, unless it be the files that SQLite keeps beside an open database.
    ///
    /// A log whose sealed values are encrypted takes its key ring. Without, it can be read but for these.
    public static func open(
        in folder: String, for access: Access, keyring: Keyring? = nil
    ) throws(StoreError) -> SQLiteStore {
        let folder = Folder(folder)
        try folder.checkLog()
        switch access {
        case .reading:
            return try SQLiteStore(folder, .reading, keyring, nil, try Readers(folder, try folder.readingMode()))
        case .writing:
            try folder.checkWritable()
            return try openForWriting(folder, try folder.lock(), keyring)
        }
    }

    private static func openForWriting(
        _ folder: Folder, _ lock: LockFile, _ keyring: Keyring?
    ) throws(StoreError) -> SQLiteStore {
        let queue = try Connections.writer(folder.log)
        try asStoreErrors(folder.log) {
            try queue.inDatabase { database in
                // Asked first: another program's database is not to be touched.
                try Connections.checkFormat(database, folder)
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                // What a killed process left in the page cache is read like anything else but is not on the disk.
                try check(because_sqlite_sync(database.sqliteConnection), folder)
                try truncateWAL(database, folder)
                // From here on everything that can be read is durable.
            }
        }
        let writer = Writer(queue: queue, lock: lock)
        return try SQLiteStore(folder, .writing, keyring, writer, try Readers(folder, .shared))
    }

    public func read<Result>(_ body: (any StoreSnapshot) throws -> Result) throws -> Result {
        guard let readers = readers.withLock({ $0 }) else { throw StoreError.closed }
        try readers.checkUnchanged()
        let path = folder.log
        let outcome = try asStoreErrors(path) {
            try readers.pool.read { database in
                Swift.Result { try body(SQLiteSnapshot(database, path: path, keyring: keyring)) }
            }
        }
        // Whatever came of a file that changed under the read, the change is what happened.
        try readers.checkUnchanged()
        return try outcome.get()
    }

    public func sync() throws(StoreError) {
        guard let readers = readers.withLock({ $0 }) else { throw .closed }
        // A store that writes syncs each commit before anyone can read it.
        guard access == .reading else { return }
        let folder = folder
        try asStoreErrors(folder.log) {
            try readers.pool.read { try Self.check(because_sqlite_sync($0.sqliteConnection), folder) }
        }
        guard case .shared = readers.mode else { return }
        // The WAL file may be as new as its frames.
        try folder.sync()
    }

    public func close() {
        // Reads that are under way end undisturbed: the last one closes the connections.
        readers.withLock { $0 = nil }
        writer.withLock { writer in
            writer?.close(folder)
            writer = nil
        }
    }

    /// Throws unless the store is open for writing.
    func checkWriting() throws(StoreError) {
        if readers.withLock({ $0 == nil }) { throw .closed }
        guard access == .writing else { throw .openedForReading }
    }

    /// Moves everything from the WAL into the database and empties the WAL. A reader in the middle of a long
    /// transaction prevents that; the frames are durable where they are, so nothing is lost by leaving them there.
    @discardableResult
    static func truncateWAL(_ database: Database, _ folder: Folder) throws(StoreError) -> ScrubOutcome {
        let code = sqlite3_wal_checkpoint_v2(database.sqliteConnection, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        if code & 0xff == SQLITE_BUSY { return .readersInTheWay }
        try check(code, folder)
        return .clean
    }

    static func check(_ code: Int32, _ folder: Folder) throws(StoreError) {
        guard code == SQLITE_OK else {
            throw StoreError(code: code, message: String(cString: sqlite3_errstr(code)), path: folder.log)
        }
    }
}

/// The writing half of a store.
struct Writer: Sendable {
    let queue: DatabaseQueue
    let lock: LockFile
    /// Whether an append failed: SQLite's view of the file and the file may differ then, after a sync that failed for one.
    var isDead = false

    func close(_ folder: Folder) {
        try? queue.inDatabase { database in
            if isDead {
                // What is in the WAL is left to the next to open the log, who reads it from the file.
                because_sqlite_never_checkpoint_on_close(database.sqliteConnection)
            } else {
                // Everything is durable already: an error here costs the next opener some time.
                try SQLiteStore.truncateWAL(database, folder)
            }
        }
        try? queue.close()
    }
}

/// The reading half of a store.
private struct Readers: Sendable {
    let pool: DatabasePool
    let mode: ReadingMode
    private let folder: Folder

    init(_ folder: Folder, _ mode: ReadingMode) throws(StoreError) {
        self.folder = folder
        self.mode = mode
        let pool = try Connections.readers(folder.log, mode)
        try asStoreErrors(folder.log) { try pool.read { try Connections.checkFormat($0, folder) } }
        self.pool = pool
    }

    /// The key ring, where the log has one. Throws when it is another than the log's, or when the log cannot be written
    /// without, or with one.
    func usable(_ keyring: Keyring?, for access: SQLiteStore.Access) throws(StoreError) -> Keyring? {
        let path = folder.log
        let id = try asStoreErrors(path) { try pool.read { try SQLiteSnapshot($0, path: path).keyringID() } }
        switch (keyring, id, access) {
        case (nil, _?, .writing): throw .keyringNeeded
        case (let keyring?, let id?, _) where keyring.id != id:
            throw .keyring(path: keyring.path, detail: "it is that of another ledger")
        case (let keyring?, nil, .writing):
            throw .keyring(
                path: keyring.path, detail: "this ledger was made without one, and its sealed values are in clear")
        default: return id == nil ? nil : keyring
        }
    }

    /// Throws when a file that was opened as one that nobody writes was written.
    func checkUnchanged() throws(StoreError) {
        guard case .immutable(let fingerprint) = mode, try folder.fingerprint() != fingerprint else { return }
        throw .io(detail: "\(folder.log) was written while it was read from a folder that may not be; open it again")
    }
}
