import Cryptography
import Merkle
import Notes
import Testing

struct PolicyTests {
    private let log: ExampleLog
    private let witnesses: [SigningKey]
    /// The vkeys of six witnesses.
    private let keys: [String]

    init() throws {
        log = try ExampleLog()
        witnesses = try (0..<6).map { try exampleKey("witness\($0).example", UInt8($0 + 10)) }
        keys = witnesses.map(\.cosignatureKey.text)
    }

    /// The example of the specification.
    private func example() throws -> Policy {
        try Policy(
            parsing: """
                # Two operators
                log \(log.key.verifierKey)

                witness X1 \(keys[0])
                  witness\tX2 \(keys[1])  https://x2.example/\u{20}
                witness X3 \(keys[2])
                group X-witnesses 2 X1 X2 X3

                \t# more
                witness Y1 \(keys[3])
                witness Y2 \(keys[4])
                witness Y3 \(keys[5])
                group Y-witnesses any Y1 Y2 Y3

                group X-and-Y all X-witnesses Y-witnesses
                quorum X-and-Y

                """.bytes)
    }

    @Test func `the example of the specification is read`() throws {
        let policy = try example()
        #expect(policy.logs.map(\.key) == [log.key.verifierKey] && policy.logs[0].url == nil)
        #expect(policy.witnesses.map(\.name.description) == ["X1", "X2", "X3", "Y1", "Y2", "Y3"])
        #expect(policy.witnesses[1].url == "https://x2.example/" && policy.witnesses[0].url == nil)
        #expect(policy.groups.map(\.threshold) == [2, 1, 2])
        #expect(policy.quorum == Policy.Name("X-and-Y"))
    }

