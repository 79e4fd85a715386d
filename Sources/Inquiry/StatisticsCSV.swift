import Decisions

extension Statistics {
    /// Every count in a row of its own: which table, the name of the row, what was counted, and how many. What has no row
    /// occurs nowhere; a name is empty where nothing was recorded.
    public var csv: CSVTable {
        var table = CSVTable("table", "name", "measure", "count")
        func add(_ kind: String, _ name: String?, _ measure: String, _ count: Int) {
            table.add(.text(kind), CSVTable.Cell(name), .text(measure), .integer(Int64(count)))
        }
        func add(_ kind: String, _ name: String?, _ tally: OutcomeTally) {
            add(kind, name, "decisions", tally.decisions)
            for (outcome, count) in tally.outcomes { add(kind, name, "outcome \(outcome.label)", count) }
            if tally.overridden > 0 { add(kind, name, "overridden", tally.overridden) }
            if tally.appealed > 0 { add(kind, name, "appealed", tally.appealed) }
        }
        add("all", nil, total)
        for period in periods { add(unit.rawValue, period.name, period.tally) }
        for use in principles {
            let name = "\(use.name) (\(use.authority ?? "no authority"))"
            add("principle", name, use.tally)
            for (role, count) in use.roles.sorted(by: { $0.key < $1.key }) {
                add("principle", name, "role \(role)", count)
            }
        }
        add("principle", nil, citingNone)
        for group in versions { add("specification", group.name, group.tally) }
        for group in models { add("model", group.name, group.tally) }
        for group in producers { add("producer", group.name, group.tally) }
        for conflict in conflicts { add("conflict", conflict.rule, "won by \(conflict.winner)", conflict.count) }
        add("oversight", nil, "requested", oversight.requested)
        for (act, count) in oversight.acts.sorted(by: { $0.key < $1.key }) {
            add("oversight", nil, "act \(act)", count)
        }
        add("appeal", nil, "opened", appeals.opened)
        add("appeal", nil, "open", appeals.open)
        for (result, count) in appeals.results.sorted(by: { $0.key < $1.key }) {
            add("appeal", nil, "result \(result)", count)
        }
        for (judge, count) in appeals.judges.sorted(by: { $0.key < $1.key }) {
            add("appeal", nil, "decided by \(judge)", count)
        }
        return table
    }
}

extension Disparity {
    /// A row for each segment. The ratio and its interval are empty where there is none.
    public var csv: CSVTable {
        var table = CSVTable(
            "segment", "decisions", "favourable", "rate", "standing", "ratio", "interval_low", "interval_high",
            "below_four_fifths")
        for segment in segments {
            var (ratio, low, high, below): (CSVTable.Cell, CSVTable.Cell, CSVTable.Cell, CSVTable.Cell) =
                (.empty, .empty, .empty, .empty)
            if case .compared(let value, let interval, let isBelow) = segment.standing {
                ratio = .fraction(value)
                low = interval.map { .fraction($0.lowerBound) } ?? .empty
                high = interval.map { .fraction($0.upperBound) } ?? .empty
                below = isBelow ? "yes" : "no"
            }
            table.add(
                CSVTable.Cell(segment.name), CSVTable.Cell(segment.decisions), CSVTable.Cell(segment.favourable),
                .fraction(segment.rate), .text(segment.standing.name), ratio, low, high, below)
        }
        return table
    }
}
