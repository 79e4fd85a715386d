import Because
import Figures

/// A report as one file: HTML that is well-formed XML as well, without a script, a link to elsewhere or any sealed text.
public struct ReportPage {
    let content: ReportContent
    /// Rows of each list that are shown; of the others there is a sum.
    let top: Int

    /// The documents that are cited.
    let documents: Set<Substring>

    /// - Precondition: `top` is at least 1.
    public init(_ content: ReportContent, top: Int = 20) {
        precondition(top > 0, "a list shows something")
        documents = Set(content.statistics.principles.map { $0.name.prefix { $0 != "#" } })
        self.content = content
        self.top = top
    }

    var statistics: Statistics { content.statistics }

    /// The bytes of the file.
    public var bytes: [UInt8] {
        // Once over all of it: wherever a text came from, nothing in it hides or reorders its neighbours.
        Array(VisibleText.lines(document.text).utf8)
    }

    private var document: Markup {
        // Once: each is a section of the page and a link at its head.
        let sections = sections
        return """
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="\(Style.policy)"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="referrer" content="no-referrer"/>
            <meta name="color-scheme" content="light dark"/>
            <title>Decisions of \(content.origin)</title>
            <style>\(Self.sheet)</style>
            </head>
            <body>
            \(Self.patterns)<main>
            \(header(sections))\(sections.map(\.markup).joined())</main>
            </body>
            </html>

            """
    }

    /// The style sheet is ours, and holds nothing that would have to be escaped: what is hashed is what is read.
    private static let sheet = Markup(text: Style.sheet)

    /// What tells colours apart without colour.
    private static let patterns: Markup = """
        <svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
        <pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <rect class="p-green" width="6" height="6"/><line class="p-line" x1="1" x2="1" y1="0" y2="6"/></pattern>
        <pattern id="squares" width="5" height="5" patternUnits="userSpaceOnUse">\
        <rect class="p-red" width="5" height="5"/><rect class="p-ground" x="1" y="1" width="2" height="2"/></pattern>
        <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">\
        <rect class="p-grey" width="4" height="4"/><circle class="p-ground" cx="2" cy="2" r="1"/></pattern>
        </defs></svg>

        """

    /// A part of the page with a heading, which the list at its head leads to.
    struct Section {
        let id: String
        let title: String
        let lede: Markup
        let body: Markup

        var markup: Markup {
            """
            <section id="\(id)" aria-labelledby="\(id)-h"><h2 id="\(id)-h">\(title)</h2>
            <p class="lede">\(lede)</p>
            \(body)</section>

            """
        }
    }

    private var sections: [Section] {
        [
            integrity, overTime, responses, principles, people, conflicts, segments, completeness, timeline,
            inconsistencies, limits,
        ].compactMap(\.self)
    }

    // MARK: Head

    private func header(_ sections: [Section]) -> Markup {
        let links = sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>" as Markup }.joined()
        return """
            <header>
            <p class="over">A report of the ledger</p>
            <h1>\(breakable(content.origin))</h1>
            <p>\(span)</p>
            <p class="small">Made \(Self.minute(content.made)) from a log of \
            \(Figure.count(Int(content.checkpoint.size))) \(content.checkpoint.size == 1 ? "entry" : "entries"), whose tree \
            has the root \
            <code>\(content.checkpoint.root.base64URL)</code>. It holds no sealed text.</p>
            <dl class="tiles">
            \(tiles.map(\.markup).joined())</dl>
            <nav aria-label="Sections"><ul>\(links)</ul></nav>
            </header>

            """
    }

    private var span: Markup {
        guard let first = statistics.first, let last = statistics.last else {
            return "It has no decisions\(range)."
        }
        let decisions = Self.count(statistics.total.decisions, "decision")
        let unreadable: Markup =
            statistics.unreadable > 0 ? " \(Self.count(statistics.unreadable, "more")) cannot be read." : ""
        return
            "\(decisions)\(range), recorded from \(Self.minute(first)) to \(Self.minute(last)).\(unreadable)"
    }

    /// The time that was asked for.
    private var range: Markup {
        let since: Markup = statistics.question.since.map { " from \(Self.minute($0)) on" } ?? ""
        return since + (statistics.question.until.map { " before \(Self.minute($0))" } ?? "")
    }

    private struct Tile {
        let name: String
        let value: String
        let more: String

        init(_ name: String, _ value: (String, more: String)) {
            self.name = name
            (self.value, more) = value
        }

        var markup: Markup { "<div><dt>\(name)</dt><dd>\(value)<small>\(more)</small></dd></div>\n" }
    }

    private var tiles: [Tile] {
        let total = statistics.total
        let unknown = ("?", "cannot be told")
        let inconsistent = (try? content.lint.get()).map {
            (Figure.count($0.counts.inconsistent), "of \(Figure.count($0.counts.decisions)) in the ledger")
        }
        let complete = (try? content.completeness.get().accounts).map { accounts in
            let count = accounts.count { if case .complete = $0.verdict { true } else { false } }
            return (Figure.count(count), "of \(Figure.count(accounts.count)) in the ledger")
        }
        return [
            Tile("Decisions", (Figure.count(total.decisions), "in the time counted")),
            Tile("Refused", (total.percent(total[.refused]), Figure.count(total[.refused]))),
            Tile("Not let stand by a person", (total.percent(total.overridden), Figure.count(total.overridden))),
            Tile("Contested", (total.percent(total.appealed), Figure.count(total.appealed))),
            Tile("Inconsistent records", inconsistent ?? unknown),
            Tile("Complete runs of producers", complete ?? unknown),
        ]
    }

    // MARK: Words

    /// A name that breaks after its slashes rather than anywhere.
    private func breakable(_ name: String) -> Markup {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map { "\($0)" as Markup }
        return parts.dropFirst().reduce(parts[0]) { $0 + "/<wbr/>" + $1 }
    }

    /// A moment without its seconds.
    static func minute(_ moment: Timestamp) -> Markup {
        let minute = moment.description.prefix(16)
        return "<time datetime=\"\(minute)Z\">\(minute.replacing("T", with: " ")) UTC</time>"
    }

    static func count(_ number: Int, _ noun: String) -> String {
        "\(Figure.count(number)) \(noun)\(number == 1 || noun == "more" ? "" : "s")"
    }
}

extension OutcomeTally {
    /// A part of the decisions in percent.
    func percent(_ count: Int) -> String { share(count).map(Figure.percent) ?? "\u{2013}" }

    /// The four responses as parts of a bar.
    var parts: [(kind: String, count: Int)] { Response.allCases.map { ($0.kind, self[$0]) } }

    /// The four responses in words: `3 complied, 1 refused`.
    var words: String {
        Response.allCases.filter { self[$0] > 0 }.map { "\(Figure.count(self[$0])) \($0.words)" }
            .joined(separator: ", ")
    }
}

extension Response {
    /// The class of the style sheet.
    var kind: String {
        switch self {
        case .complied: "complied"
        case .completedSafely: "safe"
        case .refused: "refused"
        case .other: "rest"
        }
    }

    var words: String {
        switch self {
        case .complied: "complied"
        case .completedSafely: "completed safely"
        case .refused: "refused"
        case .other: "other"
        }
    }
}
