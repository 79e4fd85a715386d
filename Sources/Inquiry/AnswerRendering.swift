extension Answer {
    /// The answer for a terminal: titles on the left, what is said in the middle, marks on the right, within `width` columns.
    public func terminalText(width: Int, usesColour: Bool) -> String {
        let layout = Layout(width: max(48, min(width, 110)), paint: Paint(isOn: usesColour))
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
        /// The widest mark in its brackets, and the space before it.
        private static let markWidth = 16

        let width: Int
        let paint: Paint

        func lines(
            title: String, indent: Int, _ text: String, _ mark: Mark, _ style: (String) -> String, bar: String = ""
        ) -> [String] {
            let room = width - indent - Self.markWidth
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

enum Markdown {
    /// `text` with every character escaped that could begin markup.
    static func escaped(_ text: String) -> String {
        // By scalars: with an accent after it a mark is another character, and still a mark.
        var output = ""
        for scalar in text.unicodeScalars {
            if "\\`*_{}[]<>()#+-.!|&~:=\"'$^@".unicodeScalars.contains(scalar) { output.unicodeScalars.append("\\") }
            output.unicodeScalars.append(scalar)
        }
        return output
    }
}

/// Colour on a terminal, and nothing anywhere else.
private struct Paint {
    let isOn: Bool

    func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func faint(_ text: String) -> String { isOn ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
