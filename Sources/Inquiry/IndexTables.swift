import GRDB

/// The statements of the index, on whatever connection holds its tables: the file, or a temporary copy that it is compared with.
struct IndexTables {
    let database: Database

    /// Creates the tables, in the temporary schema if `isTemporary`.
    func create(isTemporary: Bool = false) throws {
        let tables = IndexSchema.tables
        let sql =
            isTemporary
            ? tables.replacing("CREATE TABLE ", with: "CREATE TABLE temp.").replacing(
                "CREATE INDEX ", with: "CREATE INDEX temp.")
            : tables
        try database.execute(sql: sql)
    }

    func createTextTable(_ number: UInt64, isTemporary: Bool = false) throws {
        let name = IndexSchema.textTable(number)
        try database.execute(sql: IndexSchema.createTextTable(isTemporary ? "temp.\(name)" : name))
    }

    /// Adds what is derived from one entry.
    func insert(_ entry: IndexedEntry) throws {
        let n = Int64(entry.number)
        try database.cachedStatement(sql: "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
            arguments: [
                n, entry.id, entry.type, entry.at, entry.outcome, entry.kind, entry.model, entry.producer, entry.epoch,
                entry.seq, entry.session, entry.trace,
            ])
        for citation in entry.citations {
            try database.cachedStatement(sql: "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?)").execute(
                arguments: [
                    n, citation.document, citation.version, citation.section, citation.authority, citation.role,
                ])
        }
        for link in entry.links {
            try database.cachedStatement(sql: "INSERT INTO links VALUES (?, ?, ?)").execute(
                arguments: [n, link.rel, link.id])
        }
        guard !entry.summary.isEmpty || !entry.rationale.isEmpty else { return }
        let table = IndexSchema.textTable(entry.number)
        try database.cachedStatement(sql: "INSERT INTO \(table) (rowid, summary, rationale) VALUES (?, ?, ?)").execute(
            arguments: [n, entry.summary, entry.rationale])
    }

    /// The numbers in `range` of entries that answer the query, greatest first, at most `limit`. `subjects` holds for each
    /// `subject:` term the entries about that person.
    func numbers(_ query: Query, in range: Range<UInt64>, subjects: [String: [UInt64]], limit: Int) throws -> [UInt64] {
        guard !query.words.isEmpty else { return try select(query, range, subjects, limit) }
        var found: [UInt64] = []
        var upper = range.upperBound
        // Full text lies in one table for each stretch of entries, so the newest is asked first.
        while upper > range.lowerBound, found.count < limit {
            let lower = max(range.lowerBound, (upper - 1) / IndexSchema.textSegmentSize * IndexSchema.textSegmentSize)
            found += try select(query, lower..<upper, subjects, limit - found.count)
            upper = lower
        }
        return found
    }

    private func select(
        _ query: Query, _ range: Range<UInt64>, _ subjects: [String: [UInt64]], _ limit: Int
    ) throws -> [UInt64] {
        guard !range.isEmpty else { return [] }
        var clauses = ["n >= ?", "n < ?"]
        var arguments: StatementArguments = [Int64(range.lowerBound), Int64(range.upperBound)]
        for term in query.terms {
            let (sql, values) = clause(term.condition, range.lowerBound, subjects)
            clauses.append(term.isNegated ? "(\(sql)) IS NOT TRUE" : sql)
            arguments += values
        }
        arguments += [limit]
        let sql = "SELECT n FROM entries WHERE \(clauses.joined(separator: " AND ")) ORDER BY n DESC LIMIT ?"
        return try Int64.fetchAll(database, sql: sql, arguments: arguments).map(UInt64.init)
    }

    private func clause(
        _ condition: Query.Term.Condition, _ lower: UInt64, _ subjects: [String: [UInt64]]
    ) -> (String, StatementArguments) {
        switch condition {
        case .since(let moment): ("at >= ?", [moment])
        case .until(let moment): ("at < ?", [moment])
        case .words(let words):
            (
                "n IN (SELECT rowid FROM \(IndexSchema.textTable(lower)) WHERE \(IndexSchema.textTable(lower)) MATCH ?)",
                [Self.phrase(words)]
            )
        case .field(.subject, let value):
            ("n IN (\((subjects[value] ?? []).map(String.init).joined(separator: ",")))", [])
        case .field(.principle, let value): principleClause(value)
        case .field(.authority, let value): ("n IN (SELECT n FROM citations WHERE authority = ?)", [value])
        case .field(.role, let value): ("n IN (SELECT n FROM citations WHERE role = ?)", [value])
        // The name of a field is that of its column; fields are a closed list.
        case .field(let field, let value): ("\(field.rawValue) = ?", [value])
        }
    }

    private func principleClause(_ value: String) -> (String, StatementArguments) {
        let parts = value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else {
            return ("n IN (SELECT n FROM citations WHERE section = ?)", [parts.last ?? value])
        }
        let names = parts[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard names.count == 2 else {
            return ("n IN (SELECT n FROM citations WHERE section = ? AND document = ?)", [parts[1], names[0]])
        }
        return (
            "n IN (SELECT n FROM citations WHERE section = ? AND document = ? AND version = ?)",
            [parts[1], names[0], names[1]]
        )
    }

    /// A phrase in the syntax of FTS5, in which nothing of it is an operator.
    static func phrase(_ words: String) -> String {
        // A NUL would end the expression; to the tokenizer it is a space like any other.
        "\"\(words.replacing("\"", with: "\"\"").replacing("\0", with: " "))\""
    }
}
