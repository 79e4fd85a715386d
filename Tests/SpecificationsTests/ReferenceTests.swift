import Testing

@testable import Specifications

struct ReferenceTests {
    @Test(
        arguments: [
            ("openai/model-spec@2025-12-18#protect_privacy", "openai/model-spec", "2025-12-18", "protect_privacy"),
            ("openai/model-spec#protect_privacy", "openai/model-spec", nil, "protect_privacy"),
            ("a@1.0.0-rc.1+b~2:3_x#Z-9", "a", "1.0.0-rc.1+b~2:3_x", "Z-9"), ("a/b/c#d", "a/b/c", nil, "d"),
            ("a#section-1", "a", nil, "section-1"),
        ] as [(String, String, String?, String)])
    func `a reference reads and writes the same`(
        text: String, document: String, version: String?, section: String
    ) throws {
        let reference = try Reference(parsing: text)
        #expect(reference.document == document)
        #expect(reference.version == version)
        #expect(reference.section == section)
        #expect(reference.description == text)
        #expect(try Reference(document: document, version: version, section: section) == reference)
    }

    @Test(
        arguments: [
            ("", .noSection(got: "")), ("a", .noSection(got: "a")), ("a@1", .noSection(got: "a@1")),
            ("#s", .badName(.document, got: "")), ("@1#s", .badName(.document, got: "")),
            ("a@#s", .badName(.version, got: "")), ("a#", .badName(.section, got: "")),
            ("a@1/2#s", .badName(.version, got: "1/2")), ("a@1@2#s", .badName(.version, got: "1@2")),
            ("a#s#t", .badName(.section, got: "s#t")), ("a#s@1", .badName(.section, got: "s@1")),
            ("a#s/t", .badName(.section, got: "s/t")), ("a b#s", .badName(.document, got: "a b")),
            (" a#s", .badName(.document, got: " a")), ("a#s\n", .badName(.section, got: "s\n")),
            ("é#s", .badName(.document, got: "é")), ("\u{212A}#s", .badName(.document, got: "\u{212A}")),
            ("a#\u{301}", .badName(.section, got: "\u{301}")), ("a\r\n#s", .badName(.document, got: "a\r\n")),
        ] as [(String, ReferenceError)])
    func `a text that breaks the grammar is refused`(text: String, error: ReferenceError) {
        #expect(throws: error) { try Reference(parsing: text) }
    }

    @Test func `names have up to 128 bytes`() throws {
        let name = String(repeating: "x", count: 128)
        #expect(try Reference(parsing: "\(name)@\(name)#\(name)").section == name)
        #expect(throws: ReferenceError.badName(.section, got: name + "x")) { try Reference(parsing: "a#\(name)x") }
        let long = String(repeating: "x", count: 10_000_000)
        #expect(throws: ReferenceError.tooLong(got: 10_000_000, limit: 386)) { try Reference(parsing: long) }
    }
}

struct AuthorityTests {
    @Test func `levels and roles have their rank`() {
        let descending = ["root", "system", "developer", "user", "guideline", "assistant"].map { Authority.rank($0) }
        #expect(descending == [5, 4, 3, 2, 1, 0])
        #expect(Authority.rank("platform") == Authority.rank("system"))
        #expect(Authority.rank("tool") == 0 && Authority.rank("none") == 0)
        for name in ["", "Root", "must", "under_18", "rоot"] { #expect(Authority.rank(name) == nil) }
    }

    @Test func `platform and system override each other in no direction`() throws {
        let platform = try #require(Authority("platform"))
        let system = try #require(Authority("system"))
        #expect(platform.hasSameRank(as: system))
        #expect(!platform.outranks(system) && !system.outranks(platform))
        #expect(platform != system)
        #expect(try #require(Authority("root")).outranks(system))
        #expect(try #require(Authority("user")).outranks(#require(Authority("guideline"))))
    }

    @Test func `a version has the order of its time`() throws {
        let old = try parse("# A {#a authority=platform}\n# B {#b authority=user}").sections
        #expect(Authority.order(of: old) == ["platform", "developer", "user", "guideline"])
        let new = try parse("# A {#a authority=root}").sections
        #expect(Authority.order(of: new) == ["root", "system", "developer", "user", "guideline"])
    }
}

struct NearestTests {
    static let names = [
        "protect_privacy", "protect_privileged_information", "do_not_lie", "be_creative", "be_clear", "be_warm",
        "avoid_abuse", "uphold_fairness", "love_humanity", "express_uncertainty", "ask_clarifying_questions",
    ]

