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
    /// The summary as it was recorded, as far as it can be opened.
    public let summary: String?
    /// What an entry of another type than `decision` records, in words of ours; `nil` for a decision.
    public let says: String?
    /// The sections invoked, as they were cited.
    public let principles: [String]

    /// `{"at","id","n","outcome","principles","says","summary","type"}`; what was not recorded is absent.
    public var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "n": .integer(Int64(number)), "at": .string(at.description), "type": .string(type),
            "principles": .array(principles.map(JSON.string)),
        ]
        object["outcome"] = outcome.map(JSON.string)
        object["summary"] = summary.map(JSON.string)
        object["says"] = says.map(JSON.string)
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
        // No index holds words that are encrypted where they lie.
        let hidesWords = try !query.words.isEmpty && ledger.read { try $0.indexedPart } == .clear
        if hidesWords {
            result.notes.append("the words are encrypted at rest and in no index, so the log itself was read")
        }
        if !scan, !hidesWords {
            do {
                let reach = try updatedReach()
                result.notes += reach.notes
                return try ledger.read { try self.find(query, limit, cursor, indexed: reach.indexed, $0, result) }
            } catch let error as WrongIndex {
                result.notes.append(
                    "the index is wrong (\(error.detail)), so the log itself was read; run because index rebuild")
            } catch let error as DatabaseError {
                result.notes.append(
                    "the index cannot be read (\(error.detail)), so the log itself was read; run because index rebuild")
            }
        }
        result.isScan = true
        return try ledger.read { try self.find(query, limit, cursor, indexed: 0, $0, result) }
    }

    /// The most hits in one answer.
    private static let limit = 1_000_000

    private struct WrongIndex: Error { let detail: String }

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
        let known = try known(query, view)
        let numbers = try readOnly { database in
            try IndexTables(database: database)
                .numbers(query, in: 0..<upper, known, limit: limit + 1 - result.hits.count)
        }
        for start in stride(from: 0, to: numbers.count, by: Self.judgedTogether) {
            let numbers = numbers[start..<min(start + Self.judgedTogether, numbers.count)]
            for proven in try judged(numbers, query, view, matcher) { try add(proven, to: &result) }
        }
    }

    /// Hits that are proven before they are judged: each judging of full text costs the same for one and for many.
    private static let judgedTogether = 64

    /// The entries that the index claims to be hits, proven and found to be hits.
    private func judged(
        _ numbers: ArraySlice<UInt64>, _ query: Query, _ view: LedgerView, _ matcher: WordMatcher
    ) throws -> [ProvenEntry] {
        var found: [(proven: ProvenEntry, entry: IndexedEntry)] = []
        for number in numbers {
            guard number < view.size else { throw WrongIndex(detail: "it knows an entry \(number)") }
            let proven = try view.proven(number)
            found.append((proven, IndexedEntry(proven, view.specifications)))
        }
        let matching = Set(try matcher.matching(found.map(\.entry)).map(\.number))
        if let wrong = found.first(where: { !query.admits($0.entry) || !matching.contains($0.entry.number) }) {
            throw WrongIndex(detail: "entry \(wrong.entry.number) is not what it says")
        }
        return found.map(\.proven)
    }

    /// What the log's own tables know of the people and the ids that a query names.
    private func known(_ query: Query, _ view: LedgerView) throws -> IndexQuery.Known {
        var known = IndexQuery.Known()
        for term in query.terms {
            switch term.condition {
            case .field(.subject, let name):
                let code = HMACSHA256.code(of: Array(name.utf8), key: try view.snapshot.subjectKey())
                known.subjects[name] = try view.snapshot.numbers(ofSubject: code)
            case .field(.id, let id): known.ids[id] = try view.number(ofID: id)
            default: break
            }
        }
        return known
    }

    private func add(_ proven: ProvenEntry, to result: inout FindResult) throws {
        let entry = proven.entry
        var content = JSONObject()
        var says: String?
        if !Ledger.isOwn(entry.id), let revealed = try RevealedRecord(entry, disclosures: proven.disclosures) {
            content = revealed.content
            if entry.type != EntryType.decision { says = EntryText.line(revealed) }
            // Said once: whoever looks at the hit learns what is gone, and why.
            let note = "sealed values of some hits are gone; because why says which"
            if !revealed.missing.isEmpty, !result.notes.contains(note) { result.notes.append(note) }
        } else {
            says = EntryText.line(ofOwn: entry)
        }
        result.hits.append(
            Hit(
                number: entry.number, id: entry.id, at: entry.at, type: entry.type, outcome: content["outcome"]?.text,
                summary: content["summary"]?.text, says: says,
                principles: (content["principles"]?.items ?? []).compactMap { $0["ref"]?.text }))
    }
}
