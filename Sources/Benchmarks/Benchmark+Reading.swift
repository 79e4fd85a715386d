import Because
import Foundation
import Glibc

/// What reading the large ledger costs.
extension Benchmark {
    /// The size for which the targets of reading are meant.
    static let targetSize = 1_000_000

    func bytes() throws -> Row {
        var row = Row(
            "bytes", "bytes on disk, of entry and sealed values", unit: "", count: size, target: Target(atMost: 1.25))
        let ledger = try Ledger.open(at: largeLedger, for: .reading)
        var content = 0
        try ledger.read { view in
            try view.snapshot.entries(0..<view.size) { content += $1.count }
            try view.snapshot.disclosures(0..<view.size) { content += $2.count }
        }
        var stored = 0
        for name in ["log.sqlite", "log.sqlite-wal"] {
            var status = stat()
            if stat("\(largeLedger)/\(name)", &status) == 0 { stored += Int(status.st_size) }
        }
        row.values.append(Double(stored) / Double(content))
        return row
    }

    func verifying() async throws -> Row {
        let total = size + Workload.firstDecision
        var row = Row(
            "verify", "verify everything, all cores", unit: "entries/s", count: total,
            baseline: "raw read and SHA-256 on all cores", target: Target(atLeast: 1_000_000, ratioAtLeast: 0.7))
        let raw = RawReading(path: largeLedger + "/log.sqlite", count: total)
        let ours = {
            try await Stopwatch.rate(total) {
                let report = try await Verification(folder: largeLedger).run()
                guard report.exitStatus == 0 else { throw BenchmarkError.answer(detail: report.text) }
            }
        }
        for round in 0..<rounds {
            if round % 2 == 1 { row.values.append(try await ours()) }
            row.baselines.append(try Stopwatch.rate(total) { _ = try raw.run() })
            if round % 2 == 0 { row.values.append(try await ours()) }
        }
        return row
    }

    func indexing() throws -> Row {
        var row = Row(
            "index", "index catch-up, full text included", unit: "records/s", count: size,
            target: Target(atLeast: 40_000))
        let ledger = try Ledger.open(at: largeLedger, for: .reading)
        // Some seconds each time: three are enough.
        for _ in 0..<min(3, rounds) { row.values.append(try Stopwatch.rate(size) { try ledger.index.rebuild() }) }
        return row
    }

    func why() throws -> [Row] {
        let ledger = try Ledger.open(at: largeLedger, for: .reading)
        // What is missing in the index is added here, so that the questions below find it up to date.
        _ = try ledger.index.update()
        let ids = spread(200).map { "bench-\($0)" }
        var cold = Row(
            "why-cold", "because why, a process of its own", unit: "ms", count: 1,
            target: Target(atMost: 60, entries: Self.targetSize))
        var warm = Row(
            "why-warm", "why, in a library that has answered before", unit: "µs", count: ids.count,
            target: Target(atMost: 1000, entries: Self.targetSize))
        for round in 0..<rounds {
            cold.values.append(
                try Stopwatch.microseconds(1) {
                    try program.run(["why", ids[round % ids.count], "--ledger", largeLedger], output: "/dev/null")
                } / 1000)
            warm.values.append(
                try Stopwatch.microseconds(ids.count) { for id in ids { _ = try ledger.index.explain(id) } })
        }
        return [cold, warm]
    }

    func opening() throws -> [Row] {
        var reading = Row(
            "open-reading", "open for reading", unit: "ms", count: 1,
            target: Target(atMost: 20, entries: Self.targetSize))
        var recording = Row(
            "open-recording", "open for recording", unit: "ms", count: 1,
            target: Target(atMost: 20, entries: Self.targetSize))
        var memory = Row(
            "open-memory", "peak memory of a process that opens it", unit: "MB", count: 1,
            target: Target(atMost: 40, entries: Self.targetSize))
        for _ in 0..<rounds {
            reading.values.append(
                try Stopwatch.microseconds(1) {
                    _ = try Ledger.open(at: largeLedger, for: .reading).read { $0.size }
                } / 1000)
            recording.values.append(
                try Stopwatch.microseconds(1) {
                    _ = try Ledger.open(at: largeLedger, for: .recording).read { $0.size }
                } / 1000)
            memory.values.append(try megabytes(.open, at: largeLedger))
        }
        return [reading, recording, memory]
    }

    /// The peak of a process that records, and of one that verifies, beside that with a tenth as many.
    func memory() throws -> [Row] {
        let target = Target(ratioAtMost: 1.25, entries: 10_000_000)
        var recording = Row(
            "memory-recording", "peak memory, recording", unit: "MB", count: size,
            baseline: "that with a tenth as many",
            target: target)
        var verifying = Row(
            "memory-verifying", "peak memory, verifying", unit: "MB", count: size,
            baseline: "that with a tenth as many", target: target)
        let (small, large) = (folder + "/tenth", folder + "/whole")
        defer { for path in [small, large] { removeFolder(path) } }
        recording.baselines.append(try megabytes(.record, at: small, count: size / 10))
        recording.values.append(try megabytes(.record, at: large, count: size))
        verifying.baselines.append(try megabytes(.verify, at: small))
        verifying.values.append(try megabytes(.verify, at: largeLedger))
        return [recording, verifying]
    }

    private func megabytes(_ step: Step, at path: String, count: Int = 0) throws -> Double {
        Double(try answer(step, at: path, count: count).peakBytes) / 1_000_000
    }

    /// What a process of its own says after the step.
    func answer(_ step: Step, at path: String, count: Int) throws -> Step.Answer {
        let arguments = ["--step", step.rawValue, "--step-ledger", path, "--step-count", "\(count)"]
        return try Step.Answer(parsing: program.run(["bench"] + arguments))
    }

    /// `count` numbers of decisions, spread over the large ledger so that hardly two share a tile.
    func spread(_ count: Int) -> [Int] { (0..<count).map { ($0 &* 7919 &+ 13) % size } }

    func removeFolder(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