    @Test(arguments: [
        ("protect_privcy", ["protect_privacy", "protect_privileged_information"]),
        ("Protect-Privacy", ["protect_privacy", "protect_privileged_information"]),
        ("portect_privacy", ["protect_privacy"]), ("privacy", ["protect_privacy"]),
        ("privacy_protect", ["protect_privacy", "protect_privileged_information"]),
        ("dont_lie", ["do_not_lie"]), ("lie", ["do_not_lie"]), ("be_kreative", ["be_creative"]),
        ("uncertainty", ["express_uncertainty"]), ("clarifying questions", ["ask_clarifying_questions"]),
        ("protect_privileged_messages", ["protect_privileged_information"]),
        ("xqzvw", []), ("", []), ("___", []), ("qq", []), ("completely_different_thing", []), ("安全", []),
    ])
    func `a mistyped name finds what it meant, and nonsense nothing`(text: String, nearest: [String]) {
        #expect(Nearest.matches(text, among: Self.names, limit: 3) == nearest)
    }

    @Test func `the order of the candidates does not matter`() {
        var generator = SplitMix(state: 1)
        let names = (0..<40).map { "be_\($0)" } + Self.names
        let first = Nearest.matches("be_1", among: names, limit: 5)
        #expect(first == ["be_1", "be_0", "be_10", "be_11", "be_12"])
        for _ in 0..<20 {
            #expect(Nearest.matches("be_1", among: names.shuffled(using: &generator), limit: 5) == first)
        }
        #expect(Nearest.matches("be_1", among: names, limit: 0).isEmpty)
        #expect(Nearest.matches("be_1", among: names, limit: -1).isEmpty)
    }

    @Test func `a hostile name costs little`() {
        let long = String(repeating: "ab", count: 5_000_000)
        #expect(Nearest.matches(long, among: Self.names, limit: 3).isEmpty)
        #expect(Nearest.matches("ab", among: [long], limit: 3).isEmpty)
        let hard = String(repeating: "ab", count: 128)
        let start = ContinuousClock.now
        _ = Nearest.matches(hard, among: repeatElement(String(repeating: "ba", count: 128), count: 500), limit: 3)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    /// Every pair of short words against the recursive definition of the restricted distance.
    @Test func `the distance is the restricted Damerau-Levenshtein distance`() {
        func reference(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
            guard let x = a.last, let y = b.last else { return a.count + b.count }
            var best = min(
                reference(a.dropLast(), b) + 1, reference(a, b.dropLast()) + 1,
                reference(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1))
            if a.count > 1, b.count > 1, x == b[b.endIndex - 2], y == a[a.endIndex - 2] {
                best = min(best, reference(a.dropLast(2), b.dropLast(2)) + 1)
            }
            return best
        }
        var words = [""]
        for _ in 0..<4 { words = words + words.flatMap { word in ["a", "b", "c"].map { word + $0 } } }
        words = Array(Set(words)).sorted()
        var generator = SplitMix(state: 7)
        for _ in 0..<1500 {
            guard let a = words.randomElement(using: &generator), let b = words.randomElement(using: &generator)
            else { continue }
            let expected = reference(ArraySlice(Array(a)), ArraySlice(Array(b)))
            for limit in 0...5 {
                #expect(
                    Nearest.distance(Array(a.utf8), Array(b.utf8), limit: limit)
                        == (expected <= limit ? expected : nil))
            }
        }
    }
}
