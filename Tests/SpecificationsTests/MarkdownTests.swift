import Specifications
import Testing

struct MarkdownTests {
    @Test(arguments: [
        ("# One\n## Two ##\n###### Six", ["1 One", "2 Two", "6 Six"]),
        ("   ### Indented ###   \n    # code\n\t# code", ["3 Indented"]),
        ("# One\n#two\n####### seven\n\\# no\n#\n## ", ["1 One", "1 ", "2 "]),
        ("# C#\n# C #\n# #\n# a#b #x", ["1 C#", "1 C", "1 ", "1 a#b #x"]),
        ("One\n===\nTwo\n---\ntext", ["1 One", "2 Two"]),
        ("A long\n  title\n=", ["1 A long title"]),
        ("text\n\n---\n\n***\n===\n", []),
        ("# One\n---\ntext\n***\n---", ["1 One"]),
        ("- item\n---\n> quote\n---\n1. x\n===\n# One", ["1 One"]),
        ("- item\nlazy\n---\n# One", ["1 One"]),
        ("> quote\nlazy\n===\n# One", ["1 One"]),
        ("> # quoted\ntext\n---", ["2 text"]),
        ("- # in a list\n  # in a list\n\n  # in a list\n# One", ["1 One"]),
        ("-   x\n\n  y\n---", ["2 y"]),
        ("text\n2. no list\n---", ["2 text 2. no list"]),
        ("text\n-\n---", ["2 text"]),
        ("text\n    # still text\n===", ["1 text # still text"]),
        ("- - -\n# One", ["1 One"]),
        // Found by comparing with another implementation on random mixtures of marks.
        ("> q\n+\n  # in an empty item\n# One", ["1 One"]),
        ("+\n\n  # One\nmore", ["1 One"]),
        ("- ```\n\tcode\n===\n-\n", ["2 ==="]),
        ("-     code\ntext\n===", ["1 text"]),
        ("+\n  # in a list\ntext\n-", ["2 text"]),
        ("text\n\n</pre>\n# x\n\n# One", ["1 One"]),
        ("```\n# x\n~~~\n# x\n```\n# One", ["1 One"]),
        ("~~~ `info`\n# x\n  ~~~\n# One", ["1 One"]),
        ("```\n# x\n    ```\n# x", []),
        ("# One\n```\n# swallowed to the end", ["1 One"]),
        ("text\n```\ntitle\n===\n```\n# One", ["1 One"]),
        ("- x\n  ```\n  # x\n# One\n", ["1 One"]),
        ("<!-- # x\n# x\n\n# x -->\n# One", ["1 One"]),
        ("<!-- x -->\n# One", ["1 One"]),
        ("text\n<!--\n# x\n-->\n# One", ["1 One"]),
        ("<pre>\n\n# x\n\n</PRE> y\n# One", ["1 One"]),
        ("<script src=\"a\">\n# x\n</script>\n# One", ["1 One"]),
        ("<details>\n# x\n\n# One\n</details>\n# x", ["1 One"]),
        ("<my-tag a=\"b\">\n# x\n\n# One", ["1 One"]),
        ("text\n<my-tag>\n# One", ["1 One"]),
        ("<https://example.org>\n# One\n<a id=\"x\"></a>\n# Two", ["1 One", "1 Two"]),
        ("<?php\n# x\n?>\n<!DOCTYPE\n# x\n>\n<![CDATA[\n# x\n]]>\n# One", ["1 One"]),
        ("---\ntitle: x\n# x\n---\n# One", ["1 One"]),
        ("---\n# One\n", ["1 One"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n# One", ["1 One"]),
    ])
    func `headings are those of CommonMark at the top of the document`(text: String, headings: [String]) throws {
        for text in [text, text.replacing("\n", with: "\r\n")] {
            guard !headings.isEmpty else {
                #expect(throws: SpecificationError.noSections(.markdown)) { try parse(text, .markdown) }
                continue
            }
            let specification = try parse(text, .markdown)
            #expect(specification.sections.map { "\($0.level) \($0.title)" } == headings)
            #expect(
                specification.preamble + specification.sections.flatMap { Array($0.text.utf8) }
                    == specification.document)
        }
    }

    @Test(arguments: [
        ("Be honest, always!", "be-honest-always"), ("Don’t do “that”", "dont-do-that"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"), ("A  B", "a--b"),
        ("Über Größe & Änderung", "uber-grosse--anderung"), ("Cafe\u{301} à Łódź", "cafe-a-lodz"),
        ("[1.0.0](https://example.org/x) now", "100-now"), ("`code` **bold**", "code-bold"),
        ("安全", "section-1"), ("🎉 Party", "-party"), ("", "section-1"), ("---x", "---x"), ("\u{212A}elvin", "kelvin"),
        (String(repeating: "x", count: 500), String(repeating: "x", count: 120)),
    ])
    func `a title becomes an id as GitHub makes it`(title: String, id: String) throws {
        #expect(try parse("# \(title)", .markdown).sections[0].id == id)
    }

    @Test func `a title that stands again gets a number`() throws {
        let ids = try parse("# A\n# A\n# A-1\n# A\n# B {#a-2}\n# 安\n# 全", .markdown).sections.map(\.id)
        #expect(ids == ["a", "a-1", "a-1-1", "a-3", "a-2", "section-6", "section-7"])
    }

    @Test func `an explicit id wins and must be the only one`() throws {
        let sections = try parse("# A\nB {#a authority=must tags=x}\n---\n", .markdown).sections
        #expect(sections.map(\.id) == ["a-1", "a"])
        #expect(sections[1].title == "B")
        #expect(sections[1].authority == "must")
        #expect(sections[1].tags == ["x"])
        #expect(throws: SpecificationError.duplicateSection("a", line: 3, first: 1)) {
            try parse("# A {#a}\n\n## B {#a} ##", .markdown)
        }
    }

    @Test func `attributes that cannot be read are refused`() {
        #expect(throws: SpecificationError.badAttribute(.unknownKey("author"), line: 2)) {
            try parse("\n# A {#a author=x}", .markdown)
        }
        #expect(throws: SpecificationError.byteOrderMark) { try parse("\u{FEFF}# A", .markdown) }
    }

    @Test func `CR LF stays in the text and not in the title`() throws {
        let sections = try parse("# A {#a}\r\ntext\r\n\r\nB\r\n-\r\n", .markdown).sections
        #expect(sections.map(\.title) == ["A", "B"])
        #expect(sections[0].text.utf8.elementsEqual("# A {#a}\r\ntext\r\n\r\n".utf8))
    }
}

struct FormatTests {
    @Test(
        arguments: [
            (" \n[{}]", nil, .json), ("[link](x)", nil, .json), ("[link](x)", "x.MD", .markdown),
            ("{}", "rules.json", .json), ("", nil, .markdown), ("text", nil, .markdown), ("# A", nil, .markdown),
            ("# A {#a}", nil, .modelSpec), ("# A {#a}\n~~~\n# x\n~~~", nil, .modelSpec),
            ("# A {#a}\n# B", nil, .markdown), ("B\n===\n# A {#a}", nil, .markdown),
            ("##### A {#a}", nil, .markdown), (" # A {#a}", nil, .markdown), ("# A {#a b c d}", "a.txt", .modelSpec),
        ] as [(String, String?, Format)])
    func `a document shows its format`(text: String, fileName: String?, format: Format) {
        #expect(Format.detect(Array(text.utf8), fileName: fileName) == format)
    }

    @Test func `bytes that are no text are called Markdown`() {
        #expect(Format.detect([0xFF, 0xFE, 0x00]) == .markdown)
    }
}
