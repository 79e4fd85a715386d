import Because

/// What a child process does to tell how much memory it takes: it answers with the peak, in bytes.
public enum Step: String, CaseIterable, Sendable {
    case open
    case record
    case verify

    /// Does it with the ledger at `path`, which `record` makes with `count` decisions.
    public func run(at path: String, count: Int) async throws -> Int {
        switch self {
        case .open: _ = try Ledger.open(at: path, for: .reading).read { $0.size }
        case .record:
            let ledger = try await Workload.ledger(path)
            _ = try await Workload.record(count, in: ledger, batch: 1000)
            await ledger.close()
        case .verify:
            let report = try await Verification(folder: path).run()
            guard report.exitStatus == 0 else { throw BenchmarkError.answer(detail: report.text) }
        }
        return ProcessMemory.peakBytes
    }
}
