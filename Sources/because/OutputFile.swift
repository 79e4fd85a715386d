import Because
import Glibc

/// A file that a command writes, complete or not at all.
struct OutputFile {
    let path: String

    init(_ path: String) { self.path = path }

    /// Writes the file for its owner alone, who decides whom to give it to. It takes the place of an earlier one.
    func write(_ bytes: [UInt8]) throws {
        let draft = "\(path).new-\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw problem() }
        do {
            try write(bytes, to: file)
            guard fsync(file) == 0, close(file) == 0, rename(draft, path) == 0 else { throw problem() }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private func write(_ bytes: [UInt8], to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw problem()
            }
        }
    }

    private func problem() -> Problem { Problem("\(path) cannot be written: \(String(cString: strerror(errno)))") }
}
