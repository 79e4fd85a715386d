import Cryptography
import Specifications
import Testing

struct HostileDocumentTests {
    /// Whatever the bytes are: sections that make up the document again, or an error.
    private func readAll(_ bytes: [UInt8]) {
        _ = Format.detect(bytes)
        for format in Format.allCases {
            do {
                let specification = try Specification(parsing: bytes, format: format, id: "a", version: "1")
                guard format != .json else { continue }
                var rest = bytes[...]
                for part in [specification.preamble] + specification.sections.map({ Array($0.text.utf8) }) {
                    guard rest.starts(with: part) else {
                        Issue.record("a text is not in the document")
                        return
                    }
                    rest = rest.dropFirst(part.count)
                }
                #expect(rest.isEmpty)
                #expect(Set(specification.sections.map(\.id)).count == specification.sections.count)
            } catch {
                #expect(!error.description.isEmpty && error.description.utf8.count < 2000)
            }
        }
    }

    @Test(.enabled(if: ReleasedTexts.areThere, ReleasedTexts.absence))
    func `a document cut anywhere parses or is refused`() throws {
        let bytes = try ReleasedTexts.bytes("2025-12-18r2")
        for end in stride(from: 0, to: bytes.count, by: 997) { readAll(Array(bytes[..<end])) }
    }

    @Test(.enabled(if: ReleasedTexts.areThere, ReleasedTexts.absence))
    func `a document with changed bytes parses or is refused`() throws {
        let bytes = try ReleasedTexts.bytes("2025-04-11")
        var generator = SplitMix(state: 5)
        for round in 0..<60 {
            var changed = bytes
            for _ in 0...(round % 8) {
                let index = Int.random(in: changed.indices, using: &generator)
                changed[index] = round < 30 ? UInt8.random(in: 0x20..<0x7F, using: &generator) : changed[index] ^ 1
            }
            readAll(changed)
        }
    }

    @Test func `any mixture of marks parses or is refused`() {
        let marks = [
            "#", "# ", "## T", " ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "~~~", "```", "---", "===", "- ", "1. ",
            "> ", "<!--", "-->", "<pre>", "</pre>", "<div>", "<", "</", "{#a}", "{#", "}", "{#b authority=root}", "x",
            "é", "\u{301}", "](", "[", ")", "\"", "\\", "\0", "{", ":", ",", "[{\"id\":\"a\",\"text\":\"b\"}]",
        ]
        var generator = SplitMix(state: 11)
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                marks.randomElement(using: &generator) ?? ""
            }
            readAll(Array(text.joined().utf8))
        }
        for _ in 0..<500 {
            readAll((0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }

    @Test(arguments: ["# ", "", "<pre>", "<!-- ", "- ", "[", "~~~", "{#", "1"])
    func `a line of five million bytes takes no time`(start: String) {
        let start = Array(start.utf8)
        readAll(start + [UInt8](repeating: UInt8(ascii: "x"), count: 5_000_000))
        readAll(start + [UInt8](repeating: UInt8(ascii: "#"), count: 1_000_000) + [0x0A])
    }

    @Test func `a hundred thousand headings are the limit`() throws {
        let text = String(repeating: "# a\n", count: 100_000)
        let specification = try parse(text, .markdown)
        #expect(specification.sections.count == 100_000)
        #expect(specification.sections.last?.id == "a-99999")
        #expect(throws: SpecificationError.tooManySections(limit: 100_000)) { try parse(text + "# a", .markdown) }
        #expect(throws: SpecificationError.tooManySections(limit: 100_000)) { try parse(text + "# a {#a}", .modelSpec) }
        let explicit = (0..<100_000).map { "# T {#s\($0)}\n" }.joined()
        #expect(try parse(explicit).section("s99999")?.order == 99_999)
    }

    @Test func `ten thousand fences that open and never close are one`() throws {
        let fences = (0..<10_000).map { String(repeating: "~", count: 10_003 - $0 % 5000) + "x\n# y {#y}\n" }.joined()
        #expect(throws: SpecificationError.unclosedFence(String(repeating: "~", count: 80), line: 2)) {
            try parse("# A {#a}\n" + fences.prefix(200_000))
        }
        #expect(throws: SpecificationError.unclosedFence("```", line: 2)) {
            try parse("# A {#a}\n" + String(repeating: "```x\n", count: 10_000))
        }
        #expect(try parse("# A\n" + String(repeating: "```x\n# y\n", count: 10_000), .markdown).sections.count == 1)
    }
}
