import Cryptography
import Glibc
import Merkle
public import Notes
import Storage

/// The last released checkpoint, outside the database: two slots of fixed size, written in turn.
///
/// A database that was rolled back or replaced is noticed as long as this file was not replaced with it. A write that a crash tore
/// leaves the other slot; which slot is right, the signatures say.
public final class HeadFile {
    /// Bytes of one slot: a checkpoint with the longest origin and one signature, twice.
    static let slotByteCount = 1024
    /// Between two syncs while recording, in microseconds. A crash may lose this much of the head, and nothing of the log.
    private static let syncInterval: Int64 = 1_000_000

    private let file: Int32
    private let isWritable: Bool
    private var slot = 0
    private var isDirty = false
    private var lastSync: Int64?

    /// Opens the file at `path`, and creates it where it is missing and may be written.
    public init(path: String, isWritable: Bool) throws(LedgerError) {
        self.isWritable = isWritable
        file = Glibc.open(path, (isWritable ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .store(.io(detail: "\(path): \(SystemCall.message())")) }
    }

    deinit { Glibc.close(file) }

    /// What the file holds.
    public enum Content: Sendable, Equatable {
        /// Nothing yet.
        case empty
        /// The larger of the checkpoints that the log's key signed.
        case checkpoint(Checkpoint)
        /// Something, and nothing that the log's key signed. A write that was torn leaves the other slot, so this is no crash.
        case foreign
    }

    /// Reads both slots. `key` is the log's.
    public func read(key: VerifierKey) -> Content {
        let slots = (0..<2).map { slot -> [UInt8] in
            var bytes = [UInt8](repeating: 0, count: Self.slotByteCount)
            let count = pread(file, &bytes, bytes.count, off_t(slot * Self.slotByteCount))
            return Array(bytes.prefix(max(0, count)).prefix { $0 != 0 })
        }
        let checkpoints = slots.map { try? SignedNote(parsing: $0).trustedCheckpoint(by: [key]).checkpoint }
        guard let newest = checkpoints.compactMap(\.self).max(by: { $0.size < $1.size }) else {
            return slots.allSatisfy(\.isEmpty) ? .empty : .foreign
        }
        // The next write takes the slot that is older or empty.
        slot = checkpoints[0]?.size == newest.size ? 1 : 0
        return .checkpoint(newest)
    }

    /// Writes a checkpoint that was committed. `elapsed` is in microseconds.
    func write(_ note: [UInt8], elapsed: Int64) throws(LedgerError) {
        precondition(isWritable && note.count <= Self.slotByteCount, "a checkpoint fits into a slot")
        let bytes = note + [UInt8](repeating: 0, count: Self.slotByteCount - note.count)
        guard pwrite(file, bytes, bytes.count, off_t(slot * Self.slotByteCount)) == bytes.count else {
            throw .store(.io(detail: "the head file cannot be written: \(SystemCall.message())"))
        }
        slot = 1 - slot
        isDirty = true
        if lastSync.map({ elapsed - $0 >= Self.syncInterval }) ?? true {
            sync()
            lastSync = elapsed
        }
    }

    /// Makes the last write durable.
    func sync() {
        guard isDirty else { return }
        // A failure is not the log's: at worst an older head is found after a power cut.
        isDirty = fdatasync(file) != 0
    }
}
