/// The headings of a document in generic Markdown (CommonMark 0.31), found in one pass over its lines.
///
/// Only a heading of the document itself divides it: one inside a list item, a quote, a fence, an indented code block
/// or an HTML block is text of its section. A fence or comment that is never closed runs to the end, as CommonMark
/// says. YAML between two `---` at the very start is no text of the document, as GitHub reads it.
struct MarkdownHeadings {
    private var headings: [Heading] = []
    private var fence: Fence?
    private var html: HTMLBlock?
    /// The first line of the open paragraph, and where its last one ends.
    private var paragraph: (first: Line, end: Int)?
    /// The columns by which a line belongs to the open list.
    private var list: Int?
    /// Whether the open list item holds nothing yet; a blank line then ends it.
    private var isItemEmpty = false
    /// The fence inside the open list.
    private var innerFence: Fence?
    /// Whether a line of plain text goes on with a paragraph of the list or the quote before it.
    private var isLazy = false

    static func scan(_ bytes: Bytes) throws(SpecificationError) -> [Heading] {
        var scanner = MarkdownHeadings()
        let start = endOfFrontMatter(bytes)
        for line in Lines(bytes) where line.start >= start {
            scanner.read(line, in: bytes)
            guard scanner.headings.count <= Specification.sectionLimit else {
                throw .tooManySections(limit: Specification.sectionLimit)
            }
        }
        return scanner.headings
    }

    private static func endOfFrontMatter(_ bytes: Bytes) -> Int {
        func isMark(_ line: Line, _ text: StaticString) -> Bool {
            line.indent == 0 && line.body.count == 3 && line.body.starts(with: text)
        }
        for line in Lines(bytes) {
            if line.number == 1 {
                guard isMark(line, "---") else { return 0 }
            } else if isMark(line, "---") || isMark(line, "...") {
                return line.next
            }
        }
        return 0
    }

    private mutating func read(_ line: Line, in bytes: Bytes) {
        if let open = fence {
            if open.isClosed(by: line) { fence = nil }
        } else if let open = html {
            if open.ends(with: line) { html = nil }
        } else if line.isBlank {
            paragraph = nil
            isLazy = false
            if isItemEmpty { list = nil }
        } else if !belongsToContainer(line) {
            list = nil
            isItemEmpty = false
            isLazy = false
            readBlock(line, in: bytes)
        }
    }

    /// Whether `line` is part of the open list or quote.
    private mutating func belongsToContainer(_ line: Line) -> Bool {
        if let list {
            if line.indent >= list {
                readInner(line)
                return true
            }
            if line.indent < 4, !line.isThematicBreak, let item = ListItem(line) {
                open(item, on: line)
                return true
            }
        }
        return isLazy && (line.indent >= 4 || !opensBlock(line) && ListItem(line) == nil)
    }

    /// Reads a line of the open list, only to know whether it leaves a paragraph open.
    private mutating func readInner(_ line: Line) {
        isItemEmpty = false
        isLazy = false
        if let open = innerFence {
            if open.isClosed(by: line) { innerFence = nil }
        } else if let opening = Fence(opening: line) {
            innerFence = opening
        } else {
            isLazy = holdsText(line)
        }
    }

    /// Whether `line` opens a block of its own where a paragraph is open.
    private func opensBlock(_ line: Line) -> Bool {
        if line.isThematicBreak || line.body[0] == UInt8(ascii: ">") || Heading(atx: line) != nil
            || Fence(opening: line) != nil || HTMLBlock(opening: line, interruptsParagraph: true) != nil
        {
            return true
        }
        return ListItem(line)?.interruptsParagraph == true
    }

    private mutating func readBlock(_ line: Line, in bytes: Bytes) {
        if line.indent >= 4 {
            // Text of the open paragraph, or else indented code.
            paragraph?.end = line.next
            return
        }
        if let open = paragraph, let level = line.setextLevel {
            paragraph = nil
            headings.append(Heading(setext: open.first, end: open.end, level: level, in: bytes))
            return
        }
        guard paragraph == nil || opensBlock(line) else {
            paragraph?.end = line.next
            return
        }
        let interrupts = paragraph != nil
        paragraph = nil
        if let heading = Heading(atx: line) {
            headings.append(heading)
        } else if line.body[0] == UInt8(ascii: ">") {
            let content = line.dropping(1)
            isLazy = !content.isCodeAfterMarker && holdsText(content)
        } else if let opening = HTMLBlock(opening: line, interruptsParagraph: interrupts) {
            html = opening.ends(with: line) ? nil : opening
        } else if let opening = Fence(opening: line) {
            fence = opening
        } else if !line.isThematicBreak {
            if let item = ListItem(line) { open(item, on: line) } else { paragraph = (line, line.next) }
        }
    }

