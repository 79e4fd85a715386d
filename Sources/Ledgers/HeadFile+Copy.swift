import Glibc
public import Notes
import Storage

extension HeadFile {
    /// Writes a head that holds `checkpoint` to a path where none is, and makes it durable: for a copy of a ledger, which
    /// must not bear the head of what was recorded after it.
    public static func create(_ checkpoint: SignedNote, at path: String) throws(LedgerError) {
        func failure() -> LedgerError {
            let code = errno
            let detail = "\(path): \(String(cString: strerror(code)))"
            return .store(code == ENOSPC || code == EDQUOT ? .full(detail: detail) : .io(detail: detail))
        }
        let note = checkpoint.bytes
        precondition(note.count <= slotByteCount, "a checkpoint fits into a slot")
        let slot = note + [UInt8](repeating: 0, count: slotByteCount - note.count)
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure() }
        defer { Glibc.close(file) }
        guard Glibc.write(file, slot, slot.count) == slot.count, fsync(file) == 0 else { throw failure() }
    }
}
