import Decisions
import GRDB
import JSON
import Ledgers

/// The rows of runs in the index: all but stretches of numbers, and the stretch that nearly every number goes on from.
///
/// Of ten thousand producers that record by turns, each transaction meets nearly all: a statement more for each shows.
struct RunRows {
    private let database: Database
    private let update: RowInsert
    private let insert: RowInsert
    private let extend: RowInsert

    private static let columns = "announced, closed, seen, \(Numbering.losses.joined(separator: ", "))"

    init(_ database: Database) throws {
        self.database = database
        let losses = Numbering.losses.map { "\($0) = min(\($0) + ?, \(JSON.integerLimit))" }
        // NULL is less than any number here: -1.
        update = try RowInsert(
            """
            UPDATE runs SET announced = max(announced, ?),
                closed = nullif(max(ifnull(closed, -1), ifnull(?, -1)), -1),
                seen = nullif(max(ifnull(seen, -1), ifnull(?, -1)), -1), \(losses.joined(separator: ", "))
            WHERE producer = ? AND epoch IS ?
            """, database)
        insert = try RowInsert(
            "INSERT INTO runs (\(Self.columns), producer, epoch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", database)
        extend = try RowInsert(
            """
            UPDATE numbers SET last = ?4 WHERE producer = ?1 AND epoch IS ?2 AND last = ?3 - 1
            AND NOT EXISTS (SELECT 1 FROM numbers WHERE producer = ?1 AND epoch IS ?2 AND last >= ?3)
            """, database)
    }

    /// Adds what was said of a run to its row, which is made where there is none.
    func add(_ numbering: Numbering, of run: ProducerRun) throws {
        try self.run(update, numbering, run)
        if database.changesCount == 0 { try self.run(insert, numbering, run) }
    }

    private func run(_ statement: RowInsert, _ numbering: Numbering, _ run: ProducerRun) throws {
        statement.bind(1, numbering.announced)
        statement.bind(2, numbering.closedCount)
        statement.bind(3, numbering.lastSeen?.microseconds)
        for (index, loss) in Numbering.losses.enumerated() {
            statement.bind(Int32(4 + index), numbering.lost[loss] ?? 0)
        }
        statement.bind(8, run.producer)
        statement.bind(9, run.epoch)
        try statement.run()
    }

    /// Lets the last stretch of a run go on by `range`, if it goes on from that; returns whether it did.
    func extend(_ run: ProducerRun, by range: ClosedRange<Int64>) throws -> Bool {
        extend.bind(1, run.producer)
        extend.bind(2, run.epoch)
        extend.bind(3, range.lowerBound)
        extend.bind(4, range.upperBound)
        try extend.run()
        return database.changesCount > 0
    }

    // MARK: Reading

    /// What the row of a run says; nothing where there is none.
    static func numbering(of run: ProducerRun, _ database: Database) throws -> Numbering {
        let select = try database.cachedStatement(
            sql: "SELECT \(columns) FROM runs WHERE producer = ? AND epoch IS ?")
        return try Row.fetchOne(select, arguments: [run.producer, run.epoch]).map(numbering) ?? Numbering()
    }

    static func all(_ database: Database) throws -> [(ProducerRun, Numbering)] {
        let rows = try Row.fetchCursor(database, sql: "SELECT \(columns), producer, epoch FROM main.runs")
        var all: [(ProducerRun, Numbering)] = []
        while let row = try rows.next() { all.append((try ProducerRun(row[7], row[8]), try numbering(row))) }
        return all
    }

    private static func numbering(_ row: Row) throws -> Numbering {
        let values = try (0..<7).map { column -> Int64? in
            let value: DatabaseValue = row[column]
            guard !value.isNull else { return nil }
            guard let number = Int64.fromDatabaseValue(value), number >= 0 else {
                throw DatabaseError.damage("a run has something else in the place of a number")
            }
            return number
        }
        return Numbering(
            announced: values[0] ?? 0, closedCount: values[1],
            lost: Dictionary(uniqueKeysWithValues: zip(Numbering.losses, values[3...].map { $0 ?? 0 })),
            lastSeen: values[2].map(Timestamp.init(microseconds:)))
    }
}

extension ProducerRun {
    init(_ producer: DatabaseValue, _ epoch: DatabaseValue) throws {
        guard let producer = String.fromDatabaseValue(producer) else {
            throw DatabaseError.damage("a run has no producer")
        }
        self.init(producer: producer, epoch: String.fromDatabaseValue(epoch))
    }
}

extension DatabaseError {
    static func damage(_ detail: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: detail)
    }
}
