import Decisions
import GRDB
import JSON
import Ledgers

/// What runs of producers used as numbers and said of them, as the index holds it: the numbers as a row for each stretch without
/// a gap.
///
/// So whether a run is complete is read from its gaps, and not from each of its numbers: of a million, that took 200 ms.
struct ProducerRuns: Equatable {
    private(set) var numberings: [ProducerRun: Numbering] = [:]

    mutating func add(_ entry: IndexedEntry) {
        guard let run = entry.run else { return }
        let at = Timestamp(microseconds: entry.at)
        if let number = entry.seq { numberings[run, default: Numbering()].add(number, at: at) }
        guard let claim = entry.claim else { return }
        numberings[run, default: Numbering()].add(claim, at: at)
        guard let previous = claim.previous else { return }
        let before = ProducerRun(producer: run.producer, epoch: previous.epoch)
        numberings[before, default: Numbering()].announce(previous.announced)
    }

    mutating func formUnion(_ other: ProducerRuns) {
        for (run, numbering) in other.numberings { numberings[run, default: Numbering()].formUnion(numbering) }
    }

    // MARK: In the index

    /// Adds all to what the index holds.
    func store(_ database: Database) throws {
        let rows = try RunRows(database)
        for (run, numbering) in numberings {
            try rows.add(numbering, of: run)
            for range in numbering.numbers.ranges where try !rows.extend(run, by: range) {
                try Self.store(SequenceSet(joining: [range]), "numbers", run, database)
            }
            try Self.store(numbering.declared, "declared", run, database)
        }
    }

    /// Adds stretches to those of a table, which stay disjoint and never adjacent.
    private static func store(
        _ set: SequenceSet, _ table: String, _ run: ProducerRun, _ database: Database
    ) throws {
        for range in set.ranges {
            let joined = try removeNeighbours(of: range, table, run, database)
            try database.cachedStatement(sql: "INSERT INTO \(table) VALUES (?, ?, ?, ?)").execute(
                arguments: [run.producer, run.epoch, joined.lowerBound, joined.upperBound])
        }
    }

    /// Takes the stretches out that meet `range` or lie next to it, and returns what all of them cover.
    private static func removeNeighbours(
        of range: ClosedRange<Int64>, _ table: String, _ run: ProducerRun, _ database: Database
    ) throws -> ClosedRange<Int64> {
        var (joined, met) = (range, [Int64]())
        let rows = try database.cachedStatement(
            sql: """
                SELECT rowid, first, last FROM \(table) WHERE producer = ? AND epoch IS ? AND last >= ? ORDER BY last
                """)
        let cursor = try Row.fetchCursor(rows, arguments: [run.producer, run.epoch, range.lowerBound - 1])
        while let row = try cursor.next(), let first = Int64.fromDatabaseValue(row[1]), first <= range.upperBound + 1,
            let last = Int64.fromDatabaseValue(row[2])
        {
            joined = min(joined.lowerBound, first)...max(joined.upperBound, last)
            if let id = Int64.fromDatabaseValue(row[0]) { met.append(id) }
        }
        for id in met {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE rowid = ?").execute(arguments: [id])
        }
        return joined
    }

    /// What the index holds of one run.
    static func numbering(of run: ProducerRun, _ database: Database) throws -> Numbering {
        var numbering = try RunRows.numbering(of: run, database)
        numbering.add(try stretches("numbers", run, database))
        numbering.declare(try stretches("declared", run, database))
        return numbering
    }

    private static func stretches(_ table: String, _ run: ProducerRun, _ database: Database) throws -> SequenceSet {
        let select = try database.cachedStatement(
            sql: "SELECT first, last FROM \(table) WHERE producer = ? AND epoch IS ? ORDER BY last")
        let rows = try Row.fetchCursor(select, arguments: [run.producer, run.epoch])
        var ranges: [ClosedRange<Int64>] = []
        while let row = try rows.next() { ranges.append(try range(row[0], row[1])) }
        return try set(ranges)
    }

    /// What the index holds of all runs.
    init(_ database: Database) throws {
        for (run, numbering) in try RunRows.all(database) { numberings[run] = numbering }
        for (run, set) in try Self.stretches("numbers", database) { numberings[run, default: Numbering()].add(set) }
        for (run, set) in try Self.stretches("declared", database) {
            numberings[run, default: Numbering()].declare(set)
        }
    }

    init() {}

    private static func stretches(_ table: String, _ database: Database) throws -> [ProducerRun: SequenceSet] {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT producer, epoch, first, last FROM main.\(table) ORDER BY producer, epoch, last")
        var ranges: [ProducerRun: [ClosedRange<Int64>]] = [:]
        while let row = try rows.next() {
            ranges[try ProducerRun(row[0], row[1]), default: []].append(try range(row[2], row[3]))
        }
        return try ranges.mapValues(set)
    }

    private static func range(_ first: DatabaseValue, _ last: DatabaseValue) throws -> ClosedRange<Int64> {
        guard let first = Int64.fromDatabaseValue(first), let last = Int64.fromDatabaseValue(last), first <= last,
            JSON.integerLimit >= last.magnitude, JSON.integerLimit >= first.magnitude
        else { throw DatabaseError.damage("a stretch of numbers ends before it begins") }
        return first...last
    }

    private static func set(_ ranges: [ClosedRange<Int64>]) throws -> SequenceSet {
        guard let set = SequenceSet(ranges) else { throw DatabaseError.damage("stretches of numbers overlap") }
        return set
    }
}
