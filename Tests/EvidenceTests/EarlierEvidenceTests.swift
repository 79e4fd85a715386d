import Cryptography
import Decisions
import Evidence
import JSON
import Merkle
import Notes
import Testing

struct EarlierEvidenceTests {
    private func slots(_ notes: [[UInt8]]) -> [UInt8] {
        notes.flatMap { $0 + [UInt8](repeating: 0, count: 1024 - $0.count) }
    }

    @Test func `a checkpoint, a proof file, a tlog-proof and a head file are told apart`() throws {
        var log = try SampleLog.small()
        try log.changeKey(to: sampleKey(2))
        let notes = try (1...4).map { try log.note($0) }
        for (bytes, kind, want) in [
            (notes[2].bytes, EarlierEvidence.Kind.checkpoint, [notes[2]]),
            (try log.proof(1, 2).bytes, .tlogProof, [notes[1]]),
            (try log.file(1, 3).bytes, .proof, [notes[2], notes[3]]),
            (slots([notes[0].bytes, notes[1].bytes]), .head, [notes[0], notes[1]]),
            (slots([notes[0].bytes]), .head, [notes[0]]), (slots([[], notes[1].bytes]), .head, [notes[1]]),
            (slots(["torn".bytes, notes[1].bytes]), .head, [notes[1]]),
        ] {
            let evidence = try EarlierEvidence(parsing: bytes)
            #expect(evidence.kind == kind && evidence.notes == want, "\(kind)")
            #expect(evidence.sizes == Set(try want.map { try Checkpoint(parsing: $0.text).size }))
        }
    }

    @Test func `what is none of them is refused`() throws {
        let note = try SampleLog.small().note(3).bytes
        for bytes in [
            [], "text".bytes, "text\n\n— a AAAAAAA=\n".bytes, note + [0x20], note.dropLast(), [0] + note,
            slots([[], []]), slots([note, note, note]), [UInt8](repeating: 0xFF, count: 100),
        ] {
            let error = #expect(throws: EvidenceError.self) { try EarlierEvidence(parsing: bytes) }
            #expect(error == .unknownForm, "\(bytes.count)")
        }
        #expect(throws: EvidenceError.proof(.proofMalformed(line: 2))) {
            try EarlierEvidence(parsing: "c2sp.org/tlog-proof@v1\n".bytes)
        }
        #expect(throws: EvidenceError.malformed("format is missing")) { try EarlierEvidence(parsing: "{}".bytes) }
    }

    @Test func `a proof file leads from a key that is given to all that follow`() throws {
        var log = try SampleLog.small()
        try log.changeKey(to: sampleKey(2))
        let (first, second) = (log.keys[0].key.verifierKey, log.keys[1].key.verifierKey)
        let evidence = try EarlierEvidence(parsing: log.file(1).bytes)
        #expect(evidence.keys(trusting: [first]) == [first, second])
        #expect(evidence.keys(trusting: [second]) == [second, first])
        let other = try sampleKey(5).verifierKey
        #expect(evidence.keys(trusting: [other]) == [other])
        #expect(try EarlierEvidence(parsing: log.note(4).bytes).keys(trusting: [first]) == [first])
    }
}

struct SealedPlaceTests {
    @Test func `places stand in the order of the digests, and name the object`() throws {
        let log = try SampleLog.small()
        for entry in log.entries {
            let body = try Entry(parsing: entry).body()
            #expect(SealedFields.places(in: body).map(\.digest) == SealedFields.digests(in: body))
        }
        let digest = JSON.string(MerkleTree.emptyRoot.base64URL)
        let body: JSON = [
            "_sd": [digest, digest], "a": [["_sd": [digest]], ["b": ["_sd": [digest, "no digest"]]]],
            "r": ["_sd": [digest], "unresolved": true],
        ]
        let places = SealedFields.places(in: body)
        #expect(places.map(\.object) == ["", "", "a[0]", "a[1].b", "r"])
        #expect(places.map { $0.field("x") } == ["x", "x", "a[0].x", "a[1].b.x", "r.x"])
        #expect(places.map { $0.field("ref") }.last == "r")
        #expect(places[0].hasClear("a") && !places[0].hasClear("_sd") && !places[2].hasClear("a"))
    }
}
