public import Cryptography
import Mustache
import Specifications

/// The words of a letter, in Mustache, with the names of fields of a record in them.
///
/// Variables, sections, inverted sections and comments are read; the names are those of `LetterFields`. A tag that would go
/// beyond one file or beyond the record (partials, blocks, lambdas, unescaped text, other delimiters) is refused, with its line.
public struct LetterTemplate: Sendable {
    /// The largest template, in bytes.
    public static let byteLimit = 64 << 10

    /// What it is called on record; `nil` where its file has a name that no code can be.
    public let name: String?
    public let text: String
    /// Of the bytes of the text.
    public let digest: Digest
    let tags: [TemplateTag]
    /// The template as the library reads it.
    let mustache: MustacheTemplate

    public init(_ bytes: [UInt8], name: String?) throws(LetterError) {
        guard bytes.count <= Self.byteLimit else { throw .templateTooLarge(limit: Self.byteLimit) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .templateNotText }
        tags = try TemplateReader.tags(in: text)
        self.name = name
        self.text = text
        digest = SHA256.digest(of: bytes)
        // What our reader takes and the library does not is still an error with its line.
        mustache = try Self.parse(text)
    }

    /// The template of this name that comes with the program.
    public init(named name: String) throws(LetterError) {
        guard let text = ShippedTemplates.all.first(where: { $0.name == name })?.text else {
            let names = ShippedTemplates.all.map(\.name)
            throw .unknownTemplate(name, nearest: Nearest.matches(name, among: names, limit: 1), all: names)
        }
        try self.init(Array(text.utf8), name: name)
    }

    /// Names of the templates that come with the program.
    public static var names: [String] { ShippedTemplates.all.map(\.name) }

    /// Escapes nothing by itself: values are made harmless before they are put in. The line that says so comes first.
    private static func parse(_ text: String) throws(LetterError) -> MustacheTemplate {
        do { return try MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT}}\n" + text) } catch {
            guard let error = error as? MustacheTemplate.ParserError else {
                throw .template("it cannot be read", line: 1)
            }
            // Ours are the lines that a line feed ends; the library counts other characters too, and the line before.
            let lines = 1 + text.utf8.count { $0 == UInt8(ascii: "\n") }
            throw .template("it cannot be read here", line: min(max(1, error.context.lineNumber - 1), lines))
        }
    }

    /// Whether the template says something of its own where a list has nothing.
    func hasInverted(_ name: String) -> Bool { tags.contains { $0.kind == .inverted && $0.name == name } }
}

/// Why no letter can be made.
public enum LetterError: Error, Equatable {
    case templateTooLarge(limit: Int)
    case templateNotText
    case unknownTemplate(String, nearest: [String], all: [String])
    /// What is wrong in the template, and in which line.
    case template(String, line: Int)
    /// The template asks for what no letter can have.
    case unknownField(String, line: Int, nearest: [String])
    /// Sections within sections fill more than a letter holds.
    case letterTooLarge(limit: Int)
}

extension LetterError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .templateTooLarge(let limit): "the template has more than \(limit) bytes"
        case .templateNotText: "the template is not UTF-8"
        case .unknownTemplate(let name, _, _): "there is no template \(name), and no such file"
        case .template(let detail, let line): "line \(line) of the template: \(detail)"
        case .unknownField(let name, let line, _): "line \(line) of the template: there is no field \(name) here"
        case .letterTooLarge(let limit): "the letter would have more than \(limit) bytes"
        }
    }

    public var hint: String {
        switch self {
        case .templateTooLarge, .letterTooLarge: "a letter is for a person to read; repeat less"
        case .templateNotText: "save it as UTF-8"
        case .unknownTemplate(_, let nearest, let all):
            nearest.first.map { "did you mean \($0)?" } ?? "name a file, or one of \(all.joined(separator: ", "))"
        case .template: "schema/LETTERS.md says what a template may hold"
        case .unknownField(_, _, let nearest):
            nearest.isEmpty
                ? "schema/LETTERS.md lists what a subject may be told" : "similar: \(nearest.joined(separator: ", "))"
        }
    }
}
