import Because
import Foundation

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch: Sendable {
    static let origin = "acme.example/decisions"
    static let rules = """
        # Rules for the billing agent

        ## Protect privacy

        Never send personal data outside the company.

        ## Obey the law

        Do nothing that is against the law.

        """

    let path: String
    var ledger: String { path + "/ledger" }

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/because-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try Data(Self.rules.utf8).write(to: URL(fileURLWithPath: path + "/rules.md"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A new ledger with the rules in force.
    func create() async throws -> Ledger {
        let ledger = try await Ledger.create(at: ledger, origin: Self.origin)
        try await ledger.register(contentsOf: path + "/rules.md", id: "acme/rules", version: "1")
        return ledger
    }
}

/// A decision as the billing agent makes it.
func refusal(_ id: String? = nil, summary: String = "Refused to send the customer file") -> Decision {
    Decision(
        id: id, outcome: .refuse, summary: summary, principles: ["acme/rules#protect-privacy"],
        rationale: .init("The address is outside the company.", source: .model, timing: .with))
}
