import Because
import Figures

extension ReportPage {
    /// What people did about decisions: oversight and appeals.
    var people: Section? {
        guard statistics.total.decisions > 0 else { return nil }
        let (oversight, appeals, total) = (statistics.oversight, statistics.appeals, statistics.total)
        guard oversight.requested + oversight.given + appeals.opened + appeals.decided > 0 else {
            return Section(
                id: "people", title: "Overrides and appeals",
                lede: "Nothing is on record of people having looked at these decisions, or contested them.", body: "")
        }
        let asked: Markup =
            oversight.requested > 0 ? " People were asked \(Self.count(oversight.requested, "time"))." : ""
        return Section(
            id: "people", title: "Overrides and appeals",
            lede:
                "\(Self.count(total.overridden, "decision")) (\(total.percent(total.overridden))) did not stand as made: a person denied, modified, overrode or stopped them. \(Self.count(total.appealed, "decision")) (\(total.percent(total.appealed))) were contested.\(asked)",
            body: """
                \(bars("What people did", oversight.acts) { OversightCounts.overriding.contains($0) ? "bad" : "good" })\
                \(bars("What became of appeals", results(appeals)) { Self.appealKind($0) })\
                \(judges(appeals))\(groupTable.details)
                """)
    }

    private func results(_ appeals: AppealCounts) -> [String: Int] {
        var results = appeals.results
        if appeals.open > 0 { results["not decided yet"] = appeals.open }
        return results
    }

    private static func appealKind(_ result: String) -> String {
        switch result {
        case "upheld": "good"
        case "changed", "reversed": "bad"
        default: "ask"
        }
    }

    private func bars(_ title: Markup, _ counts: [String: Int], kind: (String) -> String) -> Markup {
        guard let greatest = counts.values.max() else { return "" }
        let bars = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(top).map { name, count in
            Bar("\(name)", "\(Figure.count(count))", length: Double(count) / Double(greatest), kind: kind(name))
        }
        return "<h3>\(title)</h3>\n\(Bar.list(bars))"
    }

    private func judges(_ appeals: AppealCounts) -> Markup {
        let all = appeals.judges.sorted { $0.key < $1.key }.prefix(top)
        guard !all.isEmpty else { return "" }
        let list = all.map { "\($0.key) \(Figure.count($0.value))" }.joined(separator: ", ")
        return "<p class=\"small\">Appeals were decided by: \(list).</p>\n"
    }

    /// Producers of which a decision did not stand or was contested.
    private var touched: [Statistics.Group] {
        statistics.producers.filter { $0.tally.overridden + $0.tally.appealed > 0 }
    }

    private var groupTable: Table {
        var table = Table(
            "Decisions that did not stand or were contested, by producer",
            ["Producer", "Decisions", "Not let stand", "%", "Contested", "%"])
        func add(_ name: Markup, _ tally: OutcomeTally) {
            table.add(
                name,
                [
                    "\(Figure.count(tally.decisions))", "\(Figure.count(tally.overridden))",
                    "\(tally.percent(tally.overridden))", "\(Figure.count(tally.appealed))",
                    "\(tally.percent(tally.appealed))",
                ])
        }
        for group in touched.prefix(top) { add("\(group.name ?? "not recorded")", group.tally) }
        let rest = touched.dropFirst(top)
        if !rest.isEmpty {
            add("and \(Figure.count(rest.count)) more", rest.reduce(into: OutcomeTally()) { $0.add($1.tally) })
        }
        add("all", statistics.total)
        return table
    }

    // MARK: Segments

    /// The rates of segments and what they are to the highest, where a comparison was asked for.
    var segments: Section? {
        guard let disparity = statistics.disparity, !disparity.segments.isEmpty else { return nil }
        let question = disparity.question
        let outcomes = Decision.Outcome.allCases.filter(question.favourable.contains).map(\.rawValue)
        var table = Table(
            "Rates of favourable outcomes by \(question.member.name)",
            ["Segment", "Decisions", "Favourable", "Rate", "Ratio", "95 % interval", "Four fifths"])
        for segment in disparity.segments.prefix(top) {
            table.add(
                "\(segment.name ?? "not recorded")",
                [
                    "\(Figure.count(segment.decisions))", "\(Figure.count(segment.favourable))",
                    "\(Figure.percent(segment.rate))",
                ] + segment.standing.cells(question.minimum).map { "\($0)" })
        }
        let rest = disparity.segments.count - disparity.segments.prefix(top).count
        let more: Markup = rest > 0 ? "<p class=\"small\">and \(Self.count(rest, "more segment")).</p>\n" : ""
        return Section(
            id: "segments", title: "Outcomes by \(question.member.name)",
            lede:
                "The part of the decisions whose outcome is one of \(outcomes.joined(separator: ", ")), and its ratio to the highest part. The dashed line is four fifths; a line through a dot is the 95 % interval.",
            body: """
                \(ratios(disparity))\(table.markup)\(more)<p class="small">\(disparity.explanation)</p>
                \(Self.list(Disparity.limits.map { "\($0)" }))
                """)
    }

    private func ratios(_ disparity: Disparity) -> Markup {
        let rows = disparity.segments.prefix(top).compactMap { segment -> Markup? in
            let name = segment.name ?? ""
            switch segment.standing {
            case .reference: return Self.ratio(name, "1 (highest rate)", 1, nil)
            case .compared(let ratio, let interval, _):
                return Self.ratio(name, segment.standing.cells(0).prefix(2).joined(separator: "; "), ratio, interval)
            case .tooFew, .notRecorded, .noRate: return nil
            }
        }
        return rows.isEmpty ? "" : "<ul class=\"bars\">\n\(rows.joined())</ul>\n"
    }

    /// A dot on a line from 0 to 1.5; what is beyond ends at its end.
    private static func ratio(_ name: String, _ value: String, _ ratio: Double, _ interval: ClosedRange<Double>?)
        -> Markup
    {
        func x(_ ratio: Double) -> String { Bar.percent(min(1, ratio / 1.5)) }
        let line: Markup =
            interval.map {
                "<line class=\"interval\" x1=\"\(x($0.lowerBound))\" x2=\"\(x($0.upperBound))\" y1=\"7\" y2=\"7\"/>"
            } ?? ""
        return """
            <li><span class="name">\(name)</span><span class="value">\(value)</span>\
            <svg class="bar" width="100%" height="14" aria-hidden="true"><rect class="track" y="5" width="100%" height="4"/>\
            <line class="mark" x1="\(x(0.8))" x2="\(x(0.8))" y1="-3" y2="17"/>\(line)\
            <circle class="ratio" cx="\(x(ratio))" cy="7" r="4.5"/></svg></li>

            """
    }
}
