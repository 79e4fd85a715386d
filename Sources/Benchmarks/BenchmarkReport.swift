public import Because
import GRDBSQLite
import Glibc

/// What was measured: medians, their spread, and ratios to what SQLite does by hand.
public struct BenchmarkReport: Sendable {
    let size: Int
    let rounds: Int
    private(set) var rows: [Row] = []

    struct Row: Sendable {
        let name: String
        /// What it is compared with; `nil` where there is nothing.
        let baseline: String?
        let unit: String
        var values: [Double] = []
        var baselines: [Double] = []

        /// The ratio of each value to the baseline of the same round.
        var ratios: [Double] { zip(values, baselines).map { $0 / $1 } }
    }

    mutating func add(_ row: Row) { rows.append(row) }

    private var machine: String {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return
            "\(cores) cores, SQLite \(String(cString: sqlite3_libversion())), \(size) records, median of \(rounds) rounds in turn"
    }

    /// The report as a table.
    public var text: String {
        var lines = [machine, ""]
        for row in rows {
            var line = Self.padded(row.name, 34) + Self.padded(Self.figure(row.values.median) + " " + row.unit, 24)
            line += "(\(Self.figure(row.values.min() ?? 0)) to \(Self.figure(row.values.max() ?? 0)))"
            if let baseline = row.baseline {
                line =
                    Self.padded(line, 84)
                    + "\(Self.hundredths(row.ratios.median)) of \(baseline) at \(Self.figure(row.baselines.median))"
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `{"machine","rows":[{"name","unit","values","baseline","baselines","ratio"}]}`; figures as decimal text.
    public var json: JSON {
        [
            "machine": .string(machine),
            "rows": .array(
                rows.map { row in
                    var object: JSONObject = [
                        "name": .string(row.name), "unit": .string(row.unit),
                        "median": .decimal(Self.hundredths(row.values.median)),
                        "values": .array(row.values.map { .decimal(Self.hundredths($0)) }),
                    ]
                    if let baseline = row.baseline {
                        object["baseline"] = .string(baseline)
                        object["baselines"] = .array(row.baselines.map { .decimal(Self.hundredths($0)) })
                        object["ratio"] = .decimal(Self.hundredths(row.ratios.median))
                    }
                    return .object(object)
                }),
        ]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func figure(_ number: Double) -> String {
        number >= 100 ? "\(Int(number.rounded()))" : hundredths(number)
    }

    private static func hundredths(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

extension [Double] {
    fileprivate var median: Double {
        let sorted = sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted.count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    }
}
