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
        try indexedEntries(size > 500 ? size - 500..<size : 0..<size, .clear) { newest.append($0.id) }
        return Nearest.matches(text, among: newest, limit: 3)
    }
}

extension LedgerIndex {
    /// The answer to *why* for the decision with this id, or the one id that begins like this.
    ///
    /// What the index does not hold, or all of it where the index cannot be used, is read from the log. `policy` says which
    /// witnesses are trusted to have confirmed the tree.
    public func explain(_ id: String, policy: WitnessPolicy = .absent) throws -> Explanation {
        let reach = self.reach()
        return try ledger.read { view in
            var explainer = Explainer(view: view, index: self, policy: policy, reach: reach)
            return try explainer.explain(view.number(matching: id))
        }
    }
}

/// Puts an answer together.
private struct Explainer {
    let view: LedgerView
    let index: LedgerIndex
    let policy: WitnessPolicy
    var reach: Reach

    mutating func explain(_ number: UInt64) throws -> Explanation {
        let proven = try view.proven(number)
        let entry = proven.entry
        guard entry.type == EntryType.decision, let body = try entry.body().object else {
            throw InquiryError.notADecision(id: entry.id, entry: number, type: entry.type)
        }
        let revealed = RevealedRecord(body: body, disclosures: proven.disclosures)
        let run = Self.run(revealed.content)
        let found = try index.found(
            FoundElsewhere(id: entry.id, number: number, run: run, session: revealed.content["session"]?.text),
            in: view,
            &reach)
        let later = try later(found, entry.id, except: number)
        let timestamps = timestamps(number)
        return Explanation(
            id: entry.id, number: number, at: entry.at, content: revealed.content,
            principles: try principles(revealed, number), subject: revealed.content["subject"]?.text,
            registered: Set(revealed.citations.keys),
            missing: try missing(revealed, number, found.erasing), later: later, sessionCount: found.sessionCount,
            custody: try Custody(of: proven, in: view), inconsistencies: inconsistencies(revealed),
            isFromIndex: reach.isFromIndex, notes: reach.notes,
            completeness: try completeness(revealed.content, run, found.numbering),
            proof: .init(
                leaf: proven.leaf, checkpoint: view.checkpoint, note: view.note, key: view.key,
                hashCount: proven.proof.hashes.count, witnessing: try policy.witnessing(of: number, in: view),
                timestamps: timestamps),
            contact: try view.contact())
    }

    private mutating func timestamps(_ number: UInt64) -> TimestampCoverage {
        let coverage: TimestampCoverage
        do { coverage = try view.timestamps(atLeast: number + 1) } catch {
            reach.notes.append("time stamps were not looked at: \(error)")
            return TimestampCoverage()
        }
        if coverage.failureCount > 0 {
            reach.notes.append("a time stamp of a tree that holds the entry does not hold itself; run because verify")
        }
        return coverage
    }

    // MARK: Principles, then and now

    private func principles(_ revealed: RevealedRecord, _ number: UInt64) throws -> [Explanation.Principle] {
        try (revealed.content["principles"]?.items ?? []).enumerated().map { index, principle in
            let ref = principle["ref"]?.text
            let citation = revealed.citations["principles[\(index)].ref"]
            var words: Explanation.Words?
            if let ref, let citation { words = try self.words(citation, ref: ref, number) }
            return Explanation.Principle(
                ref: ref, role: principle["role"]?.text ?? "", timing: principle["timing"]?.text,
                isResolved: citation != nil, words: words)
        }
    }

    private func words(_ citation: Decisions.Citation, ref: String, _ number: UInt64) throws -> Explanation.Words? {
        guard let cited = view.specifications.cited(citation, ref: ref, at: number),
            cited.sectionDigest == citation.section
        else { return nil }
        let text = try view.words(citation.section)
        return Explanation.Words(
            document: cited.document, version: cited.version, section: cited.section, title: cited.title,
            authority: citation.authority, text: text, digest: citation.section, documentDigest: citation.document,
            registeredAt: cited.registeredAt, now: try now(cited, text))
    }

