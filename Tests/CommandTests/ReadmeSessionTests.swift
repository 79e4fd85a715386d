import Foundation
import Testing

struct ReadmeSessionTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The commands of the README, in the order in which a reader types them.
    private static func commands() throws -> [String] {
        let text = try String(contentsOf: project.appending(path: "README.md"), encoding: .utf8)
        let blocks = text.components(separatedBy: "```console\n").dropFirst()
        return blocks.compactMap { $0.components(separatedBy: "\n```").first }
            .flatMap { $0.split(separator: "\n") }
            .filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
    }

    @Test func `what the README types works, in that order`() throws {
        let commands = try Self.commands()
        #expect(commands.count >= 10)
        let scratch = try Scratch()
        try FileManager.default.copyItem(
            atPath: Self.project.appending(path: "samples").path, toPath: scratch.path + "/samples")
        let programs = URL(filePath: Because.program).deletingLastPathComponent().path
        let script = ["set -euo pipefail", "cd '\(scratch.path)'", "PATH='\(programs)':$PATH"] + commands
        let path = try scratch.write(script.joined(separator: "\n") + "\n", to: "session")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [path]
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        #expect(said.contains("The evidence holds."))
    }
}
