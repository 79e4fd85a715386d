import Decisions
import GRDB
import Ledgers

/// What other entries hold that concerns one decision.
struct FoundElsewhere: Lookup {
    /// Entries that are shown.
    static let limit = 200

    let id: String
    /// The number of its entry.
    let number: UInt64
    let run: ProducerRun?
    let session: String?
    /// Numbers of entries that link to the decision, ascending: one more than are shown, so that this can be said.
    private(set) var linking: [UInt64] = []
    /// Numbers of entries that say that values of the decision were erased.
    private(set) var erasing: [UInt64] = []
    private var indexed = Numbering()
    private var scanned = ProducerRuns()

    /// How many decisions its session has; counted up to `sessionLimit`.
    private(set) var sessionCount = 0
    static let sessionLimit = 1000

    init(id: String, number: UInt64, run: ProducerRun?, session: String?) {
        self.id = id
        self.number = number
        self.run = run
        self.session = session
    }

    /// What the run of its producer used as numbers, and said of them.
    var numbering: Numbering {
        guard let run, let numbering = scanned.numberings[run] else { return indexed }
        var all = indexed
        all.formUnion(numbering)
        return all
    }

    mutating func add(_ entry: IndexedEntry) {
        if linking.count <= Self.limit, entry.links.contains(where: { $0.id == id }) { linking.append(entry.number) }
        if let session, entry.type == EntryType.decision, Timeline.Thread.session(session).holds(entry) {
            sessionCount = min(sessionCount + 1, Self.sessionLimit)
        }
        if entry.erasedEntry == number { erasing.append(entry.number) }
        if let run, entry.producer == run.producer { scanned.add(entry) }
    }

    /// Asks the index about the entries below `limit`. Numbers that it holds of later ones are in the log as well.
    mutating func read(_ database: Database, below limit: Int64) throws {
        let links = try database.cachedStatement(
            sql: "SELECT DISTINCT n FROM links WHERE target = ? AND n >= 0 AND n < ? ORDER BY n LIMIT ?")
        linking = try Int64.fetchAll(links, arguments: [id, limit, Self.limit + 1]).compactMap { UInt64(exactly: $0) }
        if let session {
            let decisions = try database.cachedStatement(
                sql: """
                    SELECT count(*) FROM (SELECT 1 FROM entries
                    WHERE session = ? AND type = ? AND n >= 0 AND n < ? LIMIT ?)
                    """)
            sessionCount =
                try Int.fetchOne(decisions, arguments: [session, EntryType.decision, limit, Self.sessionLimit]) ?? 0
        }
        let erasures = try database.cachedStatement(
            sql: "SELECT DISTINCT n FROM links WHERE target = ? AND n >= 0 AND n < ? ORDER BY n")
        erasing = try Int64.fetchAll(erasures, arguments: [IndexedEntry.name(of: number), limit])
            .compactMap { UInt64(exactly: $0) }
        guard let run else { return }
        indexed = try ProducerRuns.numbering(of: run, database)
    }
}
