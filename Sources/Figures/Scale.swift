import Glibc

/// Where values stand on an axis, and which of them are named there.
package struct Scale {
    package let isLogarithmic: Bool
    /// The values at both ends.
    package let range: ClosedRange<Double>
    package let ticks: [Double]

    /// An axis for these values: powers of ten at both ends, or from 0 to a round number.
    package init(_ values: [Double], isLogarithmic: Bool) {
        self.isLogarithmic = isLogarithmic
        let greatest = max(values.max() ?? 1, 1e-6)
        if isLogarithmic {
            let low = floor(log10(max(values.min() ?? 1, 1e-6)))
            let high = max(ceil(log10(greatest)), low + 1)
            range = pow(10, low)...pow(10, high)
            ticks = (Int(low)...Int(high)).map { pow(10, Double($0)) }
        } else {
            let step = Self.step(for: greatest)
            let count = Int((greatest / step).rounded(.up))
            range = 0...step * Double(count)
            ticks = (0...count).map { step * Double($0) }
        }
    }

    /// A logarithmic axis from one value to another.
    package init(exactly range: ClosedRange<Double>) {
        isLogarithmic = true
        self.range = range
        ticks = []
    }

    /// 0 at the lower end, 1 at the upper.
    package func place(_ value: Double) -> Double {
        guard isLogarithmic else { return value / range.upperBound }
        return log10(max(value, 1e-9) / range.lowerBound) / log10(range.upperBound / range.lowerBound)
    }

    /// 1, 2 or 5 times a power of ten, so that four to ten of them reach `greatest`.
    private static func step(for greatest: Double) -> Double {
        let power = pow(10, floor(log10(greatest)) - 1)
        for factor in [1.0, 2, 5, 10, 20] where greatest / (power * factor) <= 6 { return power * factor }
        return power * 20
    }
}
