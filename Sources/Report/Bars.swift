import Figures

/// A piece of a bar: from one part of its length to another.
struct BarSegment {
    /// Which colour and pattern: a class of the style sheet.
    let kind: String
    /// Both from 0 to 1.
    let from: Double
    let to: Double
}

/// One bar with its name and its number.
struct Bar {
    let name: Markup
    let value: Markup
    /// More about it, in small letters.
    var note: Markup = ""
    let segments: [BarSegment]

    /// A bar whose length is its part of the longest.
    init(_ name: Markup, _ value: Markup, note: Markup = "", length: Double, kind: String = "plain") {
        self.init(name, value, note: note, segments: [BarSegment(kind: kind, from: 0, to: length)])
    }

    init(_ name: Markup, _ value: Markup, note: Markup = "", segments: [BarSegment]) {
        self.name = name
        self.value = value
        self.note = note
        self.segments = segments
    }

    /// A bar of parts that follow each other and fill it.
    init(_ name: Markup, _ value: Markup, note: Markup = "", parts: [(kind: String, count: Int)]) {
        let whole = Double(max(1, parts.reduce(0) { $0 + $1.count }))
        var segments: [BarSegment] = []
        var from = 0
        for part in parts where part.count > 0 {
            segments.append(
                BarSegment(kind: part.kind, from: Double(from) / whole, to: Double(from + part.count) / whole))
            from += part.count
        }
        self.init(name, value, note: note, segments: segments)
    }

    /// A list of bars. What they say stands beside them in words, so the drawing itself is passed over when read aloud.
    static func list(_ bars: [Bar]) -> Markup {
        guard !bars.isEmpty else { return "" }
        return "<ul class=\"bars\">\n\(bars.map(\.markup).joined())</ul>\n"
    }

    private var markup: Markup {
        let note: Markup = self.note == "" ? "" : "<span class=\"note under\">\(self.note)</span>"
        return """
            <li><span class="name">\(name)</span><span class="value">\(value)</span>\
            <svg class="bar" width="100%" height="14" aria-hidden="true"><rect class="track" width="100%" height="14"/>\
            \(segments.map(Self.drawn).joined())</svg>\(note)</li>

            """
    }

    private static func drawn(_ segment: BarSegment) -> Markup {
        let width = max(0, segment.to - segment.from)
        return """
            <rect class="\(segment.kind)" x="\(percent(segment.from))" width="\(percent(width))" height="14"/>
            """
    }

    /// A part of the width as SVG writes it.
    static func percent(_ part: Double) -> String { Figure.decimal(part * 100, places: 2) + "%" }
}
