import Glibc

/// A policy on disk (C2SP tlog-policy): that of a ledger, which lies in its folder, or one that an auditor keeps.
public struct PolicyFile: Sendable {
    public let path: String

    /// The file at `path`.
    public init(path: String) { self.path = path }

    /// The policy of the ledger in `folder`.
    public init(ofLedgerIn folder: String) { path = LedgerFolder(path: folder).policy }

    /// Why a policy file cannot be used.
    public enum Problem: Error, Sendable {
        case absent(path: String)
        case unreadable(path: String, detail: String)
        case unwritable(path: String, detail: String)
        case refused(path: String, NoteError)
    }

    /// The bytes, or `nil` where there is no file.
    private func bytes() throws(Problem) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(path: path, detail: String(cString: strerror(errno)))
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= Policy.maximumByteCount {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, detail: String(cString: strerror(errno))) }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// The policy, or `nil` where there is no file.
    public func policy() throws(Problem) -> Policy? {
        guard let bytes = try bytes() else { return nil }
        do { return try Policy(parsing: bytes) } catch { throw .refused(path: path, error) }
    }

    /// The text to be changed, or `nil` where there is no file.
    public func document() throws(Problem) -> PolicyDocument? {
        guard let bytes = try bytes() else { return nil }
        do { return try PolicyDocument(parsing: bytes) } catch { throw .refused(path: path, error) }
    }

    /// The policy as answers use it: one that cannot be used is said, and stops nothing.
    public var witnessPolicy: WitnessPolicy {
        do { return try policy().map(WitnessPolicy.present) ?? .absent } catch {
            return .unusable(detail: error.description)
        }
    }

    /// Puts `document` in the place of the file: completely, durably, or not at all.
    public func write(_ document: PolicyDocument) throws(Problem) {
        func problem() -> Problem { .unwritable(path: path, detail: String(cString: strerror(errno))) }
        let draft = "\(path).new-\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw problem() }
        let bytes = document.bytes
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            let problem = problem()
            unlink(draft)
            throw problem
        }
        // The new text is in place. The name becomes durable with the folder.
        try? SystemFile.syncFolder(SystemFile.parent(path))
    }
}

extension PolicyFile.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .absent(let path): "there is no policy at \(path)"
        case .unreadable(let path, let detail): "the policy \(path) cannot be read: \(detail)"
        case .unwritable(let path, let detail): "the policy \(path) cannot be written: \(detail)"
        case .refused(let path, let error): "\(path): \(error)"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .absent: "because witness add NAME VKEY URL makes the policy of a ledger"
        case .refused: "mend the line; nothing was changed"
        case .unreadable, .unwritable: nil
        }
    }
}
