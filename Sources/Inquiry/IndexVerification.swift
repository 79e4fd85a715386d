import Decisions
import GRDB
import Glibc
public import Ledgers

extension LedgerIndex {
    /// Derives the index again from the log, in memory, and names what differs. It writes nothing, but for undoing what a
    /// process began to add and was killed over.
    public func verify(progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil) throws -> Findings {
        var findings = Findings()
        guard access(path, F_OK) == 0 else {
            findings.add(
                Finding(
                    .index, "index_absent", "there is no index yet; it is made when something is asked",
                    severity: .notice))
            return findings
        }
        do {
            undoUnfinished()
            // A connection of its own: what another has in memory says nothing of the file.
            let queue = try IndexConnections.open(path)
            defer { try? queue.close() }
            try queue.inDatabase { database in
                try database.execute(sql: "PRAGMA temp_store = MEMORY")
                // One moment of the index, and a later one of the log, which holds by then whatever the index does.
                try database.inTransaction(.deferred) {
                    let size = try self.usableSize(database)
                    try self.ledger.read { try self.compare($0, size, database, &findings, progress) }
                    return .commit
                }
            }
        } catch is Unusable {
            findings.add(
                Finding(.index, "index_unusable", "the index is not one of this log; run because index rebuild"))
        } catch let error as DatabaseError {
            findings.add(Self.unreadable(error.detail))
        } catch let error as RowDecodingError {
            findings.add(Self.unreadable("a value of another type: \(error)"))
        }
        return findings
    }

    /// Lets SQLite roll back a transaction that was never finished, which it does for whoever may write. One that is not
    /// finished yet it leaves alone.
    private func undoUnfinished() {
        guard access(path + "-journal", F_OK) == 0, let queue = try? DatabaseQueue(path: path) else { return }
        // What cannot be read is said by the connection that only reads.
        _ = try? queue.inDatabase { try Row.fetchOne($0, sql: "SELECT 1 FROM sqlite_schema") }
        try? queue.close()
    }

    private static func unreadable(_ detail: String) -> Finding {
        Finding(.index, "index_damaged", "the index cannot be read: \(detail); run because index rebuild")
    }

    private func compare(
        _ view: LedgerView, _ size: UInt64, _ database: Database, _ findings: inout Findings,
        _ progress: (@Sendable (UInt64, UInt64) -> Void)?
    ) throws {
        if size < view.size {
            findings.add(
                Finding(
                    .index, entry: size, "index_behind",
                    "the index holds \(size) of \(view.size) entries; it catches up when something is asked",
                    severity: .notice))
        }
        for damage in try String.fetchAll(database, sql: "PRAGMA main.integrity_check(20)") where damage != "ok" {
            findings.add(Finding(.index, "index_damaged", "the index is damaged: \(damage)"))
        }
        // What was erased after the index ends still stands in it, and goes when it catches up.
        try database.execute(sql: "CREATE TEMP TABLE erased (n INTEGER PRIMARY KEY)")
        for number in try view.erasedEntries(since: size) where number < size {
            try database.execute(sql: "INSERT INTO temp.erased VALUES (?)", arguments: [Int64(number)])
        }
        let tables = IndexTables(database: database)
        try compareStructure(size, database, &findings)
        for table in ["entries", "citations", "links"] {
            let extra = try Int64.fetchOne(
                database, sql: "SELECT n FROM \(table) WHERE n < 0 OR n >= ?", arguments: [Int64(size)])
            if let extra {
                findings.add(
                    Finding(
                        .index, "index_differs",
                        "the index has an entry \(extra) that it cannot have (\(table)); run because index rebuild"))
            }
        }
        var runs = ProducerRuns()
        for lower in stride(from: 0, to: size, by: Int(IndexSchema.textSegmentSize)) {
            let range = lower..<min(lower + IndexSchema.textSegmentSize, size)
            try tables.create(isTemporary: true)
            try tables.createTextTable(lower, isTemporary: true)
            try database.inSavepoint {
                var writer = try IndexWriter(database, textTableOf: lower)
                try view.indexedEntries(range, view.indexedPart) { try writer.insert($0) }
                runs.formUnion(writer.runs)
                return .commit
            }
            try compare(range, database, &findings)
            for table in [
                "entries", "citations", "links", "runs", "numbers", "declared", "state", IndexSchema.textTable(lower),
            ] {
                try database.execute(sql: "DROP TABLE temp.\(table)")
            }
            progress?(range.upperBound, size)
        }
        if try ProducerRuns(database) != runs {
            findings.add(
                Finding(
                    .index, "index_differs",
                    "the index has other numbers of producers than the log gives (runs); run because index rebuild"))
        }
    }

