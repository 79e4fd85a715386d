import Cryptography
import Merkle
import Notes
import Testing

struct TlogProofTests {
    private func example(extra: String = "", index: Int = 4) throws -> (TlogProof, ExampleLog) {
        let log = try ExampleLog()
        let proof = try TlogProof(
            extra: extra.bytes, index: UInt64(index), inclusion: log.inclusion(index, 7),
            checkpoint: log.checkpoint(7).signed(by: log.key))
        return (proof, log)
    }

    @Test func `a proof is written as the specification says, and comes back`() throws {
        let (proof, log) = try example(extra: "more")
        let lines = String(decoding: proof.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "c2sp.org/tlog-proof@v1" && lines[1] == "extra bW9yZQ==" && lines[2] == "index 4")
        #expect(lines[3...5].map(String.init) == proof.inclusion.hashes.map(\.base64))
        #expect(lines[6].isEmpty)
        #expect(lines[7...].joined(separator: "\n").bytes == (try log.checkpoint(7).signed(by: log.key).bytes))
        #expect(try TlogProof(parsing: proof.bytes) == proof)
        let (plain, _) = try example()
        #expect(!String(decoding: plain.bytes, as: UTF8.self).contains("extra"))
        #expect(try TlogProof(parsing: plain.bytes) == plain)
    }

    @Test func `every entry of every tree is proven, and no other`() throws {
        let log = try ExampleLog()
        for size in 1...7 {
            for index in 0..<size {
                let proof = try TlogProof(
                    index: UInt64(index), inclusion: log.inclusion(index, size),
                    checkpoint: log.checkpoint(size).signed(by: log.key))
                let again = try TlogProof(parsing: proof.bytes)
                for (position, entry) in log.entries.enumerated() {
                    if position == index {
                        let trusted = try again.check(entry: entry, keys: [log.key.verifierKey])
                        #expect(trusted.checkpoint == log.checkpoint(size))
                    } else {
                        #expect(throws: NoteError.self) { try again.check(entry: entry, keys: [log.key.verifierKey]) }
                    }
                }
            }
        }
    }

    @Test func `changing any byte of a proof is refused, but for the extra data`() throws {
        let (proof, log) = try example(extra: "more")
        let extra = "c2sp.org/tlog-proof@v1\nextra ".utf8.count..<"c2sp.org/tlog-proof@v1\nextra bW9yZQ==".utf8.count
        for offset in proof.bytes.indices {
            for change: UInt8 in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF] {
                var bytes = proof.bytes
                bytes[offset] ^= change
                let trusted = try? TlogProof(parsing: bytes).check(entry: log.entries[4], keys: [log.key.verifierKey])
                #expect(trusted == nil || extra.contains(offset))
            }
            #expect(throws: NoteError.self) { try TlogProof(parsing: Array(proof.bytes.prefix(offset))) }
        }
    }

    @Test(arguments: [
        ("", 1), ("c2sp.org/tlog-proof@v2\n", 1), ("c2sp.org/tlog-proof@v1", 1), ("c2sp.org/tlog-proof@v1\n", 2),
        ("c2sp.org/tlog-proof@v1\n\n", 2), ("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n", 2),
        ("c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n", 2), ("c2sp.org/tlog-proof@v1\nextra AA==\n", 3),
        ("c2sp.org/tlog-proof@v1\nextra AA==\nextra AA==\n", 3), ("c2sp.org/tlog-proof@v1\nindex\n\n", 2),
        ("c2sp.org/tlog-proof@v1\nindex \n\n", 2), ("c2sp.org/tlog-proof@v1\nindex 01\n\n", 2),
        ("c2sp.org/tlog-proof@v1\nindex  1\n\n", 2), ("c2sp.org/tlog-proof@v1\nindex 18446744073709551616\n\n", 2),
        ("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", 3), ("c2sp.org/tlog-proof@v1\nindex 0\n", 3),
        ("c2sp.org/tlog-proof@v1\nindex 0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= \n\n", 3),
        (
            "c2sp.org/tlog-proof@v1\nindex 0\n"
                + String(repeating: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", count: 65) + "\n", 67
        ),
    ])
    func `a malformed proof is refused, naming the line`(text: String, line: Int) {
        #expect(throws: NoteError.proofMalformed(line: line)) { try TlogProof(parsing: text.bytes) }
    }

    @Test func `a proof has limits`() throws {
        let (proof, log) = try example()
        let note = proof.checkpoint
        let tooMuch = String(repeating: "x", count: 48_001).bytes
        #expect(throws: NoteError.extraTooLong(count: 48_001, limit: 48_000)) {
            try TlogProof(extra: tooMuch, index: 0, inclusion: proof.inclusion, checkpoint: note)
        }
        let most = try TlogProof(extra: tooMuch.dropLast(), index: 4, inclusion: proof.inclusion, checkpoint: note)
        #expect(try TlogProof(parsing: most.bytes) == most)
        let tall = InclusionProof(hashes: Array(repeating: log.leaves[0], count: 65))
        #expect(throws: NoteError.notIncluded(.proofLength(got: 65, want: 64))) {
            try TlogProof(index: 0, inclusion: tall, checkpoint: note)
        }
        #expect(throws: NoteError.proofTooLong(count: 2_000_000, limit: TlogProof.maximumByteCount)) {
            try TlogProof(parsing: [UInt8](repeating: 10, count: 2_000_000))
        }
        let text = try SignedNote(text: "no checkpoint\n".bytes, signatures: note.signatures)
        #expect(throws: NoteError.checkpointMalformed(line: 2)) {
            try TlogProof(index: 0, inclusion: proof.inclusion, checkpoint: text)
        }
    }

    @Test func `a proof needs a checkpoint that the policy accepts`() throws {
        let (proof, log) = try example()
        let witness = try exampleKey("witness.example", 2)
        let policy = try Policy(
            parsing: """
                log \(log.key.verifierKey)
                witness w \(witness.cosignatureKey)
                quorum w

                """.bytes)
        #expect(throws: NoteError.quorumNotMet(cosigners: [])) {
            try proof.check(entry: log.entries[4], policy: policy)
        }
        let cosigned = try TlogProof(
            index: 4, inclusion: proof.inclusion,
            checkpoint: proof.checkpoint.adding([witness.cosign(proof.checkpoint.text, time: 77)]))
        let trusted = try TlogProof(parsing: cosigned.bytes).check(entry: log.entries[4], policy: policy)
        #expect(trusted.cosignatures.map(\.time) == [77])
    }
}
