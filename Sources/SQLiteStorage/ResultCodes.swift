import GRDB
import GRDBSQLite
import Storage

extension StoreError {
    /// What an SQLite result code means for the store at `path`.
    init(code: Int32, message: String, path: String) {
        let detail = "\(message) (SQLite \(code))"
        // The low byte is the kind; the rest says more precisely where it happened.
        switch code & 0xff {
        // A WAL index that cannot grow: it is made of the same disk.
        case _ where code == ResultCode.SQLITE_IOERR_SHMSIZE.rawValue: self = .full(detail: detail)
        case SQLITE_FULL: self = .full(detail: detail)
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH: self = .readOnly(path: path, detail: detail)
        case SQLITE_BUSY, SQLITE_LOCKED: self = .heldByAnotherProcess(path: path, holder: nil)
        case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_PROTOCOL, SQLITE_NOLFS, SQLITE_TOOBIG:
            self = .io(detail: detail)
        case SQLITE_MISUSE: self = .closed
        // The SQL is fixed, so a statement that does not compile or a value that does not fit means that the file
        // has another schema than it had.
        default: self = .damaged(detail: detail)
        }
    }

    init(_ error: DatabaseError, path: String) {
        let code = error.extendedResultCode.rawValue
        self.init(code: code, message: error.message ?? String(cString: sqlite3_errstr(code)), path: path)
    }
}

/// Calls `body`, and makes of GRDB's errors those of the store at `path`.
func asStoreErrors<Result>(_ path: String, _ body: () throws -> Result) throws(StoreError) -> Result {
    do {
        return try body()
    } catch let error as StoreError {
        throw error
    } catch let error as DatabaseError {
        throw StoreError(error, path: path)
    } catch {
        throw .io(detail: "\(error)")
    }
}
