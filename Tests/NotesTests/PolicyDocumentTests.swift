import Cryptography
import Notes
import Testing

struct PolicyDocumentTests {
    private let log: VerifierKey
    private let keys: [String]

    init() throws {
        log = try exampleKey("log.example", 1).verifierKey
        keys = try (0..<5).map { try exampleKey("w\($0).example", UInt8($0 + 10)).cosignatureKey.text }
    }

    private func text(_ document: PolicyDocument) -> String { String(decoding: document.bytes, as: UTF8.self) }

    @Test func `the first witness makes the group, and further ones join it`() throws {
        var document = PolicyDocument(logs: [log])
        #expect(try Policy(parsing: document.bytes).quorum == nil)
        try document.add("a", key: keys[0], url: "https://a.example/w")
        try document.add("b", key: keys[1], url: "http://b.example")
        #expect(
            text(document) == """
                # Who is trusted to have seen the checkpoints of this ledger (C2SP tlog-policy).
                log \(log)
                witness a \(keys[0]) https://a.example/w
                witness b \(keys[1]) http://b.example
                group witnesses all a b
                quorum witnesses

                """)
        #expect(try Policy(parsing: document.bytes) == document.policy)
        #expect(document.policy.quorumText == "all of a, b")
        try document.add("c", key: keys[2], url: "https://c.example", quorum: .count(2))
        #expect(document.policy.quorumText == "2 of a, b, c")
        try document.add("d", key: keys[3], url: "https://d.example")
        #expect(document.policy.quorumText == "2 of a, b, c, d")
        try document.remove("b", quorum: .any)
        #expect(document.policy.quorumText == "any of a, c, d")
    }

    @Test func `comments, order and groups of the person stay as they are`() throws {
        let before = """
            # by hand
            log \(log)\thttps://log.example

            witness a \(keys[0]) https://a.example
              witness b \(keys[1])
            # our two
            group own 1 a b
            quorum own
            # the end

            """
        var document = try PolicyDocument(parsing: before.bytes)
        #expect(!document.isManaged && text(document) == before)
        try document.add("c", key: keys[2], url: "https://c.example")
        let line = "witness c \(keys[2]) https://c.example\n"
        #expect(text(document) == before.replacing("# our two", with: line + "# our two"))
        #expect(document.policy.quorumText == "any of a, b")
        try document.remove("c")
        #expect(text(document) == before)
        #expect(throws: PolicyDocument.Problem.ownQuorum(Policy.Name("own"))) {
            try document.add("c", key: keys[2], url: "https://c.example", quorum: .all)
        }
        #expect(throws: PolicyDocument.Problem.refused(.policy(line: 6, .unknownName(Policy.Name("a"))))) {
            try document.remove("a")
        }
        #expect(text(document) == before)
    }

    @Test func `without its last witness a ledger requires none, and can have one again`() throws {
        var document = PolicyDocument(logs: [log])
        let empty = text(document)
        try document.add("a", key: keys[0], url: "https://a.example")
        let one = text(document)
        try document.remove("a")
        #expect(text(document) == empty && document.policy.quorumText == nil)
        try document.add("a", key: keys[0], url: "https://a.example")
        #expect(text(document) == one)
    }

    @Test func `what a policy would refuse is refused with its line, and nothing is changed`() throws {
        var document = PolicyDocument(logs: [log])
        try document.add("a", key: keys[0], url: "https://a.example")
        let before = text(document)
        let cases: [(String, String, String, PolicyDocument.Quorum?, PolicyDocument.Problem)] = [
            ("a", keys[1], "https://b.example", nil, .refused(.policy(line: 4, .duplicateName(Policy.Name("a"))))),
            ("b", keys[0], "https://b.example", nil, .refused(.policy(line: 4, .duplicateKey(line: 3)))),
            (
                "b", log.text, "https://b.example", nil,
                .refused(.policy(line: 4, .keyKind(got: .note, want: .cosignature)))
            ),
            ("b", "nonsense", "https://b.example", nil, .refused(.policy(line: 4, .key(.keyMalformed)))),
            ("b", "a b", "https://b.example", nil, .refused(.keyMalformed)),
            (
                "b", keys[1], "https://b.example", .count(3),
                .refused(.policy(line: 5, .threshold(Policy.Name("3"), members: 2)))
            ),
            (
                "witnesses", keys[1], "https://b.example", nil,
                .refused(.policy(line: 5, .duplicateName(Policy.Name("witnesses"))))
            ),
            ("none", keys[1], "https://b.example", nil, .nameInvalid("none")),
            ("", keys[1], "https://b.example", nil, .nameInvalid("")),
            ("b c", keys[1], "https://b.example", nil, .nameInvalid("b c")),
            ("b\nquorum", keys[1], "https://b.example", nil, .nameInvalid("b\nquorum")),
            ("b", keys[1], "ftp://b.example", nil, .urlInvalid("ftp://b.example")),
            ("b", keys[1], "https://", nil, .urlInvalid("https://")),
            ("b", keys[1], "https://b.example?a", nil, .urlInvalid("https://b.example?a")),
            ("b", keys[1], "https://b.example#a", nil, .urlInvalid("https://b.example#a")),
            ("b", keys[1], "https://b.example\nquorum none", nil, .urlInvalid("https://b.example\nquorum none")),
            ("b", keys[1] + "\nquorum none", "https://b.example", nil, .refused(.keyMalformed)),
        ]
        for (name, key, url, quorum, problem) in cases {
            #expect(throws: problem) { try document.add(name, key: key, url: url, quorum: quorum) }
            #expect(text(document) == before)
        }
        #expect(throws: PolicyDocument.Problem.unknownWitness("z")) { try document.remove("z") }
    }

    @Test func `a log that had several keys is trusted by each`() throws {
        let second = try exampleKey("log.example", 2).verifierKey
        let document = PolicyDocument(logs: [log, second])
        #expect(try Policy(parsing: document.bytes) == document.policy)
        #expect(document.policy.logs.map(\.key) == [log, second])
    }

    @Test func `quorums are all, any and numbers from one`() {
        let cases: [(String, PolicyDocument.Quorum?)] = [
            ("all", .all), ("any", .any), ("1", .count(1)), ("17", .count(17)), ("0", nil), ("01", nil), ("-1", nil),
            ("", nil), ("most", nil), ("99999999999", nil),
        ]
        for (text, quorum) in cases { #expect(PolicyDocument.Quorum(text) == quorum) }
    }
}
