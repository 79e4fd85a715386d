import Cryptography
import Notes
import Testing

/// The example of the signed-note specification.
private let specificationKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
private let specificationNote = """
    This is an example message.

    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

    """
/// A signature line of a key that nobody knows.
private let strange = "— strange AAAAAAE=\n"

struct SignedNoteTests {
    @Test func `the example of the specification is verified`() throws {
        let note = try SignedNote(parsing: specificationNote.bytes)
        #expect(note.bytes == specificationNote.bytes)
        let key = try VerifierKey(parsing: specificationKey)
        let verified = try note.verified(by: [key])
        #expect(verified.text == "This is an example message.\n".bytes)
        #expect(verified.signatures.map(\.key) == [key] && verified.signatures[0].time == nil)
    }

    @Test func `the example of golang.org/x/mod/sumdb/note is signed byte for byte`() throws {
        let key = try SigningKey(
            parsing: "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            """.bytes
        let line =
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
        #expect(key.sign(text).line == line)
        let note = try SignedNote(text: text, signatures: [key.sign(text)])
        #expect(note.bytes == text + "\n\(line)\n".bytes)
        #expect(try SignedNote(parsing: note.bytes) == note)
    }

    @Test(arguments: ["\n", "a\n", "a\n\n", "\n\n\n", "a\n\nb\n", "a\n\n— strange AAAAAAE=\n", "é\u{7F}\n"])
    func `a text with blank lines comes back`(text: String) throws {
        let key = try exampleKey("example.com/foo", 1)
        let note = try SignedNote(text: text.bytes, signatures: [key.sign(text.bytes)])
        let again = try SignedNote(parsing: note.bytes)
        #expect(again == note && again.text == text.bytes)
        #expect(try again.verified(by: [key.verifierKey]).text == text.bytes)
    }

    @Test(
        arguments: [
            ("", .noteWithoutSignatures), ("\n", .noteWithoutSignatures), ("\n\n", .noteWithoutSignatures),
            ("a\n", .noteWithoutSignatures), ("a\n\n", .noteWithoutSignatures), ("a", .noteWithoutSignatures),
            ("a\n" + strange, .noteWithoutSignatures), ("a\n\n" + strange + "\n", .noteWithoutSignatures),
            ("a\n\n" + strange.dropLast(), .signatureMalformed(line: 1)),
            ("a\n\n" + strange + "b\n", .signatureMalformed(line: 2)),
            ("a\n\n" + strange + "b", .signatureMalformed(line: 2)),
            ("a\n\n- strange AAAAAAE=\n", .signatureMalformed(line: 1)),
            ("a\n\n– strange AAAAAAE=\n", .signatureMalformed(line: 1)),
            ("a\n\n—strange AAAAAAE=\n", .signatureMalformed(line: 1)),
            ("a\n\n—  AAAAAAE=\n", .signatureMalformed(line: 1)), ("a\n\n— strange\n", .signatureMalformed(line: 1)),
            ("a\n\n— strange \n", .signatureMalformed(line: 1)),
            ("a\n\n— s+t AAAAAAE=\n", .signatureMalformed(line: 1)),
            ("a\n\n— s\u{3000}t AAAAAAE=\n", .signatureMalformed(line: 1)),
            ("a\n\n— strange AAAAAAE= \n", .signatureMalformed(line: 1)),
            ("a\n\n— strange  AAAAAAE=\n", .signatureMalformed(line: 1)),
            ("a\n\n— strange AAAAAAE\n", .signatureMalformed(line: 1)),
            ("a\n\n— strange AAAAAAF=\n", .signatureMalformed(line: 1)),
            ("a\n\n— strange AAAAAA_=\n", .signatureMalformed(line: 1)),
            ("a\n\n— strange AAAAAA==\n", .signatureMalformed(line: 1)),
            ("a\0\n\n" + strange, .controlCharacter(0, offset: 1)),
            ("a\r\n\r\n" + strange, .controlCharacter(13, offset: 1)),
            ("a\n\n— strange\tAAAAAAE=\n", .controlCharacter(9, offset: 14)),
            ("a\u{1F}\n\n" + strange, .controlCharacter(0x1F, offset: 1)),
        ] as [(String, NoteError)])
    func `a malformed note is refused`(text: String, error: NoteError) {
        #expect(throws: error) { try SignedNote(parsing: text.bytes) }
    }

    @Test func `a note that is not UTF-8 is refused`() {
        for bad: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
            #expect(throws: NoteError.noteNotUTF8) { try SignedNote(parsing: "a".bytes + bad + "\n\n\(strange)".bytes) }
            #expect(throws: NoteError.noteNotUTF8) {
                try SignedNote(parsing: "a\n\n— ".bytes + bad + " AAAAAAE=\n".bytes)
            }
        }
    }

    @Test func `a note has at most 100 signatures and a million bytes`() throws {
        let hundred = "a\n\n" + String(repeating: strange, count: 100)
        #expect(try SignedNote(parsing: hundred.bytes).signatures.count == 100)
        #expect(throws: NoteError.tooManySignatures(limit: 100)) {
            try SignedNote(parsing: (hundred + strange).bytes)
        }
        let end = "\n\n" + strange
        let longest = String(repeating: "a", count: 1_000_000 - end.utf8.count) + end
        #expect(try SignedNote(parsing: longest.bytes).bytes.count == 1_000_000)
        #expect(throws: NoteError.noteTooLong(count: 1_000_001, limit: 1_000_000)) {
            try SignedNote(parsing: ("a" + longest).bytes)
        }
        let signature = try #require(try NoteSignature.lines(parsing: strange.bytes).first)
        #expect(throws: NoteError.tooManySignatures(limit: 100)) {
            try SignedNote(text: "a\n".bytes, signatures: Array(repeating: signature, count: 101))
        }
        #expect(throws: NoteError.noteWithoutSignatures) { try SignedNote(text: "a\n".bytes, signatures: []) }
        #expect(throws: NoteError.textWithoutNewline) { try SignedNote(text: "a".bytes, signatures: [signature]) }
        #expect(throws: NoteError.textWithoutNewline) { try SignedNote(text: [], signatures: [signature]) }
        #expect(throws: NoteError.controlCharacter(9, offset: 0)) {
            try SignedNote(text: "\t\n".bytes, signatures: [signature])
        }
    }

    @Test func `unknown signatures are ignored, and one by a known key is needed`() throws {
        let known = try exampleKey("known.example", 1)
        let other = try exampleKey("known.example", 2)
        let text = "text\n".bytes
        let note = try SignedNote(text: text, signatures: [other.sign(text), known.sign(text)])
        #expect(try note.verified(by: [known.verifierKey]).signatures.map(\.key) == [known.verifierKey])
        #expect(throws: NoteError.noKnownSignature) { try note.verified(by: []) }
        #expect(throws: NoteError.noKnownSignature) { try note.verified(by: [known.cosignatureKey]) }
        let sameBytes = try exampleKey("elsewhere.example", 1)
        #expect(throws: NoteError.noKnownSignature) { try note.verified(by: [sameBytes.verifierKey]) }
    }

    @Test func `a wrong signature by a known key refuses the note, whatever else signed it`() throws {
        let one = try exampleKey("one.example", 1)
        let two = try exampleKey("two.example", 2)
        let text = "text\n".bytes
        let wrong = two.sign("other\n".bytes)
        let error = NoteError.signatureInvalid(name: two.name, keyID: two.verifierKey.keyID)
        for signatures in [[one.sign(text), wrong], [wrong, one.sign(text)], [two.sign(text), wrong], [wrong]] {
            let note = try SignedNote(text: text, signatures: signatures)
            #expect(throws: error) { try note.verified(by: [one.verifierKey, two.verifierKey]) }
        }
        let note = try SignedNote(text: text, signatures: [one.sign(text), wrong])
        #expect(try note.verified(by: [one.verifierKey]).signatures.count == 1)
    }

    @Test func `a key that signed twice counts once, and signatures are added once`() throws {
        let key = try exampleKey("one.example", 1)
        let text = "text\n".bytes
        let note = try SignedNote(text: text, signatures: [key.sign(text), key.sign(text)])
        #expect(try note.verified(by: [key.verifierKey, key.verifierKey]).signatures.count == 1)
        let more = try NoteSignature.lines(parsing: (strange + strange).bytes)
        #expect(more.count == 2)
        #expect(try note.adding(more).signatures == note.signatures + [more[0]])
        #expect(throws: NoteError.noteWithoutSignatures) { try NoteSignature.lines(parsing: []) }
    }
}
