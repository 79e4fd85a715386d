import Figures

/// A table of the page: the first column names the row.
struct Table {
    let caption: String
    let columns: [String]
    private var rows: [[Markup]] = []

    init(_ caption: String, _ columns: [String]) {
        self.caption = caption
        self.columns = columns
    }

    mutating func add(_ name: Markup, _ cells: [Markup]) {
        precondition(cells.count + 1 == columns.count, "a row has a cell for each column")
        rows.append([name] + cells)
    }

    /// The table; where it is wider than the page it is moved sideways, also with the keyboard.
    var markup: Markup {
        let head = columns.map { "<th scope=\"col\">\($0)</th>" as Markup }.joined()
        let body = rows.map { row in
            let cells = row.dropFirst().map { "<td>\($0)</td>" as Markup }.joined()
            return "<tr><th scope=\"row\">\(row[0])</th>\(cells)</tr>\n" as Markup
        }.joined()
        return """
            <div class="wide" role="region" tabindex="0" aria-label="\(caption)"><table><caption>\(caption)</caption>
            <thead><tr>\(head)</tr></thead><tbody>
            \(body)</tbody></table></div>

            """
    }

    /// The table behind a word that opens it. On paper it is open.
    var details: Markup { "<details><summary>The numbers</summary>\n\(markup)</details>\n" }
}
