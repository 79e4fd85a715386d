import Cryptography
import Notes
import Testing

private let emptyRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

struct CheckpointTests {
    @Test(arguments: [
        "example.com/log\n0\n\(emptyRoot)\n", "o\n18446744073709551615\n\(emptyRoot)\n",
        "an origin + spaces\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "o\n1\n\(emptyRoot)\nextension\nanother one\n",
    ])
    func `a checkpoint comes back as it was written`(text: String) throws {
        let checkpoint = try Checkpoint(parsing: text.bytes)
        #expect(checkpoint.text == text.bytes)
        let again = Checkpoint(
            origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root, extensions: checkpoint.extensions)
        #expect(again == checkpoint && again.text == text.bytes)
    }

    @Test(arguments: [
        ("", 1), ("\n", 1), ("o", 1), ("o\n", 2), ("o\n1\n", 3), ("\n1\n\(emptyRoot)\n", 1),
        ("o\n\n\(emptyRoot)\n", 2), ("o\n01\n\(emptyRoot)\n", 2), ("o\n00\n\(emptyRoot)\n", 2),
        ("o\n-1\n\(emptyRoot)\n", 2), ("o\n+1\n\(emptyRoot)\n", 2), ("o\n 1\n\(emptyRoot)\n", 2),
        ("o\n1 \n\(emptyRoot)\n", 2), ("o\n0x1\n\(emptyRoot)\n", 2), ("o\n١\n\(emptyRoot)\n", 2),
        ("o\n18446744073709551616\n\(emptyRoot)\n", 2), ("o\n99999999999999999999999\n\(emptyRoot)\n", 2),
        ("o\n1\n\n", 3), ("o\n1\nAAAA\n", 3), ("o\n1\n\(emptyRoot)", 3), ("o\n1\n\(emptyRoot)=\n", 3),
        ("o\n1\n\(emptyRoot.dropLast())\n", 3), ("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", 3),
        ("o\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n", 3), ("o\n1\n\(emptyRoot)\n\n", 4),
        ("o\n1\n\(emptyRoot)\nextension", 4), ("o\n1\n\(emptyRoot)\nextension\n\nanother\n", 5),
    ])
    func `a malformed checkpoint is refused, naming the line`(text: String, line: Int) {
        #expect(throws: NoteError.checkpointMalformed(line: line)) { try Checkpoint(parsing: text.bytes) }
    }

    @Test func `an origin that is not UTF-8 is refused`() {
        #expect(throws: NoteError.checkpointMalformed(line: 1)) {
            try Checkpoint(parsing: [0xFF] + "\n1\n\(emptyRoot)\n".bytes)
        }
    }

    @Test func `checkpoints are the same when their bytes are`() throws {
        let composed = try Checkpoint(parsing: "\u{E9}\n1\n\(emptyRoot)\n".bytes)
        let decomposed = try Checkpoint(parsing: "e\u{301}\n1\n\(emptyRoot)\n".bytes)
        #expect(composed.origin == decomposed.origin && composed != decomposed)
    }

    @Test(arguments: [
        ("example.com/log", true), ("acme/decisions/2", true), (String(repeating: "a", count: 255), true),
        (String(repeating: "a", count: 256), false), (String(repeating: "é", count: 128), false), ("", false),
        ("a b", false), ("a+b", false), ("a\nb", false), ("a\u{7F}", false), ("a\u{9B}b", false), ("a\u{A0}b", false),
    ])
    func `an origin of ours can name a key`(origin: String, valid: Bool) {
        #expect(Checkpoint.isValidOrigin(origin) == valid)
    }

    @Test func `a note is rebuilt from what is stored of it`() throws {
        let log = try ExampleLog()
        let checkpoint = log.checkpoint(5)
        let note = try checkpoint.signed(by: log.key)
        let signature = checkpoint.signature(by: log.key)
        #expect(signature.count == 64)
        let keyID = log.key.verifierKey.keyID
        #expect(try checkpoint.note(signature: signature, keyID: keyID) == note)
        #expect(throws: NoteError.signatureLength(got: 63, want: 64)) {
            try checkpoint.note(signature: signature.dropLast(), keyID: keyID)
        }
        let unnamed = Checkpoint(origin: "a b", size: 5, root: checkpoint.root)
        #expect(throws: NoteError.nameInvalid("a b")) { try unnamed.note(signature: signature, keyID: keyID) }
    }

    @Test func `changing any byte of a signed checkpoint is refused or changes nothing that is trusted`() throws {
        let log = try ExampleLog()
        let checkpoint = log.checkpoint(7)
        let stranger = try exampleKey("stranger.example", 9)
        let bytes = try checkpoint.signed(by: log.key).adding([stranger.sign(checkpoint.text)]).bytes
        let strangersLine = bytes.count - stranger.sign([]).line.utf8.count - 1
        for offset in bytes.indices {
            for change: UInt8 in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF] {
                var changed = bytes
                changed[offset] ^= change
                let trusted = try? SignedNote(parsing: changed).trustedCheckpoint(by: [log.key.verifierKey])
                #expect(trusted == nil || trusted?.checkpoint == checkpoint && offset >= strangersLine)
            }
        }
        for count in bytes.indices where count != strangersLine {
            #expect(throws: NoteError.self) {
                try SignedNote(parsing: Array(bytes.prefix(count))).trustedCheckpoint(by: [log.key.verifierKey])
            }
        }
    }

    @Test func `only the key of the origin makes a checkpoint trusted`() throws {
        let log = try ExampleLog()
        let witness = try exampleKey("witness.example", 2)
        let other = try exampleKey("other.example", 3)
        let checkpoint = log.checkpoint(3)
        let note = try checkpoint.signed(by: log.key)
            .adding([other.sign(checkpoint.text), witness.cosign(checkpoint.text, time: 12)])
        let trusted = try note.trustedCheckpoint(by: [log.key.verifierKey, witness.cosignatureKey])
        #expect(trusted.checkpoint == checkpoint && trusted.log == log.key.verifierKey)
        #expect(trusted.cosignatures.map(\.time) == [12])
        #expect(throws: NoteError.originUnknown("example.com/log")) {
            try note.trustedCheckpoint(by: [other.verifierKey, witness.cosignatureKey])
        }
        let foreign = try SignedNote(text: checkpoint.text, signatures: [witness.cosign(checkpoint.text, time: 12)])
        #expect(throws: NoteError.noLogSignature) {
            try foreign.trustedCheckpoint(by: [log.key.verifierKey, witness.cosignatureKey])
        }
    }
}
