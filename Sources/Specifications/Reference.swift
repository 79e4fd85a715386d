/// A citation as it is written: `openai/model-spec@2025-12-18#protect_privacy`.
///
///     reference = document [ "@" version ] "#" section
///
/// Without a version it means the version in force. All names are ASCII, so equal references are equal bytes.
public struct Reference: Hashable, Sendable {
    public let document: String
    public let version: String?
    public let section: String

    /// The reference made of names, each in its grammar.
    public init(document: String, version: String?, section: String) throws(ReferenceError) {
        guard NameGrammar.document.matches(document) else { throw .badName(.document, got: document) }
        if let version, !NameGrammar.version.matches(version) { throw .badName(.version, got: version) }
        guard NameGrammar.section.matches(section) else { throw .badName(.section, got: section) }
        self.document = document
        self.version = version
        self.section = section
    }

    /// Reads a reference.
    public init(parsing text: String) throws(ReferenceError) {
        let utf8 = text.utf8
        guard utf8.count <= Self.byteLimit else { throw .tooLong(got: utf8.count, limit: Self.byteLimit) }
        guard let hash = utf8.firstIndex(of: UInt8(ascii: "#")) else { throw .noSection(got: text) }
        let at = utf8[..<hash].firstIndex(of: UInt8(ascii: "@"))
        try self.init(
            document: String(text[..<(at ?? hash)]), version: at.map { String(text[utf8.index(after: $0)..<hash]) },
            section: String(text[utf8.index(after: hash)...]))
    }

    /// The longest reference: three names and two marks.
    public static let byteLimit = 3 * NameGrammar.byteLimit + 2
}

extension Reference: CustomStringConvertible {
    /// The text that reads back as this reference.
    public var description: String {
        if let version { "\(document)@\(version)#\(section)" } else { "\(document)#\(section)" }
    }
}

/// Why a text is no reference.
public enum ReferenceError: Error, Equatable {
    case tooLong(got: Int, limit: Int)
    case noSection(got: String)
    case badName(NameGrammar, got: String)
}

extension ReferenceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong(let got, let limit): "a reference has at most \(limit) bytes, not \(got)"
        case .noSection(let got): "\(quoted(got)) names no section; write document@version#section or document#section"
        case .badName(let grammar, let got): "\(quoted(got)) is no name of a \(grammar.rawValue); use \(grammar)"
        }
    }
}
