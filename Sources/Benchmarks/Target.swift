import Figures

/// What a row is to reach. Where several limits are given, one of them is enough.
struct Target: Sendable {
    /// A median of at least this, in the unit of the row.
    var atLeast: Double?
    /// A median of at most this, in the unit of the row.
    var atMost: Double?
    /// A median ratio to the baseline of at least this.
    var ratioAtLeast: Double?
    /// A median ratio to the baseline of at most this.
    var ratioAtMost: Double?
    /// The number of entries that the target is meant for; `nil` where it is for any.
    var entries: Int?

    /// Whether a row with these medians reaches it.
    func isMet(value: Double, ratio: Double?) -> Bool {
        if let atLeast, value >= atLeast { return true }
        if let atMost, value <= atMost { return true }
        if let ratioAtLeast, let ratio, ratio >= ratioAtLeast { return true }
        if let ratioAtMost, let ratio, ratio <= ratioAtMost { return true }
        return false
    }

    /// The target in words, for a row with this unit and baseline.
    func text(unit: String, baseline: String?) -> String {
        let unit = unit.isEmpty ? "" : " " + unit
        let ratio = baseline.map { " of \($0)" } ?? ""
        let limits = [
            atLeast.map { "at least \(Figure.text($0))\(unit)" }, atMost.map { "at most \(Figure.text($0))\(unit)" },
            ratioAtLeast.map { "at least \(Figure.text($0))\(ratio)" },
            ratioAtMost.map { "at most \(Figure.text($0))\(ratio)" },
        ]
        let size = entries.map { ", at \(Figure.count($0)) entries" } ?? ""
        return limits.compactMap(\.self).joined(separator: ", or ") + size
    }
}
