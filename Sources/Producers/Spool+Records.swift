import Cryptography
import Decisions
import Foundation
import GRDB
import JSON

/// What a producer does with its spool. Each call is one transaction.
extension Spool {
    /// The run of a producer that used the spool last, as far as it is known here.
    struct Run: Sendable, Equatable {
        let epoch: String
        /// How many numbers it gave at the least.
        let count: Int64
    }

    /// What a restart is to know of a run.
    struct Memory: Sendable, Equatable {
        /// How many numbers it gave at the least.
        var count: Int64 = 0
        var owed: [Owed] = []
    }

    /// A range of numbers that is to be declared lost.
    struct Owed: Sendable, Equatable {
        let range: ClosedRange<Int64>
        let reason: String
    }

    /// Takes records in their order, and says which of them. From the first that has no room on none is taken but what is exempt, so
    /// that the order stays. With them it keeps in mind how many numbers their run gave.
    func add(_ lines: [Line], limit: Limit) async throws(SpoolError) -> [Bool] {
        try await write { database in
            var (rows, bytes) = try Self.size(database)
            var isFull = false
            return try lines.map { line in
                isFull = isFull || rows + 1 > limit.rows || bytes + line.bytes.count > limit.bytes
                guard !isFull || line.isExempt else { return false }
                try Self.insert(line, database)
                rows += 1
                bytes += line.bytes.count
                guard let number = line.number else { return true }
                try Self.remember(number.number, of: number.producer, epoch: number.epoch, database)
                return true
            }
        }
    }

    /// The records that have waited longest.
    func next(_ count: Int) async throws(SpoolError) -> [Waiting] {
        try await read { try Self.waiting($0, sql: "ORDER BY place LIMIT ?", arguments: [count]) }
    }

    /// Removes records that the ledger has, and moves those aside that it refuses: the number of a decision is declared instead.
    func settle(recorded: [Waiting], refused: [(Waiting, reason: String)], at time: Timestamp) async throws(SpoolError)
    {
        try await write { database in
            for waiting in recorded { try Self.remove(waiting.place, database) }
            for (waiting, reason) in refused {
                try database.execute(
                    sql: "INSERT INTO refused (place, id, line, reason) VALUES (?, ?, ?, ?)",
                    arguments: [waiting.place, waiting.line.id, Data(waiting.line.bytes), reason])
                try Self.remove(waiting.place, database)
                guard let number = waiting.line.number else { continue }
                try Self.insert(
                    Self.gap(number, reason: "the ledger refused decision \(waiting.line.id): \(reason)", at: time),
                    database)
            }
        }
    }

    /// The last run of a producer. What it and those of others owed waits from here on to be declared.
    func previousRun(of producer: String, at time: Timestamp) async throws(SpoolError) -> Run? {
        try await write { database in
            let before = try Row.fetchOne(
                database, sql: "SELECT epoch, count FROM runs WHERE producer = ?", arguments: [producer])
            let owed = try Row.fetchAll(
                database, sql: "SELECT producer, epoch, first, last, reason FROM owed ORDER BY producer, epoch, first")
            for row in owed {
                let gap = ProducerEvent.gap(row[0], epoch: row[1], row[2]...row[3], reason: row[4])
                try Self.insert(Self.line(gap, at: time), database)
            }
            try database.execute(sql: "DELETE FROM owed")
            return before.map { Run(epoch: $0[0], count: $0[1]) }
        }
    }

    /// Keeps in mind that a run began.
    func begin(_ epoch: String, of producer: String) async throws(SpoolError) {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO runs VALUES (?, ?, 0)", arguments: [producer, epoch])
        }
    }

    /// Keeps in mind how many numbers a run gave, and which of them are to be declared.
    func remember(_ memory: Memory, of producer: String, epoch: String) async throws(SpoolError) {
        try await write { database in
            try Self.remember(memory.count, of: producer, epoch: epoch, database)
            try database.execute(
                sql: "DELETE FROM owed WHERE producer = ? AND epoch = ?", arguments: [producer, epoch])
            for owed in memory.owed {
                try database.execute(
                    sql: "INSERT INTO owed VALUES (?, ?, ?, ?, ?)",
                    arguments: [producer, epoch, owed.range.lowerBound, owed.range.upperBound, owed.reason])
            }
        }
    }

    private static func remember(_ count: Int64, of producer: String, epoch: String, _ database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE runs SET count = max(count, ?) WHERE producer = ? AND epoch = ?"
        ).execute(arguments: [count, producer, epoch])
    }

    // MARK: Rows

    static func size(_ database: Database) throws -> (rows: Int, bytes: Int) {
        let row = try Row.fetchOne(database, sql: "SELECT rows, bytes FROM size")
        return (row?[0] ?? 0, row?[1] ?? 0)
    }

    static func waiting(
        _ database: Database, sql: String, arguments: StatementArguments
    ) throws -> [Waiting] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT place, id, producer, epoch, seq, line FROM records \(sql)", arguments: arguments)
        return rows.map { row in
            let number: RunNumber? = (row[4] as Int64?).map {
                RunNumber(producer: row[2] ?? "", epoch: row[3] ?? "", number: $0)
            }
            return Waiting(
                place: row[0], line: Line(id: row[1], number: number, bytes: Array(row[5] as Data)))
        }
    }

    static func insert(_ line: Line, _ database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT INTO records (id, producer, epoch, seq, line) VALUES (?, ?, ?, ?, ?)"
        ).execute(
            arguments: [
                line.id, line.number?.producer, line.number?.epoch, line.number?.number, Data(line.bytes),
            ])
    }

    static func remove(_ place: Int64, _ database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM records WHERE place = ?").execute(arguments: [place])
    }

    static func gap(_ number: RunNumber, reason: String, at time: Timestamp) throws -> Line {
        let range = number.number...number.number
        return try line(.gap(number.producer, epoch: number.epoch, range, reason: reason), at: time)
    }

    /// A record of the spool itself, with an id of its own.
    private static func line(_ event: ProducerEvent, at time: Timestamp) throws -> Line {
        var event = event
        let id = UUIDv7.make(at: time, randomness: .system)
        event.circumstances.id = id
        event.circumstances.occurred = time.description
        return Line(id: id, number: nil, bytes: event.json.bytes())
    }
}
