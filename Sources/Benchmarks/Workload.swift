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

    /// Records decisions in batches, from values to receipts.
    static func record(_ decisions: [Decision], in ledger: Ledger, batch: Int) async throws {
        for start in stride(from: 0, to: decisions.count, by: batch) {
            let submissions = try decisions[start..<min(start + batch, decisions.count)].map { try Submission($0) }
            for result in await ledger.record(submissions) { _ = try result.get() }
        }
    }
}
