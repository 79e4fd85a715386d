import Because
import Foundation
import Testing

struct ReadmeTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let readme = project.appending(path: "README.md")

    /// The only test that changes the working folder: the example names its file as a reader would.
    @Test func `the examples of the README run, and their ledger holds`() async throws {
        let scratch = try Scratch()
        let before = FileManager.default.currentDirectoryPath
        try #require(FileManager.default.changeCurrentDirectoryPath(scratch.path))
        defer { _ = FileManager.default.changeCurrentDirectoryPath(before) }
        try await readmeExample(folder: scratch.ledger)

        let ledger = try Ledger.open(at: scratch.ledger)
        let receipt = try await readmeNumbering(ledger: ledger, decision: refusal())
        #expect(receipt.number == 1 && receipt.receipt != nil)
        #expect(try await ledger.completeness().accounts.map(\.verdict) == [.complete(upTo: 1, isClosed: true)])
        let hits = try await ledger.find("outcome:refuse \"external address\"").hits
        #expect(hits.map(\.principles) == [["acme/rules#protect-privacy"]])
        #expect(try await ledger.verify().holds)
        await ledger.close()
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: readme.path), "there is no README.md"))
    func `the Swift code of the README is the example that is compiled here`() throws {
        let text = try String(contentsOf: Self.readme, encoding: .utf8)
        let source = try String(
            contentsOf: Self.project.appending(path: "Tests/BecauseTests/ReadmeExample.swift"), encoding: .utf8)
        let blocks = text.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
            .filter { !$0.hasPrefix("// Package.swift") }
        #expect(!blocks.isEmpty, "the README shows how the library is used")
        for block in blocks {
            let shown = lines(block).filter { !$0.hasPrefix("import ") }
            #expect(!shown.isEmpty && contains(lines(source), shown), "\(block)")
        }
    }

    /// The lines that say something, without their indentation.
    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private func contains(_ lines: [String], _ part: [String]) -> Bool {
        lines.indices.contains { lines[$0...].starts(with: part) }
    }
}