    private func now(_ cited: Specifications.Citation, _ text: String?) throws -> Explanation.Now {
        let registry = view.specifications.registry
        guard let current = registry.inForce(cited.document) else { return .noneInForce }
        if current.version == cited.version { return .inForce }
        guard let today = current.sections.first(where: { $0.id == cited.section }) else {
            return .removed(version: current.version)
        }
        if today.digest == cited.sectionDigest { return .unchanged(version: current.version) }
        let words = try view.words(today.digest)
        let difference = text.flatMap { then in words.map { TextDiff(from: then, to: $0) } }
        return .changed(version: current.version, difference: difference)
    }

    private func inconsistencies(_ revealed: RevealedRecord) -> [Inconsistency]? {
        let chain = ChainOfCommand(revealed) { (try? view.tags(of: $0)) ?? [] }
        return chain.hasSubject ? chain.inconsistencies : nil
    }

    // MARK: What is gone

    /// `candidates` are the entries that the index knows to have erased something here.
    private func missing(
        _ revealed: RevealedRecord, _ number: UInt64, _ candidates: [UInt64]
    ) throws -> [Explanation.MissingField] {
        guard !revealed.missing.isEmpty else { return [] }
        var erasures = Self.byDigest(try view.erasures(of: [number], among: candidates))
        if !revealed.missing.allSatisfy({ erasures[$0.digest] != nil }) {
            // An index may leave something out, and nobody is to be told that a value is missing which was erased.
            erasures = Self.byDigest(try view.erasures(of: [number]))
        }
        return revealed.missing.map {
            Explanation.MissingField(path: $0.path, digest: $0.digest, erasure: erasures[$0.digest])
        }
    }

    private static func byDigest(_ erasures: [RecordedErasure]) -> [Digest: RecordedErasure] {
        Dictionary(erasures.flatMap { erasure in erasure.erasure.digests.map { ($0, erasure) } }) { first, _ in first }
    }

    // MARK: What other entries say

    /// Entries that link to this one, each proven. What the index only claims is left out, and that is said.
    private mutating func later(
        _ found: FoundElsewhere, _ id: String, except number: UInt64
    ) throws -> [Explanation.LaterEntry] {
        if found.linking.count > FoundElsewhere.limit {
            reach.notes.append(
                "more than \(FoundElsewhere.limit) other records refer to this decision; the first are shown")
        }
        var later: [Explanation.LaterEntry] = []
        for linking in found.linking.prefix(FoundElsewhere.limit) where linking != number && linking < view.size {
            let proven = try view.proven(linking)
            let revealed = try RevealedRecord(proven.entry, disclosures: proven.disclosures)
            let relations = revealed.map { IndexedEntry.links(of: $0).filter { $0.id == id }.map(\.rel) } ?? []
            guard let revealed, !relations.isEmpty else {
                reach.noteWrong(linking)
                continue
            }
            later += relations.map { rel in
                .init(
                    type: proven.entry.type, rel: rel, id: proven.entry.id, number: linking, at: proven.entry.at,
                    content: revealed.content, missingCount: revealed.missing.count,
                    registered: Set(revealed.citations.keys))
            }
        }
        return later
    }

    private static func run(_ content: JSONObject) -> ProducerRun? {
        guard let producer = content["producer"], let id = producer["id"]?.text, producer["seq"]?.integer != nil else {
            return nil
        }
        return ProducerRun(producer: id, epoch: producer["epoch"]?.text)
    }

    /// The verdict on the run of the decision's producer, as `because completeness` gives it.
    private func completeness(
        _ content: JSONObject, _ run: ProducerRun?, _ numbering: Numbering
    ) throws -> Explanation.Completeness {
        guard let run else {
            let reason =
                content["producer"] == nil ? "no producer is recorded" : "the producer does not number its decisions"
            return .init(run: nil, verdict: .cannotTell(reason: reason), remarks: [])
        }
        let newest = try view.provenEntry(view.size - 1).at
        let remarks = numbering.remarks(at: newest, silentAfter: CompletenessReport.silence)
        return .init(run: run, verdict: numbering.verdict, remarks: remarks)
    }
}
