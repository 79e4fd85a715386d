extension BenchmarkReport {
    /// The curve as a picture.
    public var svg: [UInt8] { Array(chart.svg.utf8) }

    private var chart: Chart {
        let series = { (title: String, value: (CurvePoint) -> Double) in
            Chart.Series(title: title, values: curve.map(value))
        }
        return Chart(
            title: "because: cost against the size of the ledger",
            notes: machine.text.split(separator: "\n").map(String.init),
            axisTitle: "decisions in the ledger",
            sizes: curve.map(\.entries),
            panels: [
                Chart.Panel(
                    title: "microseconds, logarithmic", unit: "µs",
                    series: [
                        series("why, library, warm", \.why), series("recorded, each of 1,000", \.append),
                        series("proven, tile not seen", \.proofFirst), series("proven, tile seen", \.proofAgain),
                        series("proof checked", \.proofChecked),
                    ], height: 340, isLogarithmic: true),
                Chart.Panel(
                    title: "megabytes", unit: "MB", series: [series("peak while recording", \.memory)], height: 130,
                    isLogarithmic: false),
            ])
    }
}
