import Decisions
import GRDB

/// Looks for the records of a session or trace, for the facts that point to these or to one another, and for other decisions that do.
struct ThreadLookup: Lookup {
    private let thread: Timeline.Thread
    private let limit: Int
    /// The records that name the session or trace, one more than are asked for.
    private var members: [(number: UInt64, id: String)] = []
    /// Records that name others, by those that they name.
    private var naming: [String: [Naming]] = [:]
    private var others: Set<UInt64> = []

    private struct Naming {
        let number: UInt64
        let id: String
        let isDecision: Bool
    }

    init(_ thread: Timeline.Thread, limit: Int) {
        self.thread = thread
        self.limit = limit
    }

    /// Whether there are more records than were asked for.
    var isCut: Bool { members.count > limit }

    /// Everything that was found, in the order of the log.
    var numbers: [UInt64] { others.union(members.prefix(limit).map(\.number)).sorted() }

    /// The ids of those of `entries` that the timeline shows: records of the session or trace, facts about these, and facts about
    /// those.
    func shown(_ entries: [IndexedEntry]) -> Set<String> {
        let asked = Set(members.prefix(limit).map(\.number))
        var shown = Set(entries.filter { asked.contains($0.number) && thread.holds($0) }.map(\.id))
        var facts = entries.filter { $0.type != EntryType.decision && !shown.contains($0.id) }
        var count = 0
        while shown.count > count {
            count = shown.count
            for fact in facts where fact.links.contains(where: { shown.contains($0.id) }) { shown.insert(fact.id) }
            facts.removeAll { shown.contains($0.id) }
        }
        return shown
    }

    mutating func add(_ entry: IndexedEntry) {
        if members.count <= limit, thread.holds(entry) { members.append((entry.number, entry.id)) }
        let isDecision = entry.type == EntryType.decision
        for target in Set(entry.links.map(\.id)) {
            naming[target, default: []].append(.init(number: entry.number, id: entry.id, isDecision: isDecision))
        }
    }

    mutating func read(_ database: Database, below limit: Int64) throws {
        let column = thread.name
        let rows = try Row.fetchAll(
            database, sql: "SELECT n, id FROM entries WHERE \(column) = ? AND n >= 0 AND n < ? ORDER BY n LIMIT ?",
            arguments: [thread.value, limit, self.limit + 1])
        members = rows.compactMap { row in
            UInt64.fromDatabaseValue(row[0]).flatMap { number in String.fromDatabaseValue(row[1]).map { (number, $0) } }
        }
        let links = try database.cachedStatement(
            sql: """
                SELECT DISTINCT e.n, e.id, e.type FROM links l JOIN entries e ON e.n = l.n
                WHERE l.target = ? AND l.n >= 0 AND l.n < ?
                """)
        var ids = members.prefix(self.limit).map(\.id)
        while let id = ids.popLast() {
            guard naming[id] == nil else { continue }
            naming[id] = try Row.fetchAll(links, arguments: [id, limit]).compactMap { row in
                guard let number = UInt64.fromDatabaseValue(row[0]), let id = String.fromDatabaseValue(row[1]),
                    let type = String.fromDatabaseValue(row[2])
                else { return nil }
                return Naming(number: number, id: id, isDecision: type == EntryType.decision)
            }
            ids += (naming[id] ?? []).filter { !$0.isDecision }.map(\.id)
        }
    }

    /// Takes what points to the records of the session or trace, and what points to that.
    mutating func follow() {
        var ids = members.prefix(limit).map(\.id)
        var followed = Set(ids)
        while let id = ids.popLast() {
            for naming in naming[id] ?? [] {
                others.insert(naming.number)
                if !naming.isDecision, followed.insert(naming.id).inserted { ids.append(naming.id) }
            }
        }
    }
}
