/// The opening of a fenced code block (CommonMark 0.31 section 4.5).
struct Fence {
    private let mark: UInt8
    private let length: Int
    private let indent: Int
    /// The line it stands on.
    let line: Int

    /// The fence that `line` opens; `nil` when it opens none. How far a fence may be indented is the caller's rule.
    init?(opening line: Line) {
        guard let mark = line.body.first, mark == UInt8(ascii: "~") || mark == UInt8(ascii: "`") else { return nil }
        let length = line.body.run(of: mark)
        guard length >= 3 else { return nil }
        // ``` and more on one line is a code span when another backtick follows.
        if mark == UInt8(ascii: "`"), line.body[length...].contains(mark) { return nil }
        self.mark = mark
        self.length = length
        self.indent = line.indent
        self.line = line.number
    }

    /// Whether `line` closes the block: the same mark, at least as long, nothing after it, and indented by at most
    /// three columns more than the opening, so that a nested block in deeper text does not close an outer one.
    func isClosed(by line: Line) -> Bool {
        line.body.count >= length && line.body.run(of: mark) == line.body.count && line.indent <= indent + 3
    }

    /// The opening as it was written, without what follows the marks.
    var text: String { String(repeating: mark == UInt8(ascii: "~") ? "~" : "`", count: min(length, 80)) }
}
