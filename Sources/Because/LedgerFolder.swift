import Glibc

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
    /// Derived from the log; anybody may delete it.
    var index: String { path + "/index.sqlite" }

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

    /// Removes the files of a creation that did not come to its end, and the folder with them.
    func discard() {
        for name in ["/key", "/head", "/lock"] { unlink(path + name) }
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
        let parent = open(other.path + "/..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { return }
        fsync(parent)
        close(parent)
    }
}