    private mutating func open(_ item: ListItem, on line: Line) {
        let content = line.dropping(item.markerLength)
        list = item.offset
        innerFence = nil
        isLazy = false
        isItemEmpty = content.isBlank
        guard !content.isBlank, !content.isCodeAfterMarker else { return }
        if let opening = Fence(opening: content) { innerFence = opening } else { isLazy = holdsText(content) }
    }

    /// Whether what stands in a list item or quote leaves a paragraph open. Only its first 16 markers are looked into.
    private func holdsText(_ line: Line) -> Bool {
        var line = line
        for _ in 0..<16 {
            if line.isBlank || line.isThematicBreak || Heading(atx: line) != nil || Fence(opening: line) != nil {
                return false
            }
            if line.body[0] == UInt8(ascii: ">") {
                line = line.dropping(1)
            } else if let item = ListItem(line) {
                line = line.dropping(item.markerLength)
            } else {
                return true
            }
            if line.isCodeAfterMarker { return false }
        }
        return true
    }
}

/// The marker of a list item (CommonMark 0.31 section 5.2).
private struct ListItem {
    /// The columns by which later lines belong to the item.
    let offset: Int
    let markerLength: Int
    /// Whether it may follow a paragraph without a blank line: it holds something, and a number is 1.
    let interruptsParagraph: Bool

    init?(_ line: Line) {
        let body = line.body
        var length = 0
        while length < body.count, body[length].isASCIIDigit { length += 1 }
        guard length <= 9, length < body.count else { return nil }
        let isFirst = length == 0 || (length == 1 && body[0] == UInt8(ascii: "1"))
        let mark = body[length]
        let isMark =
            length > 0
            ? mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
            : mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+") || mark == UInt8(ascii: "*")
        length += 1
        guard isMark, length == body.count || body[length].isSpaceOrTab else { return nil }
        let markerEnd = line.indent + length
        var column = markerEnd
        for byte in body[length...] {
            guard byte.isSpaceOrTab, column <= markerEnd + 4 else { break }
            column = byte == UInt8(ascii: "\t") ? (column / 4 + 1) * 4 : column + 1
        }
        markerLength = length
        // White space of more than four columns is indented code in the item, or nothing.
        offset = 1...4 ~= column - markerEnd ? column : markerEnd + 1
        interruptsParagraph = isFirst && length < body.count
    }
}

extension Line {
    /// Whether the line is a thematic break (CommonMark 0.31 section 4.1).
    fileprivate var isThematicBreak: Bool {
        guard let mark = body.first,
            mark == UInt8(ascii: "-") || mark == UInt8(ascii: "_") || mark == UInt8(ascii: "*")
        else { return false }
        var count = 0
        for byte in body {
            if byte == mark { count += 1 } else if !byte.isSpaceOrTab { return false }
        }
        return count >= 3
    }

    /// Whether the line, which starts after the marker of an item or quote, is indented code there.
    fileprivate var isCodeAfterMarker: Bool { indent > 4 }

    /// The level of the heading that the line underlines (CommonMark 0.31 section 4.3).
    fileprivate var setextLevel: Int? {
        guard let mark = body.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"),
            body.run(of: mark) == body.count
        else { return nil }
        return mark == UInt8(ascii: "=") ? 1 : 2
    }
}

extension Heading {
    /// The heading whose words are the paragraph from line `first` up to the offset `end`.
    fileprivate init(setext first: Line, end: Int, level: Int, in bytes: Bytes) {
        let text = Lines(Bytes(rebasing: bytes[first.start..<end])).map { $0.body.string }.joined(separator: " ")
        self.init(line: first.number, start: first.start, level: level, content: text, isPlain: false)
    }
}
