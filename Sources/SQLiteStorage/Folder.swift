import Glibc
import Storage

/// The folder of a ledger, as far as the log needs it.
struct Folder: Sendable {
    let path: String

    init(_ path: String) {
        // A relative path that begins with "file:" would be a URI for SQLite.
        self.path = path.hasPrefix("/") ? path : "./" + path
    }

    var log: String { path + "/log.sqlite" }

    func lock() throws(StoreError) -> LockFile { try LockFile(in: path) }

    /// Throws unless the folder is there.
    func check() throws(StoreError) {
        guard let status = try Self.status(path) else {
            throw .notAStore(path: path, detail: "there is no such folder")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAStore(path: path, detail: "it is not a folder") }
    }

    /// Whether the folder holds a log; throws when something else is in its place.
    func holdsLog() throws(StoreError) -> Bool {
        guard let status = try Self.status(log) else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .notAStore(path: path, detail: "log.sqlite is not a file")
        }
        return true
    }

    /// Throws when a log is there, or the WAL of one: SQLite would replay that into whatever log comes to lie beside it.
    func checkHoldsNothing() throws(StoreError) {
        for file in [log, log + "-wal"] where try Self.status(file) != nil { throw .alreadyExists(path: file) }
    }

    /// Throws unless the folder holds a log that may be read.
    func checkLog() throws(StoreError) {
        try check()
        guard try holdsLog() else { throw .notAStore(path: path, detail: "it holds no log.sqlite") }
        guard faccessat(AT_FDCWD, log, R_OK, AT_EACCESS) == 0 else {
            throw .io(detail: "\(log): \(systemMessage(errno))")
        }
        // SQLite would take an empty file for an empty database.
        guard try Self.status(log)?.st_size != 0 else { throw .notAStore(path: path, detail: "log.sqlite is empty") }
    }

    /// Throws unless the folder and what lies in it may be written.
    func checkWritable() throws(StoreError) {
        for file in [path, log] where faccessat(AT_FDCWD, file, W_OK, AT_EACCESS) != 0 && errno != ENOENT {
            throw .readOnly(path: file, detail: systemMessage(errno))
        }
    }

    /// How a process that only reads must open the log.
    func readingMode() throws(StoreError) -> ReadingMode {
        if faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 { return .shared }
        let commitsInLog = try (Self.status(log + "-wal")?.st_size ?? 0) > 0
        // A reader shares the WAL's index with the writer. Where it may not create one, it uses the one that is there.
        if try Self.status(log + "-wal") != nil, try Self.status(log + "-shm") != nil { return .shared }
        guard commitsInLog else { return .immutable(try fingerprint()) }
        throw .readOnly(
            path: path,
            detail: "log.sqlite-wal holds commits that can only be read together with an index that does not exist "
                + "and may not be created here")
    }

    /// What changes when the log is written without our knowing.
    func fingerprint() throws(StoreError) -> Fingerprint {
        guard let log = try Self.status(log) else { throw .notAStore(path: path, detail: "it holds no log.sqlite") }
        return Fingerprint(
            device: UInt64(log.st_dev), inode: UInt64(log.st_ino), size: Int64(log.st_size),
            modified: [Int(log.st_mtim.tv_sec), Int(log.st_mtim.tv_nsec)],
            changed: [Int(log.st_ctim.tv_sec), Int(log.st_ctim.tv_nsec)],
            walSize: try Int64(Self.status(self.log + "-wal")?.st_size ?? 0))
    }

    /// Makes names of files in the folder durable.
    func sync() throws(StoreError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .io(detail: "\(path): \(systemMessage(errno))") }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .io(detail: "\(path): \(systemMessage(errno))") }
    }

    private static func status(_ path: String) throws(StoreError) -> stat? {
        var status = stat()
        if stat(path, &status) == 0 { return status }
        guard errno == ENOENT || errno == ENOTDIR else { throw .io(detail: "\(path): \(systemMessage(errno))") }
        return nil
    }
}

/// How a process that only reads opens the log.
enum ReadingMode: Sendable {
    /// With the WAL and its index, as SQLite does.
    case shared
    /// As a file that nobody writes, for as long as its fingerprint is this.
    case immutable(Fingerprint)
}

struct Fingerprint: Equatable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modified: [Int]
    let changed: [Int]
    let walSize: Int64
}

/// The operating system's message for `code`.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
