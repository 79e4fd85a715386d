/// What changed between two versions of a specification, section by section; sections are matched by id.
public struct SpecificationDiff: Sendable {
    /// A value that differs in a section of both versions.
    public struct Change<Value: Equatable & Sendable>: Sendable, Equatable {
        /// The section's id.
        public let id: String
        public let was: Value
        public let now: Value
    }

    /// An authority that differs, and which of the two is higher.
    public struct AuthorityChange: Sendable, Equatable {
        public enum Direction: Sendable, Equatable {
            case raised, lowered
            /// Another name for the same rank, as `platform` and `system` are.
            case sameRank
            /// One of them is not stated, or has no known rank.
            case unordered
        }

        public let id: String
        public let was: String?
        public let now: String?
        public let direction: Direction
    }

    /// A section whose words differ.
    public struct TextChange: Sendable {
        public let id: String
        public let was: String
        public let now: String

        /// The difference line by line, made anew each time.
        public var diff: TextDiff { TextDiff(from: was, to: now) }
    }

    /// Sections whose id only the new version has, in its order.
    public let added: [Section]
    /// Sections whose id only the old version has, in its order.
    public let removed: [Section]
    /// Removed sections that an added one may continue. Candidates with evidence, never a resolution.
    public let renamed: [RenameCandidate]
    /// Whether every pair was compared; huge lists are compared in part.
    public let isRenameSearchComplete: Bool
    public let authorityChanges: [AuthorityChange]
    public let titleChanges: [Change<String>]
    public let tagChanges: [Change<[String]>]
    public let parentChanges: [Change<String?>]
    /// Sections with other words. In Markdown the heading line is among the words of its section.
    public let textChanges: [TextChange]
    /// Sections of both versions in which none of the above differs.
    public let unchangedCount: Int
    /// Whether the words before the first heading differ.
    public let isPreambleChanged: Bool

    /// Compares two versions.
    public init(from old: Specification, to new: Specification) {
        self.init(from: old.sections, to: new.sections, isPreambleChanged: old.preamble != new.preamble)
    }

    /// Compares two lists of sections.
    public init(from old: [Section], to new: [Section]) { self.init(from: old, to: new, isPreambleChanged: false) }

    private init(from old: [Section], to new: [Section], isPreambleChanged: Bool) {
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(\.id))
        added = new.filter { before[$0.id] == nil }
        removed = old.filter { !after.contains($0.id) }
        (renamed, isRenameSearchComplete) = RenameCandidate.find(removed: removed, added: added)
        var authorityChanges: [AuthorityChange] = []
        var titleChanges: [Change<String>] = []
        var tagChanges: [Change<[String]>] = []
        var parentChanges: [Change<String?>] = []
        var textChanges: [TextChange] = []
        var unchangedCount = 0
        for now in new {
            guard let was = before[now.id] else { continue }
            let isSame = RegisteredSection(was, order: 0) == RegisteredSection(now, order: 0)
            if isSame { unchangedCount += 1 }
            if was.authority != now.authority { authorityChanges.append(AuthorityChange(from: was, to: now)) }
            if !was.title.utf8.elementsEqual(now.title.utf8) {
                titleChanges.append(Change(id: now.id, was: was.title, now: now.title))
            }
            if was.tags != now.tags { tagChanges.append(Change(id: now.id, was: was.tags, now: now.tags)) }
            if was.parent != now.parent { parentChanges.append(Change(id: now.id, was: was.parent, now: now.parent)) }
            if was.digest != now.digest { textChanges.append(TextChange(id: now.id, was: was.text, now: now.text)) }
        }
        self.authorityChanges = authorityChanges
        self.titleChanges = titleChanges
        self.tagChanges = tagChanges
        self.parentChanges = parentChanges
        self.textChanges = textChanges
        self.unchangedCount = unchangedCount
        self.isPreambleChanged = isPreambleChanged
    }
}

extension SpecificationDiff.AuthorityChange {
    fileprivate init(from old: Section, to new: Section) {
        id = new.id
        (was, now) = (old.authority, new.authority)
        guard let was = old.authority.flatMap(Authority.rank), let now = new.authority.flatMap(Authority.rank) else {
            direction = .unordered
            return
        }
        direction = now > was ? .raised : now < was ? .lowered : .sameRank
    }
}
