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
        if isTemporary { return try database.execute(sql: IndexSchema.createTextTable("temp.\(name)")) }
        let isThere = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = ?)", arguments: [name])
        guard isThere == false else { return }
        try database.execute(sql: IndexSchema.createTextTable(name))
        try database.execute(sql: "INSERT INTO \(name) (\(name), rank) VALUES ('automerge', 0)")
    }

    /// The numbers in `range` of entries that answer the query, greatest first, at most `limit`.
    func numbers(_ query: Query, in range: Range<UInt64>, _ known: IndexQuery.Known, limit: Int) throws -> [UInt64] {
        let asked = try IndexQuery(query, known, database)
        guard !query.words.isEmpty else { return try select(asked, range, limit) }
        var found: [UInt64] = []
        var upper = range.upperBound
        // Full text lies in one table for each stretch of entries, so the newest is asked first.
        while upper > range.lowerBound, found.count < limit {
            let lower = max(range.lowerBound, (upper - 1) / IndexSchema.textSegmentSize * IndexSchema.textSegmentSize)
            found += try select(asked, lower..<upper, limit - found.count)
            upper = lower
        }
        return found
    }

    private func select(_ asked: IndexQuery, _ range: Range<UInt64>, _ limit: Int) throws -> [UInt64] {
        guard !range.isEmpty else { return [] }
        let (sql, arguments) = asked.statement(range, limit: limit)
        return try Int64.fetchAll(database, sql: sql, arguments: arguments).map(UInt64.init)
    }
}
