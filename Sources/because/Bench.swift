import ArgumentParser
import Because
import Benchmarks
import Glibc

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure recording, verifying and asking on this machine against raw SQLite in the same run.",
        discussion: """
            What can be measured on its own with --only: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).

            A row with a target says whether it is met; the exit status does not. --plot measures the curve of cost against \
            size, and rows only where --only names them. A million decisions of it take some three minutes and 2 GB of disk, \
            ten million half an hour and 20 GB: --plot-size 1000000 is enough to see its form. schema/BENCHMARKS.md says how \
            each is measured, and what --json holds.
            """)

    @Option(help: "Decisions in the ledger that is read: 1000 to 10000000.") var size = 50_000
    @Option(help: "How often each is measured.") var rounds = 5
    @Option(help: ArgumentHelp("Measure this only; may be given several times.", valueName: "name"), transform: subject)
    var only: [Subject] = []
    @Option(help: ArgumentHelp("Draw the curve of cost against size as SVG.", valueName: "file")) var plot: String?
    @Option(help: "Decisions at the end of the curve: 20000 to 10000000.") var plotSize = 10_000_000
    @Option(help: ArgumentHelp("Measure in a new folder in this one.", valueName: "dir")) var folder: String?
    @Flag(help: "Print the figures as JSON.") var json = false

    // What a process that this command starts is to do.
    @Option(help: .private, transform: step) var step: Step?
    @Option(help: .private) var stepLedger = ""
    @Option(help: .private) var stepCount = 0

    func validate() throws {
        guard 1000...10_000_000 ~= size else { throw ValidationError("--size takes a number from 1000 to 10000000") }
        guard 1...100 ~= rounds else { throw ValidationError("--rounds takes a number from 1 to 100") }
        guard 20_000...10_000_000 ~= plotSize else {
            throw ValidationError("--plot-size takes a number from 20000 to 10000000")
        }
    }

    func run() async throws {
        if let step { return Terminal.write(try await step.run(at: stepLedger, count: stepCount).text) }
        let parent = folder ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var benchmark = try Benchmark(in: parent, program: "/proc/self/exe")
        defer { benchmark.remove() }
        benchmark.size = size
        benchmark.rounds = rounds
        benchmark.subjects = only.isEmpty && plot == nil ? Set(Subject.allCases) : Set(only)
        let note: (String) -> Void = { Terminal.note("measuring: \($0)") }
        var report = try await benchmark.run(progress: note)
        if let plot {
            let output = OutputFile(plot)
            try await benchmark.curve(upTo: plotSize, into: &report, progress: note)
            try output.write(report.svg)
        }
        json ? Terminal.write(report.json) : Terminal.write(report.text)
    }

    private static func subject(_ name: String) throws -> Subject {
        guard let subject = Subject(rawValue: name) else {
            throw ValidationError("nothing called '\(name)' is measured; because bench --help lists what is")
        }
        return subject
    }

    private static func step(_ name: String) throws -> Step {
        guard let step = Step(rawValue: name) else { throw ValidationError("there is no step '\(name)'") }
        return step
    }
}
