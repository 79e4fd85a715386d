import Cryptography
public import Decisions
import JSON
import Ledgers
import Specifications

/// Decisions that applied the same principles as one decision, by how alike their words are.
///
/// That records are alike does not show that any of them was right.
public struct Precedents: Sendable {
    public let id: String
    public let number: UInt64
    public let outcome: String?
    /// As far as it can be opened.
    public let summary: String?
    /// The sections that it applied, as `document@version#section`.
    public let applied: [String]
    /// Whether it has words to compare: a summary or a rationale that can be opened.
    public let hasWords: Bool
    /// Decisions with the same outcome, the most alike first.
    public let agreeing: [Precedent]
    /// Decisions with another outcome, the most alike first.
    public let differing: [Precedent]
    /// How many decisions applied one of the sections, in any version; up to 10,000.
    public let count: Int
    /// Whether there are more than were counted.
    public let isCountCut: Bool
    /// How many of them were compared word by word.
    public let compared: Int
    /// Whether they were looked up in the index, which cannot show what it leaves out.
    public let isFromIndex: Bool
    /// What could not be looked up, and why.
    public var notes: [String]

    /// The most that are compared.
    public static let comparedLimit = 1000

    /// The sentence that says what likeness is not worth.
    public static let caution =
        "likeness is of words, rarer ones counting more; it does not show that any of these decisions was right"

    /// A decision that applied the same, proven.
    public struct Precedent: Sendable {
        public let id: String
        public let number: UInt64
        public let at: Timestamp
        public let occurred: String?
        public let outcome: String?
        /// The model that decided.
        public let model: String?
        /// As far as it can be opened.
        public let summary: String?
        /// How its summary or rationale is gone: `erased` or `missing`; `nil` where it is not.
        public let gone: Mark?
        /// How alike its words are, in per cent.
        public let likeness: Int
        /// The words that both have, the rarest first.
        public let sharedWords: [String]
        /// The sections that both applied.
        public let sections: [Section]
    }

    /// A section that both decisions applied.
    public struct Section: Sendable {
        /// As the precedent cited it: `document@version#section`.
        public let ref: String
        /// Whether the words that the two cited are the same, by their digests.
        public let hasSameWords: Bool
    }
}

extension LedgerIndex {
    /// The decisions that applied the same principles as the one with this id, or the one id that begins like this; the `limit` most
    /// alike of each group.
    public func precedents(of id: String, limit: Int) throws -> Precedents {
        var reach = self.reach()
        let asked = try ledger.read { try PrecedentFinder.Case($0.number(matching: id), $0) }
        let applied = asked.entry.citations.filter { $0.role == Decision.Principle.Role.applied.rawValue }
        let names = Set(applied.map { PrecedentLookup.SectionName(document: $0.document, section: $0.section) })
        let words = try Likeness.words([asked.words])[0].sorted()
        let lookup = try found(PrecedentLookup(names, except: asked.entry.number, words: words), &reach).found
        if lookup.count > Precedents.comparedLimit {
            // No index holds words that are encrypted where they lie.
            let hidesWords = try ledger.read { try $0.indexedPart == .clear }
            if hidesWords || !reach.isFromIndex {
                reach.notes.append("no index of words could be asked, so only the newest decisions were compared")
            }
        }
        return try ledger.read { view in
            var finder = PrecedentFinder(view: view, asked: asked, lookup: lookup, reach: reach)
            return try finder.find(limit: limit)
        }
    }
}

/// Reads candidates, compares them and keeps the most alike.
private struct PrecedentFinder {
    let view: LedgerView
    let asked: Case
    let lookup: PrecedentLookup
    var reach: Reach

    /// A decision, proven.
    struct Case {
        let proven: ProvenEntry
        let record: RevealedRecord
        let entry: IndexedEntry

        init(_ number: UInt64, _ view: LedgerView) throws {
            proven = try view.proven(number)
            guard proven.entry.type == EntryType.decision,
                let record = try RevealedRecord(proven.entry, disclosures: proven.disclosures)
            else { throw InquiryError.notADecision(id: proven.entry.id, entry: number, type: proven.entry.type) }
            self.record = record
            entry = IndexedEntry(proven, view.specifications)
        }

