import Cryptography
import Glibc
import Storage

/// The file of a key ring: a line that names it, and a line for each key.
///
///     because keyring 1 <22 characters of base64url>
///
/// Not a database: what SQLite overwrites it keeps in a journal for a while, and a key that was destroyed must be nowhere.
final class KeyringFile: Sendable {
    /// Bytes of the id.
    static let idByteCount = 16
    private static let start = "because keyring 1 "
    /// Characters of the first line, its end included.
    private static let headLength = start.utf8.count + 22 + 1

    let isWritable: Bool
    private let path: String
    private let descriptor: Int32

    struct Fingerprint: Equatable, Sendable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let changed: [Int]
    }

    /// Writes a new file of mode 0600 and makes it durable. Refuses a path that is taken.
    static func create(at path: String, id: [UInt8]) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw .alreadyExists(path: path) }
            throw .io(detail: "\(path): \(message())")
        }
        defer { close(descriptor) }
        let text = Array((start + Base64.encode(id, .url) + "\n").utf8)
        guard Glibc.write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
            throw .io(detail: "\(path): \(message())")
        }
        try syncFolder(of: path)
    }

    /// Opens the file. One that others may read is refused: whoever has it and a copy of the ledger reads everything.
    init(path: String, isWritable: Bool) throws(StoreError) {
        self.path = path
        self.isWritable = isWritable
        descriptor = open(path, (isWritable ? O_RDWR : O_RDONLY) | O_CLOEXEC)
        guard descriptor >= 0 else { throw .keyring(path: path, detail: Self.message()) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .keyring(path: path, detail: Self.message()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .keyring(path: path, detail: "it is not a file") }
        guard status.st_mode & 0o077 == 0 else {
            throw .keyring(
                path: path,
                detail: "others may read it (mode \(String(status.st_mode & 0o777, radix: 8))); run chmod 600")
        }
    }

    deinit { close(descriptor) }

    /// Keeps other processes from changing the file, and waits for one that does.
    func lock() throws(StoreError) {
        guard isWritable else { throw .keyring(path: path, detail: "it was opened for reading") }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .io(detail: "\(path): \(Self.message())") }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .io(detail: "\(path): \(Self.message())") }
        // What was cut off while it was added was never used: the log is written only after the key is on the disk.
        let whole = Self.headLength + Self.lineCount(Int(status.st_size)) * KeyringLine.length
        guard status.st_size <= whole || ftruncate(descriptor, off_t(whole)) == 0 else {
            throw .io(detail: "\(path): \(Self.message())")
        }
    }

    /// Said aloud: a child that was forked shares the descriptor.
    func unlock() { flock(descriptor, LOCK_UN) }

    /// The id and the keys. A line that was cut off at the end is not there yet.
    func read() throws(StoreError) -> (id: [UInt8], lines: [KeyringLine]) {
        let text = String(decoding: try bytes(), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let head = lines.first, head.hasPrefix(Self.start),
            let id = Base64.decode(Array(head.dropFirst(Self.start.count).utf8), .url), id.count == Self.idByteCount,
            lines.count > 1
        else { throw .keyring(path: path, detail: "it is not a key ring") }
        var keys: [KeyringLine] = []
        for (place, line) in lines.dropFirst().dropLast().enumerated() {
            guard let key = KeyringLine(line) else {
                throw .keyring(path: path, detail: "line \(place + 2) is damaged; restore a copy of the key ring")
            }
            keys.append(key)
        }
        return (id, keys)
    }

    /// Adds lines, which are on the disk when this returns.
    func append(_ lines: [KeyringLine]) throws(StoreError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .io(detail: "\(path): \(Self.message())") }
        try put(lines.map(\.text).joined(), at: Int(status.st_size))
    }

    /// Puts another line in the place of a line: from the bytes of the key on, which is all that differs.
    func replace(_ place: Int, with line: KeyringLine) throws(StoreError) {
        try put(line.text, at: Self.headLength + place * KeyringLine.length)
    }

    /// What changes when the file does.
    func fingerprint() throws(StoreError) -> Fingerprint {
        // By the name: whoever restores a copy puts another file there.
        var status = stat()
        guard stat(path, &status) == 0 else { throw .keyring(path: path, detail: Self.message()) }
        return Fingerprint(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
            changed: [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec])
    }

    private func bytes() throws(StoreError) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .io(detail: "\(path): \(Self.message())") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(count))
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw .io(detail: "\(path): \(Self.message())") }
            if read == 0 { break }
            count += read
        }
        return Array(bytes[..<count])
    }

    private func put(_ text: String, at offset: Int) throws(StoreError) {
        let bytes = Array(text.utf8)
        guard pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count, fsync(descriptor) == 0 else {
            throw errno == ENOSPC ? .full(detail: path) : .io(detail: "\(path): \(Self.message())")
        }
    }

    private static func lineCount(_ size: Int) -> Int { max(0, size - headLength) / KeyringLine.length }

    private static func syncFolder(of path: String) throws(StoreError) {
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .io(detail: "\(folder): \(message())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .io(detail: "\(folder): \(message())") }
    }

    private static func message() -> String { String(cString: strerror(errno)) }
}
