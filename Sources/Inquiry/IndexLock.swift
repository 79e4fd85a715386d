import Glibc

/// The lock that processes take in turn to bring the index up to date. It is waited for: nobody holds it for long.
struct IndexLock {
    private let file: Int32

    /// `nil` where the lock file may not be written, with the reason in `errno`.
    init?(path: String) {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { return nil }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let reason = errno
                close(file)
                errno = reason
                return nil
            }
        }
    }

    func release() { close(file) }
}
