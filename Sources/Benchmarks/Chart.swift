import Figures

/// Lines over a shared logarithmic axis of sizes, one panel above the other, as one self-contained SVG.
struct Chart {
    struct Series {
        let title: String
        /// One for each size.
        let values: [Double]
    }

    struct Panel {
        let title: String
        /// Of the value beside each line's name.
        let unit: String
        let series: [Series]
        let height: Double
        let isLogarithmic: Bool
    }

    let title: String
    /// What it was measured on, in small letters under the title.
    let notes: [String]
    let axisTitle: String
    let sizes: [Int]
    let panels: [Panel]

    private static let left = 74.0
    private static let plotWidth = 560.0
    private static let width = 920.0
    private static let gap = 64.0
    private var top: Double { 84 + 16 * Double(notes.count) }

    var svg: String {
        var y = top
        var body = ""
        var series = 0
        for panel in panels {
            body += drawn(panel, top: y, firstColour: series)
            y += panel.height + Self.gap
            series += panel.series.count
        }
        let height = Int(y - Self.gap + 58)
        body += Self.text(axisTitle, x: Self.left + Self.plotWidth / 2, y: Double(height) - 14, "middle", "label")
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(height)" \
            width="\(Int(Self.width))" height="\(height)" role="img" aria-label="\(Markup(text: title).text)">
            <style>\(Self.style)</style>
            <rect width="100%" height="100%" class="ground"/>
            \(Self.text(title, x: 20, y: 32, "start", "title"))\(drawnNotes)\(body)</svg>

            """
    }

    /// Colours that people tell apart who see few; the dark ones are lighter.
    private static let style = """

        svg { font-family: system-ui, sans-serif; }
        .ground { fill: #ffffff; } text { fill: #24292f; font-size: 13px; }
        .title { font-size: 18px; font-weight: 600; } .note, .tick { fill: #57606a; font-size: 12px; }
        .grid { stroke: #d8dee4; } .axis { stroke: #57606a; }
        polyline { fill: none; stroke-width: 2; }
        .c0 { --c: #0057a8; } .c1 { --c: #b3470b; } .c2 { --c: #007a5a; } .c3 { --c: #8a3d8f; } .c4 { --c: #8a6100; }
        .c5 { --c: #505050; }
        polyline { stroke: var(--c); } circle { fill: var(--c); } text.series { fill: var(--c); font-weight: 600; }
        line.lead { stroke: var(--c); }
        @media (prefers-color-scheme: dark) {
          .ground { fill: #0d1117; } text { fill: #e6edf3; } .note, .tick { fill: #9da7b1; }
          .grid { stroke: #30363d; } .axis { stroke: #9da7b1; }
          .c0 { --c: #6cb6ff; } .c1 { --c: #ff9e6d; } .c2 { --c: #4fd1a5; } .c3 { --c: #d2a0ea; } .c4 { --c: #e3c04f; }
          .c5 { --c: #b8b8b8; }
        }

        """

    private var drawnNotes: String {
        notes.enumerated().map { Self.text($1, x: 20, y: 54 + 16 * Double($0), "start", "note") }.joined()
    }

    private func drawn(_ panel: Panel, top: Double, firstColour: Int) -> String {
        let scale = Scale(panel.series.flatMap(\.values), isLogarithmic: panel.isLogarithmic)
        let bottom = top + panel.height
        let y = { (value: Double) in bottom - scale.place(value) * panel.height }
        var out = Self.text(panel.title, x: 20, y: top - 12, "start", "label")
        for tick in scale.ticks {
            out += Self.line(Self.left, y(tick), Self.left + Self.plotWidth, y(tick), "grid")
            out += Self.text(Figure.text(tick), x: Self.left - 8, y: y(tick) + 4, "end", "tick")
        }
        for size in ticksOfSizes {
            out += Self.line(x(size), top, x(size), bottom, "grid")
            out += Self.text(Figure.count(size), x: x(size), y: bottom + 18, "middle", "tick")
        }
        out += Self.line(Self.left, bottom, Self.left + Self.plotWidth, bottom, "axis")
        out += Self.line(Self.left, top, Self.left, bottom, "axis")
        let names = Self.apart(panel.series.map { y($0.values.last ?? 0) }, within: top...bottom)
        for (index, series) in panel.series.enumerated() {
            let name = "\(series.title) \(Figure.text(series.values.last ?? 0)) \(panel.unit)"
            out += drawn(series, name, colour: "c\((firstColour + index) % 6)", nameAt: names[index], y: y)
        }
        return out
    }

    private func drawn(
        _ series: Series, _ name: String, colour: String, nameAt nameY: Double, y: (Double) -> Double
    ) -> String {
        let places = zip(sizes, series.values).map { (x($0), y($1)) }
        let points = places.map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
        var out = "<polyline class=\"\(colour)\" points=\"\(points)\"/>\n"
        for place in places {
            out +=
                "<circle class=\"\(colour)\" cx=\"\(Self.number(place.0))\" cy=\"\(Self.number(place.1))\" r=\"3\"/>\n"
        }
        let end = Self.left + Self.plotWidth
        out += Self.line(end + 5, y(series.values.last ?? 0), end + 16, nameY, "lead \(colour)")
        return out + Self.text(name, x: end + 20, y: nameY + 4, "start", "series \(colour)")
    }

    /// The powers of ten among the sizes' range.
    private var ticksOfSizes: [Int] {
        let powers = (3...9).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
        guard let first = sizes.first, let last = sizes.last else { return [] }
        let inside = powers.filter { first...last ~= $0 }
        return inside.contains(last) ? inside : inside + [last]
    }

    private func x(_ size: Int) -> Double {
        let scale = Scale(exactly: Double(sizes.first ?? 1)...Double(max(sizes.last ?? 2, (sizes.first ?? 1) + 1)))
        return Self.left + scale.place(Double(size)) * Self.plotWidth
    }

    /// The heights of names moved as little as keeps each a line from the next, in the order of the lines they name.
    static func apart(_ wanted: [Double], within range: ClosedRange<Double>) -> [Double] {
        let step = 17.0
        let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
        var places = wanted
        var free = -Double.infinity
        for index in order {
            places[index] = max(wanted[index], free)
            free = places[index] + step
        }
        // What was pushed below the panel pushes the others up.
        var limit = range.upperBound
        for index in order.reversed() {
            places[index] = min(places[index], limit)
            limit = places[index] - step
        }
        return places
    }

    // MARK: Elements

    private static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) -> String {
        "<line class=\"\(kind)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>\n"
    }

    private static func text(_ text: String, x: Double, y: Double, _ anchor: String, _ kind: String) -> String {
        "<text class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(Markup(text: text).text)</text>\n"
    }

    private static func number(_ number: Double) -> String { Figure.decimal(number, places: 1) }
}
