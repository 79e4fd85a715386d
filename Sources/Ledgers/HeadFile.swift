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

    /// What the slots say of a log.
    public struct Reading: Sendable {
        /// The larger of the checkpoints that a key of the log signed.
        public private(set) var trusted: Checkpoint?
        /// A checkpoint of the log that none of its keys signed.
        public private(set) var foreign: Checkpoint?
        /// The one of the two that counts, as it stands in the file.
        public private(set) var note: SignedNote?

        init() {}

        /// Judges the notes by the keys of the log; a slot that a crash tore holds nothing.
        ///
        /// Whoever records commits first and writes the head afterwards: so notes that were read before the log was never
        /// know more than it.
        public init(_ notes: [SignedNote], keys: [VerifierKey]) {
            for note in notes {
                if let checkpoint = try? note.trustedCheckpoint(by: keys).checkpoint {
                    guard foreign == nil, checkpoint.size >= trusted?.size ?? 0 else { continue }
                    (trusted, self.note) = (checkpoint, note)
                } else if let checkpoint = Self.foreign(note, keys) {
                    (foreign, self.note) = (checkpoint, note)
                }
            }
        }

        /// The checkpoint of a note of the log whose signatures are all of unknown keys. A torn slot has a known key's, wrong.
        private static func foreign(_ note: SignedNote, _ keys: [VerifierKey]) -> Checkpoint? {
            guard let checkpoint = try? Checkpoint(parsing: note.text),
                keys.first?.name.isSame(as: checkpoint.origin) == true
            else { return nil }
            let hasKnown = note.signatures.contains { signature in
                keys.contains { $0.keyID == signature.keyID && $0.name == signature.name }
            }
            return hasKnown ? nil : checkpoint
        }
    }

    /// The notes in the slots, as they are.
    public func notes() -> [SignedNote] { (0..<2).compactMap(note) }

    /// Reads the slots for whoever writes the next one.
    func read(keys: [VerifierKey]) -> Reading {
        let reading = Reading(notes(), keys: keys)
        // The next write takes the slot that is older or empty.
        slot = note(in: 0) != nil && note(in: 0) == reading.note ? 1 : 0
        return reading
    }

    private func note(in slot: Int) -> SignedNote? {
        var bytes = [UInt8](repeating: 0, count: Self.slotByteCount)
        let count = pread(file, &bytes, bytes.count, off_t(slot * Self.slotByteCount))
        guard count > 0 else { return nil }
        return try? SignedNote(parsing: Array(bytes[..<count].prefix { $0 != 0 }))
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
