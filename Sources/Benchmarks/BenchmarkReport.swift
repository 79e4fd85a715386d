public import Because
import Figures

/// What was measured: medians, their spread, ratios to what SQLite does by hand, and the targets.
public struct BenchmarkReport: Sendable {
    let machine: Machine
    let size: Int
    let rounds: Int
    private(set) var rows: [Row] = []
    /// The cost at each size; empty unless it was asked for.
    var curve: [CurvePoint] = []

    init(machine: Machine, size: Int, rounds: Int) {
        self.machine = machine
        self.size = size
        self.rounds = rounds
    }

    mutating func add(_ row: Row) { rows.append(row) }

    /// The report for people: two lines a row, the figure and what it is compared with.
    public var text: String {
        var lines = [
            machine.text,
            "SQLite's pages of \(RawSQLite.pageSize) bytes, WAL, synchronous=FULL, of ours and of raw alike",
            "a ledger of \(Figure.count(size)) decisions; median (least to greatest) of \(rounds) rounds in turn", "",
        ]
        for row in rows { lines += Self.lines(row) }
        if !rows.isEmpty { lines += ["", verdict] }
        lines += curveLines
        return lines.joined(separator: "\n") + "\n"
    }

    /// The curve as a table.
    private var curveLines: [String] {
        if curve.isEmpty { return [] }
        let head = ["decisions", "recorded µs", "proven µs", "again µs", "checked µs", "why µs", "peak MB"]
        let rows = curve.map { point in
            [Figure.count(point.entries)]
                + [point.append, point.proofFirst, point.proofAgain, point.proofChecked, point.why, point.memory]
                .map(Figure.text)
        }
        return ([head] + rows).map { $0.map { Self.aligned($0, 12) }.joined() }
    }

    private static func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    /// How many targets are met, and at which size.
    private var verdict: String {
        let judged = rows.compactMap(\.isMet)
        let met = judged.count { $0 }
        return "\(met) of \(judged.count) targets met with \(Figure.count(size)) decisions on this machine"
    }

    private static func lines(_ row: Row) -> [String] {
        guard let summary = row.summary else { return [] }
        let unit = row.unit.isEmpty ? "" : " " + row.unit
        var lines = [
            padded(row.title, 58) + padded(Figure.text(summary.median) + unit, 20) + "(\(summary.spread))"
        ]
        if let baseline = row.baseline, let ratios = row.ratios, let raw = Summary(row.baselines) {
            lines.append(
                "    \(Figure.text(ratios.median)) (\(ratios.spread)) of \(baseline): \(Figure.text(raw.median))\(unit)"
            )
        }
        if let target = row.target, let isMet = row.isMet {
            let text = target.text(unit: row.unit, baseline: row.baseline)
            lines.append("    target: \(text): \(isMet ? "met" : "not met")")
        }
        return lines
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    /// The report for programs, in the form that schema/BENCHMARKS.md describes.
    public var json: JSON {
        var object: JSONObject = [
            "machine": machine.json, "settings": Self.settings,
            "size": .integer(Int64(size)), "rounds": .integer(Int64(rounds)),
            "rows": .array(rows.map(\.json)),
        ]
        if !curve.isEmpty { object["curve"] = .array(curve.map(\.json)) }
        return .object(object)
    }

    private static let settings: JSON = [
        "page_size": .integer(Int64(RawSQLite.pageSize)), "journal_mode": "wal", "synchronous": "full",
        "wal_autocheckpoint": .integer(Int64(RawSQLite.walPages)),
    ]
}
