import Cryptography
import Decisions
import GRDB
import JSON
public import Ledgers
import Merkle
import Notes
import Specifications
import Storage

/// Why a question cannot be answered.
public enum InquiryError: Error {
    /// No entry has this id; some have similar ones.
    case unknownID(String, nearest: [String])
    /// Several ids begin like this.
    case ambiguousPrefix(String, among: [String])
    /// The entry records something else than a decision.
    case notADecision(id: String, entry: UInt64, type: String)
}

extension InquiryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownID(let id, _): "no entry has the id \(id)"
        case .ambiguousPrefix(let prefix, let ids): "several ids begin with \(prefix): \(ids.joined(separator: ", "))"
        case .notADecision(_, let entry, let type): "entry \(entry) is of type \(type) and records no decision"
        }
    }

    public var hint: String? {
        switch self {
        case .unknownID(_, let nearest) where !nearest.isEmpty: "similar ids: \(nearest.joined(separator: ", "))"
        case .unknownID: "look for it with because find"
        case .ambiguousPrefix: "type more of the id"
        case .notADecision(let id, _, _): "because show \(id) prints it"
        }
    }
}

extension LedgerView {
    /// The number of the entry with this id, or of the one entry whose id begins like this.
    public func number(matching text: String) throws -> UInt64 {
        if let number = try number(ofID: text) { return number }
        guard !text.isEmpty else { throw InquiryError.unknownID(text, nearest: []) }
        let matches = try snapshot.identities(prefix: text, limit: 6).filter { $0.number < size }
        if let match = matches.first, matches.count == 1 { return match.number }
        guard matches.isEmpty else {
            throw InquiryError.ambiguousPrefix(
                text, among: matches.prefix(5).map(\.id) + (matches.count > 5 ? ["…"] : []))
        }
        throw InquiryError.unknownID(text, nearest: try nearest(text))
    }

    /// Ids that may have been meant: among those that begin alike, or among the newest.
    private func nearest(_ text: String) throws -> [String] {
        for count in [4, 2, 1] where text.count >= count {
            let ids = try snapshot.identities(prefix: String(text.prefix(count)), limit: 2000).map(\.id)
            let matches = Nearest.matches(text, among: ids, limit: 3)
            if !matches.isEmpty { return matches }
        }
        var newest: [String] = []
        try indexedEntries(size > 500 ? size - 500..<size : 0..<size) { newest.append($0.id) }
        return Nearest.matches(text, among: newest, limit: 3)
    }
}

extension LedgerIndex {
    /// The answer to *why* for the decision with this id, or the one id that begins like this.
    ///
    /// `policy` says which witnesses are trusted to have confirmed the tree.
    public func explain(_ id: String, policy: WitnessPolicy = .absent) throws -> Explanation {
        var notes: [String] = []
        var isUsable = true
        do {
            if case .behind(let size, let reason) = try update() {
                notes.append("later entries from \(size) on were not looked at: \(reason)")
                isUsable = size > 0
            }
        } catch {
            notes.append("later entries were not looked for: the index cannot be used (\(error))")
            isUsable = false
        }
        let start = notes
        return try ledger.read { view in
            var explainer = Explainer(
                view: view, index: isUsable ? self : nil, policy: policy, notes: start)
            return try explainer.explain(view.number(matching: id))
        }
    }
}

/// Puts an answer together.
private struct Explainer {
    let view: LedgerView
    let index: LedgerIndex?
    let policy: WitnessPolicy
    var notes: [String]

    mutating func explain(_ number: UInt64) throws -> Explanation {
        let proven = try view.proven(number)
        let entry = proven.entry
        guard entry.type == EntryType.decision, let body = try entry.body().object else {
            throw InquiryError.notADecision(id: entry.id, entry: number, type: entry.type)
        }
        let revealed = RevealedDecision(body: body, disclosures: proven.disclosures)
        let later = try later(entry.id, after: number)
        let completeness = try completeness(revealed.content)
        let timestamps = timestamps(number)
        return Explanation(
            id: entry.id, number: number, at: entry.at, content: revealed.content,
            principles: try principles(revealed, number),
            missing: try missing(revealed, number), later: later, notes: notes, completeness: completeness,
            proof: .init(
                leaf: proven.leaf, checkpoint: view.checkpoint, note: view.note, key: view.key,
                hashCount: proven.proof.hashes.count, witnessing: try policy.witnessing(of: number, in: view),
                timestamps: timestamps))
    }

    private mutating func timestamps(_ number: UInt64) -> TimestampCoverage {
        let coverage: TimestampCoverage
        do { coverage = try view.timestamps(atLeast: number + 1) } catch {
            notes.append("time stamps were not looked at: \(error)")
            return TimestampCoverage()
        }
        if coverage.failureCount > 0 {
            notes.append("a time stamp of a tree that holds the entry does not hold itself; run because verify")
        }
        return coverage
    }

    // MARK: Principles, then and now

