import Because
import Glibc

/// A file that a command writes, complete or not at all.
struct OutputFile {
    let path: String

    init(_ path: String) { self.path = path }

    /// Writes the file for its owner alone, who decides whom to give it to. It takes the place of an earlier one.
    func write(_ bytes: [UInt8]) throws { try write(bytes) { rename($0, path) } }

    /// The same, unless there is a file already.
    func create(_ bytes: [UInt8]) throws {
        // A link is not made where there is something, whoever put it there meanwhile.
        try write(bytes) { link($0, path) == 0 ? unlink($0) : -1 }
    }

    /// Writes a draft, and lets `place` put it where it belongs.
    private func write(_ bytes: [UInt8], place: (_ draft: String) -> Int32) throws {
        let draft = "\(path).new-\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw problem() }
        do {
            try write(bytes, to: file)
            guard fsync(file) == 0, close(file) == 0 else { throw problem() }
            guard place(draft) == 0 else { throw errno == EEXIST ? Self.exists(path) : problem() }
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

    /// Why a file is not written that is there already.
    static func exists(_ path: String) -> Problem {
        Problem("\(path) exists", hint: "name another file, or replace it with --force")
    }

    private func problem() -> Problem { Problem("\(path) cannot be written: \(String(cString: strerror(errno)))") }
}
