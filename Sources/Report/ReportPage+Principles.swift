import Because
import Figures

extension ReportPage {
    /// Which sections were cited, by authority and by use.
    var principles: Section? {
        guard statistics.total.decisions > 0 else { return nil }
        guard !statistics.principles.isEmpty else {
            return Section(
                id: "principles", title: "Principles", lede: "No decision cites a section that is registered.", body: ""
            )
        }
        let none = statistics.citingNone.decisions
        let lede: Markup =
            "\(Self.count(statistics.principles.count, "section")) of \(documents.sorted().prefix(5).joined(separator: ", "))\(documents.count > 5 ? " and other documents" : "") were cited as principles. \(none == 0 ? "Every decision cites one." : Self.count(none, "decision") + " cite none that is registered.")"
        return Section(
            id: "principles", title: "Principles by use and by authority", lede: lede,
            body: """
                <h3>By authority</h3>
                \(Bar.list(authorityBars))<h3>By use</h3>
                \(Bar.list(useBars))\(remainder(statistics.principles.dropFirst(top).map(\.tally), "section"))\
                \(roleTable.details)
                """)
    }

    /// From the highest authority down; those of documents with other words after them.
    private var authorityBars: [Bar] {
        let uses = Dictionary(grouping: statistics.principles) { $0.authority }
        let order: [String?] = ["root", "platform", "system", "developer", "user", "guideline"]
        let names =
            order.filter { uses[$0] != nil }
            + uses.keys.filter { !order.contains($0) && $0 != nil }.sorted { $0 ?? "" < $1 ?? "" }
        let rows = (names + (uses[nil] == nil ? [] : [nil])).map { name in
            (
                name: name, sections: uses[name]?.count ?? 0,
                count: (uses[name] ?? []).reduce(0) { $0 + $1.tally.decisions }
            )
        }
        let greatest = Double(rows.map(\.count).max() ?? 1)
        return rows.map { row in
            Bar(
                "\(row.name ?? "no authority") <span class=\"note\">\(Self.count(row.sections, "section"))</span>",
                "\(Self.count(row.count, "citation"))", length: Double(row.count) / greatest)
        }
    }

    private var useBars: [Bar] {
        let greatest = Double(statistics.principles.first?.tally.decisions ?? 1)
        return statistics.principles.prefix(top).map { use in
            Bar(
                name(use, says: (use.authority ?? "no authority") + Self.roles(use)),
                "\(Figure.count(use.tally.decisions))", length: Double(use.tally.decisions) / greatest)
        }
    }

    private static func roles(_ use: Statistics.PrincipleUse) -> String {
        let others = use.roles.filter { $0.key != "applied" }.sorted { $0.key < $1.key }
        return others.map { ", \($0.key.replacing("_", with: " ")) \(Figure.count($0.value))" }.joined()
    }

    private var roleTable: Table {
        let roles = Set(statistics.principles.flatMap(\.roles.keys)).sorted()
        var table = Table(
            "Decisions by the role in which they cite a section",
            ["Principle", "Authority", "Decisions"] + roles.map { $0.replacing("_", with: " ").capitalizedFirst })
        for use in statistics.principles.prefix(top) {
            table.add(
                name(use),
                ["\(use.authority ?? "none")", "\(Figure.count(use.tally.decisions))"]
                    + roles.map { "\(Figure.count(use.roles[$0] ?? 0))" })
        }
        return table
    }

    /// The section, and its document where there are several; its authority where `says` it.
    func name(_ use: Statistics.PrincipleUse, says authority: String = "") -> Markup {
        let document = use.name.prefix { $0 != "#" }
        let section = use.name.dropFirst(document.count + 1)
        let notes = [documents.count > 1 ? String(document) : "", authority].filter { !$0.isEmpty }
        guard !notes.isEmpty else { return "<code>\(section)</code>" }
        return "<code>\(section)</code> <span class=\"note\">\(notes.joined(separator: ", "))</span>"
    }

    // MARK: Conflicts

    /// By which rule conflicts were settled, and for whom.
    var conflicts: Section? {
        guard statistics.total.decisions > 0 else { return nil }
        let all = statistics.conflicts.reduce(0) { $0 + $1.count }
        guard all > 0 else {
            return Section(
                id: "conflicts", title: "Conflicts", lede: "No decision records that instructions pulled apart.",
                body: "")
        }
        let rules = Dictionary(grouping: statistics.conflicts) { $0.rule }
            .map { (rule: $0, count: $1.reduce(0) { $0 + $1.count }, winners: $1) }
            .sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
        let bars = rules.prefix(top).map { rule in
            let winners = rule.winners.prefix(5).map { "\($0.winner) \(Figure.count($0.count))" }
            let more = rule.winners.count > 5 ? " and others" : ""
            return Bar(
                "\(rule.rule.replacing("_", with: " "))", "\(Figure.count(rule.count))",
                note: "followed: \(winners.joined(separator: ", "))\(more)",
                length: Double(rule.count) / Double(rules[0].count))
        }
        var table = Table("Conflicts by rule and by who was followed", ["Rule", "Followed", "Conflicts"])
        for conflict in statistics.conflicts.prefix(top) {
            table.add("\(conflict.rule)", ["\(conflict.winner)", "\(Figure.count(conflict.count))"])
        }
        let rest = statistics.conflicts.dropFirst(top)
        if !rest.isEmpty {
            let count = rest.reduce(0) { $0 + $1.count }
            table.add("and \(Figure.count(rest.count)) more", ["", "\(Figure.count(count))"])
        }
        let hidden = rules.dropFirst(top).reduce(0) { $0 + $1.count }
        let more: Markup = hidden > 0 ? "<p class=\"small\">and \(Figure.count(hidden)) by other rules.</p>\n" : ""
        return Section(
            id: "conflicts", title: "Conflicts and how they were settled",
            lede:
                "\(Self.count(all, "conflict")) between instructions, by the rule that settled them, as the records state it.",
            body: Bar.list(Array(bars)) + more + table.details)
    }
}