        /// What it says in words: why nothing is cited, or no reason given, is not about the case.
        var words: String {
            IndexedEntry.words([record.content["summary"]?.text, record.content["rationale"]?["text"]?.text])
        }

        /// Digests of a summary or a rationale that is gone. Which field it was is not to be told from a digest.
        var missing: [Digest] { record.missing.filter { ["", "rationale"].contains($0.path) }.map(\.digest) }
    }

    mutating func find(limit: Int) throws -> Precedents {
        let cases = try lookup.numbers(limit: Precedents.comparedLimit).filter { $0 < view.size }.compactMap {
            try read($0)
        }
        let likeness = try Likeness([asked.words] + cases.map(\.words))
        let ranked = cases.enumerated().map { (one: $1, alike: likeness.compare(0, $0 + 1)) }
            .sorted { ($1.alike.percentage, $1.one.entry.number) < ($0.alike.percentage, $0.one.entry.number) }
        let (same, other) = (
            ranked.filter { $0.one.entry.outcome == asked.entry.outcome }.prefix(limit),
            ranked.filter { $0.one.entry.outcome != asked.entry.outcome }.prefix(limit)
        )
        let erasures = try view.erasures(
            of: Set((same + other).filter { !$0.one.missing.isEmpty }.map(\.one.entry.number)))
        let erased = Set(erasures.flatMap(\.erasure.digests))
        func precedents(_ ranked: some Sequence<(one: Case, alike: (percentage: Int, shared: [String]))>)
            -> [Precedents.Precedent]
        {
            ranked.map { precedent($0.one, $0.alike.percentage, $0.alike.shared, erased) }
        }
        let content = asked.record.content
        return Precedents(
            id: asked.entry.id, number: asked.entry.number, outcome: content["outcome"]?.text,
            summary: content["summary"]?.text, applied: lookup.applied(asked.entry).map(\.ref),
            hasWords: !asked.words.isEmpty, agreeing: precedents(same),
            differing: precedents(other), count: lookup.count, isCountCut: lookup.isCut, compared: cases.count,
            isFromIndex: reach.isFromIndex, notes: reach.notes)
    }

    /// Reads a candidate; `nil` where it is none.
    private mutating func read(_ number: UInt64) throws -> Case? {
        if let found = try? Case(number, view), lookup.applies(found.entry) { return found }
        // What cannot be proven is an error of the log, and not of the index.
        _ = try view.proven(number)
        reach.noteWrong(number)
        return nil
    }

    private func precedent(
        _ one: Case, _ percentage: Int, _ shared: [String], _ erased: Set<Digest>
    ) -> Precedents.Precedent {
        let content = one.record.content
        let gone: Mark? =
            one.missing.isEmpty ? nil : one.missing.allSatisfy(erased.contains) ? .erased : .missing
        return .init(
            id: one.entry.id, number: one.entry.number, at: one.proven.entry.at, occurred: content["occurred"]?.text,
            outcome: content["outcome"]?.text, model: one.entry.model, summary: content["summary"]?.text, gone: gone,
            likeness: percentage, sharedWords: shared, sections: sections(one))
    }

    private func sections(_ one: Case) -> [Precedents.Section] {
        let own = lookup.applied(asked.entry)
        return lookup.applied(one.entry).map { citation in
            let digest = digest(citation)
            let hasSameWords =
                digest != nil
                && own.contains {
                    $0.document == citation.document && $0.section == citation.section && self.digest($0) == digest
                }
            return .init(ref: citation.ref, hasSameWords: hasSameWords)
        }
    }

    /// The digest of the words that were cited.
    private func digest(_ citation: IndexedEntry.IndexedCitation) -> Digest? {
        guard let reference = try? Reference(parsing: citation.ref) else { return nil }
        return (try? view.specifications.registry.resolve(reference))?.sectionDigest
    }
}

extension IndexedEntry.IndexedCitation {
    /// `document@version#section`.
    fileprivate var ref: String { "\(document)@\(version)#\(section)" }
}
