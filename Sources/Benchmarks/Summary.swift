import Figures

/// The middle and the ends of what several rounds gave.
struct Summary: Equatable, Sendable {
    let median: Double
    let least: Double
    let greatest: Double

    /// `nil` for no values.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        least = first
        greatest = last
        let middle = sorted.count / 2
        median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    var spread: String { "\(Figure.text(least)) to \(Figure.text(greatest))" }
}
