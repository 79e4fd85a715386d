import GRDB
import Glibc
public import Storage

extension SQLiteStore {
    /// Copies the log as it is at one moment into a new file at `path`, and makes that durable.
    ///
    /// It is SQLite's online backup in one step, out of a read transaction: appends go on meanwhile and are not in the copy.
    public func backup(to path: String) throws(StoreError) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(systemCode: errno, path: path) }
        do { try copy(to: path) } catch {
            Glibc.close(descriptor)
            throw error
        }
        // SQLite has closed the file. It was synced with its commit; this says so of everything in it.
        let code = fsync(descriptor) == 0 ? 0 : errno
        Glibc.close(descriptor)
        guard code == 0 else { throw StoreError(systemCode: code, path: path) }
    }

    private func copy(to path: String) throws(StoreError) {
        do {
            try read { snapshot in
                guard let source = (snapshot as? SQLiteSnapshot)?.database else { throw StoreError.closed }
                var configuration = Configuration()
                configuration.label = "log backup"
                configuration.foreignKeysEnabled = false
                let name = path.hasPrefix("/") ? path : "./" + path
                try asStoreErrors(path) {
                    let copy = try DatabaseQueue(path: name, configuration: configuration)
                    let outcome = Result { try copy.inDatabase { try source.backup(to: $0) } }
                    try copy.close()
                    try outcome.get()
                }
            }
        } catch let error as StoreError { throw error } catch { throw .io(detail: "\(error)") }
    }
}

extension StoreError {
    /// What a system call that failed means for the file at `path`.
    init(systemCode code: Int32, path: String) {
        let detail = systemMessage(code)
        switch code {
        case ENOSPC, EDQUOT, EFBIG: self = .full(detail: "\(path): \(detail)")
        case EACCES, EPERM, EROFS: self = .readOnly(path: path, detail: detail)
        case EEXIST: self = .alreadyExists(path: path)
        default: self = .io(detail: "\(path): \(detail)")
        }
    }
}
