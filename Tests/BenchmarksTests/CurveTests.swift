import Figures
import Foundation
import FoundationXML
import Testing

@testable import Benchmarks

struct CurveTests {
    static func point(_ entries: Int) -> CurvePoint {
        let level = Double(entries) / 10_000
        return CurvePoint(
            entries: entries, append: 22, proofFirst: 60 + level, proofAgain: 12, proofChecked: 4.5, why: 480 + level,
            memory: 35)
    }

    @Test func `a curve for which the disk has no room is not begun, and what to do is said`() async throws {
        let folder = FileManager.default.temporaryDirectory.path
        let benchmark = try Benchmark(in: folder, program: "/nowhere")
        defer { benchmark.remove() }
        var report = BenchmarkReport(machine: Machine(folder: folder), size: 1000, rounds: 1)
        let error = await #expect(throws: BenchmarkError.self) {
            try await benchmark.curve(upTo: 1_000_000_000_000, into: &report) { _ in Issue.record("begun") }
        }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix("a curve up to 1,000,000,000,000 decisions takes 2,000,000 GB, and the disk of "))
        #expect(text.hasSuffix("GB: name a smaller --plot-size or another --folder"))
        #expect(report.curve.isEmpty)
    }

    @Test(arguments: [
        (20_000, [10_000, 20_000]), (30_000, [10_000, 30_000]), (100_000, [10_000, 30_000, 100_000]),
        (1_000_000, [10_000, 30_000, 100_000, 300_000, 1_000_000]),
        (2_000_000, [10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000]),
    ])
    func `sizes grow evenly and end where asked`(limit: Int, sizes: [Int]) {
        #expect(Benchmark.curveSizes(upTo: limit) == sizes)
    }

    @Test func `the picture is well-formed, needs nothing else and shows every point`() throws {
        var report = BenchmarkReport(machine: Machine(folder: "/"), size: 1000, rounds: 1)
        report.curve = Benchmark.curveSizes(upTo: 1_000_000).map(Self.point)
        let reading = Reading()
        let parser = XMLParser(data: Data(report.svg))
        parser.delegate = reading
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reading.root == "svg" && reading.count["script"] == nil && reading.count["image"] == nil)
        #expect(reading.count["polyline"] == 6 && reading.count["circle"] == 6 * 5)
        #expect(!reading.attributes.contains { $0.contains("href") || $0.hasPrefix("on") })
        for text in ["microseconds, logarithmic", "megabytes", "decisions in the ledger", "10,000", "1,000,000"] {
            #expect(reading.texts.contains(text))
        }
        #expect(reading.texts.contains { $0.hasPrefix("why, library, warm ") && $0.hasSuffix(" µs") })
        #expect(reading.style.contains("prefers-color-scheme: dark") && !reading.style.contains("url("))
    }

    @Test func `what a name holds is not taken for markup`() {
        let chart = Chart(
            title: "<a> & \"b\"\u{1}", notes: [], axisTitle: "x", sizes: [1, 10],
            panels: [
                .init(
                    title: "y", unit: "z", series: [.init(title: "<", values: [1, 2])], height: 50, isLogarithmic: false
                )
            ])
        let reading = Reading()
        let parser = XMLParser(data: Data(chart.svg.utf8))
        parser.delegate = reading
        #expect(parser.parse() && reading.texts.contains("<a> & \"b\"\u{FFFD}"))
    }

    @Test func `a logarithmic axis runs from a power of ten to a power of ten`() {
        let scale = Scale([4.5, 480], isLogarithmic: true)
        #expect(scale.ticks == [1, 10, 100, 1000])
        #expect(scale.place(1) == 0 && scale.place(1000) == 1 && abs(scale.place(10) - 1.0 / 3) < 1e-9)
        #expect(Scale([10, 10], isLogarithmic: true).ticks == [10, 100])
    }

    @Test(
        arguments: [
            (35, [0, 10, 20, 30, 40]), (4, [0, 1, 2, 3, 4]), (100, [0, 20, 40, 60, 80, 100]), (7, [0, 2, 4, 6, 8]),
        ] as [(Double, [Double])])
    func `a linear axis has round numbers from 0 on`(greatest: Double, ticks: [Double]) {
        let scale = Scale([1, greatest], isLogarithmic: false)
        #expect(scale.ticks == ticks && scale.place(0) == 0 && scale.place(ticks.last ?? 0) == 1)
    }

    @Test func `names of lines never lie on one another`() {
        let places = Chart.apart([100, 100, 99, 20, 104], within: 0...110)
        let sorted = places.sorted()
        for (one, next) in zip(sorted, sorted.dropFirst()) { #expect(next - one >= 16.99) }
        #expect(places[3] == 20 && sorted[4] <= 110 && places[2] < places[0] && places[4] > places[1])
    }

    private final class Reading: NSObject, XMLParserDelegate {
        var root: String?
        var count: [String: Int] = [:]
        var attributes: [String] = []
        var texts: [String] = []
        var style = ""
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes attributeDict: [String: String]
        ) {
            root = root ?? name
            count[name, default: 0] += 1
            attributes += attributeDict.keys
            text = ""
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            if name == "text" { texts.append(text) }
            if name == "style" { style = text }
        }
    }
}
