import Cryptography
public import Decisions
import GRDB
import JSON
import Ledgers
public import Specifications

/// Which decisions cited words that changed from one version of a specification to another.
///
/// What counts is the words: a decision that cited the same words by another version cited them too.
public struct Impact: Sendable {
    public let old: Registration
    public let new: Registration
    /// The sections of the old version that changed, were removed, moved or renamed, in its order.
    public let sections: [SectionChange]
    /// Sections that stand in both versions in the same words and the same place.
    public let unchangedCount: Int
    /// Decisions that cited words which changed or were removed, by outcome.
    public let outcomes: [String: Int]
    /// Decisions that cited only words which stand elsewhere now.
    public let sameWordsOnly: Int
    /// The newest decisions that cited words which changed or were removed.
    public let decisions: [Cited]
    /// Whether it was looked up in the index, which cannot show what it leaves out.
    public let isFromIndex: Bool
    /// What could not be looked up, and why.
    public var notes: [String]

    /// How many decisions cited words that changed or were removed.
    public var affected: Int { outcomes.values.reduce(0, +) }

    /// What became of a section.
    public enum Change: Sendable {
        /// The section has other words.
        case changed(TextDiff)
        /// There is no such section, and no other that has its words; one that may continue it.
        case removed(candidate: RenameCandidate?)
        /// The same words stand in the section of another id.
        case renamed(to: String)
        /// The same section in the same words stands under another one.
        case moved(from: String?, to: String?)
        /// The same section in the same words and the same place has another authority.
        case ranked

        /// Whether the words are others now, or none.
        public var concernsWords: Bool {
            switch self {
            case .changed, .removed: true
            case .renamed, .moved, .ranked: false
            }
        }

        /// `changed`, `removed`, `renamed`, `moved` or `authority`.
        public var name: String {
            switch self {
            case .changed: "changed"
            case .removed: "removed"
            case .renamed: "renamed"
            case .moved: "moved"
            case .ranked: "authority"
            }
        }
    }

    /// A section that is not what it was, and by how many decisions it was cited.
    public struct SectionChange: Sendable {
        public let section: RegisteredSection
        public let change: Change
        /// Its authority in the new version, where it has one of another name.
        public let authorityNow: String?
        /// The decisions that cited it, by outcome.
        public internal(set) var outcomes: [String: Int] = [:]

        public var cited: Int { outcomes.values.reduce(0, +) }
    }

    /// A decision that cited words which changed, proven.
    public struct Cited: Sendable {
        public let id: String
        public let number: UInt64
        public let at: Timestamp
        public let outcome: String?
        /// As far as it can be opened.
        public let summary: String?
        /// The sections of the old version whose words it cited.
        public let sections: [String]
    }
}

extension LedgerIndex {
    /// Which decisions cited words that changed from `old` to `new`; of the decisions, the newest `limit`.
    public func impact(
        from old: Registration, to new: Registration, limit: Int, scan: Bool = false
    ) throws -> Impact {
        var reach = self.reach(scan: scan)
        let diff = try SpecificationDiff(from: ledger.specification(old), to: ledger.specification(new))
        var sections = Impact.SectionChange.all(old, new, diff)
        let registry = try ledger.read { $0.specifications.registry }
        let tally = try found(ImpactTally(old, sections, registry, limit: limit), &reach).found
        for index in sections.indices { sections[index].outcomes = tally.bySection[sections[index].section.id] ?? [:] }
        let decisions = try ledger.read { view in
            try tally.newest.suffix(limit).reversed().compactMap { try Impact.Cited($0, tally, view, &reach) }
        }
        return Impact(
            old: old, new: new, sections: sections, unchangedCount: old.sections.count - sections.count,
            outcomes: tally.outcomes, sameWordsOnly: tally.sameWordsOnly, decisions: decisions,
            isFromIndex: reach.isFromIndex, notes: reach.notes)
    }
}

extension Impact.Cited {
    /// Reads a decision; `nil` where it cites none of the words.
    fileprivate init?(_ number: UInt64, _ tally: ImpactTally, _ view: LedgerView, _ reach: inout Reach) throws {
        let proven = try view.proven(number)
        let sections = tally.changed(IndexedEntry(proven, view.specifications).citations)
        guard let revealed = try RevealedRecord(proven.entry, disclosures: proven.disclosures), !sections.isEmpty else {
            reach.noteWrong(number)
            return nil
        }
        self.init(
            id: proven.entry.id, number: number, at: proven.entry.at, outcome: revealed.content["outcome"]?.text,
            summary: revealed.content["summary"]?.text, sections: sections)
    }
}

