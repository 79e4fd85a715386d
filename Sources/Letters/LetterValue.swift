import Inquiry
import Mustache
import Synchronization

/// What stands at one place of a letter, before it is made harmless.
enum LetterContent {
    case text(String)
    /// There is nothing under this name, and why.
    case blank(String, Mark)
}

/// How values are written into a letter, and what was asked for and is not there.
final class LetterInk: Sendable {
    let format: Letter.Format
    private let found = Mutex<[Letter.Blank]>([])

    init(_ format: Letter.Format) { self.format = format }

    /// What was asked for and is not there, each once, in the order of the letter.
    var blanks: [Letter.Blank] { found.withLock { $0 } }

    func note(_ blank: Letter.Blank) { found.withLock { if !$0.contains(blank) { $0.append(blank) } } }

    /// One line, in which nothing acts: neither on a terminal nor, in Markdown, as markup.
    func line(_ text: String) -> String {
        let line = VisibleText.line(text)
        return format == .markdown ? Markdown.escaped(line) : line
    }
}

/// A text of the record: in one line as a variable, line by line under `lines`; a section over it is shown where it is there.
struct LetterValue: MustacheCustomRenderable, MustacheParent {
    /// Lines beyond these stand in the last one.
    static let lineLimit = 500

    let content: LetterContent
    let ink: LetterInk

    var isNull: Bool { if case .blank = content { true } else { false } }

    var renderText: String {
        switch content {
        case .text(let text): return ink.line(text)
        case .blank(let name, let mark):
            let blank = Letter.Blank(name: name, mark: mark)
            ink.note(blank)
            return blank.description
        }
    }

    func child(named name: String) -> Any? { name == "lines" ? lines : nil }

    private var lines: [LetterValue] {
        guard case .text(let text) = content else { return [self] }
        return VisibleText.lines(text).split(
            separator: "\n", maxSplits: Self.lineLimit - 1, omittingEmptySubsequences: false
        ).map { LetterValue(content: .text(String($0)), ink: ink) }
    }
}

/// One item of a list.
struct LetterItem: MustacheParent {
    let contents: [String: LetterContent]
    let ink: LetterInk

    func child(named name: String) -> Any? { contents[name].map { LetterValue(content: $0, ink: ink) } }
}

/// The record, by the names that a template may use. A name with a dot is looked up step by step.
struct LetterRecord: MustacheParent {
    let explanation: Explanation
    let answer: Answer
    let template: LetterTemplate
    let ink: LetterInk
    /// The steps that were taken already, with a dot behind.
    var prefix = ""

    func child(named step: String) -> Any? {
        let name = prefix + step
        switch LetterFields.names[name] {
        case .text?: return LetterValue(content: explanation.letterText(name), ink: ink)
        case .list?: return items(name)
        case .lines?, nil:
            guard LetterFields.names.keys.contains(where: { $0.hasPrefix(name + ".") }) else { return nil }
            var record = self
            record.prefix = name + "."
            return record
        }
    }

    private func items(_ name: String) -> [LetterItem] {
        guard let members = LetterFields.lists[name] else {
            return explanation.letterStatements(name, of: answer).map { LetterItem(contents: $0, ink: ink) }
        }
        let items = explanation.letterItems(name)
        guard items.isEmpty else { return items.map { LetterItem(contents: $0, ink: ink) } }
        let mark = explanation.mark(ofAbsent: name)
        // The template says it in its own words, or each name of an item does.
        if template.hasInverted(name) {
            ink.note(Letter.Blank(name: name, mark: mark))
            return []
        }
        let contents = members.map { ($0, LetterContent.blank("\(name).\($0)", mark)) }
        return [LetterItem(contents: Dictionary(uniqueKeysWithValues: contents), ink: ink)]
    }
}
