import Glibc
import Keyrings
import SQLiteStorage

/// The files of a ledger on disk.
struct LedgerFolder {
    let path: String

    /// A slash at the end would make what is put beside the folder lie within it.
    init(path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// The signing key, of mode 0600.
    var key: String { path + "/key" }
    /// The last released checkpoint, outside the database.
    var head: String { path + "/head" }
    /// Which witnesses are trusted (C2SP tlog-policy); absent where nobody has said.
    var policy: String { path + "/policy" }
    /// Derived from the log; anybody may delete it.
    var index: String { path + "/index.sqlite" }

    /// The ledger that this one continues after a break, as it was left.
    var previous: LedgerFolder { LedgerFolder(path: path + "/previous") }

    var isThere: Bool { access(path, F_OK) == 0 }

    var hasLog: Bool { access(path + "/log.sqlite", F_OK) == 0 }

    /// Where a key is written before it follows on the one at `path`.
    static func successor(of path: String) -> String { path + ".new" }

    /// Ends a change of keys: the ledger knows the successor already.
    static func putSuccessorInPlace(of path: String) throws(StoreError) {
        guard rename(successor(of: path), path) == 0 else {
            throw .io(detail: "\(path): \(String(cString: strerror(errno)))")
        }
        LedgerFolder(path: path).syncParent()
    }

    /// Makes a ledger in this folder, which must not be there yet, and leaves it open for recording.
    func makeLedger(
        origin: String, places: LedgerPlaces, contact: Contact? = nil, continuing continuation: Continuation? = nil,
        reason: String? = nil
    ) async throws -> Ledger {
        try claim()
        let key = try places.key.make(origin: origin, in: self)
        let store = try SQLiteStore.create(
            in: path, subjectKey: Randomness.system.bytes(32), keyring: try places.openKeyring(for: .writing))
        let headPath = places.head(in: self)
        let signing = Ledger.Signing(key: key, head: try HeadFile(path: headPath, isWritable: true))
        return try await Ledger.create(
            in: store, folder: path, headPath: headPath, signing: signing, continuing: continuation, reason: reason,
            contact: contact)
    }

    /// Makes the folder, which must not be there yet.
    func claim() throws {
        guard mkdir(path, 0o700) != 0 else { return }
        let reason = errno
        switch reason {
        case ENOENT, ENOTDIR: throw LedgerError.noParentFolder(path: path)
        case EEXIST: throw StoreError.alreadyExists(path: path)
        case EACCES, EROFS, EPERM: throw StoreError.readOnly(path: path, detail: String(cString: strerror(reason)))
        case ENOSPC, EDQUOT: throw StoreError.full(detail: path)
        default: throw StoreError.io(detail: "\(path): \(String(cString: strerror(reason)))")
        }
    }

    /// Removes the files of a creation that did not come to its end, and the folder with them; but never a ledger that has
    /// another inside.
    func discard() {
        guard !previous.isThere else { return }
        for name in ["/key", "/head", "/lock", "/policy"] { unlink(path + name) }
        for log in ["/log.sqlite", "/log.new"] {
            for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + log + suffix) }
        }
        rmdir(path)
    }

    /// Puts the folder in the place of `other`, which is empty, and makes that durable.
    func replace(_ other: LedgerFolder) throws(StoreError) {
        guard rename(path, other.path) == 0 else {
            throw .io(detail: "\(other.path): \(String(cString: strerror(errno)))")
        }
        other.syncParent()
    }

    /// Makes the name of the folder or file durable.
    func syncParent() { try? SystemFile.syncFolder(SystemFile.parent(path)) }
}
