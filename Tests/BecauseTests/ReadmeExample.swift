import Because

/// Records a decision of a billing agent, asks why it was made, and verifies the ledger. The README shows these lines.
func recordAndAsk(in folder: String) async throws -> (answer: Explanation, report: VerificationReport) {
    let ledger = try await Ledger.create(at: folder, origin: "acme.example/decisions")
    try await ledger.register(Specification(parsing: rules, id: "acme/rules", version: "1"))

    let receipt = try await ledger.record(
        Decision(
            outcome: .refuse,
            summary: "Refused to send the customer file to an external address",
            principles: [.init("acme/rules#protect-privacy")],
            rationale: .init("Nobody authorised sharing.", source: .model, timing: .with)))

    let answer = try await ledger.explain(receipt.id)
    print(answer)
    let report = try await ledger.verify()
    await ledger.close()
    return (answer, report)
}

private let rules = """
    # Rules for the billing agent

    ## Protect privacy

    Never send personal data outside the company.
    """
