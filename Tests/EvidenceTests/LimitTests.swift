import Cryptography
import Decisions
import Evidence
import JSON
import Merkle
import Notes
import Testing

/// Files that are too much in some way, and are refused before anything is computed of them.
struct LimitTests {
    /// The small file with another text in place of its tlog-proof.
    private func check(proof text: String) throws -> CheckedProof {
        let log = try SampleLog.small()
        var object = try #require(try JSON(parsing: log.file(1).bytes).object)
        object["proof"] = .string(text)
        return try ProofFile(parsing: JSON.object(object).bytes(.visible) + [10]).check(log.trust())
    }

    private func text(of proof: TlogProof) -> String { String(decoding: proof.bytes, as: UTF8.self) }

    @Test func `more than 64 hashes are refused at the 65th`() throws {
        let log = try SampleLog.small()
        let proof = text(of: try log.proof(1, 3))
        let hash = log.leaves[0].base64 + "\n"
        let many = proof.replacing("index 1\n", with: "index 1\n" + String(repeating: hash, count: 100_000))
        #expect(throws: EvidenceError.proof(.proofTooLong(count: many.utf8.count, limit: TlogProof.maximumByteCount))) {
            try check(proof: many)
        }
        let few = proof.replacing("index 1\n", with: "index 1\n" + String(repeating: hash, count: 63))
        #expect(throws: EvidenceError.proof(.proofMalformed(line: 67))) { try check(proof: few) }
        let fits = proof.replacing("index 1\n", with: "index 1\n" + String(repeating: hash, count: 62))
        #expect(throws: EvidenceError.proof(.notIncluded(.proofLength(got: 64, want: 2)))) { try check(proof: fits) }
    }

    @Test func `more than 100 signatures are refused`() throws {
        let log = try SampleLog.small()
        let proof = try log.proof(1, 3)
        let lines = try (0..<100).map {
            try sampleKey(UInt8($0 + 2), name: "w\($0).example").sign(proof.checkpoint.text).line
        }
        let text = text(of: proof) + lines.joined(separator: "\n") + "\n"
        #expect(throws: EvidenceError.proof(.tooManySignatures(limit: 100))) { try check(proof: text) }
        let fewer = self.text(of: proof) + lines.dropLast().joined(separator: "\n") + "\n"
        #expect(try check(proof: fewer).uncheckedSignatureCount == 99)
    }

    @Test func `a note of a million bytes is refused`() throws {
        let log = try SampleLog.small()
        let proof = text(of: try log.proof(1, 3))
        let long = proof.replacing("\n\n— ", with: "\n" + String(repeating: "x", count: 1_000_000) + "\n\n— ")
        let error = #expect(throws: EvidenceError.self) { try check(proof: long) }
        guard case .proof(.noteTooLong(_, limit: 1_000_000)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// What hostile logs say of their size. The signature is right, so nothing stops the check before the sizes do.
    @Test(arguments: [1 << 62, 1 << 62 + 1, 1 << 63, UInt64.max - 1, UInt64.max] as [UInt64])
    func `sizes above 2 to the 62 are refused with a short proof, and judged like any other with a long one`(
        size: UInt64
    ) throws {
        let log = try SampleLog.small()
        let proof = try log.proof(1, 3)
        func note(_ root: Digest) throws -> SignedNote {
            try Checkpoint(origin: SampleLog.origin, size: size, root: root).signed(by: log.keys[0].key)
        }
        let want = try InclusionProof.count(index: 1, size: size)
        let short = try TlogProof(index: 1, inclusion: proof.inclusion, checkpoint: note(log.leaves[0]))
        #expect(throws: EvidenceError.proof(.notIncluded(.proofLength(got: 2, want: want)))) {
            try log.file(1).with(proof: short).checkAgain(log.trust())
        }
        let inclusion = InclusionProof(hashes: Array(repeating: log.leaves[0], count: want))
        let root = try inclusion.root(leaf: log.leaves[1], index: 1, size: size)
        let long = try TlogProof(index: 1, inclusion: inclusion, checkpoint: note(root))
        #expect(try log.file(1).with(proof: long).checkAgain(log.trust()).checkpoint.checkpoint.size == size)
        let outside = try TlogProof(index: .max, inclusion: inclusion, checkpoint: note(root))
        #expect(throws: EvidenceError.self) { try log.file(1).with(proof: outside).checkAgain(log.trust()) }
    }

    @Test func `a file larger than the limit is refused unread`() {
        let limit = ProofFile.byteLimit
        #expect(throws: EvidenceError.tooLarge(got: limit + 1, limit: limit)) {
            try ProofFile(parsing: [UInt8](repeating: 0x5B, count: limit + 1))
        }
    }

    @Test func `deep nesting is refused`() {
        let deep = String(repeating: "[", count: 1_000_000)
        let error = #expect(throws: EvidenceError.self) { try ProofFile(parsing: "{\"entry\":\(deep)".bytes) }
        #expect(error?.code == "malformed")
    }

    @Test func `an entry larger than an entry can be is refused`() throws {
        let log = try SampleLog.small()
        let entry = log.entries[1] + [UInt8](repeating: 0x20, count: Entry.byteLimit)
        let leaf = MerkleTree.leafHash(entry)
        let note = try Checkpoint(origin: SampleLog.origin, size: 1, root: leaf).signed(by: log.keys[0].key)
        let proof = try TlogProof(index: 0, inclusion: InclusionProof(hashes: []), checkpoint: note)
        let file = try log.file(1).with(entry: entry, disclosures: [], proof: proof, citations: [])
        #expect(throws: EvidenceError.entry(.tooLarge(got: entry.count, limit: Entry.byteLimit))) {
            try file.checkAgain(log.trust())
        }
    }
}
