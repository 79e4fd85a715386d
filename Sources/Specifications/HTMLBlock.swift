/// An HTML block of CommonMark 0.31 section 4.6, in which nothing is a heading.
enum HTMLBlock {
    /// Ends with the line that holds the text.
    case until(StaticString)
    /// Ends with the line that closes a `pre`, `script`, `style` or `textarea`.
    case untilRawTextEnds
    /// Ends before the next blank line.
    case untilBlank

    /// The block that `line` opens; `nil` when it opens none. The caller has checked its indentation.
    init?(opening line: Line, interruptsParagraph: Bool) {
        let body = line.body
        guard body.count >= 2, body[0] == UInt8(ascii: "<") else { return nil }
        if body.starts(with: "<!--") {
            self = .until("-->")
        } else if body[1] == UInt8(ascii: "?") {
            self = .until("?>")
        } else if body.starts(with: "<![cdata[") {
            self = .until("]]>")
        } else if body[1] == UInt8(ascii: "!"), body.count > 2, body[2].isASCIILetter {
            self = .until(">")
        } else if let tag = Tag(body), tag.isRawText, !tag.isClosing {
            self = .untilRawTextEnds
        } else if let tag = Tag(body), tag.isBlock || (tag.isAlone && !interruptsParagraph) {
            self = .untilBlank
        } else {
            return nil
        }
    }

    /// Whether the block ends with `line`, its first line included.
    func ends(with line: Line) -> Bool {
        switch self {
        case .until(let text): line.body.contains(text)
        case .untilBlank: line.isBlank
        case .untilRawTextEnds:
            line.body.contains("</")
                && line.body.indices.contains { index in
                    line.body[index] == UInt8(ascii: "<")
                        && Tag.rawText.contains { name in
                            let rest = Bytes(rebasing: line.body[index...])
                            return rest.starts(with: "</") && Bytes(rebasing: rest[2...]).starts(with: name)
                                && rest.dropFirst(2 + name.utf8CodeUnitCount).first == UInt8(ascii: ">")
                        }
                }
        }
    }

    /// The tag that a line starts with.
    private struct Tag {
        let isClosing: Bool
        let isRawText: Bool
        let isBlock: Bool
        /// Whether nothing follows the tag on its line.
        let isAlone: Bool

        init?(_ body: Bytes) {
            var index = 1
            isClosing = body[1] == UInt8(ascii: "/")
            if isClosing { index += 1 }
            let start = index
            guard index < body.count, body[index].isASCIILetter else { return nil }
            while index < body.count,
                body[index].isASCIILetter || body[index].isASCIIDigit || body[index] == UInt8(ascii: "-")
            {
                index += 1
            }
            guard
                index == body.count || body[index].isSpaceOrTab || body[index] == UInt8(ascii: ">")
                    || body[index] == UInt8(ascii: "/")
            else { return nil }
            let name = Bytes(rebasing: body[start..<index])
            isRawText = Self.rawText.contains { $0.utf8CodeUnitCount == name.count && name.starts(with: $0) }
            isBlock = name.count <= 10 && Self.blocks.contains(name.string.lowercased())
            isAlone = body[index...].firstIndex(of: UInt8(ascii: ">")) == body.count - 1
        }

        static let rawText: [StaticString] = ["pre", "script", "style", "textarea"]

        static let blocks: Set<String> = [
            "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col",
            "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
            "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html",
            "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup",
            "option", "p", "param", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
            "title", "tr", "track", "ul",
        ]
    }
}
