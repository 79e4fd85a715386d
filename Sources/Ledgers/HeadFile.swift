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

    /// What the file says of a log.
    public struct Reading: Sendable {
        public enum Verdict: Sendable, Equatable {
            /// Nothing yet.
            case empty
            /// The larger of the checkpoints that a key of the log signed.
            case trusted(Checkpoint)
            /// Something, and nothing of the log; or a checkpoint of the log, of this size, that only unknown keys signed.
            case foreign(size: UInt64?)
        }

        public private(set) var verdict = Verdict.empty
        /// The note that the verdict is about, as it stands in the file.
        public private(set) var note: SignedNote?

        init() {}

        /// Judges what the slots hold by the keys of the log. A write that was torn leaves the other slot, so a file without a
        /// single right note is no crash.
        ///
        /// Whoever records commits first and writes the head afterwards: so slots that were read before the log was never know
        /// more than it.
        public init(_ slots: [[UInt8]], keys: [VerifierKey]) {
            let notes = slots.compactMap { try? SignedNote(parsing: $0) }
            if let (note, size) = notes.compactMap({ Self.foreign($0, keys) }).max(by: { $0.1 < $1.1 }) {
                (verdict, self.note) = (.foreign(size: size), note)
                return
            }
            // The newest first: a signature takes longer to verify than all else that a question does with this file.
            let newest = notes.compactMap { note in
                (try? Checkpoint(parsing: note.text)).map { (size: $0.size, note: note) }
            }.sorted { $0.size > $1.size }
            let trusted = newest.lazy.compactMap { newest in
                (try? newest.note.trustedCheckpoint(by: keys).checkpoint).map { (checkpoint: $0, note: newest.note) }
            }.first
            if let trusted {
                (verdict, note) = (.trusted(trusted.checkpoint), trusted.note)
            } else if !slots.allSatisfy(\.isEmpty) {
                verdict = .foreign(size: nil)
            }
        }

        /// The checkpoint of the log, when one of its keys signed it.
        public var trusted: Checkpoint? { if case .trusted(let checkpoint) = verdict { checkpoint } else { nil } }

        /// A note of the log whose signatures are all of unknown keys. A torn slot has a known key's, wrong.
        private static func foreign(_ note: SignedNote, _ keys: [VerifierKey]) -> (SignedNote, UInt64)? {
            guard let checkpoint = try? Checkpoint(parsing: note.text),
                keys.first?.name.isSame(as: checkpoint.origin) == true
            else { return nil }
            let hasKnown = note.signatures.contains { signature in
                keys.contains { $0.keyID == signature.keyID && $0.name == signature.name }
            }
            return hasKnown ? nil : (note, checkpoint.size)
        }
    }

    /// What the two slots hold, up to the first zero byte.
    public func slots() -> [[UInt8]] {
        (0..<2).map { slot in
            var bytes = [UInt8](repeating: 0, count: Self.slotByteCount)
            let count = pread(file, &bytes, bytes.count, off_t(slot * Self.slotByteCount))
            return Array(bytes.prefix(max(0, count)).prefix { $0 != 0 })
        }
    }

    /// Reads the slots for whoever writes the next one.
    func read(keys: [VerifierKey]) -> Reading {
        let slots = slots()
        let reading = Reading(slots, keys: keys)
        // The next write takes the slot that is older or empty.
        slot = reading.note?.bytes == slots[0] ? 1 : 0
        return reading
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