    private func principles(_ revealed: RevealedDecision, _ number: UInt64) throws -> [Explanation.Principle] {
        try (revealed.content["principles"]?.items ?? []).enumerated().map { index, principle in
            let ref = principle["ref"]?.text
            let citation = revealed.citations["principles[\(index)].ref"]
            var words: Explanation.Words?
            if let ref, let citation { words = try self.words(citation, ref: ref, number) }
            return Explanation.Principle(
                ref: ref, role: principle["role"]?.text ?? "", timing: principle["timing"]?.text, words: words)
        }
    }

    private func words(_ citation: Decisions.Citation, ref: String, _ number: UInt64) throws -> Explanation.Words? {
        guard let cited = view.specifications.cited(citation, ref: ref, at: number) else { return nil }
        let text = try text(citation.section)
        return Explanation.Words(
            document: cited.document, version: cited.version, section: cited.section, title: cited.title,
            authority: citation.authority, text: text, digest: citation.section, documentDigest: citation.document,
            registeredAt: cited.registeredAt, now: try now(cited, text))
    }

    private func text(_ digest: Digest) throws -> String? {
        try view.text(digest).flatMap { String(validating: $0, as: UTF8.self) }
    }

    private func now(_ cited: Specifications.Citation, _ text: String?) throws -> Explanation.Now {
        let registry = view.specifications.registry
        guard let current = registry.inForce(cited.document) else { return .noneInForce }
        if current.version == cited.version { return .inForce }
        guard let today = current.sections.first(where: { $0.id == cited.section }) else {
            return .removed(version: current.version)
        }
        if today.digest == cited.sectionDigest { return .unchanged(version: current.version) }
        let words = try self.text(today.digest)
        let difference = text.flatMap { then in words.map { TextDiff(from: then, to: $0) } }
        return .changed(version: current.version, difference: difference)
    }

    // MARK: What is gone

    private func missing(_ revealed: RevealedDecision, _ number: UInt64) throws -> [Explanation.MissingField] {
        guard !revealed.missing.isEmpty else { return [] }
        var erasures: [Digest: (UInt64, Timestamp)] = [:]
        for row in try view.snapshot.identities(prefix: "because:\(EntryType.erasure):", limit: .max)
        where row.number < view.size {
            let entry = try view.proven(row.number).entry
            guard entry.type == EntryType.erasure, let erasure = Erasure(try entry.body(), entry: row.number),
                erasure.target == number
            else { continue }
            for digest in erasure.digests { erasures[digest] = (row.number, entry.at) }
        }
        return revealed.missing.map {
            Explanation.MissingField(path: $0.path, digest: $0.digest, erasure: erasures[$0.digest])
        }
    }

    // MARK: What the index knows

    /// Entries that link to this one. Each is proven, and left out unless it does link here.
    private mutating func later(_ id: String, after number: UInt64) throws -> [Explanation.LaterEntry] {
        guard let index else { return [] }
        let numbers: [UInt64]
        do {
            numbers = try index.readOnly { database in
                try Int64.fetchAll(
                    database, sql: "SELECT DISTINCT n FROM links WHERE target = ? ORDER BY n LIMIT 200", arguments: [id]
                )
                .compactMap { UInt64(exactly: $0) }
            }
        } catch let error as DatabaseError {
            notes.append("later entries were not looked for: the index cannot be read (\(error.message ?? "damaged"))")
            return []
        }
        var later: [Explanation.LaterEntry] = []
        for linking in numbers where linking < view.size {
            let proven = try view.proven(linking)
            guard let body = try proven.entry.body().object else { continue }
            let content = RevealedDecision(body: body, disclosures: proven.disclosures).content
            for link in content["links"]?.items ?? [] where link["id"]?.text == id {
                later.append(
                    .init(
                        rel: link["rel"]?.text ?? "", id: proven.entry.id, number: linking, at: proven.entry.at,
                        outcome: content["outcome"]?.text, summary: content["summary"]?.text))
            }
        }
        return later
    }

    private mutating func completeness(_ content: JSONObject) throws -> Explanation.Completeness {
        guard let producer = content["producer"]?["id"]?.text else {
            return .cannotTell(reason: "no producer is recorded")
        }
        guard content["producer"]?["seq"]?.integer != nil else {
            return .cannotTell(reason: "the producer does not number its decisions")
        }
        guard let index else { return .cannotTell(reason: "the index cannot be used") }
        let run = ProducerRun(producer: producer, epoch: content["producer"]?["epoch"]?.text)
        do {
            let numbers = try index.sequence(of: run)
            return numbers.gaps.isEmpty
                ? .complete(run, upTo: numbers.last) : .gap(run, missing: numbers.gaps, upTo: numbers.last)
        } catch let error as DatabaseError {
            return .cannotTell(reason: "the index cannot be read (\(error.message ?? "damaged"))")
        }
    }
}

extension LedgerIndex {
    /// The numbers that one run of a producer used.
    func sequence(of run: ProducerRun) throws -> SequenceSet {
        try readOnly { database in
            var numbers = SequenceSet()
            let rows = try Int64.fetchCursor(
                database,
                sql: "SELECT seq FROM entries WHERE producer = ? AND epoch IS ? AND seq IS NOT NULL ORDER BY seq",
                arguments: [run.producer, run.epoch])
            while let number = try rows.next() { numbers.insert(number) }
            return numbers
        }
    }
}
