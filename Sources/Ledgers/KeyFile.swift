import Glibc
public import Notes

/// The signing key as a file: the text form of golang.org/x/mod/sumdb/note, readable by its owner alone.
public enum KeyFile {
    /// Writes a new file of mode 0600 and makes it durable. Refuses a path that is taken.
    public static func create(_ key: SigningKey, at path: String) throws(LedgerError) {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .key(path: path, detail: SystemCall.message()) }
        defer { Glibc.close(file) }
        let text = Array((key.text + "\n").utf8)
        guard write(file, text, text.count) == text.count, fsync(file) == 0 else {
            throw .key(path: path, detail: SystemCall.message())
        }
    }

    /// Reads a key. A file that others may read is refused: whoever read it can sign in the ledger's name.
    public static func read(at path: String) throws(LedgerError) -> SigningKey {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .key(path: path, detail: SystemCall.message()) }
        defer { Glibc.close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .key(path: path, detail: SystemCall.message()) }
        guard status.st_mode & 0o077 == 0 else {
            throw .key(
                path: path,
                detail: "others may read it (mode \(String(status.st_mode & 0o777, radix: 8))); run chmod 600")
        }
        var text = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(file, &text, text.count)
        guard count > 0, count < text.count else { throw .key(path: path, detail: "it does not hold a key") }
        let line = String(decoding: text[..<count], as: UTF8.self).split(separator: "\n", maxSplits: 1).first ?? ""
        do { return try SigningKey(parsing: line) } catch { throw .key(path: path, detail: "\(error)") }
    }
}

enum SystemCall {
    /// The message of the last failed system call of this thread.
    static func message() -> String { String(cString: strerror(errno)) }
}
