import Cryptography
import Decisions
import Evidence
import JSON
import Merkle
import Notes
import Testing

/// Files in the right form that lie.
struct ForgeryTests {
    struct Lie: Sendable, CustomTestStringConvertible {
        let name: String
        let want: EvidenceError
        let forge: @Sendable (SampleLog) throws -> ProofFile
        var testDescription: String { name }
    }

    private static let lies = [
        Lie(name: "another entry of the log", want: .proof(.notIncluded(notIncluded))) {
            let file = try $0.file(1)
            return file.with(entry: $0.entries[2], disclosures: [], citations: [])
        },
        Lie(name: "the proof of another entry", want: .proof(.notIncluded(notIncluded))) {
            try $0.file(1).with(proof: $0.proof(0, 3))
        },
        Lie(name: "an entry with one word changed", want: .proof(.notIncluded(notIncluded))) {
            let text = String(decoding: $0.entries[1], as: UTF8.self).replacing("refuse", with: "comply")
            return try $0.file(1).with(entry: text.bytes)
        },
        Lie(name: "a disclosure of another entry", want: .foreignDisclosure(0)) {
            try $0.file(1).with(disclosures: [$0.disclosures[0][0].text])
        },
        Lie(name: "a disclosure of another entry behind the right ones", want: .foreignDisclosure(5)) {
            try $0.file(1).with(disclosures: $0.disclosures[1].map(\.text) + [$0.disclosures[2][0].text])
        },
        Lie(name: "a disclosure with another value", want: .foreignDisclosure(0)) {
            let list = "[\"AAAAAAAAAAAAAAAAAAAAAA\",\"summary\",\"complied\"]".bytes
            return try $0.file(1).with(disclosures: [Base64.encode(list, .url).bytes])
        },
        Lie(name: "an empty disclosure", want: .foreignDisclosure(0)) { try $0.file(1).with(disclosures: [[]]) },
        Lie(name: "a disclosure twice", want: .misplacedDisclosure(1)) {
            let text = $0.disclosures[1][0].text
            return try $0.file(1).with(disclosures: [text, text])
        },
        Lie(name: "disclosures in another order", want: .misplacedDisclosure(1)) {
            try $0.file(1).with(disclosures: $0.disclosures[1].map(\.text).reversed())
        },
        Lie(name: "the words of two sections swapped", want: .citation(0, .otherWords)) {
            let file = try $0.file(1)
            let texts = file.citations
            return file.with(citations: [
                .init(ref: texts[0].ref, digest: texts[0].digest, text: texts[1].text),
                .init(ref: texts[1].ref, digest: texts[1].digest, text: texts[0].text),
            ])
        },
        Lie(name: "the references of two sections swapped", want: .citation(0, .notCited)) {
            let file = try $0.file(1)
            let texts = file.citations
            return file.with(citations: [
                .init(ref: texts[1].ref, digest: texts[0].digest, text: texts[0].text),
                .init(ref: texts[0].ref, digest: texts[1].digest, text: texts[1].text),
            ])
        },
        Lie(name: "words with one letter more", want: .citation(2, .otherWords)) {
            let file = try $0.file(1)
            let last = file.citations[2]
            return file.with(
                citations: file.citations.prefix(2) + [.init(ref: last.ref, digest: last.digest, text: last.text + "!")]
            )
        },
        Lie(name: "a section that is not cited", want: .citation(0, .notCited)) {
            let text = "## Other\n"
            return try $0.file(1).with(citations: [
                .init(ref: "acme/rules@1#other", digest: SHA256.digest(of: text.bytes), text: text)
            ])
        },
        Lie(name: "a section that the entry cites by another name", want: .citation(0, .notCited)) {
            let first = try $0.file(1).citations[0]
            return try $0.file(1).with(citations: [
                .init(ref: "acme/rules#privacy", digest: first.digest, text: first.text)
            ])
        },
        Lie(name: "a section twice", want: .citation(1, .misplaced)) {
            let first = try $0.file(1).citations[0]
            return try $0.file(1).with(citations: [first, first])
        },
        Lie(name: "sections in another order", want: .citation(1, .misplaced)) {
            try $0.file(1).with(citations: $0.citations(1).reversed())
        },
        Lie(name: "a checkpoint signed by another key of that name", want: .proof(.noKnownSignature)) {
            try $0.file(1, note: $0.note(3, by: [sampleKey(2)]))
        },
        Lie(name: "a checkpoint signed only as a witness does", want: .proof(.noKnownSignature)) {
            let text = $0.checkpoint(3).text
            return try $0.file(1, note: SignedNote(text: text, signatures: [$0.keys[0].key.cosign(text, time: 7)]))
        },
        Lie(name: "a checkpoint of another size with the same root", want: .proof(.noKnownSignature)) {
            let checkpoint = Checkpoint(origin: SampleLog.origin, size: 4, root: $0.checkpoint(3).root)
            let proof = try $0.proof(1, 3, note: checkpoint.signed(by: sampleKey(2)))
            return try $0.file(1).with(proof: proof)
        },
    ]

