import Because
import Figures
import Glibc

/// What things cost in a ledger of one size.
struct CurvePoint: Sendable {
    /// The number of decisions in it.
    let entries: Int
    /// Microseconds for each decision recorded since the size before, in batches of 1,000.
    let append: Double
    /// Microseconds for an entry read, hashed and proven, by a ledger that has not seen its tile before.
    let proofFirst: Double
    /// The same once more.
    let proofAgain: Double
    /// Microseconds for a proof checked.
    let proofChecked: Double
    /// Microseconds for an answer of a library that has answered before.
    let why: Double
    /// Megabytes of memory at most of the process that recorded these.
    let memory: Double
}

extension Benchmark {
    /// The sizes at which the curve is measured: 10^4, and on by factors of about three up to `limit`.
    static func curveSizes(upTo limit: Int) -> [Int] {
        var sizes: [Int] = []
        var decade = 10_000
        while decade < limit {
            sizes += [decade, decade * 3].filter { $0 < limit }
            decade *= 10
        }
        return sizes + [limit]
    }

    /// Lets one ledger grow up to `limit` decisions and measures on the way.
    public func curve(upTo limit: Int, into report: inout BenchmarkReport, progress: (String) -> Void) async throws {
        try checkSpace(for: limit)
        var growing = self
        let path = folder + "/curve"
        defer { removeFolder(path) }
        var made = 0
        for size in Self.curveSizes(upTo: limit) {
            progress("a ledger growing to \(Figure.count(size)) decisions")
            let recorded = try answer(.record, at: path, count: size - made)
            growing.size = size
            report.curve.append(
                try growing.point(
                    at: path, append: recorded.seconds * 1e6 / Double(size - made),
                    memory: Double(recorded.peakBytes) / 1_000_000))
            made = size
        }
    }

    /// Bytes of disk that a decision takes in log and index at most, with what SQLite holds besides while it writes.
    static let bytesEach = 2_000

    /// Throws unless the disk has room for the curve: better now than after a quarter of an hour.
    private func checkSpace(for limit: Int) throws(BenchmarkError) {
        var disk = statvfs()
        guard statvfs(folder, &disk) == 0 else { throw .folder(path: folder, detail: String(cString: strerror(errno))) }
        let free = Int(disk.f_bavail) * Int(disk.f_frsize)
        guard free >= limit * Self.bytesEach else {
            throw .space(path: folder, free: free, wanted: limit * Self.bytesEach, entries: limit)
        }
    }

    private func point(at path: String, append: Double, memory: Double) throws -> CurvePoint {
        let proofs = try proofs(of: path).compactMap(\.summary?.median)
        let ledger = try Ledger.open(at: path, for: .reading)
        _ = try ledger.index.update()
        let ids = spread(200).map { "bench-\($0)" }
        let answers = try (0..<rounds).map { _ in
            try Stopwatch.microseconds(ids.count) { for id in ids { _ = try ledger.index.explain(id) } }
        }
        return CurvePoint(
            entries: size, append: append, proofFirst: proofs[0], proofAgain: proofs[1], proofChecked: proofs[2],
            why: Summary(answers)?.median ?? 0, memory: memory)
    }
}
