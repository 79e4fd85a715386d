import Because
import Glibc

/// What a process of its own does to tell how much memory it takes.
public enum Step: String, CaseIterable, Sendable {
    case open
    case record
    case verify

    /// What such a process says: the bytes it had at most, and the seconds that it took for what it was asked to do.
    public struct Answer: Equatable, Sendable {
        let peakBytes: Int
        let seconds: Double

        public var text: String { "\(peakBytes) \(seconds)\n" }

        init(peakBytes: Int, seconds: Double) {
            self.peakBytes = peakBytes
            self.seconds = seconds
        }

        init(parsing text: String) throws(BenchmarkError) {
            let words = text.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, let bytes = Int(words[0]), let seconds = Double(words[1]) else {
                throw .answer(detail: "a process said '\(text)'")
            }
            self.init(peakBytes: bytes, seconds: seconds)
        }
    }

    /// Does it with the ledger at `path`, to which `record` adds `count` decisions: it makes the ledger where there is none.
    public func run(at path: String, count: Int) async throws -> Answer {
        let start = Stopwatch.now()
        switch self {
        case .open: _ = try Ledger.open(at: path, for: .reading).read { $0.size }
        case .record:
            let seconds = try await record(count, at: path)
            return Answer(peakBytes: ProcessMemory.peakBytes, seconds: seconds)
        case .verify:
            let report = try await Verification(folder: path).run()
            guard report.exitStatus == 0 else { throw BenchmarkError.answer(detail: report.text) }
        }
        return Answer(peakBytes: ProcessMemory.peakBytes, seconds: Stopwatch.now() - start)
    }

    private func record(_ count: Int, at path: String) async throws -> Double {
        let isThere = access(path, F_OK) == 0
        let ledger = isThere ? try Ledger.open(at: path) : try await Workload.ledger(path)
        let first = Int(try ledger.read { $0.size }) - Workload.firstDecision
        let seconds = try await Workload.record(count, from: first, in: ledger, batch: 1000)
        await ledger.close()
        return seconds
    }
}
