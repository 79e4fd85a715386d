extension Explanation: CustomStringConvertible {
    /// The answer in lines of 80 columns.
    public var description: String { answer().terminalText(width: 80, usesColour: false) }
}

extension Answer {
    /// The answer for a terminal: titles on the left, what is said in the middle, marks on the right, within `width` columns.
    public func terminalText(width: Int, usesColour: Bool) -> String {
        let marks = [headlineMark] + sections.flatMap { $0.statements.map(\.mark) }
        let layout = Layout(
            width: max(48, min(width, 110)), paint: Paint(isOn: usesColour),
            markWidth: max(16, (marks.map(\.rawValue.count).max() ?? 0) + 3))
        var lines = layout.lines(title: "", indent: 0, VisibleText.line(headline), headlineMark, layout.paint.bold)
        for section in sections {
            lines.append("")
            for (index, statement) in section.statements.enumerated() {
                let text =
                    statement.style == .quote ? VisibleText.lines(statement.text) : VisibleText.line(statement.text)
                lines += layout.lines(
                    title: index == 0 ? section.title : "", indent: Layout.titleWidth, text, statement.mark,
                    statement.style == .detail ? layout.paint.faint : { $0 }, bar: statement.style == .quote ? "| " : ""
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Three columns.
    private struct Layout {
        static let titleWidth = 12

        let width: Int
        let paint: Paint
        /// The widest mark in its brackets, and the space before it.
        let markWidth: Int

        func lines(
            title: String, indent: Int, _ text: String, _ mark: Mark, _ style: (String) -> String, bar: String = ""
        ) -> [String] {
            let room = width - indent - markWidth
            return VisibleText.wrapped(text, width: room - bar.count).enumerated().map { index, line in
                let left = index == 0 ? paint.bold(title) + spaces(indent - title.count) : spaces(indent)
                guard index == 0 else { return left + style(bar + line) }
                let gap = spaces(room - bar.count - VisibleText.width(line) + 2)
                return left + style(bar + line) + gap + paint.faint("[\(mark.rawValue)]")
            }
        }

        private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
    }

    /// The answer as Markdown (CommonMark). Nothing of a record is read as markup.
    public var markdown: String {
        var lines = ["# \(Markdown.escaped(VisibleText.line(headline)))", "", "*[\(headlineMark.rawValue)]*"]
        for section in sections {
            lines += ["", "## \(section.title)", ""]
            for statement in section.statements {
                let mark = "*[\(statement.mark.rawValue)]*"
                switch statement.style {
                case .quote:
                    let quoted = VisibleText.lines(statement.text).split(
                        separator: "\n", omittingEmptySubsequences: false)
                    lines += [""] + quoted.map { "> \(Markdown.escaped(String($0)))  " } + ["> \(mark)", ""]
                case .plain, .detail: lines.append("- \(Markdown.escaped(VisibleText.line(statement.text))) \(mark)")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

package enum Markdown {
    private static let marks = Set("\\`*_{}[]<>()#+-.!|&~:=\"'$^@".unicodeScalars)

    /// `text` with every character escaped that could begin markup.
    package static func escaped(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        // A mark with a combining character behind it is one character of Swift's and still a mark of Markdown's.
        for scalar in text.unicodeScalars {
            if marks.contains(scalar) { output.append("\\") }
            output.append(scalar)
        }
        // Four spaces at the beginning would make the line code, in which the escapes would be seen.
        guard output.first == " " else { return String(output) }
        return "&#32;" + String(output.dropFirst())
    }
}

/// Colour on a terminal, and nothing anywhere else.
private struct Paint {
    let isOn: Bool

    func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func faint(_ text: String) -> String { isOn ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
