import Glibc

/// The files of a ledger on disk.
struct LedgerFolder {
    let path: String

    /// The signing key, of mode 0600.
    var key: String { path + "/key" }
    /// The last released checkpoint, outside the database.
    var head: String { path + "/head" }
    /// Which witnesses are trusted (C2SP tlog-policy); absent where nobody has said.
    var policy: String { path + "/policy" }
    /// Derived from the log; anybody may delete it.
    var index: String { path + "/index.sqlite" }

    /// Makes the folder, which must not be there yet.
    func claim() throws(StoreError) {
        guard mkdir(path, 0o700) != 0 else { return }
        let reason = errno
        switch reason {
        case EEXIST: throw .alreadyExists(path: path)
        case EACCES, EROFS, EPERM: throw .readOnly(path: path, detail: String(cString: strerror(reason)))
        case ENOSPC, EDQUOT: throw .full(detail: path)
        default: throw .io(detail: "\(path): \(String(cString: strerror(reason)))")
        }
    }

    /// Removes the files of a creation that did not come to its end, and the folder with them.
    func discard() {
        for name in ["/key", "/head", "/lock", "/log.sqlite", "/log.sqlite-wal", "/log.sqlite-shm", "/log.new"] {
            unlink(path + name)
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
