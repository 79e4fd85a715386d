import Cryptography
import Notes
import Testing

private let specification = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
/// A key of the documentation of golang.org/x/mod/sumdb/note.
private let neumann = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
private let neumannPublic = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

struct KeyNameTests {
    @Test(arguments: ["a", "example.com/foo", "é", "\u{200B}", "\u{7F}", "—", "a=b/c:d"])
    func `a name may have these characters`(name: String) {
        #expect(KeyName.isValid(name))
        #expect(KeyName(name)?.text == name)
    }

    @Test(arguments: [
        "", " ", "a b", "a+b", "a\n", "a\t", "a\0", "a\u{1F}", "a\u{85}b", "a\u{A0}b", "a\u{1680}b", "a\u{2003}b",
        "a\u{2028}b", "a\u{202F}b", "a\u{205F}b", "a\u{3000}b",
    ])
    func `a name has no spaces, plus or control characters`(name: String) {
        #expect(!KeyName.isValid(name))
        #expect(KeyName(name) == nil)
        #expect(throws: NoteError.nameInvalid(name)) { try exampleKey(name, 1) }
    }

    @Test func `names that only look the same are different`() {
        #expect("e\u{301}" == "\u{E9}")
        #expect(KeyName("e\u{301}") != KeyName("\u{E9}"))
        #expect(Set([KeyName("e\u{301}"), KeyName("\u{E9}"), KeyName("\u{E9}")]).count == 2)
    }
}

struct VerifierKeyTests {
    @Test(arguments: [specification, neumannPublic])
    func `a published key comes back as it was written`(text: String) throws {
        let key = try VerifierKey(parsing: text)
        #expect(key.text == text && key.kind == .note)
    }

    @Test func `the same key has another ID for cosignatures`() throws {
        let key = try VerifierKey(parsing: specification)
        let witness = VerifierKey(name: key.name, kind: .cosignature, publicKey: key.publicKey)
        #expect(key.keyID == 0x530d_903a && witness.keyID == 0x7c26_4079)
        #expect(witness.text.hasPrefix("example.com/foo+7c264079+BO"))
        #expect(try VerifierKey(parsing: witness.text) == witness)
        #expect(witness != key)
    }

    @Test(arguments: [0x00, 0x02, 0x03, 0x05, 0x06, 0xfa, 0xff] as [UInt8])
    func `a type that is not supported is named`(type: UInt8) throws {
        let text = "example.com/foo+12345678+" + Base64.encode([type] + [UInt8](repeating: 7, count: 32), .standard)
        #expect(throws: NoteError.keyTypeUnsupported(type)) { try VerifierKey(parsing: text) }
    }

    @Test(
        arguments: [
            ("", .keyMalformed), ("a", .keyMalformed), ("a+530d903a", .keyMalformed), ("++", .nameInvalid("")),
            ("a b+530d903a+AQ==", .nameInvalid("a b")), ("a+530d903+AQ==", .keyMalformed),
            ("a+530D903A+AQ==", .keyMalformed), ("a+0530d903a+AQ==", .keyMalformed), ("a++30d903a+AQ==", .keyMalformed),
            ("a+530d903a+AQ", .keyMalformed), ("a+530d903a+AR==", .keyMalformed), ("a+530d903a+A Q=", .keyMalformed),
            ("a+530d903a+", .keyLength(got: 0, want: 32)), ("a+530d903a+AQ==", .keyLength(got: 0, want: 32)),
            (
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                .keyIDDiffers(got: 0x530d_903b, want: 0x530d_903a)
            ),
            ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n", .keyMalformed),
            (
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAAAA",
                .keyLength(got: 35, want: 32)
            ),
        ] as [(String, NoteError)])
    func `a malformed key is refused`(text: String, error: NoteError) {
        #expect(throws: error) { try VerifierKey(parsing: text) }
    }

    @Test func `no character of a key can be changed`() throws {
        for index in specification.utf8.indices {
            for other in ["A", "0", "+", "z"] where other.utf8.first != specification.utf8[index] {
                let text = specification[..<index] + other + specification[specification.utf8.index(after: index)...]
                #expect(throws: NoteError.self) { try VerifierKey(parsing: text) }
            }
        }
    }
}

struct SigningKeyTests {
    @Test func `a published private key has its public key and comes back as it was written`() throws {
        let key = try SigningKey(parsing: neumann)
        #expect(key.text == neumann)
        #expect(key.verifierKey.text == neumannPublic)
    }

    @Test func `a generated key signs, and comes back out of its text`() throws {
        let key = try SigningKey.generate(name: "example.com/new", randomness: .system)
        let again = try SigningKey(parsing: key.text)
        #expect(again.verifierKey == key.verifierKey && again.cosignatureKey == key.cosignatureKey)
        let signature = again.sign("text\n".bytes)
        #expect(key.verifierKey.verify(signature.signature, of: "text\n".bytes))
        #expect(try SigningKey.generate(name: "example.com/new", randomness: .system).text != key.text)
    }

    @Test(arguments: [
        "", "PRIVATE+KEY+", neumannPublic, String(neumann.dropFirst()), neumann + "\n", neumann + "A", neumann + "AAAA",
        String(neumann.dropLast(4)), neumann.replacing("c74f20a3", with: "c74f20a4"),
        neumann.replacing("Peter", with: ""),
        neumann.replacing("+AY", with: "+BY"),
    ])
    func `a malformed private key is refused, and no error repeats the seed`(text: String) {
        do {
            _ = try SigningKey(parsing: text)
            Issue.record("accepted")
        } catch {
            #expect(!"\(error)".contains("AYEKF") && !"\(error)".contains("YEKFALVFGyN"))
        }
    }

    @Test func `printing a private key shows nothing of the seed`() throws {
        let key = try SigningKey(parsing: neumann)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("AYEKF") && text.contains(neumannPublic) && !text.contains("seed"))
        }
    }
}
