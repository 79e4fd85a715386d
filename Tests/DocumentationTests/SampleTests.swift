import Because
import Foundation
import Testing

private func submissions() throws -> [Submission] {
    try Project.text("samples/decisions.ndjson").split(separator: "\n").map {
        try Submission(checking: JSON(parsing: Array($0.utf8)))
    }
}

/// Calls `body` with a ledger of the samples, as README's session makes it.
private func withSampleLedger(_ body: (Ledger) async throws -> Void) async throws {
    try await Project.withScratchFolder { scratch in
        let ledger = try await Ledger.create(
            at: scratch.appending(path: "ledger").path, origin: "larkfield.example/decisions")
        let document = Array(try Project.text("samples/principles.md").utf8)
        let format = Format.detect(document, fileName: "principles.md")
        _ = try await ledger.register(
            Specification(parsing: document, format: format, id: "larkfield/support", version: "2026-06"))
        for result in await ledger.record(try submissions()) { _ = try result.get() }
        try await body(ledger)
        await ledger.close()
    }
}

struct SampleTests {
    @Test func `the samples are recorded, each decision is answered, and all of it verifies`() async throws {
        try await withSampleLedger { ledger in
            for id in try submissions().compactMap(\.id) {
                let explanation = try await ledger.explain(id)
                #expect(explanation.id == id && explanation.missing.isEmpty && explanation.notes.isEmpty)
            }
            let report = try await ledger.verify(key: ledger.firstKey)
            #expect(report.exitStatus == 0 && report.findings.all.isEmpty, "\(report.text)")
            // Nothing earlier was given to be consistent with.
            let aspects = Aspect.allCases.filter { $0 != .consistency }
            #expect(aspects.allSatisfy { report.verdict($0) == .holds })
        }
    }

    @Test func `the answer in README is the one that the program gives`() async throws {
        let readme = try Project.text("README.md")
        let begin = try #require(readme.range(of: "```text\n"))
        let end = try #require(readme.range(of: "```", range: begin.upperBound..<readme.endIndex))
        try await withSampleLedger { ledger in
            let answer = try await ledger.explain("ticket-1043").answer()
            let text = answer.terminalText(width: 96, usesColour: false)
            #expect(Self.unvarying(text) == Self.unvarying(String(readme[begin.upperBound..<end.lowerBound])))
        }
    }

    /// The text without what differs from ledger to ledger: times of its clock, hashes and the key.
    private static func unvarying(_ text: String) -> String {
        text.replacing(/[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z/, with: "TIME").replacing(/[A-Za-z0-9_-]{43}/, with: "HASH")
            .replacing(/key [0-9a-f]{8}/, with: "key ID")
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
