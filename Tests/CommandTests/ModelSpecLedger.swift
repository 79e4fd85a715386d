import Foundation
import Testing

/// A ledger with the released texts of the OpenAI Model Spec and the decisions drawn from them, which lie beside the project and
/// are not part of it.
enum ModelSpec {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/model-spec").path

    static let isThere = FileManager.default.fileExists(atPath: folder)

    static let absence: Comment = "the released texts of the Model Spec are not in ../shared/data/model-spec"

    /// The versions in the order of their registering, with the number of their sections.
    static let versions = [("2025-04-11", 71), ("2025-10-27", 78), ("2025-12-18", 80), ("2025-12-18r2", 80)]

    static let decisions = folder + "/decisions.ndjson"
    static let decisionCount = 189

    /// The number of the first decision: after the first entry and one for each version.
    static let firstDecision = 5

    /// What `spec add` and `record` answered when the ledger was made.
    struct Making: Sendable {
        let ledger: String
        let added: [Answer]
        let recorded: Answer
    }

    private static let template = Result {
        let scratch = try Scratch.forTheRun()
        let ledger = scratch.path + "/ledger"
        try #require(Because.run(["init", ledger, "--origin", TestLedger.origin]).status == 0)
        let added = try versions.map { version, _ in
            try Because.run(
                [
                    "spec", "add", "\(folder)/\(version).md", "--id", "openai/model-spec", "--version", version,
                    "--ledger",
                    ledger,
                ])
        }
        let recorded = try Because.run(["record", decisions, "--ledger", ledger])
        return Making(ledger: ledger, added: added, recorded: recorded)
    }

    static var making: Making { get throws { try template.get() } }

    /// A copy to work on.
    static func ledger() throws -> TestLedger { try TestLedger(copyOf: making.ledger) }
}
