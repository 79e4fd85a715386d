import GRDB

/// Judges full text without the index, by the same tokenizer: what the index found is judged again, and so is what it does not
/// hold yet.
struct WordMatcher {
    private let words: [(words: String, isNegated: Bool)]
    private let queue: DatabaseQueue?

    init(_ query: Query) throws {
        words = query.words
        queue = words.isEmpty ? nil : try DatabaseQueue()
        try queue?.write { try $0.execute(sql: IndexSchema.createTextTable("words")) }
    }

    /// Those of `entries` whose texts answer the query.
    func matching(_ entries: [IndexedEntry]) throws -> [IndexedEntry] {
        guard let queue else { return entries }
        return try queue.write { database in
            try database.execute(sql: "DELETE FROM words")
            for (row, entry) in entries.enumerated() {
                try database.cachedStatement(sql: "INSERT INTO words (rowid, summary, rationale) VALUES (?, ?, ?)")
                    .execute(arguments: [row, entry.summary, entry.rationale])
            }
            var rows = Set(entries.indices)
            for (words, isNegated) in words {
                let found = Set(
                    try Int.fetchAll(
                        database, sql: "SELECT rowid FROM words WHERE words MATCH ?",
                        arguments: [IndexQuery.phrase(words)]))
                rows = isNegated ? rows.subtracting(found) : rows.intersection(found)
            }
            return entries.indices.filter(rows.contains).map { entries[$0] }
        }
    }
}
