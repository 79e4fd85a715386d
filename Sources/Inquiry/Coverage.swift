public import Decisions
import GRDB
import JSON
import Ledgers
public import Specifications

/// How the decisions of a ledger use one version of a specification: which sections, in which parts, and which never.
public struct Coverage: Sendable {
    /// The version that was asked about.
    public let registration: Registration
    /// One for each section, in the order of the document.
    public let sections: [SectionUse]
    /// All decisions of the ledger.
    public let decisions: Int
    /// Those that cite a section of this version.
    public let citing: Int
    /// Those that cite a section of another version of the document, by version.
    public let citingOther: [String: Int]
    /// What is recorded by those that cite nothing.
    public let uncited: Uncited
    /// Decisions with citations that did not resolve, and the number of these citations.
    public let unresolved: (decisions: Int, citations: Int)
    /// Whether it was counted by the index, which cannot show what it leaves out.
    public let isFromIndex: Bool
    /// What could not be looked up, and why.
    public var notes: [String]

    /// Sections that no decision cites in any way.
    public var neverCited: [RegisteredSection] { sections.filter { $0.uses.isEmpty }.map(\.section) }

    /// A section, and how many decisions use it how.
    public struct SectionUse: Sendable {
        public let section: RegisteredSection
        public let uses: Uses
    }

    /// Numbers of decisions by the part that a section played in them.
    public struct Uses: Sendable, Equatable {
        public internal(set) var byRole: [Decision.Principle.Role: Int] = [:]
        /// Named only beside the principles: in an alternative or a conflict.
        public internal(set) var elsewhere = 0

        public subscript(role: Decision.Principle.Role) -> Int { byRole[role] ?? 0 }
        public var isEmpty: Bool { byRole.isEmpty && elsewhere == 0 }
    }

    /// Decisions that cite no principle.
    public struct Uncited: Sendable {
        public let decisions: Int
        /// The reasons they record, the most frequent first. Of the newest `read` decisions.
        public internal(set) var reasons: [(text: String, count: Int)] = []
        /// How many were read for their reasons.
        public internal(set) var read = 0
        /// How many of these have a reason that is gone.
        public internal(set) var gone = 0

        /// The most that are read for their reasons.
        public static let readLimit = 1000
    }
}

extension LedgerIndex {
    /// How the decisions use the sections of `registration`. With `scan` the log itself is counted.
    public func coverage(of registration: Registration, scan: Bool = false) throws -> Coverage {
        var reach = self.reach(scan: scan)
        let (tally, size) = try found(CoverageTally(registration), &reach)
        var uncited = Coverage.Uncited(decisions: tally.uncited)
        try ledger.read { view in
            try uncited.read(tally.newestUncited.filter { $0 < size }, view, &reach)
        }
        return Coverage(
            registration: registration,
            sections: registration.sections.map { .init(section: $0, uses: tally.uses[$0.id] ?? .init()) },
            decisions: tally.decisions, citing: tally.citing, citingOther: tally.citingOther, uncited: uncited,
            unresolved: (tally.unresolvedDecisions, tally.unresolvedCitations), isFromIndex: reach.isFromIndex,
            notes: reach.notes)
    }
}

extension Coverage.Uncited {
    /// Reads the reasons of these entries, each proven.
    fileprivate mutating func read(_ numbers: [UInt64], _ view: LedgerView, _ reach: inout Reach) throws {
        var counts: [String: Int] = [:]
        for number in numbers {
            let proven = try view.proven(number)
            guard let revealed = try RevealedRecord(proven.entry, disclosures: proven.disclosures),
                (revealed.content["principles"]?.items ?? []).isEmpty
            else {
                reach.noteWrong(number)
                continue
            }
            read += 1
            if let text = revealed.content["none_cited"]?.text {
                counts[text, default: 0] += 1
            } else {
                gone += 1
            }
        }
        reasons = counts.map { (text: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    }
}

/// Counts the uses of one version.
private struct CoverageTally: Lookup {
    private let document: String
    private let version: String
    private(set) var uses: [String: Coverage.Uses] = [:]
    private(set) var decisions = 0
    private(set) var citing = 0
    private(set) var citingOther: [String: Int] = [:]
    private(set) var uncited = 0
    /// Greatest first.
    private(set) var newestUncited: [UInt64] = []
    private(set) var unresolvedDecisions = 0
    private(set) var unresolvedCitations = 0

    init(_ registration: Registration) { (document, version) = (registration.id, registration.version) }

    mutating func add(_ entry: IndexedEntry) {
        guard entry.type == EntryType.decision else { return }
        decisions += 1
        add(entry.citations.filter { $0.document == document })
        guard let unresolved = entry.unresolved else {
            uncited += 1
            newestUncited.insert(entry.number, at: 0)
            if newestUncited.count > Coverage.Uncited.readLimit { newestUncited.removeLast() }
            return
        }
        if unresolved > 0 { unresolvedDecisions += 1 }
        unresolvedCitations += Int(unresolved)
    }

    mutating func read(_ database: Database, below limit: Int64) throws {
        try IndexedCitations.read(of: document, below: limit, database) { add($2) }
        func number(_ selected: String) throws -> Int {
            try Int.fetchOne(database, sql: "SELECT \(selected)", arguments: [limit]) ?? 0
        }
        let few = "FROM entries WHERE \(IndexSchema.unsupported) AND n < ?"
        decisions = try number("count(*) FROM entries WHERE type = 'decision' AND n < ?")
        uncited = try number("count(*) \(few) AND unresolved IS NULL")
        newestUncited = try Int64.fetchAll(
            database, sql: "SELECT n \(few) AND unresolved IS NULL ORDER BY n DESC LIMIT ?",
            arguments: [limit, Coverage.Uncited.readLimit]
        ).compactMap { UInt64(exactly: $0) }
        unresolvedDecisions = try number("count(*) \(few) AND unresolved > 0")
        unresolvedCitations = try number("coalesce(sum(unresolved), 0) \(few) AND unresolved > 0")
    }

    /// Takes the citations of one decision.
    private mutating func add(_ citations: [IndexedEntry.IndexedCitation]) {
        let own = citations.filter { $0.version == version }
        if !own.isEmpty { citing += 1 }
        for (index, citation) in citations.enumerated() where citation.version != version {
            let isFirst = !citations[..<index].contains { $0.version == citation.version }
            if isFirst { citingOther[citation.version, default: 0] += 1 }
        }
        for (index, citation) in own.enumerated() {
            let before = own[..<index].filter { $0.section == citation.section }
            if let role = citation.role.flatMap(Decision.Principle.Role.init) {
                if before.contains(where: { $0.role == citation.role }) { continue }
                uses[citation.section, default: .init()].byRole[role, default: 0] += 1
            } else if before.isEmpty,
                !own[index...].contains(where: { $0.section == citation.section && $0.role != nil })
            {
                uses[citation.section, default: .init()].elsewhere += 1
            }
        }
    }
}
