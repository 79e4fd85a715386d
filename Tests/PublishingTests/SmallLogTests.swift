import Foundation
import Testing

@testable import Because

/// The log that transparency-dev/tessera publishes, at sizes 0 to 15, made by our publisher.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: folder.path), "../shared/vectors is not here"))
struct SmallLogTests {
    private let entries = [
        "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten",
        "fourten", "fivten",
    ].map { Array($0.utf8) }
    private let key =
        "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"

    @Test func `publishing each size in turn gives the published folder byte for byte`() throws {
        let log = try SampleLog(entries, key: SigningKey(parsing: key))
        let scratch = try Scratch()
        for size in 0...entries.count {
            try log.publish(size, into: scratch.published)
            let name = "checkpoint.\(size)"
            #expect(try scratch.bytes(of: "published/checkpoint") == read(name))
            try scratch.write(read(name), to: "published/\(name)")
        }
        #expect(try contents(of: scratch.published) == contents(of: folder.path))
    }

    @Test func `the published folder holds, but for what only our logs have in their entries`() throws {
        let key = try SigningKey(parsing: key).verifierKey
        for size in 0...entries.count {
            var files = try contents(of: folder.path)
            files["checkpoint"] = try read("checkpoint.\(size)")
            let report = try check(files, .keys([key]))
            #expect(report.trusted?.checkpoint.size == UInt64(size))
            #expect(report.counts["entry_unreadable", default: 0] == size)
            #expect(report.findings.allSatisfy { ["entry_unreadable", "files_later"].contains($0.code) })
        }
    }

    private func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
}

/// The published log, which lies beside the project and is not part of it.
private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/vectors/tlog-tiles-small")
