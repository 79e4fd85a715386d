import Because
import Dispatch
import Foundation
import Glibc

/// Measures the ledger against raw SQLite on the same bytes, in one run and in turn.
public struct Benchmark {
    /// Records in the largest measurement; the others are fractions of it.
    public var size: Int
    /// How often each is measured.
    public var rounds: Int
    private let folder: String

    public init(size: Int, rounds: Int) throws {
        precondition(size >= 1000 && rounds > 0, "sizes are checked by the command")
        self.size = size
        self.rounds = rounds
        var template = Array(
            "\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/because-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw StoreError.io(detail: "no temporary folder: \(String(cString: strerror(errno)))")
        }
        folder = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    /// Runs everything; `progress` names what is measured next.
    public func run(progress: (String) -> Void) async throws -> BenchmarkReport {
        defer { remove() }
        var report = BenchmarkReport(size: size, rounds: rounds)
        for batch in [1, 100, 1000] {
            progress("recording in batches of \(batch)")
            try await report.add(recording(batch: batch))
        }
        progress("1000 callers at once")
        try await report.add(concurrent())
        progress("from NDJSON")
        try await report.add(fromNDJSON())
        progress("reading")
        let path = folder + "/large"
        let ledger = try await Workload.ledger(path)
        try await Workload.record(Workload.decisions(0..<size), in: ledger, batch: 1000)
        await ledger.close()
        try await report.add(verifying(path))
        try await addLatencies(path, &report)
        return report
    }

    /// Removes the folder, whose name nobody else has.
    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    // MARK: Recording

    private func recording(batch: Int) async throws -> BenchmarkReport.Row {
        let count = batch == 1 ? max(200, size / 50) : batch == 100 ? size / 5 : size
        let decisions = Workload.decisions(0..<count)
        let rows = try Self.rows(decisions)
        var row = BenchmarkReport.Row(name: "record, batches of \(batch)", baseline: "raw inserts", unit: "records/s")
        for round in 0..<rounds {
            let raw = try RawSQLite(path: "\(folder)/raw-\(batch)-\(round)")
            row.baselines.append(try Self.rate(count) { try raw.insert(rows, batch: batch) })
            let ledger = try await Workload.ledger("\(folder)/ours-\(batch)-\(round)")
            row.values.append(
                try await Self.rate(count) { try await Workload.record(decisions, in: ledger, batch: batch) })
            await ledger.close()
        }
        return row
    }

    private func concurrent() async throws -> BenchmarkReport.Row {
        let count = size / 5
        let decisions = Workload.decisions(0..<count)
        let rows = try Self.rows(decisions)
        var row = BenchmarkReport.Row(name: "record, 1000 callers", baseline: "raw, batches of 1000", unit: "records/s")
        for round in 0..<rounds {
            let raw = try RawSQLite(path: "\(folder)/raw-callers-\(round)")
            row.baselines.append(try Self.rate(count) { try raw.insert(rows, batch: 1000) })
            let ledger = try await Workload.ledger("\(folder)/ours-callers-\(round)")
            let rate = try await Self.rate(count) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for caller in 0..<1000 {
                        group.addTask {
                            for index in stride(from: caller, to: count, by: 1000) {
                                _ = try await ledger.record(decisions[index])
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            row.values.append(rate)
            await ledger.close()
        }
        return row
    }

    private func fromNDJSON() async throws -> BenchmarkReport.Row {
        let path = folder + "/input.ndjson"
        let lines = Workload.decisions(0..<size).flatMap { $0.bytes + [UInt8(ascii: "\n")] }
        let file = open(path, O_RDWR | O_CREAT, 0o600)
        defer { close(file) }
        guard write(file, lines, lines.count) == lines.count else {
            throw StoreError.io(detail: "cannot write \(path)")
        }
        var row = BenchmarkReport.Row(name: "record from NDJSON", baseline: nil, unit: "records/s")
        for round in 0..<rounds {
            let ledger = try await Workload.ledger("\(folder)/ndjson-\(round)")
            lseek(file, 0, SEEK_SET)
            let recorder = Recorder(ledger, onReceipt: { _ in }, onProblem: { _ in })
            row.values.append(try await Self.rate(size) { _ = try await recorder.record(file) })
            await ledger.close()
        }
        return row
    }

    /// For each decision one row of as many bytes as its entry and sealed values have.
    private static func rows(_ decisions: [Decision]) throws -> [[UInt8]] {
        let digest = SHA256.digest(of: "bench")
        return try decisions.map { decision in
            let sealed = try Submission(decision).sealed(randomness: .system) { _ in
                .citation(Because.Citation(document: digest, section: digest, authority: "root"))
            }
            return sealed.bytes + [UInt8](repeating: 0x20, count: 160) + sealed.texts.flatMap(\.self)
        }
    }

    // MARK: Reading

    private func verifying(_ path: String) async throws -> BenchmarkReport.Row {
        var row = BenchmarkReport.Row(
            name: "verify, all cores", baseline: "raw read and SHA-256, all cores", unit: "entries/s")
        let total = Int64(size + 2)
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        for _ in 0..<rounds {
            row.baselines.append(
                Self.rate(Int(total)) {
                    DispatchQueue.concurrentPerform(iterations: cores) { core in
                        let range = total * Int64(core) / Int64(cores)..<total * Int64(core + 1) / Int64(cores)
                        _ = try? RawSQLite.readAndHash(path + "/log.sqlite", range)
                    }
                })
            row.values.append(
                try await Self.rate(Int(total)) {
                    let report = try await Verification(folder: path).run()
                    guard report.exitStatus == 0 else { throw StoreError.damaged(detail: report.text) }
                })
        }
        return row
    }

    private func addLatencies(_ path: String, _ report: inout BenchmarkReport) async throws {
        var opening = BenchmarkReport.Row(name: "open for reading", baseline: nil, unit: "µs")
        for _ in 0..<max(5, rounds) {
            opening.values.append(
                try Self.microseconds(1) { _ = try Ledger.open(at: path, for: .reading).read { $0.size } })
        }
        report.add(opening)
        let ledger = try Ledger.open(at: path, for: .reading)
        let ids = (0..<200).map { "bench-\($0 &* 7919 % size)" }
        var indexing = BenchmarkReport.Row(name: "index catch-up", baseline: nil, unit: "records/s")
        for _ in 0..<rounds { indexing.values.append(try Self.rate(size) { try ledger.index.rebuild() }) }
        report.add(indexing)
        var why = BenchmarkReport.Row(name: "why, warm", baseline: nil, unit: "µs")
        var proving = BenchmarkReport.Row(name: "prove an entry, store included", baseline: nil, unit: "µs")
        var checking = BenchmarkReport.Row(name: "check a proof, signature apart", baseline: nil, unit: "µs")
        for _ in 0..<rounds {
            why.values.append(try Self.microseconds(ids.count) { for id in ids { _ = try ledger.index.explain(id) } })
            try ledger.read { view in
                let numbers = (0..<200).map { UInt64($0 &* 7919 % size) }
                var proven: [ProvenEntry] = []
                proving.values.append(try Self.microseconds(200) { proven = try numbers.map { try view.proven($0) } })
                checking.values.append(
                    try Self.microseconds(200) {
                        for entry in proven {
                            try entry.proof.check(
                                leaf: entry.leaf, index: entry.entry.number, size: view.size, root: view.checkpoint.root
                            )
                        }
                    })
            }
        }
        for row in [why, proving, checking] { report.add(row) }
    }

    // MARK: Time

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func rate(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return Double(count) / (now() - start)
    }

    private static func rate(_ count: Int, _ body: () async throws -> Void) async rethrows -> Double {
        let start = now()
        try await body()
        return Double(count) / (now() - start)
    }

    private static func microseconds(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return (now() - start) * 1e6 / Double(count)
    }
}
