public import Decisions
import Foundation
import GRDB
import Glibc

/// Records that wait on this machine's disk until their ledger can be reached: one SQLite file in a folder of its own.
///
/// Texts lie in it as they were submitted, so the folder has mode 0700 and the file 0600. One producer at a time has it open. What
/// was taken is on the disk when a call returns; what is removed is overwritten.
public final class Spool: Sendable {
    /// How much a spool may hold.
    public struct Limit: Sendable {
        public var rows: Int
        /// Bytes of the records, as JSON.
        public var bytes: Int

        public init(rows: Int = 100_000, bytes: Int = 256 << 20) {
            self.rows = rows
            self.bytes = bytes
        }
    }

    /// A record that is put into the spool.
    struct Line: Sendable {
        let id: String
        /// Where it is a decision with a number: so that the number can be declared if the ledger refuses it.
        let number: RunNumber?
        let bytes: [UInt8]
        /// Whether it is taken though the spool is full: what begins and what ends a run.
        var isExempt = false
    }

    /// A number in a run of a producer.
    struct RunNumber: Sendable, Equatable {
        let producer: String
        let epoch: String
        let number: Int64
    }

    /// A record in the spool.
    struct Waiting: Sendable {
        let place: Int64
        let line: Line
    }

    /// A record that the ledger refused for good.
    public struct Refused: Sendable, Equatable {
        public let id: String
        /// The record as it was submitted.
        public let line: [UInt8]
        public let reason: String
    }

    public let path: String
    let queue: DatabaseQueue

    /// Opens the spool in a folder, and makes both where they are not there yet.
    public static func open(in folder: String) async throws(SpoolError) -> Spool {
        let file = try SpoolFile(folder: folder)
        return Spool(path: file.path, queue: try await file.open())
    }

    private init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = queue
    }

    /// Lets go of the file.
    public func close() { try? queue.close() }

    /// Records that wait, and their bytes.
    public func size() async throws(SpoolError) -> (rows: Int, bytes: Int) {
        try await read { try Self.size($0) }
    }

    /// What the ledger refused, in the order in which it did.
    public func refused() async throws(SpoolError) -> [Refused] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT id, line, reason FROM refused ORDER BY place").map {
                Refused(id: $0[0], line: Array($0[1] as Data), reason: $0[2])
            }
        }
    }

    /// Removes every copy of the record with this id, and returns whether there was one. The number of a decision that never
    /// reached the ledger is declared lost in its place.
    public func erase(id: String, at time: Timestamp) async throws(SpoolError) -> Bool {
        let wasThere = try await write { database in
            let waiting = try Self.waiting(database, sql: "WHERE id = ?", arguments: [id])
            for waiting in waiting {
                try Self.remove(waiting.place, database)
                guard let number = waiting.line.number else { continue }
                let line = try Self.gap(
                    number, reason: "the decision was erased before it reached the ledger", at: time)
                try Self.insert(line, database)
            }
            try database.execute(sql: "DELETE FROM refused WHERE id = ?", arguments: [id])
            return !waiting.isEmpty || database.changesCount > 0
        }
        try await scrub()
        return wasThere
    }

    /// Empties the WAL, so that nothing that was removed is left in it.
    func scrub() async throws(SpoolError) {
        try await access {
            try await $0.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        }
    }

    // MARK: Access

    /// Calls `body` in a transaction that is on the disk when this returns.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(SpoolError) -> Value {
        try await access { try await $0.write(body) }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(SpoolError) -> Value {
        try await access { try await $0.read(body) }
    }

    private func access<Value: Sendable>(
        _ body: (DatabaseQueue) async throws -> Value
    ) async throws(SpoolError) -> Value {
        do { return try await body(queue) } catch let error as SpoolError { throw error } catch let error
            as DatabaseError
        { throw SpoolError(error, path: path) } catch { throw .io(path: path, detail: "\(error)") }
    }
}

extension SpoolError {
    /// What an error of SQLite means for the spool at `path`.
    init(_ error: DatabaseError, path: String) {
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .heldByAnother(path: path)
        case .SQLITE_NOTADB: self = .notASpool(path: path)
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_MISUSE: self = .closed
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_NOMEM, .SQLITE_INTERRUPT:
            self = .io(path: path, detail: detail)
        default: self = .damaged(path: path, detail: detail)
        }
    }
}
