import Because
import Glibc

/// What recording costs.
extension Benchmark {
    /// The disk itself: a page written and synced.
    func disk() throws -> Row {
        let count = max(20, min(200, size / 100))
        var row = Row("disk", "fdatasync of the disk, 8 KiB each", unit: "writes/s", count: count)
        let path = folder + "/disk"
        let file = open(path, O_RDWR | O_CREAT, 0o600)
        defer {
            close(file)
            unlink(path)
        }
        let page = [UInt8](repeating: 0x5a, count: RawSQLite.pageSize)
        // Written once before: what is measured does not make the file longer, as a WAL in use does not.
        for index in 0..<count {
            guard pwrite(file, page, page.count, index * page.count) == page.count else { throw fileFailure(path) }
        }
        guard fsync(file) == 0 else { throw fileFailure(path) }
        for _ in 0..<rounds {
            row.values.append(
                try Stopwatch.rate(count) {
                    for index in 0..<count {
                        guard pwrite(file, page, page.count, index * page.count) == page.count, fdatasync(file) == 0
                        else { throw fileFailure(path) }
                    }
                })
        }
        return row
    }

    func recordingOne() async throws -> Row {
        let row = Row(
            "record-1", "record, one at a time, each durable", unit: "records/s",
            count: min(300, max(20, size / 50)), baseline: "raw commits of one row", target: Target(ratioAtLeast: 0.6))
        return try await againstRaw(row, rawBatch: 1) { decisions, ledger in
            for decision in decisions { _ = try await ledger.record(decision) }
        }
    }

    func recording100() async throws -> Row {
        let row = Row(
            "record-100", "record, batches of 100", unit: "records/s", count: recordingCount / 5,
            baseline: "raw batches of 100 rows")
        return try await againstRaw(row, rawBatch: 100) { decisions, ledger in
            try await Workload.record(decisions, in: ledger, batch: 100)
        }
    }

    func recording1000() async throws -> Row {
        let row = Row(
            "record-1000", "record, batches of 1,000", unit: "records/s", count: recordingCount,
            baseline: "raw batches of 1,000 rows", target: Target(ratioAtLeast: 0.7))
        return try await againstRaw(row, rawBatch: 1000) { decisions, ledger in
            try await Workload.record(decisions, in: ledger, batch: 1000)
        }
    }

    func callers() async throws -> Row {
        let row = Row(
            "callers", "record, 1,000 callers at once", unit: "records/s", count: max(100, recordingCount / 2),
            baseline: "raw batches of 1,000 rows", target: Target(ratioAtLeast: 0.5))
        return try await againstRaw(row, rawBatch: 1000) { decisions, ledger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<1000 {
                    group.addTask {
                        for index in stride(from: caller, to: decisions.count, by: 1000) {
                            _ = try await ledger.record(decisions[index])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// The command as a process of its own, from its start to its end, receipts included.
    func ndjson() async throws -> Row {
        let count = recordingCount
        var row = Row(
            "ndjson", "because record, from NDJSON", unit: "records/s", count: count, target: Target(atLeast: 60_000))
        let path = folder + "/input.ndjson"
        try writeLines(count, to: path)
        for round in 0..<rounds {
            let ledger = "\(folder)/ndjson-\(round)"
            await (try await Workload.ledger(ledger)).close()
            row.values.append(
                try Stopwatch.rate(count) {
                    try program.run(["record", path, "--ledger", ledger], output: folder + "/receipts")
                })
            removeFolder(ledger)
        }
        return row
    }

    private var recordingCount: Int { min(size, Self.recordingLimit) }

    /// Measures `record` into a new ledger, and the same bytes into a database, in turn; who is first changes from round
    /// to round.
    private func againstRaw(
        _ row: Row, rawBatch: Int, record: ([Decision], Ledger) async throws -> Void
    ) async throws -> Row {
        var row = row
        let decisions = Workload.decisions(0..<row.count)
        var rows: [[UInt8]] = []
        for round in 0..<rounds {
            let isFirst = round % 2 == 0
            if !isFirst { row.baselines.append(try rawRate(rows, batch: rawBatch)) }
            let path = "\(folder)/ours"
            let ledger = try await Workload.ledger(path)
            row.values.append(try await Stopwatch.rate(row.count) { try await record(decisions, ledger) })
            if rows.isEmpty { rows = try Workload.rows(of: ledger) }
            await ledger.close()
            removeFolder(path)
            if isFirst { row.baselines.append(try rawRate(rows, batch: rawBatch)) }
        }
        return row
    }

    private func rawRate(_ rows: [[UInt8]], batch: Int) throws -> Double {
        let path = "\(folder)/raw"
        defer { removeFolder(path) }
        guard mkdir(path, 0o700) == 0 else { throw fileFailure(path) }
        let raw = try RawSQLite(path: path + "/raw.sqlite")
        return try Stopwatch.rate(rows.count) { try raw.insert(rows, batch: batch) }
    }

    private func writeLines(_ count: Int, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(file) }
        for start in stride(from: 0, to: count, by: 1000) {
            let lines = Workload.decisions(start..<min(start + 1000, count))
                .flatMap { $0.bytes + [UInt8(ascii: "\n")] }
            guard write(file, lines, lines.count) == lines.count else { throw fileFailure(path) }
        }
    }

    func fileFailure(_ path: String) -> BenchmarkError {
        .file(path: path, detail: String(cString: strerror(errno)))
    }
}
