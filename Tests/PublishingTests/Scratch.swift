import Foundation

@testable import Because

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch: Sendable {
    let path: String

    init(under parent: String = FileManager.default.temporaryDirectory.path) throws {
        path = parent + "/because-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Where a published folder lies in here.
    var published: String { path + "/published" }
    /// Where a ledger lies in here.
    var ledger: String { path + "/ledger" }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)"))) }

    /// The same files in a folder of its own.
    func copy() throws -> Scratch {
        let copy = try Scratch()
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: "\(copy.path)/\(name)")
        }
        return copy
    }
}

/// Every file below a folder, hidden ones too, with its bytes.
func contents(of folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder), !isFolder.boolValue
        else { continue }
        files[path] = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(path)")))
    }
    return files
}

/// Checks a published log that lies in memory.
func check(_ files: [String: [UInt8]], _ trust: PublishedLog.Trust) throws -> PublishedLogReport {
    try PublishedLog(PublishedFiles(paths: Array(files.keys)) { files[$0] }, trust: trust).check()
}

/// Checks a published folder.
func check(_ folder: String, _ key: VerifierKey) throws -> PublishedLogReport {
    try PublishedLog(PublishedFiles(folder: folder), trust: .keys([key])).check()
}

/// Runs a program; its exit status and what it printed, or `nil` when it cannot be run.
func run(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) -> (Int32, String)? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = output
    guard (try? process.run()) != nil else { return nil }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
}

/// Numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
