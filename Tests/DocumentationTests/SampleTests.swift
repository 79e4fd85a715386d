import Because
import Foundation
import Testing

private func submissions() throws -> [Submission] {
    try Project.text("samples/decisions.ndjson").split(separator: "\n").map {
        try Submission(checking: JSON(parsing: Array($0.utf8)))
    }
}

struct SampleTests {
    @Test func `the samples are recorded, each decision is answered, and all of it verifies`() async throws {
        try await Project.withScratchFolder { scratch in
            let ledger = try await Ledger.create(
                at: scratch.appending(path: "ledger").path, origin: "larkfield.example/decisions")
            let document = Array(try Project.text("samples/principles.md").utf8)
            #expect(Format.detect(document, fileName: "principles.md") == .modelSpec)
            let specification = try Specification(
                parsing: document, format: .modelSpec, id: "larkfield/support", version: "2026-06")
            _ = try await ledger.register(specification)
            let submissions = try submissions()
            for result in await ledger.record(submissions) { _ = try result.get() }
            for id in submissions.compactMap(\.id) {
                let explanation = try await ledger.explain(id)
                #expect(explanation.id == id && explanation.missing.isEmpty && explanation.notes.isEmpty)
            }
            let report = try await ledger.verify(key: ledger.key)
            #expect(report.exitStatus == 0 && report.findings.all.isEmpty, "\(report.text)")
            #expect(Aspect.allCases.allSatisfy { report.verdict($0) == .holds })
            await ledger.close()
        }
    }

    @Test func `the sample decisions use every field of the submission format`() throws {
        var unused = Set(Self.paths(DecisionFields.all, ""))
        for line in try Project.text("samples/decisions.ndjson").split(separator: "\n") {
            Self.remove(try JSON(parsing: Array(line.utf8)), at: "", from: &unused)
        }
        #expect(unused.isEmpty)
    }

    @Test func `the sample decisions differ in outcome and in who gave the reason`() throws {
        let contents = try submissions().map(\.content)
        let outcomes = Set(contents.compactMap { $0["outcome"]?.text })
        #expect(outcomes == Set(Decision.Outcome.allCases.map(\.rawValue)))
        let sources = Set(contents.compactMap { $0["rationale"]?["source"]?.text })
        #expect(sources == Set(Decision.Rationale.Source.allCases.map(\.rawValue)))
    }

    private static func paths(_ fields: [Field], _ prefix: String) -> [String] {
        fields.flatMap { field in
            let path = prefix + field.name
            return switch field.shape {
            case .object(let inner), .list(.object(let inner), _): [path] + paths(inner, path + ".")
            default: [path]
            }
        }
    }

    private static func remove(_ value: JSON, at path: String, from unused: inout Set<String>) {
        for item in value.items ?? [] { remove(item, at: path, from: &unused) }
        for member in value.object?.members ?? [] {
            let inner = path.isEmpty ? member.name : "\(path).\(member.name)"
            unused.remove(inner)
            remove(member.value, at: inner, from: &unused)
        }
    }
}
