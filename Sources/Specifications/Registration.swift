public import Cryptography

/// What the log says of one section of a registered specification.
public struct RegisteredSection: Sendable {
    public let id: String
    public let title: String
    public let level: Int
    public let authority: String?
    public let tags: [String]
    /// The id of the enclosing section.
    public let parent: String?
    /// Its place in the document, from 0.
    public let order: Int
    /// SHA-256 of the section's exact words.
    public let digest: Digest

    public init(
        id: String, title: String, level: Int, authority: String?, tags: [String], parent: String?, order: Int,
        digest: Digest
    ) {
        self.id = id
        self.title = title
        self.level = level
        self.authority = authority
        self.tags = tags
        self.parent = parent
        self.order = order
        self.digest = digest
    }

    /// What the log says of `section`.
    public init(_ section: Section) { self.init(section, order: section.order) }

    /// What the log would say of `section` if it stood in another place.
    init(_ section: Section, order: Int) {
        self.init(
            id: section.id, title: section.title, level: section.level, authority: section.authority,
            tags: section.tags, parent: section.parent, order: order, digest: section.digest)
    }
}

extension RegisteredSection: Equatable {
    /// Titles are compared byte for byte: canonically equivalent ones differ.
    public static func == (left: RegisteredSection, right: RegisteredSection) -> Bool {
        left.digest == right.digest && left.id == right.id && left.title.utf8.elementsEqual(right.title.utf8)
            && left.level == right.level && left.order == right.order && left.parent == right.parent
            && left.authority == right.authority && left.tags == right.tags
    }
}

/// What the log says of a registered specification; its texts lie elsewhere, by digest.
public struct Registration: Sendable, Equatable {
    public let id: String
    public let version: String
    public let format: Format
    /// SHA-256 of the document.
    public let digest: Digest
    /// The number of the entry that registered it.
    public let entry: UInt64
    /// The number of the entry that last put it in force, if any did.
    public internal(set) var activatedAt: UInt64?
    public let sections: [RegisteredSection]

    public init(
        id: String, version: String, format: Format, digest: Digest, entry: UInt64, activatedAt: UInt64?,
        sections: [RegisteredSection]
    ) {
        self.id = id
        self.version = version
        self.format = format
        self.digest = digest
        self.entry = entry
        self.activatedAt = activatedAt
        self.sections = sections
    }

    /// What entry number `entry` says of `specification`, which is not yet in force.
    public init(_ specification: Specification, entry: UInt64) {
        self.init(
            id: specification.id, version: specification.version, format: specification.format,
            digest: specification.digest, entry: entry, activatedAt: nil,
            sections: specification.sections.map { RegisteredSection($0) })
    }
}
