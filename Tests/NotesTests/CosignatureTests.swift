import Cryptography
import Notes
import Testing

struct CosignatureTests {
    @Test func `the message is that of the specification`() {
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        #expect(
            Cosignature.message(text.bytes, time: 1_679_315_147) == "cosignature/v1\ntime 1679315147\n\(text)".bytes)
    }

    @Test func `the cosignature in the specification has its time`() throws {
        let line =
            "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5"
            + "nNo0xUe+mbIUBkBIfZ+qnA==\n"
        let signature = try #require(try NoteSignature.lines(parsing: line.bytes).first)
        #expect(signature.line + "\n" == line && signature.keyID == 0x8d66_cf3f)
        #expect(Cosignature(signature.signature)?.time == 1_679_315_147)
        #expect(Cosignature(signature.signature)?.bytes == signature.signature)
    }

    @Test func `a cosignature is of one text at one time by one key`() throws {
        let witness = try exampleKey("witness.example", 2)
        let text = "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n".bytes
        for time in [0, 1, 1_700_000_000, UInt64(Int64.max)] {
            let line = witness.cosign(text, time: time)
            #expect(line.line.utf8.count == "— witness.example ".utf8.count + 104)
            #expect(line.keyID == witness.cosignatureKey.keyID)
            let note = try SignedNote(text: text, signatures: [line])
            let verified = try note.verified(by: [witness.cosignatureKey, witness.verifierKey])
            #expect(verified.signatures.map(\.time) == [time] && verified.signatures[0].key == witness.cosignatureKey)
            #expect(!witness.cosignatureKey.verify(line.signature, of: text + "more\n".bytes))
            #expect(!(try exampleKey("witness.example", 3)).cosignatureKey.verify(line.signature, of: text))
            for bit in 0..<Cosignature.byteCount * 8 {
                var changed = line.signature
                changed[bit / 8] ^= 1 << (bit % 8)
                #expect(!witness.cosignatureKey.verify(changed, of: text))
            }
        }
    }

    @Test func `a signature of a note is no cosignature, nor the other way round`() throws {
        let key = try exampleKey("both.example", 2)
        let text = "text\n".bytes
        let plain = key.sign(text).signature
        let cosigned = Cosignature(of: text, time: 5, by: key)
        #expect(!key.cosignatureKey.verify(plain, of: text))
        #expect(!key.cosignatureKey.verify([UInt8](repeating: 0, count: 8) + plain, of: text))
        #expect(!key.verifierKey.verify(cosigned.bytes, of: text))
        #expect(!key.verifierKey.verify(cosigned.signature, of: text))
    }

    @Test func `another length or a time from 2^63 on is no cosignature`() {
        for count in [0, 8, 64, 71, 73, 2428] { #expect(Cosignature([UInt8](repeating: 0, count: count)) == nil) }
        #expect(Cosignature([0x80] + [UInt8](repeating: 0, count: 71)) == nil)
        #expect(Cosignature([0x7F] + [UInt8](repeating: 0xFF, count: 71))?.time == UInt64(Int64.max))
    }
}
