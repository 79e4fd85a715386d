import Foundation
import Testing

/// The commands of a document's `console` blocks, and what stands below each.
private struct Session {
    var commands: [String] = []
    var outputs: [String] = []

    init(_ document: String) {
        var isInside = false
        for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                commands.append(String(line.dropFirst(2)))
                outputs.append("")
            } else if isInside, !outputs.isEmpty {
                outputs[outputs.count - 1] += line + "\n"
            }
        }
    }

    /// What one Bash prints for each command, in order.
    func run(in folder: URL) throws -> [String] {
        let end = "-- the end of a command --"
        let script = commands.map { "\($0)\nprintf '%s' '\(end)'\n" }.joined()
        let bash = Process()
        bash.executableURL = URL(filePath: "/bin/bash")
        bash.arguments = ["-c", script]
        bash.currentDirectoryURL = folder
        bash.environment = ["PATH": "/usr/bin:/bin", "TMPDIR": folder.path, "LC_ALL": "C.UTF-8"]
        let output = Pipe()
        bash.standardOutput = output
        try bash.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        bash.waitUntilExit()
        return text.components(separatedBy: end).dropLast().map { text in
            text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
        }
    }
}

struct FormatTests {
    @Test func `each command in FORMAT prints what stands below it`() async throws {
        let session = Session(try Project.text("schema/FORMAT.md"))
        #expect(session.commands.count > 20)
        let printed = try await Project.withScratchFolder { try session.run(in: $0) }
        #expect(printed.count == session.commands.count)
        for (command, (got, want)) in zip(session.commands, zip(printed, session.outputs)) {
            #expect(got == want, "\(command)")
        }
    }

    @Test func `every finding that FORMAT names is one that the sources make`() throws {
        var sources = ""
        for module in ["Ledgers", "Inquiry", "Because"] {
            let folder = Project.folder.appending(path: "Sources/\(module)")
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                sources += try String(contentsOf: file, encoding: .utf8)
            }
        }
        let format = try Project.text("schema/FORMAT.md")
        let begin = try #require(format.range(of: "| Code | Entry | Found where |"))
        let end = try #require(format.range(of: "\n\n", range: begin.upperBound..<format.endIndex))
        let rows = format[begin.upperBound..<end.lowerBound].split(separator: "\n").dropFirst()
        let named = rows.flatMap { $0.split(separator: "|")[0].matches(of: /`([a-z_]+)`/).map { String($0.1) } }
        #expect(named.count > 30)
        for code in named { #expect(sources.contains("\"\(code)\""), "\(code)") }
    }

    @Test(arguments: [
        "README.md", "CHANGELOG.md", "schema/FORMAT.md", "schema/THREATS.md", "schema/PROOFS.md",
        "schema/PUBLISHING.md", "schema/WITNESSES.md", "schema/TIMESTAMPS.md", "schema/AUDIENCES.md",
        "schema/LETTERS.md",
    ])
    func `every link to a file leads to one`(document: String) throws {
        let folder = Project.folder.appending(path: document).deletingLastPathComponent()
        for link in try Project.text(document).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/) {
            let file = folder.appending(path: String(link.1))
            #expect(FileManager.default.fileExists(atPath: file.path), "\(document) links to \(link.1)")
        }
    }
}
