import ArgumentParser
import Because
import Benchmarks

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure recording, verifying and asking on this machine against raw SQLite in the same run.")

    @Option(help: "Records in the largest measurement.") var size = 50_000
    @Option(help: "How often each is measured.") var rounds = 3
    @Flag(help: "Print the figures as JSON.") var json = false

    func validate() throws {
        guard 1000...10_000_000 ~= size else { throw ValidationError("--size takes a number from 1000 to 10000000") }
        guard 1...100 ~= rounds else { throw ValidationError("--rounds takes a number from 1 to 100") }
    }

    func run() async throws {
        let report = try await Benchmark(size: size, rounds: rounds).run { Terminal.note("measuring: \($0)") }
        json ? Terminal.write(report.json) : Terminal.write(report.text)
    }
}
