import Foundation

/// The files of the project that are not code.
enum Project {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// Calls `body` with a new folder, and removes it afterwards.
    static func withScratchFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "because-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        return try await body(scratch)
    }
}
