import Figures

extension Statistics {
    /// The counts as tables for a person, each of the `top` rows with the most decisions; of periods, of the newest.
    public func text(top: Int) -> String {
        [
            heading, outcomes, Self.table("by \(unit.rawValue)", recent(top)),
            Self.table("by principle, as cited in any role", principleRows, top: top),
            Self.table("by specification", versions.map { ($0.name, $0.tally) }, top: top),
            Self.table("by model", models.map { ($0.name, $0.tally) }, top: top),
            Self.table("by producer", producers.map { ($0.name, $0.tally) }, top: top), people, settled(top),
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var heading: String {
        guard let first, let last else { return "no decisions\n" }
        let unknown = unreadable > 0 ? "; \(Figure.count(unreadable)) more cannot be read" : ""
        let noun = total.decisions == 1 ? "decision" : "decisions"
        return "\(Figure.count(total.decisions)) \(noun), recorded \(first) to \(last)\(unknown)\n"
    }

    private var outcomes: String {
        guard total.decisions > 0 else { return "" }
        var table = TextTable(["outcome", "decisions", "share"])
        for (outcome, count) in total.outcomes {
            table.add([outcome.label, Figure.count(count), total.percent(count)])
        }
        return table.text
    }

    private var principleRows: [(String?, OutcomeTally)] {
        let cited = principles.map {
            ($0.name + ($0.authority.map { " (\($0))" } ?? ""), $0.tally) as (String?, OutcomeTally)
        }
        return citingNone.decisions > 0 ? cited + [("none that is registered", citingNone)] : cited
    }

    private func recent(_ top: Int) -> [(String?, OutcomeTally)] {
        let shown = periods.suffix(top).map { ($0.name, $0.tally) as (String?, OutcomeTally) }
        let rest = periods.dropLast(top)
        guard !rest.isEmpty else { return shown }
        return [("\(Figure.count(rest.count)) before", rest.reduce(into: OutcomeTally()) { $0.add($1.tally) })] + shown
    }

    private static func table(_ title: String, _ rows: [(String?, OutcomeTally)], top: Int = .max) -> String {
        guard !rows.isEmpty else { return "" }
        var table = TextTable([
            title, "decisions", "complied", "safe", "refused", "other", "refused %", "overridden %", "appealed %",
        ])
        for (name, tally) in rows.prefix(top) { table.add([name ?? "(not recorded)"] + cells(tally)) }
        let rest = rows.dropFirst(top)
        if !rest.isEmpty {
            // What a section, a version or a group has is counted once in each: their sum can be more than all decisions.
            let sum = rest.reduce(into: OutcomeTally()) { $0.add($1.1) }
            table.add(["and \(Figure.count(rest.count)) more"] + cells(sum))
        }
        return table.text
    }

    private static func cells(_ tally: OutcomeTally) -> [String] {
        [tally.decisions, tally[.complied], tally[.completedSafely], tally[.refused], tally[.other]].map(Figure.count)
            + [tally[.refused], tally.overridden, tally.appealed].map { tally.percent($0) }
    }

    private var people: String {
        guard oversight.requested + oversight.given + appeals.opened + appeals.decided > 0 else { return "" }
        var table = TextTable(["what people did", "count"])
        table.add(["asked about a decision", Figure.count(oversight.requested)])
        for (act, count) in oversight.acts.sorted(by: { $0.key < $1.key }) { table.add([act, Figure.count(count)]) }
        table.add(["decisions not let stand", Figure.count(total.overridden)])
        table.add(["appeals opened", Figure.count(appeals.opened)])
        for (result, count) in appeals.results.sorted(by: { $0.key < $1.key }) {
            table.add(["appeals decided: \(result)", Figure.count(count)])
        }
        table.add(["appeals not decided yet", Figure.count(appeals.open)])
        return table.text
    }

    private func settled(_ top: Int) -> String {
        guard !conflicts.isEmpty else { return "" }
        var table = TextTable(["conflicts settled by, in favour of", "count"])
        for conflict in conflicts.prefix(top) {
            table.add(["\(conflict.rule), \(conflict.winner)", Figure.count(conflict.count)])
        }
        let rest = conflicts.dropFirst(top)
        if !rest.isEmpty {
            table.add(["and \(Figure.count(rest.count)) more", Figure.count(rest.reduce(0) { $0 + $1.count })])
        }
        return table.text
    }
}

extension OutcomeTally {
    fileprivate func percent(_ count: Int) -> String { share(count).map(Figure.percent) ?? "" }
}

extension Disparity {
    /// The rates of the `top` segments with the most decisions, and what they do not show.
    public func text(top: Int) -> String {
        let outcomes = Decision.Outcome.allCases.filter(question.favourable.contains).map(\.rawValue)
        var table = TextTable([
            "by \(question.member.name)", "decisions", "favourable", "rate", "ratio", "95 % interval", "four fifths",
        ])
        for segment in segments.prefix(top) {
            table.add(
                [segment.name ?? "(not recorded)"] + [segment.decisions, segment.favourable].map(Figure.count)
                    + [Figure.percent(segment.rate)] + segment.standing.cells(question.minimum))
        }
        let rest = segments.dropFirst(top)
        let more = rest.isEmpty ? "" : "  and \(Figure.count(rest.count)) more, not shown\n"
        return "favourable: \(outcomes.joined(separator: ", "))\n" + table.text + more + "\n"
            + ([explanation] + Self.limits).map { $0 + "\n" }.joined()
    }

    /// How the columns were computed.
    public var explanation: String {
        let highest =
            reference.map { "the highest rate, that of \(VisibleText.line($0.name ?? ""))" } ?? "the highest rate"
        return
            "The ratio is the rate divided by \(highest), of segments with at least \(question.minimum) decisions; the interval is by the logarithmic method of Katz et al. (Biometrics 34, 1978). Four fifths is 29 CFR 1607.4 D."
    }
}

extension Disparity.Standing {
    /// The ratio, its interval, and what it is to four fifths.
    public func cells(_ minimum: Int) -> [String] {
        switch self {
        case .reference: ["1.000", "", "highest rate"]
        case .tooFew: ["", "", "fewer than \(minimum)"]
        case .notRecorded: ["", "", "no segment"]
        case .noRate: ["", "", "none favourable"]
        case .compared(let ratio, let interval, let isBelow):
            [
                Figure.decimal(ratio, places: 3),
                interval.map {
                    "\(Figure.decimal($0.lowerBound, places: 3)) to \(Figure.decimal($0.upperBound, places: 3))"
                } ?? "none",
                isBelow ? "below" : "not below",
            ]
        }
    }
}
