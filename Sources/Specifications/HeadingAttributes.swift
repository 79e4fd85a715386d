/// What stands in `{#id key=value …}` at the end of a heading.
struct HeadingAttributes {
    let id: String
    private(set) var authority: String?
    private(set) var tags: [String] = []

    /// The most tags a section may have.
    static let tagLimit = 32
    /// The most bytes between the braces: more than an id, an authority and all tags need.
    static let byteLimit = 8192

    /// Splits what is written on a heading into its title and the words between `{` and `}`, still unread.
    ///
    /// There are attributes where the heading ends in a group in braces that starts with `#`.
    static func split(_ content: String) -> (title: String, group: Substring?) {
        guard content.utf8.last == UInt8(ascii: "}"), let open = content.utf8.lastIndex(of: UInt8(ascii: "{"))
        else { return (content, nil) }
        // By bytes: a mark that joins a brace or `#` is one character with it, and would vanish unseen.
        let group = content[content.utf8.index(after: open)..<content.utf8.index(before: content.endIndex)]
        guard group.utf8.first == UInt8(ascii: "#") else { return (content, nil) }
        let title = content[..<open]
        return (String(title.dropLast(while: { $0 == " " || $0 == "\t" })), group)
    }

    /// Reads the words of a group. A key that nobody knows is refused, since a mistyped `authority` must not be lost.
    init(_ group: Substring, line: Int) throws(SpecificationError) {
        func fault(_ problem: SpecificationError.AttributeProblem) -> SpecificationError {
            .badAttribute(problem, line: line)
        }
        guard group.utf8.count <= Self.byteLimit else {
            throw fault(.tooLong(got: group.utf8.count, limit: Self.byteLimit))
        }
        let words = group.split(whereSeparator: { $0 == " " || $0 == "\t" })
        let id = words.first.map { Substring($0.utf8.dropFirst()) } ?? ""
        guard NameGrammar.section.matches(id) else { throw fault(.id(got: String(id))) }
        self.id = String(id)
        var hasTags = false
        for word in words.dropFirst() {
            guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { throw fault(.noValue(String(word))) }
            let value = word[word.utf8.index(after: equals)...]
            switch word[..<equals] {
            case "authority":
                guard authority == nil else { throw fault(.twice("authority")) }
                guard NameGrammar.code.matches(value) else { throw fault(.value(of: "authority", got: String(value))) }
                authority = String(value)
            case "tags":
                guard !hasTags else { throw fault(.twice("tags")) }
                hasTags = true
                tags = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                if let tag = tags.first(where: { !NameGrammar.code.matches($0) }) {
                    throw fault(.value(of: "tags", got: tag))
                }
                guard tags.count <= Self.tagLimit else { throw fault(.tooManyTags(limit: Self.tagLimit)) }
            case let key: throw fault(.unknownKey(String(key)))
            }
        }
    }
}

extension Substring {
    fileprivate func dropLast(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
