import Foundation
import Testing

/// The fuzz entries are a package of their own, which takes long to build: here only what stands in its files is compared.
struct FuzzingTests {
    /// The name and the dictionary of each entry.
    private static func entries() throws -> [(constant: String, name: String, dictionary: String)] {
        let folder = Project.folder.appending(path: "fuzz/Sources/because-fuzz")
        var entries: [(constant: String, name: String, dictionary: String)] = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            let form =
                /static let (\w+) = FuzzEntry\(\s*name: "([a-z-]+)", maximumByteCount: \d+, dictionary: "([a-z]+)"/
            entries += text.matches(of: form).map { (String($0.1), String($0.2), String($0.3)) }
        }
        return entries
    }

    @Test func `every fuzz entry is run, is described, and has its dictionary`() throws {
        let entries = try Self.entries()
        #expect(entries.count > 15 && Set(entries.map(\.name)).count == entries.count)
        let main = try Project.text("fuzz/Sources/because-fuzz/Fuzz.swift")
        let list = try #require(main.firstMatch(of: /static let all: \[FuzzEntry\] = \[([^\]]+)\]/)?.1)
        let run = list.matches(of: /\.(\w+)/).map { String($0.1) }
        #expect(run.sorted() == entries.map(\.constant).sorted())
        let table = try Project.text("fuzz/README.md").matches(of: /(?m)^\| `([a-z-]+)` \|/).map { String($0.1) }
        #expect(table.sorted() == entries.map(\.name).sorted())
        let seeds = Project.folder.appending(path: "fuzz/Seeds").path
        for entry in entries {
            #expect(FileManager.default.fileExists(atPath: "\(seeds)/\(entry.dictionary).dict"), "\(entry.name)")
        }
    }
}
