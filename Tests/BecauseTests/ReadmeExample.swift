import Because

/// The lines that the README shows: a decision is recorded, explained and verified.
func readmeExample(folder: String) async throws {
    let ledger = try await Ledger.create(at: folder, origin: "acme.example/decisions")
    try await ledger.register(contentsOf: "rules.md", id: "acme/rules", version: "2026-11")

    let receipt = try await ledger.record(
        Decision(
            outcome: .refuse,
            summary: "Refused to send the customer file to an external address",
            principles: ["acme/rules#protect-privacy"],
            rationale: .init("Nobody authorised sharing.", source: .model, timing: .with)))

    print(try await ledger.explain(receipt.id))
    print(try await ledger.verify())
}
