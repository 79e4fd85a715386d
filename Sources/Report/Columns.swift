import Figures

/// Columns over time, as one picture that is as wide as the page lets it be: places are parts of the width, heights are pixels,
/// so letters keep their size.
struct Columns {
    /// What the picture shows, for whoever does not see it.
    let title: String
    let description: String
    /// For each period its parts from the bottom up, in parts of the height.
    let columns: [[(kind: String, share: Double)]]
    let height: Double
    /// Whether parts stand on each other, and are to be kept apart.
    var isStacked = false
    /// Unique in the page.
    let id: String

    var markup: Markup {
        let slot = 1 / Double(max(1, columns.count))
        let drawn = columns.enumerated().map { column($1, at: Double($0) * slot, width: slot * 0.84) }
        let bottom = Figure.decimal(height - 0.5, places: 1)
        return """
            <svg class="\(isStacked ? "columns stack" : "columns")" width="100%" height="\(Int(height))" role="img" aria-labelledby="\(id)-t \(id)-d">\
            <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description)</desc>\
            <line class="grid" x1="0" x2="100%" y1="0.5" y2="0.5"/>\(drawn.joined())\
            <line class="axis" x1="0" x2="100%" y1="\(bottom)" y2="\(bottom)"/></svg>

            """
    }

    private func column(_ parts: [(kind: String, share: Double)], at x: Double, width: Double) -> Markup {
        var top = height
        return parts.filter { $0.share > 0 }.map { part -> Markup in
            // What there is is seen, however little.
            let size = max(1.5, part.share * (height - 1))
            top -= size
            return """
                <rect class="\(part.kind)" x="\(Bar.percent(x))" y="\(Figure.decimal(max(0, top), places: 1))" \
                width="\(Bar.percent(width))" height="\(Figure.decimal(size, places: 1))"/>
                """
        }.joined()
    }

    /// Names under the first, the middle and the last column.
    static func axis(_ names: [String]) -> Markup {
        guard let first = names.first, let last = names.last, names.count > 1 else { return "" }
        let middle = names.count > 4 ? names[names.count / 2] : ""
        return """
            <p class="times" aria-hidden="true"><span>\(first)</span><span>\(middle)</span><span>\(last)</span></p>

            """
    }
}
