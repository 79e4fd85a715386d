import Cryptography
import Decisions
import Evidence
import JSON
import Notes
import Testing

struct ProofFileTests {
    /// A proof with a cosignature that the policy asks for.
    private static func witnessed() throws -> (file: ProofFile, trust: Trust) {
        let log = try SampleLog.small()
        let witness = try sampleKey(9, name: "w.example")
        let text = log.checkpoint(3).text
        let note = try log.note(3).adding([witness.cosign(text, time: 1_790_000_100)])
        let policy = try Policy(
            parsing: "log \(log.keys[0].key.verifierKey)\nwitness w \(witness.cosignatureKey)\nquorum w\n".bytes)
        return (try log.file(1, note: note), Trust(policy: policy))
    }

    @Test func `a proof file says what it says, and comes back`() throws {
        let log = try SampleLog.small()
        let file = try log.file(1)
        #expect(try ProofFile(parsing: file.bytes).bytes == file.bytes)
        let checked = try file.checkAgain(log.trust())
        let content = try #require(checked.content)
        #expect(content.entry.id == "d-1" && checked.index == 1 && checked.checkpoint.checkpoint == log.checkpoint(3))
        #expect(
            Set(content.disclosed.map(\.path)) == [
                "summary", "rationale.text", "inputs[0].name", "inputs[0].text", "context",
            ])
        #expect(content.disclosed.first { $0.path == "rationale.text" }?.value == "the reason of d-1")
        #expect(content.sealed.isEmpty && content.citations.count == 3 && checked.witnessing == .notAsked)
        #expect(content.citations.allSatisfy { $0.text == SampleLog.sections[$0.ref] })
    }

    @Test func `the file is one line of JSON that holds what the format says, and hides nothing on a terminal`() throws
    {
        let log = try SampleLog.small()
        let bytes = try log.file(1).bytes
        #expect(bytes.last == 10 && bytes.dropLast().allSatisfy { $0 >= 0x20 })
        let json = try JSON(parsing: bytes)
        #expect(
            json.object?.members.map(\.name) == ["citations", "disclosures", "entry", "format", "keys", "proof"])
        #expect(json["format"] == "because-proof/1" && json["entry"]?.text?.bytes == log.entries[1])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\\u202e") && !text.unicodeScalars.contains(where: JSON.isHidden))
    }

    /// Every signature is by a key that is known, so there is no byte that means nothing. One in the name or ID of the
    /// witness makes it a stranger, and then the checkpoint is not witnessed.
    @Test(arguments: 0..<4)
    func `a changed byte is never accepted`(part: Int) throws {
        let (file, trust) = try Self.witnessed()
        guard case .met = try file.checkAgain(trust).witnessing else {
            Issue.record("the file is good")
            return
        }
        let good = file.bytes
        for offset in good.indices where offset % 4 == part {
            for change: UInt8 in [1 << UInt8(offset / 4 % 8), 0x20, 0xFF] {
                var bytes = good
                bytes[offset] ^= change
                let witnessing = try? ProofFile(parsing: bytes).check(trust).witnessing
                let isRefused = witnessing.map { $0 == .notMet(Policy.Name("w"), []) } ?? true
                #expect(isRefused, "byte \(offset)")
            }
        }
    }

    @Test func `a changed byte in a signature of an unknown key changes nothing that is said`() throws {
        let (file, _) = try Self.witnessed()
        let trust = try SampleLog.small().trust()
        let want = try file.checkAgain(trust)
        #expect(want.uncheckedSignatureCount == 1)
        var accepted = 0
        let good = file.bytes
        for offset in good.indices {
            var bytes = good
            bytes[offset] ^= 1
            guard let checked = try? ProofFile(parsing: bytes).check(trust) else { continue }
            accepted += 1
            #expect(checked.statements == want.statements && checked.uncheckedSignatureCount == 1)
        }
        // The base64 of 76 bytes, and the name.
        #expect(accepted > 50 && accepted < 120, "\(accepted)")
    }

    @Test func `a proof file cut short at any length is refused`() throws {
        let (file, trust) = try Self.witnessed()
        for count in file.bytes.indices {
            #expect(throws: EvidenceError.self) { try ProofFile(parsing: Array(file.bytes.prefix(count))).check(trust) }
        }
    }

    @Test func `a proof file with anything before or behind it is refused`() throws {
        let bytes = try Self.witnessed().file.bytes
        for byte in UInt8.min...UInt8.max {
            #expect(throws: EvidenceError.self) { try ProofFile(parsing: bytes + [byte]) }
            #expect(throws: EvidenceError.self) { try ProofFile(parsing: [byte] + bytes) }
            #expect(throws: EvidenceError.self) { try ProofFile(parsing: bytes.dropLast() + [byte, 10]) }
        }
        #expect(throws: EvidenceError.self) { try ProofFile(parsing: bytes + bytes) }
        #expect(throws: EvidenceError.notExact(offset: bytes.count - 1)) { try ProofFile(parsing: bytes.dropLast()) }
        #expect(throws: EvidenceError.notExact(offset: bytes.count)) { try ProofFile(parsing: bytes + [10]) }
    }

    @Test func `another spelling of the same is refused`() throws {
        let bytes = try SampleLog.small().file(1).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        for (one, other) in [
            (",\"", ", \""), ("\":", "\" :"), ("\"citations\"", "\"\\u0063itations\""), ("\\u202e", "\\u202E"),
            ("\\u202e", "\u{202E}"), ("log@", "log\\u0040"), ("{\"citations\":", "{\"added\":1,\"citations\":"),
            (",\"keys\":[]", ",\"keys\":[],\"more\":null"), ("/rules", "\\/rules"),
        ] where text.contains(one) {
            let changed = text.replacing(one, with: other, maxReplacements: 1)
            let error = #expect(throws: EvidenceError.self, "\(other)") { try ProofFile(parsing: changed.bytes) }
            #expect(error?.code == "not_exact", "\(other)")
        }
    }

    @Test(arguments: [
        ("", "malformed"), ("{}\n", "malformed"), ("[]\n", "malformed"), ("null\n", "malformed"),
        ("{\"format\":1}\n", "malformed"), ("{\"format\":\"because-proof/2\"}\n", "unknown_format"),
        ("{\"format\":\"because-proof/1\"}\n", "malformed"),
        ("{\"disclosures\":{},\"format\":\"because-proof/1\"}\n", "malformed"),
        ("{\"disclosures\":[1],\"format\":\"because-proof/1\"}\n", "malformed"),
        ("{\"citations\":[{}],\"disclosures\":[],\"format\":\"because-proof/1\"}\n", "malformed"),
        (
            "{\"citations\":[{\"digest\":\"AA\"}],\"disclosures\":[],\"format\":\"because-proof/1\"}\n", "malformed"
        ),
        ("{\"citations\":[],\"disclosures\":[],\"format\":\"because-proof/1\",\"keys\":[{}]}\n", "malformed"),
        (
            "{\"citations\":[],\"disclosures\":[],\"entry\":\"\",\"format\":\"because-proof/1\",\"keys\":[],\"proof\":\"\"}\n",
            "proof_malformed"
        ),
    ])
    func `what is no proof file is refused by name`(text: String, code: String) {
        let error = #expect(throws: EvidenceError.self) { try ProofFile(parsing: text.bytes) }
        #expect(error?.code == code)
    }
}
