import Cryptography
import Decisions
import Evidence
import Merkle
import Notes
import Testing

struct WitnessingTests {
    private let log: SampleLog
    private let witnesses: [SigningKey]

    init() throws {
        log = try SampleLog.small()
        witnesses = try [11, 12, 13].map { try sampleKey($0, name: "w\($0).example") }
    }

    private func policy(_ quorum: String, logs: Bool = true) throws -> Policy {
        var lines = logs ? ["log \(log.keys[0].key.verifierKey)"] : []
        lines += witnesses.enumerated().map { "witness w\($0) \($1.cosignatureKey)" }
        lines += ["group two 2 w0 w1 w2", "quorum \(quorum)", ""]
        return try Policy(parsing: lines.joined(separator: "\n").bytes)
    }

    private func file(cosignedBy cosigners: [SigningKey], time: UInt64 = 1000) throws -> ProofFile {
        let text = log.checkpoint(3).text
        return try log.file(1, note: log.note(3).adding(cosigners.map { $0.cosign(text, time: time) }))
    }

    @Test func `a quorum is met or not by those who cosigned, for every subset of witnesses`() throws {
        for mask in 0..<8 {
            let cosigners = witnesses.enumerated().filter { mask >> $0.offset & 1 == 1 }
            let file = try file(cosignedBy: cosigners.map(\.element))
            let names = cosigners.map { Policy.Name("w\($0.offset)") }
            let two = try file.checkAgain(Trust(policy: policy("two"))).witnessing
            #expect(two.cosigners.map(\.name) == names && two.cosigners.allSatisfy { $0.time == 1000 })
            switch two {
            case .met: #expect(names.count >= 2)
            case .notMet: #expect(names.count < 2)
            default: Issue.record("\(two)")
            }
            guard case .notRequired = try file.checkAgain(Trust(policy: policy("none"))).witnessing else {
                Issue.record("a policy without a quorum requires none")
                return
            }
        }
    }

    @Test func `a wrong cosignature of a known witness refuses the file, and one of an unknown witness does not`()
        throws
    {
        let other = Checkpoint(origin: SampleLog.origin, size: 3, root: MerkleTree.emptyRoot).text
        let note = try log.note(3).adding([witnesses[0].cosign(other, time: 7)])
        let file = try log.file(1, note: note)
        let error = #expect(throws: EvidenceError.self) { try file.checkAgain(Trust(policy: policy("none"))) }
        #expect(error?.code == "signature_wrong")
        #expect(try file.checkAgain(log.trust()).uncheckedSignatureCount == 1)
    }

    @Test func `a policy that names no log takes the key that is given`() throws {
        let file = try file(cosignedBy: witnesses)
        let trust = Trust(logs: [log.keys[0].key.verifierKey], policy: try policy("two", logs: false))
        #expect(try file.checkAgain(trust).witnessing.cosigners.count == 3)
        #expect(throws: EvidenceError.otherLog(got: SampleLog.origin, want: [])) {
            try file.checkAgain(Trust(policy: policy("two", logs: false)))
        }
    }

    @Test func `a bare tlog-proof is checked with the bytes of its entry, also of another program's log`() throws {
        let proof = try log.proof(1, 3)
        let ours = try EntryEvidence.check(entry: log.entries[1], proof: proof, log.trust())
        #expect(ours.content?.entry.id == "d-1" && ours.content?.sealed.count == 5)
        #expect(throws: EvidenceError.self) {
            try EntryEvidence.check(entry: log.entries[0], proof: proof, log.trust())
        }

        let entry = "any bytes".bytes
        let text = Checkpoint(origin: SampleLog.origin, size: 1, root: MerkleTree.leafHash(entry)).text
        let note = try SignedNote(
            text: text, signatures: [log.keys[0].key.sign(text), witnesses[0].cosign(text, time: 5)])
        let foreign = try TlogProof(
            extra: "ignored".bytes, index: 0, inclusion: InclusionProof(hashes: []), checkpoint: note)
        let checked = try EntryEvidence.check(entry: entry, proof: foreign, Trust(policy: policy("two")))
        #expect(checked.content == nil && checked.byteCount == 9)
        guard case .notMet = checked.witnessing else {
            Issue.record("one of two is no quorum")
            return
        }
        let error = #expect(throws: EvidenceError.self) {
            try EntryEvidence.check(entry: entry + [10], proof: foreign, log.trust())
        }
        #expect(error?.code == "not_included")
    }
}
