import GRDB

/// How a query is put to the tables of the index.
///
/// SQLite has no statistics of an index that grows all the time, so it is told which term leads: the rarest, where one is rare.
/// The others are looked up for each entry that it finds. Where none is rare entries are walked from the newest one down, and
/// enough of them answer soon. Asked the other way round, a common principle took 200 ms of a million entries.
struct IndexQuery {
    /// What the log itself gives for terms of the query.
    struct Known {
        /// The entries about each person that a `subject:` names.
        var subjects: [String: [UInt64]] = [:]
        /// The entries whose ids are asked for.
        var ids: [String: UInt64] = [:]
    }

    let query: Query
    let known: Known
    /// The term that leads.
    private var leader: Int?

    /// Entries up to which a term is rare: to count as many in an index takes half a millisecond.
    private static let rareLimit = 8192

    init(_ query: Query, _ known: Known, _ database: Database) throws {
        self.query = query
        self.known = known
        var least = Self.rareLimit
        for (index, term) in query.terms.enumerated() where !term.isNegated {
            guard let (rows, arguments) = rows(term.condition) else { continue }
            let count = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM (\(rows) LIMIT \(Self.rareLimit))", arguments: arguments)
            if let count, count < least { (leader, least) = (index, count) }
        }
    }

    /// The statement that gives the numbers in `range` of entries that answer, greatest first, at most `limit`.
    func statement(_ range: Range<UInt64>, limit: Int) -> (sql: String, arguments: StatementArguments) {
        var clauses = ["n >= ?", "n < ?"]
        var arguments: StatementArguments = [Int64(range.lowerBound), Int64(range.upperBound)]
        for (index, term) in query.terms.enumerated() {
            let (sql, values) =
                index == leader ? leading(term.condition) : following(term.condition, range.lowerBound)
            clauses.append(term.isNegated ? "(\(sql)) IS NOT TRUE" : sql)
            arguments += values
        }
        arguments += [limit]
        return ("SELECT n FROM entries WHERE \(clauses.joined(separator: " AND ")) ORDER BY n DESC LIMIT ?", arguments)
    }

    // MARK: Terms

    /// The rows of an index that a term selects; `nil` where no index knows.
    private func rows(_ condition: Query.Term.Condition) -> (String, StatementArguments)? {
        switch condition {
        case .since(let moment): ("SELECT n FROM entries WHERE at >= ?", [moment])
        case .until(let moment): ("SELECT n FROM entries WHERE at < ?", [moment])
        case .field(.principle, _), .field(.authority, _), .field(.role, _):
            Self.citations(condition).map { ("SELECT n FROM citations WHERE \($0.0)", $0.1) }
        case .field(.outcome, let value), .field(.kind, let value), .field(.model, let value),
            .field(.producer, let value), .field(.session, let value), .field(.trace, let value):
            condition.column.map { ("SELECT n FROM entries WHERE \($0) = ?", [value]) }
        case .words, .field: nil
        }
    }

    private func leading(_ condition: Query.Term.Condition) -> (String, StatementArguments) {
        guard let (rows, arguments) = rows(condition) else { preconditionFailure("a leader was counted in an index") }
        return ("n IN (\(rows))", arguments)
    }

    private func following(_ condition: Query.Term.Condition, _ lower: UInt64) -> (String, StatementArguments) {
        switch condition {
        // A unary plus keeps SQLite from taking the index.
        case .since(let moment): return ("+at >= ?", [moment])
        case .until(let moment): return ("+at < ?", [moment])
        case .words(let words):
            let table = IndexSchema.textTable(lower)
            return ("n IN (SELECT rowid FROM \(table) WHERE \(table) MATCH ?)", [Self.phrase(words)])
        case .field(.subject, let value):
            return ("n IN (\((known.subjects[value] ?? []).map(String.init).joined(separator: ",")))", [])
        case .field(.id, let value):
            return known.ids[value].map { ("n = ? AND id = ?", [Int64($0), value]) } ?? ("id = ?", [value])
        case .field(.type, let value) where value == IndexSchema.commonType: return ("+type = ?", [value])
        case .field(.type, let value): return ("type = ? AND type <> '\(IndexSchema.commonType)'", [value])
        default:
            if let (sql, arguments) = Self.citations(condition) {
                return ("EXISTS (SELECT 1 FROM citations WHERE citations.n = entries.n AND \(sql))", arguments)
            }
            guard let column = condition.column, case .field(_, let value) = condition else {
                preconditionFailure("every other term compares a column")
            }
            return ("\(leader == nil ? "" : "+")\(column) = ?", [value])
        }
    }

    /// What a citation must be for a term that is about citations.
    private static func citations(_ condition: Query.Term.Condition) -> (String, StatementArguments)? {
        switch condition {
        case .field(.authority, let value): return ("authority = ?", [value])
        case .field(.role, let value): return ("role = ?", [value])
        case .field(.principle, let value):
            let parts = value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else { return ("section = ?", [parts.last ?? value]) }
            let names = parts[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard names.count == 2 else { return ("section = ? AND document = ?", [parts[1], names[0]]) }
            return ("section = ? AND document = ? AND version = ?", [parts[1], names[0], names[1]])
        default: return nil
        }
    }

    /// A phrase in the syntax of FTS5, in which nothing of it is an operator.
    static func phrase(_ words: String) -> String {
        // A NUL would end the expression; to the tokenizer it is a space like any other.
        "\"\(words.replacing("\"", with: "\"\"").replacing("\0", with: " "))\""
    }
}

extension Query.Term.Condition {
    /// The column of the entries that a term compares: its name is that of the field, and fields are a closed list.
    fileprivate var column: String? {
        switch self {
        case .field(.outcome, _), .field(.kind, _), .field(.model, _), .field(.producer, _), .field(.session, _),
            .field(.trace, _):
            if case .field(let field, _) = self { field.rawValue } else { nil }
        default: nil
        }
    }
}
