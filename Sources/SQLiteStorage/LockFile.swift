import Glibc
import Storage

/// The file `lock` of a ledger, held by the one process that writes. The lock is flock(2)'s: the kernel releases it
/// however the process ends, and what the file says is only for people.
final class LockFile: Sendable {
    private let descriptor: Int32

    /// Takes the lock of `folder`, or throws at once when another has it.
    init(in folder: String) throws(StoreError) {
        let path = folder + "/lock"
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else {
            switch errno {
            case EROFS, EACCES, EPERM: throw .readOnly(path: path, detail: systemMessage(errno))
            default: throw .io(detail: "\(path): \(systemMessage(errno))")
            }
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            let holder = Self.holder(descriptor)
            Glibc.close(descriptor)
            guard code == EWOULDBLOCK else { throw .io(detail: "\(path) cannot be locked: \(systemMessage(code))") }
            throw .heldByAnotherProcess(path: path, holder: holder)
        }
        self.descriptor = descriptor
        // The program and its first word, not the rest: arguments can hold what people wrote.
        let command = CommandLine.arguments.prefix(2).map { $0.split(separator: "/").last ?? "" }
        let note = Array("process \(getpid()), \(command.joined(separator: " "))\n".utf8)
        // A full disk loses the note and nothing else.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, note, note.count, 0) }
    }

    deinit {
        // Said aloud: a child that was forked and has not run its program yet shares the descriptor, and closing only
        // ours would leave the lock held until it has.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }

    /// What the holder wrote about itself, with nothing in it that a terminal would obey.
    private static func holder(_ descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 200)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let visible = bytes.prefix(max(0, count)).filter { (0x20..<0x7f).contains($0) }
        return visible.isEmpty ? nil : String(decoding: visible, as: UTF8.self)
    }
}
