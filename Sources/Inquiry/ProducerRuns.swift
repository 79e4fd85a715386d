import GRDB
import JSON
import Ledgers

/// The numbers that runs of producers used, as the index holds them: a row for each stretch without a gap.
///
/// So whether a run is complete is read from its gaps, and not from each of its numbers: of a million, that took 200 ms.
struct ProducerRuns: Equatable {
    private(set) var sets: [ProducerRun: SequenceSet] = [:]

    mutating func add(_ entry: IndexedEntry) {
        guard let producer = entry.producer, let number = entry.seq else { return }
        sets[ProducerRun(producer: producer, epoch: entry.epoch), default: SequenceSet()].insert(number)
    }

    mutating func formUnion(_ other: ProducerRuns) {
        for (run, numbers) in other.sets { sets[run, default: SequenceSet()].formUnion(numbers) }
    }

    /// Whether the same runs used the same numbers, however often.
    static func == (left: ProducerRuns, right: ProducerRuns) -> Bool {
        left.sets.mapValues(\.ranges) == right.sets.mapValues(\.ranges)
    }

    // MARK: In the index

    /// Adds the numbers to those that the index holds.
    func store(_ database: Database) throws {
        let insert = try RowInsert("INSERT INTO runs VALUES (?, ?, ?, ?)", database)
        for (run, numbers) in sets {
            for range in numbers.ranges {
                let joined = try Self.removeNeighbours(of: range, run, database)
                insert.bind(1, run.producer)
                insert.bind(2, run.epoch)
                insert.bind(3, joined.lowerBound)
                insert.bind(4, joined.upperBound)
                try insert.run()
            }
        }
    }

    /// Takes the stretches out that meet `range` or lie next to it, and returns what all of them cover.
    private static func removeNeighbours(
        of range: ClosedRange<Int64>, _ run: ProducerRun, _ database: Database
    ) throws -> ClosedRange<Int64> {
        var (joined, met) = (range, [Int64]())
        let rows = try database.cachedStatement(
            sql: """
                SELECT rowid, first, last FROM runs WHERE producer = ? AND epoch IS ? AND last >= ? ORDER BY last
                """)
        let cursor = try Row.fetchCursor(rows, arguments: [run.producer, run.epoch, range.lowerBound - 1])
        while let row = try cursor.next(), let first = Int64.fromDatabaseValue(row[1]), first <= range.upperBound + 1,
            let last = Int64.fromDatabaseValue(row[2])
        {
            joined = min(joined.lowerBound, first)...max(joined.upperBound, last)
            if let id = Int64.fromDatabaseValue(row[0]) { met.append(id) }
        }
        for id in met { try database.cachedStatement(sql: "DELETE FROM runs WHERE rowid = ?").execute(arguments: [id]) }
        return joined
    }

    /// The numbers of one run.
    static func numbers(of run: ProducerRun, _ database: Database) throws -> SequenceSet {
        let select = try database.cachedStatement(
            sql: "SELECT first, last FROM runs WHERE producer = ? AND epoch IS ? ORDER BY last")
        let rows = try Row.fetchCursor(select, arguments: [run.producer, run.epoch])
        var ranges: [ClosedRange<Int64>] = []
        while let row = try rows.next() { ranges.append(try range(row[0], row[1])) }
        return try set(ranges)
    }

    /// The numbers of all runs.
    init(_ database: Database) throws {
        let rows = try Row.fetchCursor(
            database, sql: "SELECT producer, epoch, first, last FROM main.runs ORDER BY producer, epoch, last")
        var ranges: [ProducerRun: [ClosedRange<Int64>]] = [:]
        while let row = try rows.next() {
            guard let producer = String.fromDatabaseValue(row[0]) else { throw Self.damage("a run has no producer") }
            let run = ProducerRun(producer: producer, epoch: String.fromDatabaseValue(row[1]))
            ranges[run, default: []].append(try Self.range(row[2], row[3]))
        }
        sets = try ranges.mapValues(Self.set)
    }

    init() {}

    private static func range(_ first: DatabaseValue, _ last: DatabaseValue) throws -> ClosedRange<Int64> {
        guard let first = Int64.fromDatabaseValue(first), let last = Int64.fromDatabaseValue(last), first <= last,
            JSON.integerLimit >= last.magnitude, JSON.integerLimit >= first.magnitude
        else { throw damage("a stretch of numbers ends before it begins") }
        return first...last
    }

    private static func set(_ ranges: [ClosedRange<Int64>]) throws -> SequenceSet {
        guard let set = SequenceSet(ranges) else { throw damage("stretches of numbers overlap") }
        return set
    }

    private static func damage(_ detail: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: detail)
    }
}
