import Specifications
import Testing

struct ModelSpecTests {
    @Test(arguments: [
        // The edge cases of the released texts, one by one.
        ("# A {#a}\n~~~xml\n# functions\n~~~\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n~~~xml\n```python\n# [...] imports\n```\n# x\n~~~\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n~~~xml\n```\n~~~\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n~~~xml\n---\n~~~\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n1. x\n   ```bash\n# c\n   ```\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n- x\n    - y\n\n        ~~~\n# c\n        ~~~\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n~~~~\n~~~\n# x\n~~~~\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n~~~\n~~~ no\n# x\n~~~~~  \n# B {#b}", ["a", "b"]),
        ("# A {#a}\n~~~\n       ~~~\n# x\n~~~\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n``` `code` # x\n# B {#b}", ["a", "b"]),
        ("# A {#a}\nfollowing[^u3nx]: yes\n!!! meta \"Commentary\"\n\n    # not one\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n  # indented\n#hashtag\n####### seven\n# B {#b}", ["a", "b"]),
        ("# A {#a}\n## B {#b}\n### C {#c}\n#### D {#d}\n# E {#e}", ["a", "b", "c", "d", "e"]),
        ("# A {#a}\nprose --- with dashes\n---\nmore\n===\n# B {#b}\n~~~\nthe end\n~~~", ["a", "b"]),
        ("before\n# A {#a}", ["a"]),
        ("#\tA\t{#a authority=user}", ["a"]),
    ])
    func `only headings outside fences are sections`(text: String, ids: [String]) throws {
        let specification = try parse(text)
        #expect(specification.sections.map(\.id) == ids)
        #expect(
            specification.preamble + specification.sections.flatMap { Array($0.text.utf8) } == specification.document)
    }

    @Test func `a section without words has its heading as text`() throws {
        let specification = try parse("# A {#a}\n# B {#b}")
        #expect(specification.sections.map(\.text) == ["# A {#a}\n", "# B {#b}"])
    }

    @Test func `the words before the first heading are the preamble`() throws {
        let specification = try parse("one\ntwo\n\n# A {#a}\n")
        #expect(String(decoding: specification.preamble, as: UTF8.self) == "one\ntwo\n\n")
        #expect(specification.section("a")?.order == 0)
    }

    @Test func `a section belongs to the nearest heading above it`() throws {
        let specification = try parse("### C {#c}\n# A {#a}\n#### D {#d}\n## B {#b}\n### E {#e}\n# F {#f}")
        #expect(specification.sections.map(\.parent) == [nil, nil, "a", "a", "b", nil])
    }

    @Test func `attributes give authority and tags`() throws {
        let section = try #require(try parse("# A, \"b\" — c {#a-1 authority=root tags=under_18,eu}").sections.first)
        #expect(section.id == "a-1")
        #expect(section.title == "A, \"b\" — c")
        #expect(section.authority == "root")
        #expect(section.tags == ["under_18", "eu"])
    }

    @Test(arguments: ["root", "system", "developer", "user", "guideline", "platform"])
    func `each level of the Model Spec is known`(authority: String) throws {
        #expect(try parse("# A {#a authority=\(authority)}").sections[0].authority == authority)
    }

    typealias Problem = SpecificationError.AttributeProblem

    @Test(
        arguments: [
            ("", .noSections(.modelSpec)), ("text\n", .noSections(.modelSpec)),
            ("# A {#a}\n\n# B\n", .headingWithoutID(line: 3, got: "B")),
            ("# A {#a}\n#", .headingWithoutID(line: 2, got: "")),
            ("# A {#a} ##", .headingWithoutID(line: 1, got: "A {#a}")),
            ("# {#a}", .headingWithoutID(line: 1, got: "{#a}")),
            ("# A {a}", .headingWithoutID(line: 1, got: "A {a}")),
            ("# A {#a}\n##### B {#b}", .headingTooDeep(line: 2, got: 5, limit: 4)),
            ("# A {#a}\n~~~\n~~~\n\n~~~xml\n# B {#b}\n", .unclosedFence("~~~", line: 5)),
            ("# A {#a}\n  ````\n```\n", .unclosedFence("````", line: 2)),
            ("# A {#a}\r\ntext", .carriageReturn(line: 1)),
            ("\u{FEFF}# A {#a}", .byteOrderMark),
            ("# A {#a}\ntext\n## A {#a}", .duplicateSection("a", line: 3, first: 1)),
            ("# A {#a authority=boss}", .unknownAuthority(line: 1, got: "boss")),
            ("# A {#}", .badAttribute(.id(got: ""), line: 1)),
            ("# A {#a/b}", .badAttribute(.id(got: "a/b"), line: 1)),
            ("# A {#é}", .badAttribute(.id(got: "é"), line: 1)),
            ("# A {#a root}", .badAttribute(.noValue("root"), line: 1)),
            ("# A {#a authorty=root}", .badAttribute(.unknownKey("authorty"), line: 1)),
            ("# A {#a authority=root authority=user}", .badAttribute(.twice("authority"), line: 1)),
            ("# A {#a tags=x tags=y}", .badAttribute(.twice("tags"), line: 1)),
            (
                "# A {#a tags=\(String(repeating: "x,", count: 32))x}",
                .badAttribute(.tooManyTags(limit: 32), line: 1)
            ),
            (
                "# A {#a tags=\(String(repeating: "x", count: 8187))}",
                .badAttribute(.tooLong(got: 8195, limit: 8192), line: 1)
            ),
            ("# A {#a authority=}", .badAttribute(.value(of: "authority", got: ""), line: 1)),
            ("# A {#a tags=x,,y}", .badAttribute(.value(of: "tags", got: ""), line: 1)),
        ] as [(String, SpecificationError)])
    func `what is not the format is refused with its line`(text: String, error: SpecificationError) {
        #expect(throws: error) { try parse(text) }
    }

    @Test func `bytes that are not UTF-8 are refused with their line`() {
        #expect(throws: SpecificationError.notUTF8(line: 3)) {
            try Specification(
                parsing: Array("# A {#a}\n\nx".utf8) + [0xC3, 0x0A], format: .modelSpec, id: "a", version: "1")
        }
    }

    @Test func `names and sizes outside the limits are refused`() {
        let long = String(repeating: "x", count: 129)
        for id in ["", "a b", "a#b", "a@b", "é", "\u{212A}", long] {
            #expect(throws: SpecificationError.badName(.document, got: id)) {
                try Specification(parsing: [], format: .markdown, id: id, version: "1")
            }
            #expect(throws: SpecificationError.badName(.version, got: id)) { try parse("", version: id) }
        }
        #expect(throws: SpecificationError.badName(.version, got: "1/2")) { try parse("", version: "1/2") }
        #expect(throws: SpecificationError.tooLarge(got: (16 << 20) + 1, limit: 16 << 20)) {
            try Specification(
                parsing: [UInt8](repeating: 0x61, count: (16 << 20) + 1), format: .markdown, id: "a", version: "1")
        }
        #expect(throws: SpecificationError.titleTooLong(line: 1, got: 1025, limit: 1024)) {
            try parse("# \(String(repeating: "x", count: 1025)) {#a}")
        }
    }

    @Test func `messages name the line and what to do`() {
        #expect(
            SpecificationError.unclosedFence("~~~", line: 5).description
                == "the fence ~~~ on line 5 is never closed and would hide what follows; close it with ~~~")
        #expect(
            SpecificationError.duplicateSection("a", line: 3, first: 1).description
                == "the section id \"a\" stands on line 1 and again on line 3; give each section its own")
        #expect(SpecificationError.headingWithoutID(line: 2, got: "a\u{202E}b").description.contains("a\\u202eb"))
        #expect(
            SpecificationError.headingWithoutID(line: 2, got: String(repeating: "é", count: 5000)).description.utf8
                .count < 400)
    }
}
