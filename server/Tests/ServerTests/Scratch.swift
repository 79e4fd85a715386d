import Foundation

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/because-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in the folder.
    func at(_ name: String) -> String { "\(path)/\(name)" }

    func copy(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: at(name), toPath: at(other))
    }
}