extension Impact.SectionChange {
    /// The sections of `old` that are not in `new` what they were.
    fileprivate static func all(_ old: Registration, _ new: Registration, _ diff: SpecificationDiff) -> [Self] {
        let now = Dictionary(new.sections.map { ($0.id, $0) }) { first, _ in first }
        let texts = Dictionary(diff.textChanges.map { ($0.id, $0) }) { first, _ in first }
        return old.sections.compactMap { was in
            guard let today = now[was.id] else {
                return Self(section: was, change: gone(was, new, diff), authorityNow: nil)
            }
            let authority = was.authority == today.authority ? nil : today.authority ?? "none"
            if let text = texts[was.id] {
                return Self(section: was, change: .changed(text.diff), authorityNow: authority)
            }
            let isMoved = was.parent != today.parent
            guard isMoved || authority != nil else { return nil }
            return Self(
                section: was, change: isMoved ? .moved(from: was.parent, to: today.parent) : .ranked,
                authorityNow: authority)
        }
    }

    /// What became of a section whose id is gone. In Markdown its heading is among its words, and names it.
    private static func gone(_ was: RegisteredSection, _ new: Registration, _ diff: SpecificationDiff) -> Impact.Change
    {
        if let same = new.sections.first(where: { $0.digest == was.digest }) { return .renamed(to: same.id) }
        let candidate = diff.renamed.first { $0.removed == was.id }
        if let candidate, candidate.similarity == 100 { return .renamed(to: candidate.added) }
        return .removed(candidate: candidate)
    }
}

/// Counts the decisions that cited words of the old version.
private struct ImpactTally: Lookup {
    private let document: String
    private let limit: Int
    /// The section of the old version, for each version and section of the document that has its words.
    private var places: [String: [String: String]] = [:]
    /// The sections whose words are others now.
    private let changed: Set<String>
    private(set) var outcomes: [String: Int] = [:]
    private(set) var bySection: [String: [String: Int]] = [:]
    private(set) var sameWordsOnly = 0
    /// The newest that cited words which changed, ascending.
    private(set) var newest: [UInt64] = []

    init(_ old: Registration, _ sections: [Impact.SectionChange], _ registry: Registry, limit: Int) {
        document = old.id
        self.limit = limit
        changed = Set(sections.filter { $0.change.concernsWords }.map(\.section.id))
        let digests = Dictionary(sections.map { ($0.section.digest, $0.section.id) }) { first, _ in first }
        for registration in registry.registrations where registration.id == old.id {
            for section in registration.sections {
                places[registration.version, default: [:]][section.id] = digests[section.digest]
            }
        }
        // Two sections of one version may have the same words: its own are told apart by their ids.
        for section in sections { places[old.version, default: [:]][section.section.id] = section.section.id }
    }

    mutating func add(_ entry: IndexedEntry) {
        guard entry.type == EntryType.decision else { return }
        add(entry.number, entry.outcome, entry.citations)
    }

    mutating func read(_ database: Database, below limit: Int64) throws {
        try IndexedCitations.read(of: document, below: limit, database) { add($0, $1, $2) }
    }

    private mutating func add(_ number: UInt64, _ outcome: String?, _ citations: [IndexedEntry.IndexedCitation]) {
        let cited = sections(citations)
        guard !cited.isEmpty else { return }
        let outcome = outcome ?? "unknown"
        for section in cited { bySection[section, default: [:]][outcome, default: 0] += 1 }
        guard cited.contains(where: changed.contains) else {
            sameWordsOnly += 1
            return
        }
        outcomes[outcome, default: 0] += 1
        newest.append(number)
        // Not each time: to remove the first of an array moves all others.
        if newest.count > 2 * limit { newest.removeFirst(newest.count - limit) }
    }

    /// The sections of the old version whose words are cited and are others now.
    func changed(_ citations: [IndexedEntry.IndexedCitation]) -> [String] {
        sections(citations).filter(changed.contains)
    }

    private func sections(_ citations: [IndexedEntry.IndexedCitation]) -> [String] {
        var sections: [String] = []
        for citation in citations where citation.document == document {
            guard let section = places[citation.version]?[citation.section], !sections.contains(section) else {
                continue
            }
            sections.append(section)
        }
        return sections
    }
}
