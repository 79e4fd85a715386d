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

/// The lines that the README shows: an application numbers its decisions.
func readmeNumbering(ledger: Ledger, decision: Decision) async throws -> NumberedReceipt {
    let producer = try await Producer.open(
        id: "billing-agent", version: "4.2.1", ledger: ledger, spool: "billing.spool", mode: .spool())
    let attempt = try await producer.attempt(summary: "Send the customer file")  // on record before it takes effect
    let receipt = try await attempt.decide(decision)  // in the ledger, or in the spool until that can be reached
    try await producer.close()
    return receipt
}
