import GRDB
import Glibc

/// The file of a spool and the folder that it lies in.
struct SpoolFile {
    /// "becs": this database is a spool.
    static let applicationID: Int64 = 0x6265_6373
    static let formatVersion: Int64 = 1

    /// `size` is kept by triggers: to sum up all rows for each that is added would take longer the fuller the spool is.
    private static let schema = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(formatVersion);
        CREATE TABLE records (
            place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, producer TEXT, epoch TEXT, seq INTEGER,
            line BLOB NOT NULL
        ) STRICT;
        CREATE INDEX records_id ON records (id);
        CREATE TABLE refused (
            place INTEGER PRIMARY KEY, id TEXT NOT NULL, line BLOB NOT NULL, reason TEXT NOT NULL
        ) STRICT;
        CREATE TABLE owed (
            producer TEXT NOT NULL, epoch TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        CREATE TABLE runs (producer TEXT PRIMARY KEY, epoch TEXT NOT NULL, count INTEGER NOT NULL) STRICT;
        CREATE TABLE size (only INTEGER PRIMARY KEY CHECK (only = 0), rows INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
        INSERT INTO size VALUES (0, 0, 0);
        CREATE TRIGGER records_insert AFTER INSERT ON records
        BEGIN UPDATE size SET rows = rows + 1, bytes = bytes + length(NEW.line); END;
        CREATE TRIGGER records_delete AFTER DELETE ON records
        BEGIN UPDATE size SET rows = rows - 1, bytes = bytes - length(OLD.line); END;
        """

    /// The tables that every spool has.
    private static let tables = Result {
        try DatabaseQueue().inDatabase { database in
            try database.execute(sql: schema)
            return try tables(database)
        }
    }

    private static func tables(_ database: Database) throws -> [String] {
        try String.fetchAll(
            database, sql: "SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
    }

    let path: String

    /// Makes the folder and an empty file where they are not there yet, and refuses what others may read.
    init(folder: String) throws(SpoolError) {
        // A relative path that begins with "file:" would be a URI for SQLite.
        let folder = folder.hasPrefix("/") ? folder : "./" + folder
        path = folder + "/spool.sqlite"
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw .folder(path: folder, detail: String(cString: strerror(errno)))
        }
        try Self.checkMode(folder, S_IFDIR)
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .folder(path: folder, detail: String(cString: strerror(errno))) }
        Glibc.close(descriptor)
        try Self.checkMode(path, S_IFREG)
        let parent = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { return }
        fsync(parent)
        Glibc.close(parent)
    }

    private static func checkMode(_ path: String, _ kind: mode_t) throws(SpoolError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .folder(path: path, detail: String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == kind else { throw .notASpool(path: path) }
        guard status.st_mode & 0o077 == 0 else { throw .openToOthers(path: path) }
    }

    /// Opens the file, which no other producer has open, and makes its tables where it is empty.
    func open() async throws(SpoolError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "spool"
        configuration.busyMode = .immediateError
        configuration.prepareDatabase { database in
            // The lock is held for as long as the database is open.
            try database.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    """)
        }
        let path = path
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try await queue.writeWithoutTransaction { try Self.prepare($0, path) }
            return queue
        } catch let error as SpoolError { throw error } catch let error as DatabaseError {
            throw SpoolError(error, path: path)
        } catch { throw .io(path: path, detail: "\(error)") }
    }

    private static func prepare(_ database: Database, _ path: String) throws {
        func number(_ sql: String) throws -> Int64 { try Int64.fetchOne(database, sql: sql) ?? 0 }
        // Asked first: another program's database is not to be touched.
        let application = try number("PRAGMA application_id")
        let isEmpty = try number("SELECT count(*) FROM sqlite_schema") == 0
        if application == 0, isEmpty {
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.inTransaction(.exclusive) {
                try database.execute(sql: schema)
                return .commit
            }
            return
        }
        guard application == applicationID else { throw SpoolError.notASpool(path: path) }
        let format = try number("PRAGMA user_version")
        guard format == formatVersion else {
            throw format > formatVersion
                ? SpoolError.newerFormat(path: path, found: Int(format), known: Int(formatVersion))
                : SpoolError.damaged(path: path, detail: "it says that it has format \(format)")
        }
        guard try tables(database) == tables.get() else {
            throw SpoolError.damaged(path: path, detail: "its tables are not those of a spool")
        }
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        if let damage = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), damage != "ok" {
            throw SpoolError.damaged(path: path, detail: damage)
        }
        // What a killed process left in the page cache is read like anything else but is not on the disk.
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
}
