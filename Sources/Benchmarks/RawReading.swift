import Because
import Dispatch
import GRDBSQLite
import Synchronization

/// What any verification of a ledger must do at least, by hand: read the entries, the sealed values and the identities, and
/// hash the bytes of the first two; on all cores.
struct RawReading {
    /// The log of a ledger of the benchmark's decisions.
    let path: String
    /// The number of its entries.
    let count: Int

    private struct Part {
        let sql: String
        let bounds: (low: Bound, high: Bound)
        let isHashed: Bool
    }

    private enum Bound {
        case number(Int)
        case text(String)
    }

    /// Reads everything and returns the number of rows. Cores take a part each, and another when they are done with it.
    func run() throws -> Int {
        let parts = parts
        let result = Mutex(Result<Int, RawSQLite.Failure>.success(0))
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
            let rows = Result { () throws(RawSQLite.Failure) in try read(parts[index]) }
            result.withLock { result in result = result.flatMap { sum in rows.map { sum + $0 } } }
        }
        return try result.withLock { try $0.get() }
    }

    private var parts: [Part] {
        let step = 10_000
        var parts: [Part] = []
        for start in stride(from: 0, to: count, by: step) {
            let end = min(start + step, count)
            parts.append(
                Part(
                    sql: "SELECT bytes FROM entries WHERE n >= ? AND n < ?", bounds: (.number(start), .number(end)),
                    isHashed: true))
            parts.append(
                Part(
                    sql: "SELECT disclosure FROM sealed WHERE key >= ? AND key < ?",
                    bounds: (.number(start * 2048), .number(end * 2048)), isHashed: true))
        }
        // Identities lie in the order of the ids: bench-0, bench-1, bench-10, …
        let digits = "0123456789:".map { Bound.text("bench-\($0)") }
        let texts = [.text("")] + digits + [.text("\u{10FFFF}")]
        for (low, high) in zip(texts, texts.dropFirst()) {
            parts.append(
                Part(
                    sql: "SELECT id, n FROM identities WHERE id >= ? AND id < ?", bounds: (low, high), isHashed: false))
        }
        return parts
    }

    private func read(_ part: Part) throws(RawSQLite.Failure) -> Int {
        var handle: OpaquePointer?
        defer { sqlite3_close(handle) }
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        // Whoever closes last removes the WAL, and who opens meanwhile has to wait.
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
            sqlite3_busy_timeout(handle, 10_000) == SQLITE_OK,
            sqlite3_prepare_v2(handle, part.sql, -1, &statement, nil) == SQLITE_OK
        else { throw RawSQLite.Failure(message: String(cString: sqlite3_errmsg(handle))) }
        bind(part.bounds.low, 1, statement)
        bind(part.bounds.high, 2, statement)
        var count = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: count += 1
            case SQLITE_DONE: return count
            default: throw RawSQLite.Failure(message: String(cString: sqlite3_errmsg(handle)))
            }
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, 0), count: Int(sqlite3_column_bytes(statement, 0)))
            if part.isHashed { _ = SHA256.digest(of: bytes) } else { _ = sqlite3_column_int64(statement, 1) }
        }
    }

    private func bind(_ bound: Bound, _ index: Int32, _ statement: OpaquePointer?) {
        switch bound {
        case .number(let number): sqlite3_bind_int64(statement, index, Int64(number))
        // SQLite copies what has this destructor.
        case .text(let text):
            sqlite3_bind_text(statement, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }
}
