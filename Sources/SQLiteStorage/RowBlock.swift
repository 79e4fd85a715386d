import GRDB
import GRDBSQLite
import Storage

/// Rows of one number and some bytes, inserted many by one statement.
///
/// A step of a statement costs about 0.35 µs before it does anything, and recording a decision takes five rows. Thirty-two
/// rows a statement make the inserts of a record 3.4 instead of 4.9 µs; more gain nothing.
struct RowBlock: ~Copyable {
    /// What a row holds, in the order of the columns.
    enum Columns {
        case numberAndBlob, numberAndText, textAndNumber
    }

    static let width = 32

    /// Where rows go, and the statements that put them there: put together once, for a lone row costs no more than they would.
    struct Target: Sendable {
        fileprivate let columns: Columns
        fileprivate let single: String
        fileprivate let wide: String

        /// `name` is that of the table and its columns: `entries (n, bytes)`.
        init(_ name: String, _ columns: Columns) {
            self.columns = columns
            single = "INSERT INTO \(name) VALUES (?, ?)"
            wide = single + String(repeating: ", (?, ?)", count: RowBlock.width - 1)
        }
    }

    private let target: Target
    private let database: Database
    private let path: String
    private let single: Statement
    private var numbers: [UInt64] = []
    private var ends: [Int] = []
    private var bytes: [UInt8] = []
    /// The error of a row that breaks a constraint, given its bytes; otherwise it is SQLite's own.
    private let broken: ((UnsafeRawBufferPointer) -> StoreError)?

    init(
        into target: Target, _ database: Database, path: String,
        broken: ((UnsafeRawBufferPointer) -> StoreError)? = nil
    ) throws(StoreError) {
        single = try Statement(target.single, database, path: path)
        self.target = target
        self.database = database
        self.path = path
        self.broken = broken
    }

    /// Adds a row, which is inserted now or with those that follow.
    mutating func add(_ number: UInt64, _ bytes: some Collection<UInt8>) throws(StoreError) {
        numbers.append(number)
        self.bytes.append(contentsOf: bytes)
        ends.append(self.bytes.count)
        if numbers.count == Self.width { try flush() }
    }

    /// Inserts what was added.
    mutating func finish() throws(StoreError) { try flush() }

    private mutating func flush() throws(StoreError) {
        defer {
            numbers.removeAll(keepingCapacity: true)
            ends.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: true)
        }
        // Where a constraint is broken nothing of the statement stays, so one row after the other tells which is at fault.
        if numbers.count == Self.width, try insertAll() { return }
        for row in numbers.indices { try insert(row) }
    }

    /// Inserts a full block with one statement; `false` where a row breaks a constraint.
    private borrowing func insertAll() throws(StoreError) -> Bool {
        // Looked up for each block: a lone record has none, and asking once for thirty-two rows costs nothing.
        let wide = try Statement(target.wide, database, path: path)
        let code = bytes.withUnsafeBytes { bytes in
            for row in numbers.indices { bind(row, bytes, in: wide, first: Int32(2 * row + 1)) }
            let code = wide.stepCode()
            wide.reset()
            return code
        }
        guard code == SQLITE_DONE || code & 0xff == SQLITE_CONSTRAINT else { throw wide.error(code) }
        return code == SQLITE_DONE
    }

    private borrowing func insert(_ row: Int) throws(StoreError) {
        let code = bytes.withUnsafeBytes { bytes in
            bind(row, bytes, in: single, first: 1)
            let code = single.stepCode()
            single.reset()
            return code
        }
        guard code != SQLITE_DONE else { return }
        if let broken, code & 0xff == SQLITE_CONSTRAINT { throw bytes.withUnsafeBytes { broken(slice(row, $0)) } }
        throw single.error(code)
    }

    private borrowing func slice(_ row: Int, _ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]])
    }

    private borrowing func bind(
        _ row: Int, _ bytes: UnsafeRawBufferPointer, in statement: borrowing Statement, first: Int32
    ) {
        let value = slice(row, bytes)
        switch target.columns {
        case .numberAndBlob:
            statement.bind(first, numbers[row])
            statement.bindBorrowed(first + 1, value)
        case .numberAndText:
            statement.bind(first, numbers[row])
            statement.bindBorrowedText(first + 1, value)
        case .textAndNumber:
            statement.bindBorrowedText(first, value)
            statement.bind(first + 1, numbers[row])
        }
    }
}
