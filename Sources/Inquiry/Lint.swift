import Cryptography
public import Decisions
public import JSON
public import Ledgers
import Specifications
import Storage

/// A decision whose record does not fit the registered authorities.
public struct InconsistentRecord: Sendable {
    public let id: String
    public let number: UInt64
    public let at: Timestamp
    public let outcome: String?
    /// As far as it can be opened.
    public let summary: String?
    public let inconsistencies: [Inconsistency]

    public var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "n": .integer(Int64(number)), "at": .string(at.description),
            "inconsistencies": .array(inconsistencies.map(\.json)),
        ]
        object["outcome"] = outcome.map(JSON.string)
        object["summary"] = summary.map(JSON.string)
        return .object(object)
    }
}

/// How many decisions were looked at.
public struct LintCounts: Sendable, Equatable {
    public var decisions = 0
    /// Those that record a conflict or cite registered words.
    public var compared = 0
    public var inconsistent = 0

    public init(decisions: Int = 0, compared: Int = 0, inconsistent: Int = 0) {
        self.decisions = decisions
        self.compared = compared
        self.inconsistent = inconsistent
    }
}

extension Ledger {
    /// Holds every decision against the authorities that its specification states, in the order of the log. What is reported is
    /// proven first. Nothing it says is about whether a decision was right.
    public func lint(_ report: (InconsistentRecord) throws -> Void) throws -> LintCounts {
        var counts = LintCounts()
        var tags: [Digest: [String]] = [:]
        try readInStretches { view, range in
            var linter = Linter(view: view, tags: tags)
            let records = try linter.inconsistent(range, &counts).compactMap { try linter.record($0) }
            tags = linter.tags
            counts.inconsistent += records.count
            return records
        } take: { records in
            for record in records { try report(record) }
        }
        return counts
    }
}

private struct Linter {
    let view: LedgerView
    /// Tags by the digest of the words: a ledger cites few sections, and each again and again.
    var tags: [Digest: [String]]

    /// The numbers of the decisions in `range` that do not fit, as the bytes are now, unproven.
    mutating func inconsistent(_ range: Range<UInt64>, _ counts: inout LintCounts) throws -> [UInt64] {
        var sealed: [UInt64: [Disclosure]] = [:]
        try view.snapshot.disclosures(range) { number, _, text in
            if let disclosure = Disclosure(parsing: Array(text)) { sealed[number, default: []].append(disclosure) }
        }
        var found: [UInt64] = []
        var bodies: [(UInt64, JSONObject)] = []
        try view.snapshot.entries(range) { number, bytes in
            guard let entry = try? Entry(parsing: Array(bytes)), entry.type == EntryType.decision,
                let body = try? entry.body().object
            else { return }
            bodies.append((number, body))
        }
        for (number, body) in bodies {
            counts.decisions += 1
            let revealed = RevealedRecord(body: body, disclosures: sealed[number] ?? [])
            let chain = try chain(revealed)
            if chain.hasSubject { counts.compared += 1 }
            if !chain.inconsistencies.isEmpty { found.append(number) }
        }
        return found
    }

    /// What does not fit of a decision, proven; `nil` where nothing is found in what is proven.
    mutating func record(_ number: UInt64) throws -> InconsistentRecord? {
        let proven = try view.proven(number)
        guard let revealed = try RevealedRecord(proven.entry, disclosures: proven.disclosures) else { return nil }
        let inconsistencies = try chain(revealed).inconsistencies
        guard !inconsistencies.isEmpty else { return nil }
        return InconsistentRecord(
            id: proven.entry.id, number: number, at: proven.entry.at, outcome: revealed.content["outcome"]?.text,
            summary: revealed.content["summary"]?.text, inconsistencies: inconsistencies)
    }

    private mutating func chain(_ revealed: RevealedRecord) throws -> ChainOfCommand {
        for citation in revealed.citations.values where tags[citation.section] == nil {
            tags[citation.section] = try view.tags(of: citation)
        }
        return ChainOfCommand(revealed) { [tags] in tags[$0.section] ?? [] }
    }
}
