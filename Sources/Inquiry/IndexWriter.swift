import GRDB

/// Adds what is derived from entries to the tables of an index, within one transaction.
struct IndexWriter {
    private let entry: RowInsert
    private let citation: RowInsert
    private let link: RowInsert
    private let text: TextInsert
    /// What producers used as numbers, and said of them, in the entries added.
    private(set) var runs = ProducerRuns()

    /// For entries whose words lie in the full-text table of entry `number`.
    init(_ database: Database, textTableOf number: UInt64) throws {
        entry = try RowInsert("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", database)
        citation = try RowInsert("INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?)", database)
        link = try RowInsert("INSERT INTO links VALUES (?, ?, ?)", database)
        text = try TextInsert(database, textTableOf: number)
    }

    mutating func insert(_ new: IndexedEntry) throws {
        let n = Int64(new.number)
        entry.bind(1, n)
        entry.bind(2, new.id)
        entry.bind(3, new.type)
        entry.bind(4, new.at)
        entry.bind(5, new.outcome)
        entry.bind(6, new.kind)
        entry.bind(7, new.model)
        entry.bind(8, new.producer)
        entry.bind(9, new.epoch)
        entry.bind(10, new.seq)
        entry.bind(11, new.session)
        entry.bind(12, new.trace)
        entry.bind(13, new.unresolved)
        try entry.run()
        for new in new.citations {
            citation.bind(1, n)
            citation.bind(2, new.document)
            citation.bind(3, new.version)
            citation.bind(4, new.section)
            citation.bind(5, new.authority)
            citation.bind(6, new.role)
            try citation.run()
        }
        for new in new.links {
            link.bind(1, n)
            link.bind(2, new.rel)
            link.bind(3, new.id)
            try link.run()
        }
        runs.add(new)
        try text.insert(new)
    }
}

/// Adds the words of entries to a full-text table.
struct TextInsert {
    private let row: RowInsert

    /// To the table of entry `number`.
    init(_ database: Database, textTableOf number: UInt64) throws {
        row = try RowInsert(
            "INSERT INTO \(IndexSchema.textTable(number)) (rowid, summary, rationale) VALUES (?, ?, ?)", database)
    }

    func insert(_ new: IndexedEntry) throws {
        guard !new.summary.isEmpty || !new.rationale.isEmpty else { return }
        row.bind(1, Int64(new.number))
        row.bind(2, new.summary)
        row.bind(3, new.rationale)
        try row.run()
    }
}
