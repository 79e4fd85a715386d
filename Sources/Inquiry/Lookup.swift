import GRDB
import Ledgers

/// What is found out over all entries: by the index as far as it reaches, and from the log where it does not.
protocol Lookup {
    /// Asks the index about the entries below `limit`.
    mutating func read(_ database: Database, below limit: Int64) throws

    /// Takes what the log gives of one entry; they come in their order.
    mutating func add(_ entry: IndexedEntry)
}

/// From where an answer was looked up, and what its reader must know of that.
struct Reach {
    /// The number below which the index holds every entry; 0 where it is not asked.
    var indexed: UInt64
    var notes: [String] = []

    /// Whether the index was asked, which cannot show what it leaves out.
    var isFromIndex: Bool { indexed > 0 }

    /// Says that an entry is not what the index claims; whatever it claimed is left out.
    mutating func noteWrong(_ number: UInt64) {
        notes.append("the index is wrong about entry \(number); run because index rebuild")
    }
}

extension LedgerIndex {
    /// Brings the index up to date, and says how far it reaches. With `scan` it is not used.
    func reach(scan: Bool = false) -> Reach {
        guard !scan else { return Reach(indexed: 0) }
        do { return try updatedReach() } catch {
            return Reach(indexed: 0, notes: ["the index cannot be used (\(error)), so the log itself was read"])
        }
    }

    /// Brings the index up to date, and says how far it reaches; throws where it cannot be used.
    func updatedReach() throws -> Reach {
        switch try update() {
        case .current: Reach(indexed: .max)
        case .rebuilt(let reason): Reach(indexed: .max, notes: ["the index was made again: \(reason)"])
        case .behind(let size, let reason):
            Reach(indexed: size, notes: ["entries from \(size) on were read from the log: \(reason)"])
        }
    }

    /// `lookup` after all entries of `view`, each asked of the index or read from the log.
    func found<Found: Lookup>(_ lookup: Found, in view: LedgerView, _ reach: inout Reach) throws -> Found {
        var found = try indexed(lookup, below: view.size, &reach)
        if reach.indexed < view.size { try view.indexedEntries(reach.indexed..<view.size, .clear) { found.add($0) } }
        return found
    }

    /// `lookup` after all entries that there are now, and their number. What is read from the log is derived on all cores, in
    /// short transactions.
    func found<Found: Lookup>(_ lookup: Found, _ reach: inout Reach) throws -> (found: Found, size: UInt64) {
        let size = try ledger.read { $0.size }
        var found = try indexed(lookup, below: size, &reach)
        try ledger.readAhead(min(reach.indexed, size)..<size, of: 1024) { view, stretch in
            var entries: [IndexedEntry] = []
            try view.indexedEntries(stretch, .clear) { entries.append($0) }
            return entries
        } take: { entries in
            for entry in entries { found.add(entry) }
        }
        return (found, size)
    }

    /// `lookup` after those entries below `size` that the index holds.
    private func indexed<Found: Lookup>(_ lookup: Found, below size: UInt64, _ reach: inout Reach) throws -> Found {
        guard reach.isFromIndex else { return lookup }
        var found = lookup
        do { try readOnly { try found.read($0, below: Int64(clamping: min(reach.indexed, size))) } } catch let error
            as DatabaseError
        {
            reach.notes.append("the index cannot be read (\(error.detail)), so the log itself was read")
            reach.indexed = 0
            return lookup
        }
        return found
    }
}

/// The citations of one document that the index holds.
///
/// They are counted one by one, as those of the log are: a million decisions take 1.2 s of processor time, by the log itself 9.
enum IndexedCitations {
    /// Calls `body` with each entry below `limit` that cites a section of `document`, in their order, with these citations.
    static func read(
        of document: String, below limit: Int64, _ database: Database,
        _ body: (_ number: UInt64, _ outcome: String?, _ citations: [IndexedEntry.IndexedCitation]) -> Void
    ) throws {
        let rows = try database.cachedStatement(
            sql: """
                SELECT c.n, e.outcome, c.version, c.section, c.role
                FROM citations c JOIN entries e ON e.n = c.n
                WHERE c.document = ? AND c.n >= 0 AND c.n < ? ORDER BY c.n
                """)
        let cursor = try Row.fetchCursor(rows, arguments: [document, limit])
        var current: (number: UInt64, outcome: String?, citations: [IndexedEntry.IndexedCitation])?
        while let row = try cursor.next() {
            // A file can hold anything, whatever its schema says.
            guard let number = UInt64.fromDatabaseValue(row[0]), let version = String.fromDatabaseValue(row[2]),
                let section = String.fromDatabaseValue(row[3])
            else { throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "a citation has no section") }
            if let last = current, last.number != number {
                body(last.number, last.outcome, last.citations)
                current = nil
            }
            if current == nil { current = (number, String.fromDatabaseValue(row[1]), []) }
            current?.citations.append(
                .init(
                    document: document, version: version, section: section, authority: nil,
                    role: String.fromDatabaseValue(row[4])))
        }
        if let last = current { body(last.number, last.outcome, last.citations) }
    }
}
