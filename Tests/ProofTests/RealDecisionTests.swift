import Because
import Foundation
import Testing

/// Decisions drawn from the Model Spec, which lie beside the project and are not part of it.
struct RealDecisionTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/model-spec")

    private static let areThere = FileManager.default.fileExists(atPath: folder.path)

    @Test(.enabled(if: areThere, "the decisions of the Model Spec are not in ../shared/data/model-spec"))
    func `every decision of the Model Spec is proven with the words it cites, and nothing that stayed sealed`()
        async throws
    {
        let memory = try await MemoryLedger()
        let version = "2025-12-18r2"
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: "\(version).md")))
        let specification = try Specification(
            parsing: bytes, format: .modelSpec, id: "openai/model-spec", version: version)
        _ = try await memory.ledger.register(specification)
        let lines = try String(contentsOf: Self.folder.appending(path: "decisions.ndjson"), encoding: .utf8)
        let decisions = try lines.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        for result in await memory.ledger.record(try decisions.map { try Submission(checking: $0) }) {
            _ = try result.get()
        }
        for (index, decision) in decisions.enumerated() where index % 7 == 0 {
            let number = try memory.ledger.number(named: try #require(decision["id"]?.text))
            let proof = try await memory.ledger.prove(number, disclosing: .paths(["summary"]))
            let checked = try proof.check(memory.key.verifierKey)
            let content = try #require(checked.content)
            #expect(checked.fields == ["summary": try #require(decision["summary"])])
            #expect(!content.citations.isEmpty && content.citations.allSatisfy { $0.text?.hasPrefix("#") == true })
            #expect(proof.file.evidence.disclosures.count == 1)
        }
    }
}
