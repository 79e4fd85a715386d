/// A table for a terminal: the first column to the left, numbers to the right.
struct TextTable {
    private var rows: [[String]]

    /// The names of the columns.
    init(_ columns: [String]) { rows = [columns] }

    /// Adds a row of as many cells.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == rows[0].count, "a row has a cell for each column")
        rows.append(cells.map(VisibleText.line))
    }

    /// Columns of a terminal that the first column takes at most.
    private static let firstLimit = 60

    /// The lines, indented by two.
    var text: String {
        let widths = rows[0].indices.map { column in rows.map { VisibleText.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            let first = row[0] + Self.spaces(min(widths[0], Self.firstLimit) - VisibleText.width(row[0]))
            let rest = row.indices.dropFirst().map {
                Self.spaces(widths[$0] - VisibleText.width(row[$0])) + row[$0]
            }
            return "  " + ([first] + rest).joined(separator: "  ") + "\n"
        }.joined()
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
