import Cryptography
import Foundation
import GRDB
import Notes
import Synchronization

/// The largest checkpoint that a witness cosigned of each log, in an SQLite database of its own.
///
/// A transaction holds the database from reading the old checkpoint until the new one is on the disk, so that of two
/// requests at the same time one sees what the other did. One process has the database open at a time.
final class WitnessStore: Sendable {
    /// "becw": this database is a witness's.
    private static let applicationID: Int64 = 1_650_811_767
    private static let formatVersion: Int64 = 1

    private static let schema = """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(formatVersion);
        CREATE TABLE checkpoints (
            origin_hash BLOB NOT NULL PRIMARY KEY CHECK (length(origin_hash) = 32),
            origin TEXT NOT NULL CHECK (origin <> ''),
            size INTEGER NOT NULL CHECK (size >= 0),
            root BLOB NOT NULL CHECK (length(root) = 32),
            note BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER checkpoints_update BEFORE UPDATE ON checkpoints
        WHEN NEW.origin_hash <> OLD.origin_hash OR NEW.size < OLD.size OR NEW.size = OLD.size AND NEW.root <> OLD.root
        BEGIN SELECT RAISE(ABORT, 'what was cosigned is never taken back'); END;
        CREATE TRIGGER checkpoints_delete BEFORE DELETE ON checkpoints
        BEGIN SELECT RAISE(ABORT, 'what was cosigned is never forgotten'); END;
        """

    private let queue: DatabaseQueue
    /// Whether a transaction failed: what is on the disk is known only after opening again.
    private let isDead = Mutex(false)

    private init(queue: DatabaseQueue) { self.queue = queue }

    /// Makes an empty database at `path`, where there is none.
    static func create(at path: String) throws {
        guard access(path, F_OK) != 0 else { throw WitnessError.alreadyExists(path: path) }
        let queue = try open(path)
        try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.inTransaction(.immediate) {
                try database.execute(sql: schema)
                return .commit
            }
        }
        try queue.close()
    }

    /// Opens what `create` made.
    init(at path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { throw WitnessError.noMemory(path: path) }
        do {
            queue = try Self.open(path)
            try queue.inDatabase { database in
                let identity = try ["application_id", "user_version"].map {
                    try Int64.fetchOne(database, sql: "PRAGMA \($0)") ?? 0
                }
                guard identity == [Self.applicationID, Self.formatVersion] else {
                    throw WitnessError.notAWitness(path: path)
                }
                // What a killed process left in the page cache is read like anything else but is not on the disk.
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY: throw WitnessError.heldByAnotherProcess(path: path)
            case .SQLITE_NOTADB: throw WitnessError.notAWitness(path: path)
            default: throw WitnessError.store(detail: error.message ?? "\(error.resultCode)")
            }
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "witness"
        configuration.busyMode = .immediateError
        configuration.prepareDatabase { database in
            // The lock is held for as long as the database is open.
            try database.execute(
                sql: "PRAGMA trusted_schema = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL")
        }
        // A relative path that begins with "file:" would be a URI for SQLite.
        return try DatabaseQueue(path: path.hasPrefix("/") ? path : "./" + path, configuration: configuration)
    }

    /// Puts the checkpoint of a log in the place of the one before it, if `judge` throws nothing on that.
    ///
    /// `judge` returns the checkpoint as a note, with the cosignature. It is on the disk when this returns.
    func replace(
        _ checkpoint: Checkpoint, _ judge: (SeenTree) throws -> SignedNote
    ) throws {
        guard !isDead.withLock({ $0 }) else { throw WitnessError.storeIsDead }
        let hash = Self.hash(checkpoint.origin)
        do {
            try queue.inDatabase { database in
                try database.inTransaction(.immediate) {
                    let note = try judge(try Self.seen(hash, database))
                    try database.execute(
                        sql: """
                            INSERT INTO checkpoints (origin_hash, origin, size, root, note) VALUES (?, ?, ?, ?, ?)
                            ON CONFLICT (origin_hash) DO UPDATE
                            SET size = excluded.size, root = excluded.root, note = excluded.note
                            """,
                        arguments: [
                            hash, checkpoint.origin, Int64(checkpoint.size), Data(checkpoint.root.bytes),
                            Data(note.bytes),
                        ])
                    return .commit
                }
            }
            // Committed: whoever asks from now on is judged by this checkpoint, also after a power cut.
        } catch let error as DatabaseError {
            isDead.withLock { $0 = true }
            throw WitnessError.store(detail: error.message ?? "\(error.resultCode)")
        }
    }

    private static func seen(_ hash: Data, _ database: Database) throws -> SeenTree {
        let row = try Row.fetchOne(
            database, sql: "SELECT size, root FROM checkpoints WHERE origin_hash = ?", arguments: [hash])
        guard let row else { return .none }
        let (size, bytes): (Int64, Data) = (row[0], row[1])
        guard let root = Digest(Array(bytes)) else { throw WitnessError.store(detail: "a root has no 32 bytes") }
        return SeenTree(size: UInt64(size), root: root)
    }

    /// The last checkpoint cosigned of the log whose origin has this SHA-256, as a note.
    func note(originHash: Digest) throws -> [UInt8]? {
        do {
            return try queue.inDatabase { database in
                try Data.fetchOne(
                    database, sql: "SELECT note FROM checkpoints WHERE origin_hash = ?",
                    arguments: [Data(originHash.bytes)]
                ).map { Array($0) }
            }
        } catch let error as DatabaseError {
            throw WitnessError.store(detail: error.message ?? "\(error.resultCode)")
        }
    }

    func close() { try? queue.close() }

    private static func hash(_ origin: String) -> Data { Data(SHA256.digest(of: Array(origin.utf8)).bytes) }
}
