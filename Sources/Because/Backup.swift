import Glibc
import SQLiteStorage

/// A consistent copy of a ledger in a new folder, made while others may record.
///
/// The copy holds everything but the index, which is made again when something is asked, and the signing key, unless that
/// is asked for; ledgers that this one continues after declared breaks are copied with it. Its `head` is that of the copied moment, so the copy holds together by itself. Therefore a backup that is
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
        let source = LedgerFolder(path: ledger)
        let identity = try SystemFile.identity(ledger)
        let store = try SQLiteStore.open(in: ledger, for: .reading)
        defer { store.close() }
        try store.backup(to: draft.path + "/log.sqlite")
        var files = ["log.sqlite", "head"]
        let (copied, isContinuation) = try checkpoint(of: draft)
        try HeadFile.create(copied.note, at: draft.head)
        if let policy = try SystemFile.read(source.policy) {
            try SystemFile.create(policy, at: draft.policy)
            files.append("policy")
        }
        if includesKey {
            let signing = try key.read(in: source)
            guard signing.verifierKey == copied.key else {
                throw LedgerError.wrongKey(got: signing.verifierKey.text, want: copied.key.text)
            }
            try KeyFile.create(signing, at: draft.key)
            files.append("key")
        }
        if isContinuation { files += try PreviousCopy(includesKey: includesKey).make(of: source, in: draft) }
        // A recovery would have put another ledger in its place, with this one as the one before.
        guard try SystemFile.identity(ledger) == identity else {
            throw StoreError.io(
                detail: "another ledger took the place of \(ledger) while it was copied: run the backup again")
        }
        return Summary(
            folder: destination, origin: copied.origin, note: copied.note, size: copied.size, files: files.sorted())
    }

    private typealias Copied = (origin: String, note: SignedNote, size: UInt64, key: VerifierKey)

    /// The newest checkpoint of the copy, whose signature holds, and whether the ledger continues another.
    private func checkpoint(of draft: LedgerFolder) throws -> (Copied, isContinuation: Bool) {
        let store = try SQLiteStore.open(in: draft.path, for: .reading)
        defer { store.close() }
        let copy = try Ledger.open(store, folder: draft.path, signing: nil)
        let found = try copy.read { (copy.origin, $0.note, $0.size, $0.keys.current) }
        store.close()
        // What SQLite kept beside the copy while it was read, and nothing has written.
        for suffix in ["-wal", "-shm"] { unlink(draft.path + "/log.sqlite" + suffix) }
        return (found, copy.continuation != nil)
    }

    private func discard(_ draft: LedgerFolder) {
        PreviousCopy.discard(in: draft)
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
