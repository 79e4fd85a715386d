import Because
import Glibc

/// A file that a command reads: one that is named, or standard input.
struct InputFile {
    let descriptor: Int32
    let name: String?

    /// Standard input.
    static let standard = InputFile(descriptor: STDIN_FILENO, name: nil)

    private init(descriptor: Int32, name: String?) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Opens a file; `-` is standard input.
    init(_ path: String) throws {
        if path == "-" {
            self = .standard
            return
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Problem("\(path) cannot be read: \(String(cString: strerror(errno)))") }
        name = path
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close()
            throw Problem("\(path) is a folder", hint: "name a file")
        }
    }

    func close() { if name != nil { Glibc.close(descriptor) } }

    /// Everything, of which there may be `limit` bytes.
    func read(limit: Int) throws -> [UInt8] {
        defer { close() }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Problem("the input cannot be read: \(String(cString: strerror(errno)))") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw Problem("\(name ?? "the input") is larger than \(limit) bytes") }
        }
    }

    /// A private copy that can be read twice, removed when it is closed; the file itself where it can be read twice.
    func rereadable() throws -> InputFile {
        if lseek(descriptor, 0, SEEK_CUR) >= 0, name != nil { return self }
        // `mkstemp` writes the letters of a name that is free over the six X.
        var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/because-XXXXXX".utf8CString)
        let copy = mkstemp(&template)
        guard copy >= 0 else {
            throw Problem(
                "the input cannot be set aside: \(String(cString: strerror(errno)))",
                hint: "TMPDIR names a folder that may be written")
        }
        unlink(template)
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            if count == 0 { break }
            guard count > 0, Glibc.write(copy, chunk, count) == count else {
                throw Problem(
                    "the input cannot be set aside: \(String(cString: strerror(errno)))",
                    hint: "TMPDIR names a folder with more room")
            }
        }
        lseek(copy, 0, SEEK_SET)
        return InputFile(descriptor: copy, name: name)
    }

    /// Goes back to the beginning.
    func rewind() { lseek(descriptor, 0, SEEK_SET) }
}
