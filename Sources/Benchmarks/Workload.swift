import Because

/// Decisions of about 700 bytes an entry, with three sealed texts: the same from run to run.
enum Workload {
    /// The specification that they cite.
    static let specification = """
        # Benchmark {#benchmark}
        ## Protect privacy {#protect_privacy authority=root}
        Keep what is private private.
        """

    static func decision(_ number: Int) -> Decision {
        var decision = Decision(
            id: "bench-\(number)", outcome: number % 3 == 0 ? .refuse : .comply,
            summary: "Decided request \(number) about the customer file of branch \(number % 97)",
            principles: [.init("bench/spec@1#protect_privacy")],
            rationale: .init(
                "The address \(number % 1009) is outside the company and nobody authorised sharing it with branch \(number % 89).",
                source: .model, timing: .with))
        decision.kind = .respond
        decision.inputs = [
            .init(
                name: nil, role: .user, text: "Please send the file of customer \(number &* 7919 % 100_003) to me now.")
        ]
        decision.model = .init(provider: "example", requested: "m-large", served: "m-large-2026-09")
        decision.producer = .init("bench", version: "1", epoch: "e", seq: Int64(number + 1))
        return decision
    }

    static func decisions(_ range: Range<Int>) -> [Decision] { range.map(decision) }

    /// A new ledger in `folder` with the specification registered.
    static func ledger(_ folder: String) async throws -> Ledger {
        let ledger = try await Ledger.create(at: folder, origin: "bench.example/log")
        _ = try await ledger.register(
            Specification(parsing: Array(specification.utf8), format: .modelSpec, id: "bench/spec", version: "1"))
        return ledger
    }

    /// The number of entries before the first decision: the ledger's own and the specification's.
    static let firstDecision = 2

    /// Records decisions in batches, from values to receipts.
    static func record(_ decisions: [Decision], in ledger: Ledger, batch: Int) async throws {
        for start in stride(from: 0, to: decisions.count, by: batch) {
            try await record(decisions[start..<min(start + batch, decisions.count)], in: ledger)
        }
    }

    /// Makes and records `count` decisions from number `first` on, and returns the seconds that recording took: memory
    /// stays that of one batch.
    static func record(_ count: Int, from first: Int = 0, in ledger: Ledger, batch: Int) async throws -> Double {
        var seconds = 0.0
        for start in stride(from: first, to: first + count, by: batch) {
            let decisions = decisions(start..<min(start + batch, first + count))
            let begin = Stopwatch.now()
            try await record(decisions[...], in: ledger)
            seconds += Stopwatch.now() - begin
        }
        return seconds
    }

    private static func record(_ decisions: ArraySlice<Decision>, in ledger: Ledger) async throws {
        let submissions = try decisions.map { try Submission($0) }
        for result in await ledger.record(submissions) { _ = try result.get() }
    }

    /// For each decision of a ledger one row: the bytes of its entry and of its sealed values, as they are stored.
    static func rows(of ledger: Ledger) throws -> [[UInt8]] {
        try ledger.read { view in
            var rows: [[UInt8]] = []
            let range = UInt64(firstDecision)..<view.size
            try view.snapshot.entries(range) { _, bytes in rows.append(Array(bytes)) }
            try view.snapshot.disclosures(range) { number, _, text in
                rows[Int(number) - firstDecision] += text
            }
            return rows
        }
    }
}
