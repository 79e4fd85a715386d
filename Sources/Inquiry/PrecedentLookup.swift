import Decisions
import GRDB
import Glibc

/// Looks for decisions that applied one of some sections: all where they are few, else those that share a rare word, and the newest.
struct PrecedentLookup: Lookup {
    /// A section, whatever its version.
    struct SectionName: Hashable {
        let document: String
        let section: String
    }

    /// The most that are counted.
    static let countLimit = 10_000
    /// A word is rare that stands in at most so many records.
    private static let rareLimit = 256

    let sections: Set<SectionName>
    /// The decision that was asked about.
    private let number: UInt64
    /// Its distinct words.
    private let words: [String]
    /// The newest of the decisions found, one more than are counted, in no order.
    private var found: Set<UInt64> = []
    /// What the rare words of a record weigh that stand in the decision as well.
    private var scores: [UInt64: Double] = [:]

    init(_ sections: Set<SectionName>, except number: UInt64, words: [String]) {
        self.sections = sections
        self.number = number
        self.words = words
    }

    /// How many were found, up to `countLimit`, and whether there are more.
    var count: Int { min(found.count, Self.countLimit) }
    var isCut: Bool { found.count > Self.countLimit }

    /// The numbers to compare, at most `limit`: first those that share rare words, then the newest.
    func numbers(limit: Int) -> [UInt64] {
        let alike = scores.sorted { ($1.value, $1.key) < ($0.value, $0.key) }.map(\.key)
        let newest = found.subtracting(alike).sorted(by: >)
        return Array((alike + newest).prefix(limit))
    }

    /// Whether an entry is a decision that applied one of the sections.
    func applies(_ entry: IndexedEntry) -> Bool { entry.type == EntryType.decision && !applied(entry).isEmpty }

    /// The citations by which an entry applied one of the sections.
    func applied(_ entry: IndexedEntry) -> [IndexedEntry.IndexedCitation] {
        entry.citations.filter {
            $0.role == Decision.Principle.Role.applied.rawValue
                && sections.contains(.init(document: $0.document, section: $0.section))
        }
    }

    mutating func add(_ entry: IndexedEntry) {
        guard entry.number != number, applies(entry) else { return }
        found.insert(entry.number)
        // They come in their order.
        if found.count > 2 * Self.countLimit { found = Set(found.sorted().suffix(Self.countLimit + 1)) }
    }

    mutating func read(_ database: Database, below limit: Int64) throws {
        for section in sections {
            let numbers = try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT n FROM citations
                    WHERE section = ? AND document = ? AND role = 'applied' AND n >= 0 AND n < ? ORDER BY n DESC LIMIT ?
                    """, arguments: [section.section, section.document, limit, Self.countLimit + 2])
            found.formUnion(numbers.map(UInt64.init))
        }
        found.remove(number)
        guard count > Precedents.comparedLimit else { return }
        for (number, score) in try rare(database, below: limit) where try isFound(number, database) {
            scores[number] = score
        }
        found = Set(found.sorted().suffix(Self.countLimit + 1)).union(scores.keys)
    }

    /// The records that share rare words with the decision, and what these weigh.
    private func rare(_ database: Database, below limit: Int64) throws -> [UInt64: Double] {
        var scores: [UInt64: Double] = [:]
        for word in words {
            var numbers: [UInt64] = []
            var upper = UInt64(limit)
            while upper > 0, numbers.count <= Self.rareLimit {
                let table = IndexSchema.textTable(upper - 1)
                let rows = try database.cachedStatement(
                    sql: "SELECT rowid FROM \(table) WHERE \(table) MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?")
                numbers += try Int64.fetchAll(
                    rows, arguments: [IndexQuery.phrase(word), Int64(upper), Self.rareLimit + 1]
                ).compactMap { UInt64(exactly: $0) }
                upper = (upper - 1) / IndexSchema.textSegmentSize * IndexSchema.textSegmentSize
            }
            guard numbers.count <= Self.rareLimit else { continue }
            for found in numbers where found != number {
                scores[found, default: 0] += log(1 + Double(limit) / Double(numbers.count))
            }
        }
        return scores
    }

    private func isFound(_ number: UInt64, _ database: Database) throws -> Bool {
        let rows = try database.cachedStatement(
            sql: "SELECT document, section FROM citations WHERE n = ? AND role = 'applied'")
        return try Row.fetchAll(rows, arguments: [Int64(number)]).contains { row in
            guard let document = String.fromDatabaseValue(row[0]), let section = String.fromDatabaseValue(row[1]) else {
                return false
            }
            return sections.contains(.init(document: document, section: section))
        }
    }
}
