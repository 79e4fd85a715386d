public import Cryptography

/// A reference bound to words: what is stored of a cited principle. Never just a name.
public struct Citation: Sendable {
    public let document: String
    public let version: String
    public let documentDigest: Digest
    public let section: String
    public let title: String
    /// SHA-256 of the section's exact words.
    public let sectionDigest: Digest
    public let authority: String?
    /// The number of the entry that registered the document.
    public let registeredAt: UInt64

    /// The citation of a section of `registration`.
    init(_ section: RegisteredSection, in registration: Registration) {
        document = registration.id
        version = registration.version
        documentDigest = registration.digest
        self.section = section.id
        title = section.title
        sectionDigest = section.digest
        authority = section.authority
        registeredAt = registration.entry
    }
}

extension Citation: CustomStringConvertible {
    /// The reference with its version: `openai/model-spec@2025-12-18#protect_privacy`.
    public var description: String { "\(document)@\(version)#\(section)" }
}

extension Citation: Equatable {
    /// Titles are compared byte for byte.
    public static func == (left: Citation, right: Citation) -> Bool {
        left.sectionDigest == right.sectionDigest && left.documentDigest == right.documentDigest
            && left.section == right.section && left.document == right.document && left.version == right.version
            && left.title.utf8.elementsEqual(right.title.utf8) && left.authority == right.authority
            && left.registeredAt == right.registeredAt
    }
}
