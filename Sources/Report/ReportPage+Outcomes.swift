import Because
import Figures

extension ReportPage {
    /// Columns that are drawn; before them there is a sum. More are thinner than a line on a small screen.
    private static let columnLimit = 120

    /// The decisions of each outcome, over time where there is more than one period.
    var overTime: Section? {
        guard statistics.total.decisions > 0 else { return nil }
        let unit = statistics.unit.rawValue
        let shown = series
        guard shown.count > 1 else {
            let name = shown.first?.name ?? ""
            return Section(
                id: "outcomes", title: "Decisions by outcome", lede: "All of them fall into one \(unit), \(name).",
                body: Bar.list(outcomeBars) + periodTable.details)
        }
        let greatest = shown.flatMap { $0.tally.outcomes.map(\.count) }.max() ?? 1
        let scale = Scale([Double(greatest)], isLogarithmic: false)
        let rows = statistics.total.outcomes.map { row($0.outcome, $0.count, shown, scale.range.upperBound) }
        let before =
            statistics.periods.reduce(0) { $0 + $1.tally.decisions } - shown.reduce(0) { $0 + $1.tally.decisions }
        let note: Markup = before > 0 ? " \(Self.count(before, "decision")) before that are in the sums only." : ""
        return Section(
            id: "outcomes", title: "Decisions over time by outcome",
            lede:
                "Each column is a \(unit); all rows have the same scale, up to \(Figure.text(scale.range.upperBound)).\(note)",
            body: """
                \(rows.joined())<div class="row"><span></span><div>\(Columns.axis(shown.map(\.name)))</div></div>
                \(periodTable.details)
                """)
    }

    /// The newest periods, without a gap between them.
    private var series: [(name: String, tally: OutcomeTally)] {
        statistics.series(limit: Self.columnLimit)
    }

    private var outcomeBars: [Bar] {
        let total = statistics.total
        let greatest = Double(total.outcomes.map(\.count).max() ?? 1)
        return total.outcomes.map { outcome, count in
            Bar(
                "\(outcome.words)", "\(Figure.count(count)) \u{00B7} \(total.percent(count))",
                length: Double(count) / greatest, kind: Response.of(outcome).kind)
        }
    }

    private func row(
        _ outcome: Decision.Outcome?, _ count: Int, _ shown: [(name: String, tally: OutcomeTally)], _ greatest: Double
    ) -> Markup {
        let counts = shown.map { $0.tally[outcome] }
        let kind = Response.of(outcome).kind
        let most = counts.enumerated().max { ($0.element, $1.offset) < ($1.element, $0.offset) }
        let peak = most.map { "at most \(Figure.count($0.element)) in \(shown[$0.offset].name)" } ?? ""
        let columns = Columns(
            title: "\(outcome.words) over time",
            description:
                "\(Figure.count(count)) decisions from \(shown[0].name) to \(shown[shown.count - 1].name), \(peak).",
            columns: counts.map { [(kind, Double($0) / greatest)] }, height: 44, id: "over-time-\(outcome.label)")
        return """
            <div class="row"><p class="name">\(outcome.words) <span class="counted">\(Figure.count(count)) \u{00B7} \
            \(statistics.total.percent(count))</span></p>\(columns.markup)</div>

            """
    }

    private var periodTable: Table {
        let outcomes = statistics.total.outcomes.map(\.outcome)
        var table = Table(
            "Decisions of each \(statistics.unit.rawValue) by outcome",
            [statistics.unit.rawValue.capitalizedFirst, "Decisions"] + outcomes.map(\.words))
        let before = statistics.periods.dropLast(Self.columnLimit)
        if !before.isEmpty {
            let sum = before.reduce(into: OutcomeTally()) { $0.add($1.tally) }
            table.add("\(Figure.count(before.count)) before", Self.cells(sum, outcomes))
        }
        for period in statistics.periods.suffix(Self.columnLimit) {
            table.add("\(period.name)", Self.cells(period.tally, outcomes))
        }
        table.add("all", Self.cells(statistics.total, outcomes))
        return table
    }

    private static func cells(_ tally: OutcomeTally, _ outcomes: [Decision.Outcome?]) -> [Markup] {
        ([tally.decisions] + outcomes.map { tally[$0] }).map { "\(Figure.count($0))" }
    }

    // MARK: Freedom against safety

    /// What was done with what was asked, over time and by principle.
    var responses: Section? {
        guard statistics.total.decisions > 0 else { return nil }
        let shown = series
        var body = Self.key
        if shown.count > 1 { body += responseColumns(shown) }
        body += Bar.list([Bar("all decisions", "", note: "\(statistics.total.words)", parts: statistics.total.parts)])
        if !statistics.principles.isEmpty {
            let bars = statistics.principles.prefix(top).map { use in
                Bar(
                    name(use), "\(Figure.count(use.tally.decisions))", note: "\(use.tally.words)",
                    parts: use.tally.parts)
            }
            body += "<h3>By the principle that was cited</h3>\n" + Bar.list(bars)
            body += remainder(statistics.principles.dropFirst(top).map(\.tally), "section")
            body += responseTable.details
        }
        return Section(
            id: "responses", title: "Freedom against safety",
            lede:
                "How much of what was asked was done (comply, act), done as far as it was safe (safe_complete), or refused. Other is every other outcome.",
            body: body)
    }

    private static var key: Markup {
        let items = Response.allCases.map { response -> Markup in
            """
            <li><svg width="14" height="14" aria-hidden="true"><rect class="\(response.kind)" width="14" height="14"/></svg>\
            \(response.words)</li>
            """
        }
        return "<ul class=\"key\">\(items.joined())</ul>\n"
    }

    private func responseColumns(_ shown: [(name: String, tally: OutcomeTally)]) -> Markup {
        let columns = Columns(
            title: "Responses over time",
            description:
                "In each \(statistics.unit.rawValue) the parts of the decisions: \(statistics.total.words) in all.",
            columns: shown.map { period in
                period.tally.parts.map { ($0.kind, Double($0.count) / Double(max(1, period.tally.decisions))) }
            },
            height: 120, isStacked: true, id: "responses-chart")
        return columns.markup + Columns.axis(shown.map(\.name))
    }

    private var responseTable: Table {
        var table = Table(
            "Responses by principle",
            ["Principle", "Authority", "Decisions"] + Response.allCases.map(\.words.capitalizedFirst) + ["Refused %"])
        for use in statistics.principles.prefix(top) {
            table.add(
                name(use),
                ["\(use.authority ?? "none")", "\(Figure.count(use.tally.decisions))"]
                    + Response.allCases.map { "\(Figure.count(use.tally[$0]))" }
                    + ["\(use.tally.percent(use.tally[.refused]))"])
        }
        return table
    }

    /// What is not shown, in a sentence. A decision that has several of these is counted for each.
    func remainder(_ tallies: [OutcomeTally], _ noun: String) -> Markup {
        guard !tallies.isEmpty else { return "" }
        let sum = tallies.reduce(into: OutcomeTally()) { $0.add($1) }
        return """
            <p class="small">and \(Self.count(tallies.count, "more " + noun)): \(Figure.count(sum.decisions)) \
            (\(sum.words)).</p>

            """
    }
}

extension Decision.Outcome? {
    /// The word of the format as people write it.
    var words: String { label.replacing("_", with: " ") }
}
