extension Answer {
    /// The answer for a terminal: titles beside what is said, marks at the end, wrapped to `width` columns.
    public func terminalText(width: Int, usesColour: Bool) -> String {
        let paint = Paint(isOn: usesColour)
        let width = max(40, min(width, 120))
        var lines = VisibleText.wrapped(VisibleText.line(headline), width: width).map(paint.bold)
        lines[lines.count - 1] += " " + paint.faint("[\(headlineMark.rawValue)]")
        for section in sections {
            lines.append("")
            var title = section.title
            for statement in section.statements {
                for line in Self.lines(statement, width: width - Self.indent) {
                    lines.append(
                        paint.bold(Self.padded(title)) + (statement.style == .detail ? paint.faint(line) : line))
                    title = ""
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let indent = 12

    private static func padded(_ title: String) -> String {
        title + String(repeating: " ", count: max(1, indent - title.count))
    }

    /// The mark ends the last line, and goes to one of its own where it does not fit.
    private static func lines(_ statement: Statement, width: Int) -> [String] {
        let mark = "[\(statement.mark.rawValue)]"
        guard statement.style == .quote else {
            return VisibleText.wrapped("\(VisibleText.line(statement.text)) \(mark)", width: width)
        }
        var lines = VisibleText.wrapped(VisibleText.lines(statement.text), width: width - 2).map { "| \($0)" }
        lines.append("| \(mark)")
        return lines
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
        var output = ""
        for character in text {
            if "\\`*_{}[]<>()#+-.!|&~:=\"'$^@".contains(character) { output.append("\\") }
            output.append(character)
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
