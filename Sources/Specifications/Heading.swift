/// A heading as it stands in a document, before its attributes are read.
struct Heading {
    let line: Int
    /// The offset of the line's first byte.
    let start: Int
    let level: Int
    /// What is written on it, without marks: title and attributes.
    let content: String
    /// Whether it is written as the Model Spec writes headings: `#` at column 0.
    let isPlain: Bool

    /// The most bytes a title may have, so that the list of sections fits entries of a log.
    static let titleLimit = 1024
}

extension Heading {
    /// The ATX heading that `line` is (CommonMark 0.31 section 4.2); `nil` when it is none. Indentation is the
    /// caller's rule. A closing run of `#` is not part of the content.
    init?(atx line: Line) {
        let level = line.body.run(of: UInt8(ascii: "#"))
        guard 1...6 ~= level, level == line.body.count || line.body[level].isSpaceOrTab else { return nil }
        var content = Bytes(rebasing: line.body[level...]).trimmed
        var end = content.count
        while end > 0, content[end - 1] == UInt8(ascii: "#") { end -= 1 }
        if end == 0 || content[end - 1].isSpaceOrTab { content = Bytes(rebasing: content[..<end]).trimmed }
        self.init(
            line: line.number, start: line.start, level: level, content: content.string,
            isPlain: line.indent == 0 && end == content.count)
    }
}

/// The headings of a document in the format of the OpenAI Model Spec.
enum ModelSpecHeadings {
    /// The headings: one to four `#` at column 0, outside fences. An indented one is text of its section.
    ///
    /// A fence may be indented by any width, since the document quotes code inside lists. One that is never closed
    /// would hide every later section, so it is an error.
    static func scan(_ bytes: Bytes) throws(SpecificationError) -> [Heading] {
        var headings: [Heading] = []
        var fence: Fence?
        for line in Lines(bytes) {
            if line.hasCarriageReturn { throw .carriageReturn(line: line.number) }
            if let open = fence {
                if open.isClosed(by: line) { fence = nil }
                continue
            }
            fence = Fence(opening: line)
            guard line.indent == 0, let heading = Heading(atx: line) else { continue }
            guard heading.level <= 4 else { throw .headingTooDeep(line: line.number, got: heading.level, limit: 4) }
            headings.append(heading)
            guard headings.count <= Specification.sectionLimit else {
                throw .tooManySections(limit: Specification.sectionLimit)
            }
        }
        if let fence { throw .unclosedFence(fence.text, line: fence.line) }
        return headings
    }
}
