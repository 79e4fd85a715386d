import Because
import Testing

struct CSVTableTests {
    private func field(_ cell: CSVTable.Cell) -> String {
        var table = CSVTable("column")
        table.add(cell)
        return String(table.text.dropFirst("column\r\n".count).dropLast())
    }

    @Test func `a table is a header and rows that end with CR LF`() {
        var table = CSVTable("section", "count", "share")
        table.add("be_kind", .integer(-3), .fraction(2.0 / 3))
        table.add("a, \"b\"", .empty, .fraction(1))
        #expect(table.text == "section,count,share\r\nbe_kind,-3,0.6667\r\n\"a, \"\"b\"\"\",,1.0000\r\n")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n@x", " =1", "＝1", "＋1", "－1", "＠x"])
    func `no text begins as a formula`(text: String) {
        let shown = field(.text(text)).drop { $0 == "\"" }
        #expect(shown.first == "'")
    }

    @Test func `a number below zero is no formula`() {
        #expect(field(.integer(-12)) == "-12")
        #expect(field(.fraction(-0.5)) == "-0.5000")
        #expect(field(.fraction(-0.000_01)) == "0.0000")
        #expect(field(.fraction(.infinity)).isEmpty)
    }

    @Test func `no text breaks out of its field or hides in it`() {
        #expect(field("a\r\nb") == "a b")
        #expect(field("a\"b") == "\"a\"\"b\"")
        #expect(field("a\u{202E}b") == "a⟨U+202E⟩b")
        #expect(field("a\u{1B}[31m") == "a⟨U+001B⟩[31m")
    }
}