    /// Stands for any reason why a proof does not lead to the root: the table compares codes.
    private static let notIncluded = MerkleError.bundleOverlong(count: 0)

    @Test(arguments: lies)
    func `a file that lies is refused by the name of its lie`(lie: Lie) throws {
        let log = try SampleLog.small()
        _ = try log.file(1).checkAgain(log.trust())
        let error = #expect(throws: EvidenceError.self) { try lie.forge(log).checkAgain(log.trust()) }
        #expect(error?.code == lie.want.code)
        if lie.want.code != "not_included" { #expect(error == lie.want) }
        #expect(error?.isUnchecked == false)
    }

    @Test func `an entry that says another number than it has is refused`() throws {
        var log = SampleLog(try sampleKey(1))
        try log.append(id: "a", body: "{}".bytes, number: 7)
        #expect(throws: EvidenceError.wrongNumber(got: 7, want: 0)) { try log.file(0).checkAgain(log.trust()) }
    }

    @Test func `the key of another log cannot judge the file, and says so`() throws {
        let log = try SampleLog.small()
        let other = try Trust(logs: [sampleKey(1, name: "other.example/log").verifierKey])
        let error = EvidenceError.otherLog(got: SampleLog.origin, want: ["other.example/log"])
        #expect(throws: error) { try log.file(1).checkAgain(other) }
        #expect(error.isUnchecked)
        // The key of a witness with the name of the log is no key of the log.
        let witness = try Trust(logs: [sampleKey(1).cosignatureKey])
        #expect(throws: EvidenceError.otherLog(got: SampleLog.origin, want: [SampleLog.origin])) {
            try log.file(1).checkAgain(witness)
        }
    }

    @Test func `a disclosure brings no field that stands in the entry already`() throws {
        let clear = try Self.log(body: ["outcome": "refuse"], sealed: ["outcome": "comply"])
        #expect(throws: EvidenceError.secondValue(0, field: "outcome")) { try clear.file(0).checkAgain(clear.trust()) }
        let nested = try Self.log(body: ["deep": [["_sd": []]]], sealed: ["deep": 1])
        #expect(throws: EvidenceError.secondValue(0, field: "deep")) { try nested.file(0).checkAgain(nested.trust()) }
    }

    @Test func `two disclosures of one name in one object are refused`() throws {
        let one = SealedBody([:], sealing: ["summary": "one"], randomness: .system).disclosures[0]
        let two = SealedBody([:], sealing: ["summary": "two"], randomness: .system).disclosures[0]
        var log = SampleLog(try sampleKey(1))
        let body: JSON = ["_sd": [.string(one.digest.base64URL), .string(two.digest.base64URL)]]
        try log.append(id: "a", body: body.bytes(), disclosures: [one, two])
        let file = try log.file(0)
        #expect(throws: EvidenceError.secondValue(1, field: "summary")) { try file.checkAgain(log.trust()) }
        _ = try file.with(disclosures: [two.text]).checkAgain(log.trust())
    }

    @Test func `extra data in a proof is refused, because nothing would authenticate it`() throws {
        let log = try SampleLog.small()
        let proof = try log.proof(1, 3)
        let extra = try TlogProof(
            extra: "more".bytes, index: 1, inclusion: proof.inclusion, checkpoint: proof.checkpoint)
        #expect(throws: EvidenceError.malformed("proof has extra data")) {
            try log.file(1).with(proof: extra).checkAgain(log.trust())
        }
    }

    private static func log(body: JSONObject, sealed: JSONObject) throws -> SampleLog {
        var log = SampleLog(try sampleKey(1))
        let sealed = SealedBody(body, sealing: sealed, randomness: .system)
        try log.append(id: "a", body: sealed.bytes, disclosures: sealed.disclosures)
        return log
    }
}
