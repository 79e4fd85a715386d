import Figures
import Testing

@testable import Benchmarks

struct FigureTests {
    @Test(arguments: [
        (0.0, "0"), (0.004, "0"), (0.005, "0.01"), (0.7, "0.7"), (1.25, "1.25"), (3, "3"), (99.994, "99.99"),
        (99.996, "100"), (100.4, "100"), (999.5, "1,000"), (1_234_567, "1,234,567"), (-0.5, "-0.5"),
        (-1234, "-1,234"),
    ])
    func `people read a figure without needless digits`(number: Double, text: String) {
        #expect(Figure.text(number) == text)
    }

    @Test(arguments: [
        (0.0, "0.000"), (0.0004, "0.000"), (-0.0004, "0.000"), (0.0006, "0.001"), (1.5, "1.500"), (-1.5, "-1.500"),
        (41_234.5678, "41234.568"),
    ])
    func `programs read a figure with three decimals`(number: Double, text: String) {
        #expect(Figure.decimal(number, places: 3) == text)
    }

    @Test(arguments: [
        ([5.0], 5.0, 5.0, 5.0), ([3, 1, 2], 2, 1, 3), ([4, 1, 3, 2], 2.5, 1, 4), ([7, 7], 7, 7, 7),
        ([1, 100, 2, 3, 1000], 3, 1, 1000),
    ])
    func `a summary is the middle and the ends`(values: [Double], median: Double, least: Double, greatest: Double) {
        let summary = Summary(values)
        #expect(summary?.median == median && summary?.least == least && summary?.greatest == greatest)
    }

    @Test func `of nothing there is no summary`() { #expect(Summary([]) == nil) }
}