    @Test func `the quorum is met by two of three and one of three`() throws {
        let policy = try example()
        let names = policy.witnesses.map(\.name)
        for set in 0..<64 {
            let chosen = names.indices.filter { set >> $0 & 1 == 1 }
            let want = (set & 7).nonzeroBitCount >= 2 && set >> 3 != 0
            #expect(policy.isSatisfied(by: chosen.map { names[$0] }) == want)
            let checkpoint = log.checkpoint(6)
            let note = try checkpoint.signed(by: log.key)
                .adding(chosen.map { witnesses[$0].cosign(checkpoint.text, time: UInt64($0)) })
            if want {
                let trusted = try policy.evaluate(note)
                #expect(trusted.checkpoint == checkpoint)
                #expect(policy.cosigners(of: trusted) == chosen.map { names[$0] })
            } else {
                #expect(throws: NoteError.quorumNotMet(cosigners: chosen.map { names[$0] })) {
                    try policy.evaluate(note)
                }
            }
        }
        #expect(!policy.isSatisfied(by: [Policy.Name("X-and-Y"), Policy.Name("X-witnesses"), Policy.Name("nobody")]))
    }

    @Test func `a log must be known and have signed, and a witness must not have erred`() throws {
        let policy = try example()
        let other = try ExampleLog("example.com/other", 3)
        let note = try other.checkpoint(3).signed(by: other.key)
        #expect(throws: NoteError.originUnknown("example.com/other")) { try policy.evaluate(note) }
        let impostor = try ExampleLog("example.com/log", 3)
        let forged = try impostor.checkpoint(3).signed(by: impostor.key)
        #expect(throws: NoteError.noKnownSignature) { try policy.evaluate(forged) }
        let wrong = witnesses[0].cosign(log.checkpoint(2).text, time: 1)
        let erred = try log.checkpoint(3).signed(by: log.key).adding([wrong])
        #expect(throws: NoteError.signatureInvalid(name: witnesses[0].name, keyID: wrong.keyID)) {
            try policy.evaluate(erred)
        }
    }

    @Test func `no quorum needs no witness, and logs may come from the application`() throws {
        let policy = try Policy(parsing: "quorum none\n".bytes)
        #expect(policy.isSatisfied(by: []) && policy.quorum == nil)
        let note = try log.checkpoint(3).signed(by: log.key)
        #expect(try policy.evaluate(note, logs: [log.key.verifierKey]).checkpoint == log.checkpoint(3))
        #expect(throws: NoteError.originUnknown("example.com/log")) { try policy.evaluate(note) }
    }

    @Test func `names are bytes, which need not be UTF-8`() throws {
        let names: [[UInt8]] = [[0x4B], [0xE2, 0x84, 0xAA], [0xFF], [0xFE], "e\u{301}".bytes, "\u{E9}".bytes]
        var text: [UInt8] = []
        for (name, key) in zip(names, keys) { text += "witness ".bytes + name + " \(key)\n".bytes }
        text += "quorum ".bytes + names[2] + "\n".bytes
        let policy = try Policy(parsing: text)
        for name in names { #expect(policy.isSatisfied(by: [Policy.Name(name)]) == (name == names[2])) }
    }

    @Test func `deep and wide policies are evaluated`() throws {
        var text = "witness w \(keys[0])\ngroup g0 any w\n"
        for number in 1...20_000 { text += "group g\(number) all g\(number - 1)\n" }
        let policy = try Policy(parsing: (text + "quorum g20000\n").bytes)
        #expect(policy.isSatisfied(by: [Policy.Name("w")]) && !policy.isSatisfied(by: []))
    }

    @Test func `a faulty line is refused and named`() throws {
        let w = "witness w \(keys[0])\nwitness v \(keys[1])\n"
        let logKey = log.key.verifierKey
        let name = { Policy.Name($0) }
        let unsupported = "k+00000000+" + Base64.encode([6] + [UInt8](repeating: 0, count: 1312), .standard)
        let renamed = VerifierKey(name: logKey.name, kind: .cosignature, publicKey: witnesses[0].verifierKey.publicKey)
        let table: [(String, Int, PolicyProblem)] = [
            ("", 1, .withoutQuorum), ("# none\n", 2, .withoutQuorum), ("quorum none", 1, .withoutNewline),
            ("quorum none\nquorum none\n", 2, .secondQuorum), ("quorum\n", 1, .fieldCount(keyword: "quorum")),
            ("quorum none none\n", 1, .fieldCount(keyword: "quorum")), ("quorum w\n", 1, .unknownName(name("w"))),
            ("quorum w\n" + w, 1, .unknownName(name("w"))), ("Quorum none\n", 1, .unknownKeyword(name("Quorum"))),
            ("quorum none # yes\n", 1, .fieldCount(keyword: "quorum")), ("log\n", 1, .fieldCount(keyword: "log")),
            ("log \(logKey) a b\n", 1, .fieldCount(keyword: "log")), ("log x\n", 1, .key(.keyMalformed)),
            ("log \(unsupported)\n", 1, .key(.keyTypeUnsupported(6))),
            ("log \(keys[0])\n", 1, .keyKind(got: .cosignature, want: .note)),
            ("log \(logKey)\n\nlog \(logKey)\n", 3, .duplicateKey(line: 1)),
            ("witness w\n", 1, .fieldCount(keyword: "witness")),
            ("witness w \(logKey)\n", 1, .keyKind(got: .note, want: .cosignature)),
            ("witness w \(keys[0]) a b\n", 1, .fieldCount(keyword: "witness")),
            ("witness none \(keys[0])\n", 1, .duplicateName(name("none"))),
            (w + "witness w \(keys[2])\n", 3, .duplicateName(name("w"))),
            (w + "witness u \(renamed)\n", 3, .duplicateKey(line: 1)),
            (w + "group g any\n", 3, .fieldCount(keyword: "group")),
            (w + "group w any v\n", 3, .duplicateName(name("w"))),
            (w + "group g any x\n", 3, .unknownName(name("x"))), (w + "group g any g\n", 3, .unknownName(name("g"))),
            (w + "group g any none\n", 3, .unknownName(name("none"))),
            (w + "group g all w w\n", 3, .memberTwice(name("w"))),
            (w + "group g any w\ngroup h any w v\n", 4, .memberTwice(name("w"))),
            (w + "group g 0 w v\n", 3, .threshold(name("0"), members: 2)),
            (w + "group g 3 w v\n", 3, .threshold(name("3"), members: 2)),
            (w + "group g 02 w v\n", 3, .threshold(name("02"), members: 2)),
            (w + "group g -1 w v\n", 3, .threshold(name("-1"), members: 2)),
            (w + "group g ALL w v\n", 3, .threshold(name("ALL"), members: 2)),
            (w + "group g 99999999999999999999 w v\n", 3, .threshold(name("99999999999999999999"), members: 2)),
            ("quorum none\r\n", 1, .controlCharacter(13)), ("#\0\n", 1, .controlCharacter(0)),
            ("#\u{7F}\n", 1, .controlCharacter(0x7F)),
            (String(repeating: "\n", count: 1_000_001), 1, .tooLong(count: 1_000_001, limit: 1_000_000)),
        ]
        for (text, line, problem) in table {
            #expect(throws: NoteError.policy(line: line, problem), "\(text.prefix(200))") {
                try Policy(parsing: text.bytes)
            }
        }
    }
}

struct NoteErrorTests {
    @Test func `errors say what was found and what was expected`() {
        #expect("\(NoteError.keyTypeUnsupported(6))" == "keys of type 0x06 are not supported")
        #expect(
            "\(NoteError.policy(line: 3, .key(.keyIDDiffers(got: 1, want: 0xABCD))))"
                == "line 3 of the policy: the key is written with ID 00000001 but has 0000abcd")
        #expect(
            "\(NoteError.notIncluded(.indexOutsideTree(index: 7, size: 7)))"
                == "the entry is not proven to be in the log: a tree of size 7 has no leaf 7")
    }
}
