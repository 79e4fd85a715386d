extension Field {
    /// The name among `fields` that `name` was most likely meant to be; `nil` where none is near.
    ///
    /// Near is a third of the letters in edits (insertions, deletions, substitutions, swaps of neighbours), or the beginning
    /// of one being the other. Letter case, `_`, `-` and spaces do not count.
    static func nearest(to name: String, among fields: [Field]) -> String? {
        // No name is that long, and the cost grows with the length.
        guard name.utf8.count <= 64 else { return nil }
        let wanted = letters(name)
        guard wanted.count >= 2 else { return nil }
        let scored = fields.compactMap { field -> (name: String, edits: Int)? in
            let known = letters(field.name)
            let edits = distance(wanted, known)
            if edits <= max(1, wanted.count / 3) { return (field.name, edits) }
            let beginsAlike =
                min(wanted.count, known.count) >= 4 && (known.starts(with: wanted) || wanted.starts(with: known))
            return beginsAlike ? (field.name, edits) : nil
        }
        return scored.min { $0.edits < $1.edits }?.name
    }

    private static func letters(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { !"_- ".utf8.contains($0) }
    }

    /// Edits between two names, a swap of neighbours counted as one (optimal string alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var above = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var edits = min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    edits = min(edits, before[column - 1] + 1)
                }
                current.append(edits)
            }
            (before, above) = (above, current)
        }
        return above[right.count]
    }
}
