import Cryptography
import Merkle
import Notes
import Testing

struct AddCheckpointTests {
    private let log: ExampleLog

    init() throws { log = try ExampleLog() }

    private func request(hashes count: Int = 2) throws -> AddCheckpointRequest {
        let hashes = (0..<count).map { MerkleTree.leafHash("\($0)".bytes) }
        return try AddCheckpointRequest(
            oldSize: 3, proof: ConsistencyProof(hashes: hashes), note: log.checkpoint(7).signed(by: log.key))
    }

    @Test func `the example of the specification is read and written again byte for byte`() throws {
        let bytes = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=

            """.bytes
        let request = try AddCheckpointRequest(parsing: bytes)
        #expect(request.oldSize == 20_852_014 && request.checkpoint.size == 20_852_163)
        #expect(request.proof.hashes.count == 4 && request.note.signatures.count == 2)
        #expect(request.bytes == bytes)
    }

    @Test func `whatever is read is written again as it was, at every prefix and with every changed byte`() throws {
        let bytes = try request().bytes
        for length in bytes.indices {
            #expect(throws: NoteError.self) { try AddCheckpointRequest(parsing: Array(bytes[..<length])) }
        }
        for index in bytes.indices {
            for value in [0, 0x0A, 0x20, 0x30, 0x41, 0x80, 0xFF, bytes[index] ^ 1, bytes[index] &+ 1] as [UInt8] {
                var changed = bytes
                changed[index] = value
                guard let request = try? AddCheckpointRequest(parsing: changed) else { continue }
                #expect(request.bytes == changed)
            }
        }
    }

    @Test func `a proof has at most 63 hashes, and a request 16 KiB`() throws {
        let longest = try request(hashes: 63)
        #expect(try AddCheckpointRequest(parsing: longest.bytes) == longest)
        #expect(throws: NoteError.requestMalformed(line: 65)) { try request(hashes: 64) }
        let lines = String(decoding: longest.bytes, as: UTF8.self).replacing(
            "\n\n", with: "\n\(MerkleTree.emptyRoot.base64)\n\n", maxReplacements: 1)
        #expect(throws: NoteError.requestMalformed(line: 65)) { try AddCheckpointRequest(parsing: lines.bytes) }

        let note = longest.note
        let name = String(repeating: "k", count: 200)
        let one = try exampleKey(name, 2).sign(note.text).line.utf8.count + 1
        let count = (AddCheckpointRequest.maximumByteCount - longest.bytes.count) / one
        func filled(_ count: Int) throws -> AddCheckpointRequest {
            let signatures = try (0..<count).map { try exampleKey(name, UInt8($0 + 2)).sign(note.text) }
            return try AddCheckpointRequest(oldSize: 3, proof: longest.proof, note: note.adding(signatures))
        }
        #expect(try AddCheckpointRequest(parsing: filled(count).bytes).note.signatures.count == count + 1)
        let size = longest.bytes.count + (count + 1) * one
        #expect(throws: NoteError.requestTooLong(count: size, limit: 16_384)) { try filled(count + 1) }
        #expect(throws: NoteError.requestTooLong(count: 16_385, limit: 16_384)) {
            try AddCheckpointRequest(parsing: [UInt8](repeating: 0x6F, count: 16_385))
        }
    }

    @Test(arguments: [
        "old  3", "Old 3", "old 03", "old +3", "old", "old 18446744073709551616", "3", "old 3 ", "old 3\r",
    ])
    func `a first line that says no size is refused`(_ line: String) throws {
        let bytes = line.bytes + (try request().bytes.drop { $0 != UInt8(ascii: "\n") })
        #expect(throws: NoteError.requestMalformed(line: 1)) { try AddCheckpointRequest(parsing: bytes) }
    }

    @Test func `the witness's line is found among others, and a wrong one refuses them all`() throws {
        let note = try log.checkpoint(7).signed(by: log.key)
        let (witness, other) = (try exampleKey("w.example", 5), try exampleKey("x.example", 6))
        let right = witness.cosign(note.text, time: 12)
        let wrong = NoteSignature(name: right.name, keyID: right.keyID, signature: [UInt8](repeating: 1, count: 72))
        let stranger = other.cosign(note.text, time: 13)
        let found = try note.cosignature(by: witness.cosignatureKey, among: [stranger, right])
        #expect(found.line == right && found.time == 12)
        for lines in [[wrong], [right, wrong], [wrong, right], [stranger, wrong]] {
            #expect(throws: NoteError.signatureInvalid(name: right.name, keyID: right.keyID)) {
                try note.cosignature(by: witness.cosignatureKey, among: lines)
            }
        }
        #expect(throws: NoteError.noKnownSignature) {
            try note.cosignature(by: witness.cosignatureKey, among: [stranger])
        }
    }
}
