import Because
import Foundation
import Testing

struct BenchTests {
    /// Every row, with its unit and whether it has a baseline and a target.
    private static let rows: [(name: String, unit: String, hasBaseline: Bool, hasTarget: Bool)] = [
        ("disk", "writes/s", false, false), ("record-1", "records/s", true, true),
        ("record-100", "records/s", true, false), ("record-1000", "records/s", true, true),
        ("callers", "records/s", true, true), ("ndjson", "records/s", false, true), ("bytes", "", false, true),
        ("verify", "entries/s", true, true), ("index", "records/s", false, true), ("proof-first", "µs", false, false),
        ("proof-again", "µs", false, true), ("proof-checked", "µs", false, true), ("proven", "µs", false, false),
        ("consistency-first", "µs", false, false), ("consistency-again", "µs", false, false),
        ("why-cold", "ms", false, true), ("why-warm", "µs", false, true), ("open-reading", "ms", false, true),
        ("open-recording", "ms", false, true), ("open-memory", "MB", false, true),
        ("memory-recording", "MB", true, true),
        ("memory-verifying", "MB", true, true),
    ]

    @Test func `a smoke size gives every row and leaves nothing behind`() throws {
        let scratch = try Scratch()
        let answer = try Because.run(["bench", "--size", "1000", "--rounds", "2", "--json", "--folder", scratch.path])
        #expect(answer.status == 0, "\(answer.errors)")
        let report = try answer.value
        let rows = try #require(report["rows"]?.items)
        #expect(rows.compactMap { $0["name"]?.text } == Self.rows.map(\.name))
        for (row, want) in zip(rows, Self.rows) {
            #expect(row["unit"]?.text == want.unit && row["count"]?.integer ?? 0 > 0)
            #expect((row["baseline"] != nil) == want.hasBaseline && (row["ratio"] != nil) == want.hasBaseline)
            #expect((row["target"]?["met"]?.bool != nil) == want.hasTarget, "\(want.name)")
            for value in row["values"]?.items ?? [] { #expect(Self.number(value) ?? 0 > 0, "\(want.name)") }
            #expect(Self.number(row["median"]) ?? 0 > 0, "\(want.name)")
        }
        for name in ["cpu", "kernel", "file_system", "sqlite", "openssl", "swift", "build"] {
            #expect(report["machine"]?[name]?.text?.isEmpty == false)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    }

    @Test func `only what is named is measured, and people can read it`() throws {
        let scratch = try Scratch()
        let answer = try Because.run([
            "bench", "--size", "1000", "--rounds", "1", "--only", "open", "--only", "disk", "--folder", scratch.path,
        ])
        #expect(answer.status == 0, "\(answer.errors)")
        let figures = answer.lines.filter { $0.hasSuffix(")") && !$0.hasPrefix(" ") }
        #expect(figures.map { $0.prefix(9) } == ["fdatasync", "open for ", "open for ", "peak memo"])
        #expect(answer.lines.last?.contains(" of 3 targets met with 1,000 decisions") == true)
    }

    @Test(arguments: [
        ["--size", "999"], ["--size", "10000001"], ["--rounds", "0"], ["--rounds", "101"], ["--only", "nothing"],
        ["--plot-size", "19999"], ["--plot-size", "10000001"], ["--plot"], ["--step", "frob"], ["frob"],
    ])
    func `what cannot be measured is a question that cannot be read`(arguments: [String]) throws {
        let answer = try Because.run(["bench"] + arguments)
        #expect(answer.status == 64 && answer.bytes.isEmpty && answer.errorLines.count == 2, "\(answer.errors)")
    }

    @Test func `a folder that is not there is said`() throws {
        let answer = try Because.run(["bench", "--folder", "/nowhere/at/all"])
        #expect(answer.status == 1 && answer.bytes.isEmpty)
        #expect(answer.errorLines.first?.contains("/nowhere/at/all: No such file or directory") == true)
    }

    private static func number(_ value: JSON?) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .decimal(let text): Double(text)
        default: nil
        }
    }
}
