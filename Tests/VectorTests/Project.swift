import Foundation
import Testing

/// Places in the project, a folder for one test, and the other implementation.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let vectors = root.appending(path: "schema/vectors")

    /// Whether there is a Python that runs tools/verify.py. Where there is none, only our own half is checked, and that is said.
    static let hasPython: Bool = {
        let found = (try? run("python3", "-c", "import sys, sqlite3; sys.exit(sys.version_info < (3, 11))").status) == 0
        if !found { print("no Python 3.11: tools/verify.py was not compared") }
        return found
    }()

    /// Runs a program and returns its exit status and what it printed.
    static func run(_ arguments: String..., input: Data = Data()) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        let source = Pipe()
        process.standardOutput = output
        process.standardInput = source
        try process.run()
        try source.fileHandleForWriting.write(contentsOf: input)
        try source.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, data)
    }
}

/// A folder of its own, removed with it.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "because-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Makes a folder and returns its path.
    func folder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        return "\(path)/\(name)"
    }
}

func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

func makeFolder(_ path: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
}

/// The files below a folder, by their paths in it.
func readFiles(_ folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
        let place = URL(filePath: "\(folder)/\(path)")
        guard try place.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
        files[path] = Array(try Data(contentsOf: place))
    }
    return files
}
