import GRDB
import Glibc
import Synchronization

/// Connections that read the file of an index, kept from question to question: to open one and to compare the tables with those
/// of an index took most of the time of a question.
///
/// A connection is used again only on the file that it has open, and only where SQLite knows of every change to it. A file that
/// was replaced, or written by anything but SQLite, is opened anew.
final class IndexConnections: Sendable {
    private let path: String
    private let idle = Mutex<[Connection]>([])
    private static let idleLimit = 8

    init(_ path: String) { self.path = path }

    private struct Connection: Sendable {
        let queue: DatabaseQueue
        /// The file as it was when `version` was.
        var file: FileState
        /// SQLite's count of the changes that other connections made; `nil` before the first use.
        var version: Int64?
        /// Whether the tables were found to be those of an index, and nobody changed the file since.
        var isChecked = false
    }

    /// Calls `body` within one moment of the index, after `check` if the file may have changed since the last time.
    func read<Result>(
        check: ((Database) throws -> Void)? = nil, _ body: (Database) throws -> Result
    ) throws -> Result {
        let file = try FileState(path)
        if var connection = idle.withLock({ $0.popLast() }), connection.file.isSameFile(as: file),
            let result = try use(&connection, file, check, body)
        {
            return result
        }
        var connection = Connection(queue: try Self.open(path), file: file)
        guard let result = try use(&connection, file, check, body) else {
            preconditionFailure("a connection can be used once")
        }
        return result
    }

    /// `nil` where the file was changed behind the back of SQLite, whose cache may then be of another file.
    private func use<Result>(
        _ connection: inout Connection, _ file: FileState, _ check: ((Database) throws -> Void)?,
        _ body: (Database) throws -> Result
    ) throws -> Result? {
        // A connection that met an error is not used again.
        let result = try connection.queue.inDatabase { database -> Result? in
            try database.beginTransaction(.deferred)
            defer { if database.isInsideTransaction { try? database.rollback() } }
            let version = try Int64.fetchOne(database.cachedStatement(sql: "PRAGMA data_version"))
            if version != connection.version {
                connection.isChecked = false
            } else if connection.file != file {
                return nil
            }
            (connection.version, connection.file) = (version, file)
            if let check, !connection.isChecked {
                try check(database)
                connection.isChecked = true
            }
            return try body(database)
        }
        if result != nil, file.isSettled {
            let connection = connection
            idle.withLock { if $0.count < Self.idleLimit { $0.append(connection) } }
        }
        return result
    }

    /// A connection that cannot write. A process that catches up holds the file for moments only.
    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}

/// Which file lies at a path, and when it was last changed.
private struct FileState: Equatable {
    private let device: dev_t
    private let number: ino_t
    private let size: off_t
    private let times: [Int]
    /// Whether the last change is so long ago that another would bear another time: clocks of file systems tick slowly.
    let isSettled: Bool

    init(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: String(cString: strerror(errno)))
        }
        (device, number, size) = (status.st_dev, status.st_ino, status.st_size)
        times = [
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let age = (now.tv_sec - status.st_ctim.tv_sec) * 1_000_000_000 + now.tv_nsec - status.st_ctim.tv_nsec
        isSettled = age > 100_000_000
    }

    func isSameFile(as other: FileState) -> Bool { device == other.device && number == other.number }

    static func == (left: FileState, right: FileState) -> Bool {
        left.isSameFile(as: right) && left.size == right.size && left.times == right.times
    }
}
