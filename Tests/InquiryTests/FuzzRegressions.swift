import Testing

@testable import Inquiry

/// What fuzzing found. The long inputs end at once, or would take longer than anybody waits.
struct FuzzRegressions {
    @Test func `a text of hidden characters alone is spelled out at once`() {
        let text = String(repeating: "\u{202E}", count: 100_000)
        #expect(VisibleText.line(text).utf8.elementsEqual(String(repeating: "⟨U+202E⟩", count: 100_000).utf8))
    }

    @Test func `lines and what moves the cursor are kept apart`() {
        #expect(VisibleText.lines("a\r\nb\tc\rd\n\u{1B}[2Je\u{301}日") == "a\nb c\nd\n⟨U+001B⟩[2Je\u{301}日")
        #expect(VisibleText.line("a\r\nb\tc\rd") == "a b c d")
    }

    @Test func `a query of many negated words is read at once, and refused`() throws {
        let text = String(repeating: "-a ", count: 300_000)
        #expect(throws: Query.Problem.tooManyTerms(100)) { try Query(text) }
        #expect(try Query(String(text.prefix(60))).terms.dropLast().allSatisfy(\.isNegated))
    }

    @Test(arguments: [("-", "-"), ("- a", ""), ("-\u{301}", "-\u{301}")])
    func `a hyphen that negates nothing is no word`(text: String, word: String) {
        #expect(throws: Query.Problem.noWords(word)) { try Query(text) }
    }

    @Test(arguments: ["\u{301}", "\u{FE0F}", "\u{200D}"])
    func `a mark of Markdown is escaped with whatever joins it`(joining: String) {
        for mark in "\\`*_{}[]<>()#+-.!|&~" {
            let escaped = Markdown.escaped("\(mark)\(joining)a")
            #expect(escaped.unicodeScalars.elementsEqual("\\\(mark)\(joining)a".unicodeScalars))
        }
    }

    @Test func `what is wrong with a long query is said briefly`() {
        let long = String(repeating: "x", count: 100_000)
        for text in ["\(long):a", "since:\(long)", String(repeating: "!", count: 100_000)] {
            do {
                _ = try Query(text)
                Issue.record("the query is wrong")
            } catch { #expect(error.description.utf8.count < 200) }
        }
    }
}
