/// The ids of headings that state none, as GitHub makes anchors of titles.
struct Slugs {
    private var taken: Set<String>
    private var counts: [String: Int] = [:]

    /// Bytes of a slug before its number: seven digits and a hyphen still fit a section id.
    private static let byteLimit = 120

    /// No slug will equal one of `explicit`.
    init(avoiding explicit: Set<String>) { taken = explicit }

    /// The id of the heading number `number`, counted from 1, of the document.
    ///
    /// A second heading of the same title gets `-1`, the third `-2`. A title without ASCII letters or digits gives
    /// `section-` and the number.
    mutating func next(for title: String, number: Int) -> String {
        let slug = Self.slug(of: title)
        let base = slug.utf8.contains { $0.isASCIILetter || $0.isASCIIDigit } ? slug : "section-\(number)"
        var id = base
        while !taken.insert(id).inserted {
            let count = counts[base, default: 0] + 1
            counts[base] = count
            id = "\(base)-\(count)"
        }
        return id
    }

    /// Small letters; spaces become hyphens; punctuation and what has no Latin letter is dropped; of
    /// `[words](address)` the words remain.
    static func slug(of title: String) -> String {
        var slug = ""
        for scalar in withoutAddresses(title).lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9", "_", "-": slug.unicodeScalars.append(scalar)
            case " ", "\t": slug.append("-")
            default: slug.append(latin[scalar] ?? "")
            }
            if slug.utf8.count >= byteLimit { return String(slug.prefix(byteLimit)) }
        }
        return slug
    }

    private static func withoutAddresses(_ title: String) -> String {
        var rest = Substring(title)
        var kept = ""
        while let open = rest.firstRange(of: "]("), let close = rest[open.upperBound...].firstIndex(of: ")") {
            kept += rest[..<open.lowerBound]
            rest = rest[rest.index(after: close)...]
        }
        return kept + rest
    }

    /// The small letters of Latin-1 and Latin Extended-A without their accents.
    private static let latin: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [
            "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij", "ŉ": "n", "ſ": "s",
        ]
        for (base, letters) in [
            ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ðďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
            ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķĸ"), ("l", "ĺļľŀł"), ("n", "ñńņňŋ"), ("o", "òóôõöøōŏő"),
            ("r", "ŕŗř"), ("s", "śŝşš"), ("t", "ţťŧ"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
        ] {
            for letter in letters.unicodeScalars { table[letter] = base }
        }
        return table
    }()
}
