import Testing

@testable import Because

/// Ledgers on disk, as the command makes them.
enum TestLedger {
    /// Creates the ledger of a test; returns its key. It has one entry.
    static func create(_ scratch: Scratch) async throws -> VerifierKey {
        let ledger = try await Ledger.create(at: scratch.ledger, origin: "acme.example/decisions")
        await ledger.close()
        return ledger.firstKey
    }

    static func record(_ count: Int, in scratch: Scratch) async throws {
        let ledger = try Ledger.open(at: scratch.ledger)
        try await record(count, in: ledger)
        await ledger.close()
    }

    /// Records `count` decisions, at most 40 of them in a commit.
    static func record(_ count: Int, in ledger: Ledger) async throws {
        let json: JSON = [
            "outcome": "refuse", "summary": "Refused to send Jane Doe's file", "none_cited": "there is no rule",
            "rationale_absent": "the model gave none",
        ]
        for start in stride(from: 0, to: count, by: 40) {
            let submissions = try (start..<min(start + 40, count)).map { _ in try Submission(checking: json) }
            for result in await ledger.record(submissions) { _ = try result.get() }
        }
    }
}
