/// One row of a report: what each round gave, of ours and of what it is compared with.
struct Row: Sendable {
    /// Stable from version to version.
    let name: String
    let title: String
    /// Empty for a mere ratio.
    let unit: String
    /// How many things each round measured.
    let count: Int
    /// What it is compared with, in the same round; `nil` where there is nothing.
    var baseline: String?
    var target: Target?
    /// One value a round.
    var values: [Double] = []
    var baselines: [Double] = []

    init(
        _ name: String, _ title: String, unit: String, count: Int, baseline: String? = nil, target: Target? = nil
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.count = count
        self.baseline = baseline
        self.target = target
    }

    var summary: Summary? { Summary(values) }

    /// The ratio of each value to the baseline of the same round.
    var ratios: Summary? { Summary(zip(values, baselines).map { $0 / $1 }) }

    /// Whether the target is reached; `nil` where there is none.
    var isMet: Bool? {
        guard let target, let summary else { return nil }
        return target.isMet(value: summary.median, ratio: ratios?.median)
    }
}
