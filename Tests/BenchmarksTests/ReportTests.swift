import Because
import Testing

@testable import Benchmarks

struct ReportTests {
    /// A row whose rounds went 10 of 20, 30 of 40 and 20 of 80.
    private static func row(_ target: Target?) -> Row {
        var row = Row("made-up", "made up", unit: "things/s", count: 7, baseline: "raw things", target: target)
        row.values = [10, 30, 20]
        row.baselines = [20, 40, 80]
        return row
    }

    private static let machine = Machine(folder: "/")

    @Test func `a ratio is taken round by round before the median`() {
        // The medians themselves are 20 and 40; the rounds are 0.5, 0.75 and 0.25.
        let ratios = Self.row(nil).ratios
        #expect(ratios?.median == 0.5 && ratios?.least == 0.25 && ratios?.greatest == 0.75)
    }

    @Test(arguments: [
        (Target(atLeast: 20), true), (Target(atLeast: 20.1), false), (Target(atMost: 20), true),
        (Target(atMost: 19.9), false), (Target(ratioAtLeast: 0.5), true), (Target(ratioAtLeast: 0.51), false),
        (Target(ratioAtMost: 0.5), true), (Target(ratioAtMost: 0.49), false),
        // One of two limits is enough.
        (Target(atLeast: 1000, ratioAtLeast: 0.5), true), (Target(atLeast: 20, ratioAtLeast: 9), true),
        (Target(atLeast: 1000, ratioAtLeast: 9), false),
    ])
    func `a target is met by the median`(target: Target, isMet: Bool) {
        #expect(Self.row(target).isMet == isMet)
    }

    @Test func `without a target or a value nothing is judged`() {
        #expect(Self.row(nil).isMet == nil)
        #expect(Row("a", "a", unit: "", count: 1, target: Target(atMost: 1)).isMet == nil)
        // A ratio that was not measured meets nothing.
        #expect(!Target(ratioAtLeast: 0).isMet(value: 1, ratio: nil))
    }

    @Test func `a target says its limits, what they are of, and for which size`() {
        let target = Target(atLeast: 1_000_000, ratioAtLeast: 0.7, entries: 10_000)
        #expect(
            target.text(unit: "entries/s", baseline: "raw reads")
                == "at least 1,000,000 entries/s, or at least 0.7 of raw reads, at 10,000 entries")
        #expect(Target(atMost: 1.25).text(unit: "", baseline: nil) == "at most 1.25")
    }

    @Test func `the text says machine, figures, ratio and target`() {
        var report = BenchmarkReport(machine: Self.machine, size: 5000, rounds: 3)
        report.add(Self.row(Target(ratioAtLeast: 0.6)))
        report.add(Row("none", "never measured", unit: "µs", count: 1))
        let lines = report.text.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix(Self.machine.cpu) && lines[1].hasPrefix("SQLite 3."))
        #expect(lines[3] == "a ledger of 5,000 decisions; median (least to greatest) of 3 rounds in turn")
        #expect(lines[4].hasPrefix("made up   ") && lines[4].hasSuffix("   (10 to 30)"))
        #expect(lines[4].contains("  20 things/s  "))
        #expect(lines[5] == "    0.5 (0.25 to 0.75) of raw things: 40 things/s")
        #expect(lines[6] == "    target: at least 0.6 of raw things: not met")
        #expect(lines[7] == "0 of 1 targets met with 5,000 decisions on this machine")
        #expect(lines.count == 8)
    }

    @Test func `the JSON holds every value, and reads back`() throws {
        var report = BenchmarkReport(machine: Self.machine, size: 5000, rounds: 3)
        report.add(Self.row(Target(atLeast: 1, ratioAtMost: 2, entries: 9)))
        report.curve = [CurveTests.point(10_000)]
        let json = try JSON(parsing: report.json.bytes())
        #expect(json == report.json)
        #expect(json["size"]?.integer == 5000 && json["rounds"]?.integer == 3)
        #expect(json["settings"]?["page_size"]?.integer == 8192)
        let row = try #require(json["rows"]?.items?.first)
        let want = #"""
            {"baseline":{"max":80.000,"median":40.000,"min":20.000,"title":"raw things","values":[20.000,40.000,80.000]},\#
            "count":7,"max":30.000,"median":20.000,"min":10.000,"name":"made-up",\#
            "ratio":{"max":0.750,"median":0.500,"min":0.250},\#
            "target":{"at_least":1.000,"entries":9,"met":true,"ratio_at_most":2.000,\#
            "text":"at least 1 things/s, or at most 2 of raw things, at 9 entries"},\#
            "title":"made up","unit":"things/s","values":[10.000,30.000,20.000]}
            """#
        #expect(String(decoding: row.bytes(), as: UTF8.self) == want)
        #expect(json["curve"]?.items?.first?["entries"]?.integer == 10_000)
    }

    @Test func `a machine is described by what the kernel says`() {
        #expect(Machine.cpuName("processor : 0\nmodel name\t: Some CPU @ 2.5: GHz\n") == "Some CPU @ 2.5: GHz")
        #expect(Machine.cpuName("") == "a processor without a name")
        let mounts =
            "/dev/a / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/b /tmp/in xfs rw 0 0\n/dev/c /tmp/in btrfs rw 0 0\n"
        #expect(Machine.fileSystem(of: "/home/x", mounts: mounts) == "ext4")
        #expect(Machine.fileSystem(of: "/tmp/inner", mounts: mounts) == "tmpfs")
        #expect(Machine.fileSystem(of: "/tmp/in/x", mounts: mounts) == "btrfs")
        #expect(Machine.fileSystem(of: "/x", mounts: "") == "a file system without a name")
        let machine = Self.machine
        #expect(machine.cores > 0 && machine.memoryBytes > 1 << 20 && machine.kernel.hasPrefix("Linux "))
        #expect(machine.openssl.hasPrefix("OpenSSL ") && machine.sqlite.hasPrefix("3."))
    }
}
