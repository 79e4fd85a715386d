import Specifications

/// One tag of a template.
struct TemplateTag: Equatable {
    enum Kind: Equatable { case variable, section, inverted, end, comment }

    let kind: Kind
    let name: String
    let line: Int
}

/// Reads the tags of a template and checks each name against what stands around it, before anything is filled in.
struct TemplateReader {
    /// Sections within sections.
    private static let depthLimit = 8

    /// What a section opens: names that mean something only within.
    private struct Scope {
        let tag: TemplateTag
        let names: [String: LetterFields.Kind]
        var isList = false
    }

    private var scopes: [Scope] = []
    private var tags: [TemplateTag] = []

    static func tags(in text: String) throws(LetterError) -> [TemplateTag] {
        var reader = TemplateReader()
        try reader.read(text)
        return reader.tags
    }

    private mutating func read(_ text: String) throws(LetterError) {
        var rest = text[...]
        var line = 1
        while let start = rest.firstRange(of: "{{") {
            line += Self.lineEnds(in: rest[..<start.lowerBound])
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
                throw .template("a tag is not closed by }}", line: line)
            }
            let inside = rest[start.upperBound..<end.lowerBound]
            try take(inside, line: line)
            line += Self.lineEnds(in: inside)
            rest = rest[end.upperBound...]
        }
        if let open = scopes.last?.tag {
            throw .template("the section \(open.name) is not closed by {{/\(open.name)}}", line: open.line)
        }
    }

    private static func lineEnds(in text: Substring) -> Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

    private mutating func take(_ inside: Substring, line: Int) throws(LetterError) {
        let marks: [Character: TemplateTag.Kind] = ["#": .section, "^": .inverted, "/": .end, "!": .comment]
        let kind = inside.first.flatMap { marks[$0] } ?? .variable
        let name = String(kind == .variable ? inside : inside.dropFirst()).trimmed
        if kind == .comment { return tags.append(TemplateTag(kind: kind, name: "", line: line)) }
        try refuse(inside, line: line)
        guard name == "." || Self.isName(name) else {
            throw .template("\(Self.quoted(name)) is no name of a field", line: line)
        }
        let tag = TemplateTag(kind: kind, name: name, line: line)
        tags.append(tag)
        if kind == .end { try close(tag) } else { try open(tag) }
    }

    /// Tags that reach beyond the file and the record.
    private func refuse(_ inside: Substring, line: Int) throws(LetterError) {
        let refused: [Character: String] = [
            ">": "partials are not read: a letter is one file", "<": "inheritance is not read: a letter is one file",
            "$": "blocks are not read: a letter is one file", "=": "the delimiters are always {{ and }}",
            "%": "pragmas are not read", "{": "{{name}} puts a value in as it is; {{{name}}} is not read",
            "&": "{{name}} puts a value in as it is; {{&name}} is not read",
        ]
        if let first = inside.first, let reason = refused[first] { throw .template(reason, line: line) }
        if inside.contains("(") { throw .template("transforms and lambdas are not read", line: line) }
    }

    private static func isName(_ name: String) -> Bool {
        name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { step in
            !step.isEmpty
                && step.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "_") }
        }
    }

    private static func quoted(_ text: String) -> String { "\u{201C}\(text.prefix(64))\u{201D}" }

    private mutating func open(_ tag: TemplateTag) throws(LetterError) {
        guard let kind = kind(of: tag.name) else {
            let known = scopes.flatMap(\.names.keys) + LetterFields.names.keys
            throw .unknownField(
                tag.name, line: tag.line, nearest: Nearest.matches(tag.name, among: Set(known).sorted(), limit: 3))
        }
        switch (tag.kind, kind) {
        case (.variable, .text): break
        case (.variable, _):
            throw .template("\(tag.name) is a list: {{#\(tag.name)}} … {{/\(tag.name)}}", line: tag.line)
        case (.section, .list(let names)):
            guard !scopes.contains(where: \.isList) else {
                throw .template("a list within another list is not read", line: tag.line)
            }
            try push(Scope(tag: tag, names: names, isList: true))
        case (.section, .text): try push(Scope(tag: tag, names: ["lines": .lines, ".": .text]))
        case (.section, .lines): try push(Scope(tag: tag, names: [".": .text]))
        default: try push(Scope(tag: tag, names: [:]))
        }
    }

    private mutating func push(_ scope: Scope) throws(LetterError) {
        guard scopes.count < Self.depthLimit else {
            throw .template("more than \(Self.depthLimit) sections stand within each other", line: scope.tag.line)
        }
        scopes.append(scope)
    }

    private mutating func close(_ tag: TemplateTag) throws(LetterError) {
        guard let open = scopes.popLast()?.tag else {
            throw .template("{{/\(tag.name)}} closes a section that is not open", line: tag.line)
        }
        guard open.name == tag.name else {
            throw .template(
                "{{/\(tag.name)}} stands where {{/\(open.name)}} is due, opened in line \(open.line)", line: tag.line)
        }
    }

    /// What a name means here: within the innermost section that knows it, else in the record.
    private func kind(of name: String) -> LetterFields.Kind? {
        for scope in scopes.reversed() {
            if let kind = Self.kind(of: name, in: scope.names) { return kind }
            // Items of a list answer for `.`, and for nothing that is not theirs.
            if name == "." { return nil }
        }
        return Self.kind(of: name, in: LetterFields.names)
    }

    private static func kind(of name: String, in names: [String: LetterFields.Kind]) -> LetterFields.Kind? {
        if let kind = names[name] { return kind }
        guard name.hasSuffix(".lines"), case .text? = names[String(name.dropLast(".lines".count))] else { return nil }
        return .lines
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
