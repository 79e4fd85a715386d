import Because
import Foundation
import Testing

/// Both implementations look at ledgers that neither has seen, and must say the same.
@Suite(.enabled(if: Project.hasPython, "there is no Python 3.11"))
struct DifferentialTests {
    /// Ledgers that are changed, by the names of their vectors, and the seeds of the changes.
    static let runs: [(base: String, seeds: Range<UInt64>)] = [
        ("good", 0..<120), ("keys-that-follow-one-another", 120..<240), ("tile", 240..<300),
    ]

    @Test(arguments: runs) func `a row that was changed is found by both or by neither`(
        base: String, seeds: Range<UInt64>
    ) async throws {
        let scratch = try Scratch()
        let ledgers = try await Made.vectors.value.ledgers
        let original = try #require(ledgers.first { $0.name == base })
        let pristine = try scratch.folder("pristine")
        try original.build(in: pristine, among: ledgers)
        var ours: [VectorTests.Said] = []
        var changes: [String] = []
        let folders = seeds.map { "\(scratch.path)/\($0)" }
        for (seed, folder) in zip(seeds, folders) {
            try FileManager.default.copyItem(atPath: pristine, toPath: folder)
            var tampering = Tampering(seed: seed)
            changes.append("seed \(seed): \(try tampering.run(in: folder))")
            ours.append(try await VectorTests.Said(folder: folder))
        }
        let theirs = try Self.others(folders)
        #expect(theirs.count == ours.count)
        for (index, change) in changes.enumerated() {
            #expect(theirs[index] == ours[index], "\(change)")
            #expect(ours[index].status == 2 || Self.isNobodysWord(change, in: base), "\(change)")
        }
    }

    /// What may go unnoticed, because nothing vouches for it: an earlier checkpoint, and a secret under which nothing is coded.
    private static func isNobodysWord(_ change: String, in base: String) -> Bool {
        base == "tile" && ["a row of checkpoints deleted: [256]", "secrets.value"].contains { change.contains($0) }
    }

    @Test func `a real specification and real decisions verify in both`() async throws {
        let data = Project.root.deletingLastPathComponent().appending(path: "shared/data/model-spec")
        guard let text = try? Data(contentsOf: data.appending(path: "2025-12-18r2.md")),
            let lines = try? Data(contentsOf: data.appending(path: "decisions.ndjson"))
        else { return print("no shared/data beside the project: the real decisions were not verified") }
        let scratch = try Scratch()
        let folder = try scratch.folder("ledger")
        try await Fixed.ledger(in: folder) { ledger in
            let specification = try Specification(
                parsing: Array(text), format: .modelSpec, id: "openai/model-spec", version: "2025-12-18r2")
            _ = try await ledger.register(specification)
            for line in lines.split(separator: UInt8(ascii: "\n")) {
                _ = try await ledger.record([Submission(checking: JSON(parsing: Array(line)))])[0].get()
            }
        }
        let ours = try await VectorTests.Said(folder: folder)
        #expect(ours.status == 0)
        #expect(try Self.others([folder]) == [ours])
        // As a person runs it.
        let tool = Project.root.appending(path: "tools/verify.py").path
        let (status, output) = try Project.run(
            "python3", tool, folder, "--json", "--key", Fixed.key(1).verifierKey.text)
        #expect(status == 0)
        #expect(try JSON(parsing: output.map(\.self))["verdicts"]?["integrity"]?["verdict"]?.text == "holds")
        #expect(try Project.run("python3", tool, folder, "--key", Fixed.key(9).verifierKey.text).status == 2)
        #expect(try Project.run("python3", tool, "\(folder)/nothing").status == 1)
        #expect(try Project.run("python3", tool).status == 64)
    }

    /// What the other implementation says of each folder.
    static func others(_ folders: [String]) throws -> [VectorTests.Said] {
        let check = Project.vectors.appending(path: "check.py").path
        let input = Data((folders.joined(separator: "\n") + "\n").utf8)
        let (status, output) = try Project.run("python3", check, "--ledgers", input: input)
        try #require(status == 0)
        return try #require(JSON(parsing: Array(output)).items).compactMap(VectorTests.Said.init)
    }
}