    private func compareStructure(_ size: UInt64, _ database: Database, _ findings: inout Findings) throws {
        let (got, want) = (try IndexSchema.objects(database, isFixed: false), try IndexSchema.objects(size: size))
        for name in Set(got.keys).union(want.keys).sorted() where got[name] != want[name] {
            let fact =
                got[name] == nil ? "is missing" : want[name] == nil ? "does not belong there" : "is not what it must be"
            findings.add(
                Finding(.index, "index_damaged", "in the index, \(name) \(fact); run because index rebuild"))
        }
    }

    private func compare(_ range: Range<UInt64>, _ database: Database, _ findings: inout Findings) throws {
        let words = IndexSchema.textTable(range.lowerBound)
        let sources = [
            ("entries", "SELECT * FROM S.entries WHERE n >= \(range.lowerBound) AND n < \(range.upperBound)", "n"),
            ("citations", "SELECT * FROM S.citations WHERE n >= \(range.lowerBound) AND n < \(range.upperBound)", "n"),
            ("links", "SELECT * FROM S.links WHERE n >= \(range.lowerBound) AND n < \(range.upperBound)", "n"),
            ("full text", "SELECT rowid AS n, summary, rationale FROM S.\(words) WHERE rowid NOT IN temp.erased", "n"),
        ]
        for (name, select, _) in sources { try compare(name, select, database, &findings) }
        // The words themselves: every occurrence in the full-text table against those of a fresh one.
        for schema in ["main", "temp"] {
            try database.execute(
                sql: "CREATE VIRTUAL TABLE temp.vocabulary_\(schema) USING fts5vocab(\(schema), \(words), instance)")
        }
        try compare(
            "words", "SELECT doc AS n, term, col, \"offset\" FROM temp.vocabulary_S WHERE doc NOT IN temp.erased",
            database, &findings)
        for schema in ["main", "temp"] { try database.execute(sql: "DROP TABLE temp.vocabulary_\(schema)") }
    }

    /// Compares what is stored with what is derived, in both directions and with repetitions counted.
    private func compare(_ name: String, _ select: String, _ database: Database, _ findings: inout Findings) throws {
        let main = select.replacing("S.", with: "main.").replacing("vocabulary_S", with: "vocabulary_main")
        let temp = select.replacing("S.", with: "temp.").replacing("vocabulary_S", with: "vocabulary_temp")
        let differences = [
            ("has something else or more for", "\(main) EXCEPT \(temp)"),
            ("lacks something of", "\(temp) EXCEPT \(main)"),
        ]
        for (what, sql) in differences {
            for n in try Int64.fetchAll(
                database, sql: "SELECT DISTINCT n FROM (\(sql)) ORDER BY n LIMIT \(Findings.limit)")
            {
                findings.add(
                    Finding(
                        .index, entry: UInt64(exactly: n), "index_differs",
                        "the index \(what) entry \(n) (\(name)); run because index rebuild"))
            }
        }
        let counts = try [main, temp].map { try Int.fetchOne(database, sql: "SELECT count(*) FROM (\($0))") ?? 0 }
        if counts[0] != counts[1] {
            findings.add(
                Finding(
                    .index, "index_differs",
                    "the index has \(counts[0]) rows of \(name) where the log gives \(counts[1])"))
        }
    }
}
