public import Cryptography

/// One citable section of a specification.
public struct Section: Sendable {
    public let id: String
    public let title: String
    /// 1 for a section that no other encloses.
    public let level: Int
    /// The authority the document states for it, if any.
    public let authority: String?
    public let tags: [String]
    /// The id of the enclosing section.
    public let parent: String?
    /// Its place in the document, from 0.
    public let order: Int
    /// The exact bytes from the heading line up to the next heading of any level; in a JSON list, the member `text`.
    public let text: String
    /// SHA-256 of the UTF-8 of `text`.
    public let digest: Digest
}

extension Section: Equatable {
    /// Titles and texts are compared byte for byte; the text by its digest.
    public static func == (left: Section, right: Section) -> Bool {
        RegisteredSection(left) == RegisteredSection(right)
    }
}
