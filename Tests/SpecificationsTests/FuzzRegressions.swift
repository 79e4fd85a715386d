import Specifications
import Testing

/// What fuzzing found.
struct FuzzRegressions {
    /// In each a mark joins a brace, `#` or a letter, and with it is one character of Swift.
    @Test(arguments: [
        "{#\u{301}a}", "{#\u{FE0F}\u{20E3}a}", "{#a\u{600}}", "{#a\u{301}}", "{#a authority=root\u{600}}",
    ])
    func `a mark that joins another in the braces of a heading is refused`(group: String) {
        #expect {
            try parse("# Title \(group)\n")
        } throws: {
            guard case .badAttribute(_, line: 1) = $0 as? SpecificationError else { return false }
            return true
        }
    }

    @Test func `braces after which something follows unseen are no attributes`() {
        #expect(throws: SpecificationError.headingWithoutID(line: 1, got: "Title {#a}\u{301}")) {
            try parse("# Title {#a}\u{301}\n")
        }
    }
}
