import Decisions
import GRDB

/// The tables of the index. They are derived from the log and can be deleted at any time.
enum IndexSchema {
    /// Grows with every change of what is derived; an index of another version is made again.
    static let version: Int32 = 5
    /// "becx": this database is an index.
    static let applicationID: Int32 = 0x6265_6378

    /// Entries in one full-text table. FTS5 keeps deleted words in its segments, so erasing a text means building its table
    /// again, and that must stay cheap.
    static let textSegmentSize: UInt64 = 65_536

    /// The type of nearly all entries, which no index is worth.
    static let commonType = EntryType.decision

    /// The decisions that cite nothing (`unresolved` is NULL) or cite something that did not resolve: few, and asked for together.
    static let unsupported = "type = '\(commonType)' AND unresolved IS NOT 0"

    static let tables = """
        CREATE TABLE state (
            only INTEGER PRIMARY KEY CHECK (only = 0),
            size INTEGER NOT NULL,
            first BLOB NOT NULL,
            last BLOB NOT NULL
        ) STRICT;
        CREATE TABLE entries (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, outcome TEXT, kind TEXT,
            model TEXT, producer TEXT, epoch TEXT, seq INTEGER, session TEXT, trace TEXT, unresolved INTEGER
        ) STRICT;
        CREATE INDEX entries_at ON entries (at);
        CREATE INDEX entries_type ON entries (type) WHERE type <> '\(commonType)';
        CREATE INDEX entries_outcome ON entries (outcome);
        CREATE INDEX entries_kind ON entries (kind);
        CREATE INDEX entries_model ON entries (model);
        CREATE INDEX entries_producer ON entries (producer);
        CREATE INDEX entries_session ON entries (session) WHERE session IS NOT NULL;
        CREATE INDEX entries_trace ON entries (trace) WHERE trace IS NOT NULL;
        CREATE INDEX entries_unresolved ON entries (unresolved) WHERE \(unsupported);
        CREATE TABLE citations (
            n INTEGER NOT NULL, document TEXT NOT NULL, version TEXT NOT NULL, section TEXT NOT NULL, authority TEXT, role TEXT
        ) STRICT;
        CREATE INDEX citations_n ON citations (n);
        CREATE INDEX citations_section ON citations (section, n);
        CREATE INDEX citations_authority ON citations (authority, n);
        CREATE INDEX citations_role ON citations (role, n);
        CREATE TABLE links (n INTEGER NOT NULL, rel TEXT NOT NULL, target TEXT NOT NULL) STRICT;
        CREATE INDEX links_n ON links (n);
        CREATE INDEX links_target ON links (target);
        CREATE TABLE runs (
            producer TEXT NOT NULL, epoch TEXT, announced INTEGER NOT NULL, closed INTEGER, seen INTEGER,
            sampled INTEGER NOT NULL, rejected INTEGER NOT NULL, overflowed INTEGER NOT NULL,
            dropped_attributes INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX runs_producer ON runs (producer, epoch);
        CREATE TABLE numbers (producer TEXT NOT NULL, epoch TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
        CREATE INDEX numbers_last ON numbers (producer, epoch, last);
        CREATE TABLE declared (producer TEXT NOT NULL, epoch TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
        CREATE INDEX declared_last ON declared (producer, epoch, last);
        """

    /// The objects of a schema by kind and name, with the SQL that made each; those of full text apart where `isFixed`.
    static func objects(_ database: Database, isFixed: Bool) throws -> [String: String] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT type || ' ' || name, coalesce(sql, '') FROM main.sqlite_schema")
        let objects = rows.map { (String.fromDatabaseValue($0[0]) ?? "", String.fromDatabaseValue($0[1]) ?? "") }
        return Dictionary(objects.filter { !isFixed || !$0.0.contains("words_") }) { first, _ in first }
    }

    /// What an index of `size` entries is made of; without full text where `size` is `nil`.
    static func objects(size: UInt64?) throws -> [String: String] {
        try DatabaseQueue().inDatabase { database in
            try IndexTables(database: database).create()
            for number in stride(from: 0, to: size ?? 0, by: Int(textSegmentSize)) {
                try IndexTables(database: database).createTextTable(number)
            }
            return try objects(database, isFixed: size == nil)
        }
    }

    /// The objects that every index has.
    static let fixedObjects = Result { try objects(size: nil) }

    /// The full-text table that holds entry `number`.
    static func textTable(_ number: UInt64) -> String { "words_\(number / textSegmentSize)" }

    /// The sizes of texts are not kept: nobody asks for ranks (1.2 of 5.9 µs a record). `IndexTables` turns the merging off that
    /// FTS5 does with every insert (another 1.1 µs): sixteen segments of one level are merged all the same.
    static func createTextTable(_ name: String) -> String {
        """
        CREATE VIRTUAL TABLE IF NOT EXISTS \(name) USING fts5(summary, rationale, columnsize = 0, \
        tokenize = 'unicode61 remove_diacritics 2')
        """
    }
}
