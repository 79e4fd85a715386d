import Cryptography
public import Decisions
import GRDB
public import JSON
import Ledgers
import Storage

/// An entry that answers a query, read from the log and proven in its newest checkpoint.
public struct Hit: Sendable {
    public let number: UInt64
    public let id: String
    public let at: Timestamp
    public let type: String
    public let outcome: String?
    /// The summary, or the first words of what else says what was decided.
    public let summary: String?
    /// The sections invoked, as they were cited.
    public let principles: [String]

    /// `{"at","id","n","outcome","principles","summary","type"}`; what was not recorded is absent.
    public var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "n": .integer(Int64(number)), "at": .string(at.description), "type": .string(type),
            "principles": .array(principles.map(JSON.string)),
        ]
        object["outcome"] = outcome.map(JSON.string)
        object["summary"] = summary.map(JSON.string)
        return .object(object)
    }
}

/// The answer to a query.
public struct FindResult: Sendable {
    /// Newest first.
    public var hits: [Hit] = []
    /// Where to go on: entries below this number; `nil` at the end.
    public var next: UInt64?
    /// What the asker must know of how the answer was found.
    public var notes: [String] = []
    /// Whether the log itself was read from end to end, so that nothing can have been left out.
    public var isScan = false
}

extension LedgerIndex {
    /// The newest entries below `cursor` that answer `query`, at most `limit`, and at least one.
    ///
    /// With `scan` the index is not used. An index that is wrong about a single hit is not believed any more, and the log is read.
    public func find(_ query: Query, limit: Int, below cursor: UInt64? = nil, scan: Bool = false) throws -> FindResult {
        var result = FindResult()
        let limit = max(1, min(limit, Self.limit))
        if !scan {
            do {
                let indexed = try indexedSize(&result)
                return try ledger.read { try self.find(query, limit, cursor, indexed: indexed, $0, result) }
            } catch let error as WrongIndex {
                result.notes.append(
                    "the index is wrong (\(error.detail)), so the log itself was read; run because index rebuild")
            } catch let error as DatabaseError {
                let detail = error.message ?? "\(error.resultCode)"
                result.notes.append(
                    "the index cannot be read (\(detail)), so the log itself was read; run because index rebuild")
            }
        }
        result.isScan = true
        return try ledger.read { try self.find(query, limit, cursor, indexed: 0, $0, result) }
    }

    /// The most hits in one answer.
    private static let limit = 1_000_000

    private struct WrongIndex: Error { let detail: String }

    private func indexedSize(_ result: inout FindResult) throws -> UInt64 {
        switch try update() {
        case .current: return .max
        case .rebuilt(let reason):
            result.notes.append("the index was made again: \(reason)")
            return .max
        case .behind(let size, let reason):
            result.notes.append("entries from \(size) on were read from the log: \(reason)")
            return size
        }
    }

    /// Reads what the index does not hold from the log, and the rest by the index; newest first.
    private func find(
        _ query: Query, _ limit: Int, _ cursor: UInt64?, indexed: UInt64, _ view: LedgerView, _ start: FindResult
    ) throws -> FindResult {
        var result = start
        let end = min(cursor ?? view.size, view.size)
        let matcher = try WordMatcher(query)
        var upper = end
        while upper > min(indexed, end), result.hits.count <= limit {
            let lower = max(min(indexed, end), upper > 1024 ? upper - 1024 : 0)
            var entries: [IndexedEntry] = []
            try view.indexedEntries(lower..<upper) { if query.admits($0) { entries.append($0) } }
            for entry in try matcher.matching(entries).reversed() {
                try add(view.proven(entry.number), to: &result)
            }
            upper = lower
        }
        if result.hits.count <= limit, upper > 0 { try findIndexed(query, limit, upper, view, matcher, &result) }
        if result.hits.count > limit {
            result.hits.removeLast(result.hits.count - limit)
            result.next = result.hits.last?.number
        }
        return result
    }

    private func findIndexed(
        _ query: Query, _ limit: Int, _ upper: UInt64, _ view: LedgerView, _ matcher: WordMatcher,
        _ result: inout FindResult
    ) throws {
        let subjects = try subjects(query, view)
        let numbers = try readOnly { database in
            try IndexTables(database: database)
                .numbers(query, in: 0..<upper, subjects: subjects, limit: limit + 1 - result.hits.count)
        }
        for number in numbers {
            guard number < view.size else { throw WrongIndex(detail: "it knows an entry \(number)") }
            let proven = try view.proven(number)
            let entry = IndexedEntry(proven, view.specifications)
            guard query.admits(entry), try !matcher.matching([entry]).isEmpty else {
                throw WrongIndex(detail: "entry \(number) is not what it says")
            }
            try add(proven, to: &result)
        }
    }

    /// The entries about the people that a query names, from the log's own table.
    private func subjects(_ query: Query, _ view: LedgerView) throws -> [String: [UInt64]] {
        var subjects: [String: [UInt64]] = [:]
        for term in query.terms {
            guard case .field(.subject, let name) = term.condition else { continue }
            let code = HMACSHA256.code(of: Array(name.utf8), key: try view.snapshot.subjectKey())
            subjects[name] = try view.snapshot.numbers(ofSubject: code)
        }
        return subjects
    }

    private func add(_ proven: ProvenEntry, to result: inout FindResult) throws {
        let entry = proven.entry
        var content = JSONObject()
        if entry.type == EntryType.decision, let body = try entry.body().object {
            let revealed = RevealedDecision(body: body, disclosures: proven.disclosures)
            content = revealed.content
            // Said once: whoever looks at the hit learns what is gone, and why.
            let note = "sealed values of some hits are gone; because why says which"
            if !revealed.missing.isEmpty, !result.notes.contains(note) { result.notes.append(note) }
        }
        result.hits.append(
            Hit(
                number: entry.number, id: entry.id, at: entry.at, type: entry.type, outcome: content["outcome"]?.text,
                summary: content["summary"]?.text,
                principles: (content["principles"]?.items ?? []).compactMap { $0["ref"]?.text }))
    }
}
