import Glibc
import SQLiteStorage

/// A consistent copy of a ledger in a new folder, made while others may record.
///
/// The copy holds everything but the index, which is made again when something is asked, and the signing key, unless that
/// is asked for. Its `head` is that of the copied moment, so the copy holds together by itself. Therefore a backup that is
/// restored over a newer ledger is noticed as far as something newer lies outside what was restored: a `head` on another
/// volume, a witness, a published folder, a checkpoint that somebody kept. With its own head put back as well, nothing on
/// the machine can tell.
public struct Backup: Sendable {
    private let ledger: String
    private let destination: String
    private let includesKey: Bool
    private let key: KeySource

    /// Backs up the ledger in the folder `ledger` into the folder `destination`, which must not be there.
    public init(ledger: String, to destination: String, includesKey: Bool = false, key: KeySource = .folder) {
        self.key = key
        self.ledger = ledger
        // The name while it is made is this one with more behind it.
        let name = destination.reversed().drop { $0 == "/" }.reversed()
        self.destination = name.isEmpty ? destination : String(name)
        self.includesKey = includesKey
    }

    /// What was copied.
    public struct Summary: Sendable {
        public let folder: String
        public let origin: String
        /// The newest checkpoint of the copy.
        public let note: SignedNote
        public let size: UInt64
        /// The names of the files in the copy.
        public let files: [String]
    }

    /// Makes the copy. The folder appears complete and durable, or not at all.
    public func run() async throws -> Summary {
        try await BlockingPool.run { try copy() }
    }

    private func copy() throws -> Summary {
        var status = stat()
        guard lstat(destination, &status) != 0 else { throw StoreError.alreadyExists(path: destination) }
        let draft = LedgerFolder(path: "\(destination).new-\(getpid())")
        try draft.claim()
        do {
            let summary = try fill(draft)
            try SystemFile.syncFolder(draft.path)
            // Everything is durable under a name that nobody takes for a ledger.
            guard rename(draft.path, destination) == 0 else { throw SystemFile.error(destination) }
            try SystemFile.syncFolder(SystemFile.parent(destination))
            return summary
        } catch {
            discard(draft)
            throw error
        }
    }

    private func fill(_ draft: LedgerFolder) throws -> Summary {
        let store = try SQLiteStore.open(in: ledger, for: .reading)
        defer { store.close() }
        try store.backup(to: draft.path + "/log.sqlite")
        var files = ["log.sqlite", "head"]
        let (origin, note, size, current) = try checkpoint(of: draft)
        try HeadFile.create(note, at: draft.head)
        if let policy = try SystemFile.read(ledger + "/policy") {
            try Self.write(policy, to: draft.path + "/policy")
            files.append("policy")
        }
        if includesKey {
            let signing = try key.read(in: LedgerFolder(path: ledger))
            guard signing.verifierKey == current else {
                throw LedgerError.wrongKey(got: signing.verifierKey.text, want: current.text)
            }
            try KeyFile.create(signing, at: draft.key)
            files.append("key")
        }
        return Summary(folder: destination, origin: origin, note: note, size: size, files: files.sorted())
    }

    /// The newest checkpoint of the copy, whose signature holds.
    private func checkpoint(
        of draft: LedgerFolder
    ) throws -> (origin: String, note: SignedNote, size: UInt64, key: VerifierKey) {
        let store = try SQLiteStore.open(in: draft.path, for: .reading)
        defer { store.close() }
        let copy = try Ledger.open(store, folder: draft.path, signing: nil)
        let found = try copy.read { (copy.origin, $0.note, $0.size, $0.keys.current) }
        store.close()
        // What SQLite kept beside the copy while it was read, and nothing has written.
        for suffix in ["-wal", "-shm"] { unlink(draft.path + "/log.sqlite" + suffix) }
        return found
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw SystemFile.error(path) }
        defer { close(file) }
        try SystemFile.write(bytes, to: file, path: path)
        guard fsync(file) == 0 else { throw SystemFile.error(path) }
    }

    private func discard(_ draft: LedgerFolder) {
        for name in ["/policy", "/log.sqlite-journal"] { unlink(draft.path + name) }
        draft.discard()
    }
}

extension Backup.Summary {
    /// The result in a line for a person.
    public var text: String {
        VisibleText.line("\(folder): a copy of \(origin) with \(size) entries: \(files.joined(separator: ", "))") + "\n"
    }

    public var json: JSON {
        [
            "format": "because-backup/1", "folder": .string(folder), "origin": .string(origin),
            "size": .integer(Int64(size)), "checkpoint": .string(String(decoding: note.bytes, as: UTF8.self)),
            "files": .array(files.map(JSON.string)),
        ]
    }
}
