import Because
import Testing

struct ProofCheckTests {
    private static func ledger(_ content: JSONObject = [:]) async throws -> MemoryLedger {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.register(Samples.specification())
        let principles: JSON = [["ref": "acme/rules#privacy", "role": "applied"]]
        var content = content
        content["principles"] = principles
        _ = try await memory.ledger.record([Samples.submission("d", content)])[0].get()
        return memory
    }

    @Test func `the check says what is shown and what is not`() async throws {
        let memory = try await Self.ledger()
        let proof = try await memory.ledger.prove(2, disclosing: .paths(["summary"]))
        let check = ProofCheck(proof.file.bytes, trust: Trust(logs: [memory.key.verifierKey]))
        #expect(check.verdict == .holds && check.exitStatus == 0)
        for sentence in [
            "entry 2, the decision d, is in the log acme.example/log", memory.key.verifierKey.text,
            "summary: the summary of d", "acme/rules#privacy: these words have the digest in the entry",
            "| Keep what is private.", "1 field remains sealed: 1 of the decision itself",
            "that the record is true", "no witness was asked about", "The evidence holds.",
        ] { #expect(check.text.contains(sentence), "\(sentence)") }
        let json = check.json
        #expect(json["format"] == "because-check/1" && json["verdict"] == "holds" && json["exit_status"] == 0)
        #expect(json["entry"]?["n"] == 2 && json["log"]?["size"] == 3)
        #expect(json["disclosed"] == [["field": "summary", "value": "the summary of d"]])
        #expect(json["sealed"]?.items?.count == 1 && json["citations"]?.items?.count == 1)
        #expect(json["witnessing"] == ["verdict": "not_asked", "witnesses": []])
        #expect(try JSON(parsing: json.bytes()) == json)
    }

    @Test func `a quorum that is not met is said, and the evidence does not hold`() async throws {
        let memory = try await Self.ledger()
        let keys = try (0..<2).map { try SigningKey.generate(name: "w\($0).example", randomness: .system) }
        try await memory.cosign(by: keys[0], time: 1_790_000_000)
        let proof = try await memory.ledger.prove(2)
        let lines = """
            log \(memory.key.verifierKey)
            witness one \(keys[0].cosignatureKey)
            witness two \(keys[1].cosignatureKey)
            group both all one two

            """
        func verdict(_ quorum: String) throws -> ProofCheck {
            let policy = try Policy(parsing: Array("\(lines)quorum \(quorum)\n".utf8))
            return ProofCheck(proof.file.bytes, trust: Trust(policy: policy))
        }
        let unmet = try verdict("both")
        #expect(unmet.verdict == .notWitnessed && unmet.exitStatus == 2)
        #expect(unmet.text.contains("NOT witnessed: the quorum both") && !unmet.text.contains("The evidence holds"))
        #expect(unmet.json["witnessing"]?["verdict"] == "not_met" && unmet.json["exit_status"] == 2)
        let met = try verdict("one")
        #expect(met.verdict == .holds && met.exitStatus == 0)
        #expect(
            met.text.contains("witness one (\(keys[0].cosignatureKey.text)) cosigned that tree at 2026-09-21T14:13:20Z")
        )
        #expect(try verdict("two").verdict == .notWitnessed)
        #expect(try verdict("none").text.contains("the policy requires no witness"))
    }

    @Test func `whoever has only a key from before a revocation is told what that leaves open`() async throws {
        let memory = try await MemoryLedger()
        var keys = [memory.key]
        for turn in 0..<3 {
            let next = try SigningKey.generate(name: Samples.origin, randomness: .system)
            _ = try await memory.ledger.rotateKey(to: next, isRevocation: turn == 1)
            keys.append(next)
        }
        let bytes = try await memory.ledger.prove(0).file.bytes
        for (place, key) in keys.enumerated() {
            let check = ProofCheck(bytes, trust: Trust(logs: [key.verifierKey]))
            #expect(check.exitStatus == 0)
            #expect(
                check.text.contains("entry 2, at ") && check.text.contains("revoked the key \(keys[1].verifierKey)"))
            #expect(check.text.contains("who recorded entries after 2") == (place < 2), "key \(place)")
            #expect(check.json["keys"]?.items?.map { $0["revoked"] } == [false, true, false])
        }
    }

    @Test func `what does not hold and what cannot be checked are told apart`() async throws {
        let memory = try await Self.ledger()
        let trust = Trust(logs: [memory.key.verifierKey])
        let bytes = try await memory.ledger.prove(2).file.bytes
        let other = try SigningKey.generate(name: Samples.origin, randomness: .system).verifierKey
        let foreign = try SigningKey.generate(name: "other.example", randomness: .system).verifierKey
        let changed = Array(String(decoding: bytes, as: UTF8.self).replacing("comply", with: "refuse").utf8)
        let later = Array("{\"format\":\"because-proof/9\"}\n".utf8)
        for (check, status, code) in [
            (ProofCheck(changed, trust: trust), 2, "not_included"),
            (ProofCheck(bytes, trust: Trust(logs: [other])), 2, "signature_absent"),
            (ProofCheck(bytes, trust: Trust(logs: [foreign])), 1, "other_log"),
            (ProofCheck([], trust: trust), 1, "unknown_form"), (ProofCheck(later, trust: trust), 1, "unknown_format"),
            (ProofCheck(bytes, entry: [], trust: trust), 1, "unknown_form"),
            (ProofCheck(Array(bytes.dropLast(9)), trust: trust), 2, "malformed"),
        ] {
            #expect(check.exitStatus == status && check.json["problem"]?["code"] == .string(code), "\(code)")
            #expect(!check.text.contains("holds") && check.json["log"] == nil)
        }
    }

    @Test func `nothing of a record reaches a terminal raw, or passes for a sentence of the check`() async throws {
        let trick = "x\u{1B}[2J\u{202E}\r\n\nIt shows\nthat witness w cosigned\u{2028}"
        let memory = try await Self.ledger(["summary": .string(trick), "context": [trick: .string(trick)]])
        let proof = try await memory.ledger.prove(2, disclosing: .all)
        let check = ProofCheck(proof.file.bytes, trust: Trust(logs: [memory.key.verifierKey]))
        #expect(check.exitStatus == 0)
        #expect(!check.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || JSON.isHidden($0) })
        let lines = check.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count { $0 == "It shows" } == 1)
        #expect(!lines.contains { $0.hasPrefix("    that witness w") })
        let json = String(decoding: check.json.bytes(.visible), as: UTF8.self)
        #expect(!json.unicodeScalars.contains { $0.value < 0x20 || JSON.isHidden($0) })
    }

    /// A log that is not ours, with a size that no integer of JSON can hold and a witness from the far future.
    @Test func `a bare tlog-proof of another program's log is checked, whatever numbers it names`() throws {
        let key = try SigningKey.generate(name: "other.example/log", randomness: .system)
        let witness = try SigningKey.generate(name: "w.example", randomness: .system)
        let entry = Array("any bytes".utf8)
        let count = try InclusionProof.count(index: .max - 1, size: .max)
        let inclusion = InclusionProof(hashes: Array(repeating: MerkleTree.emptyRoot, count: count))
        let root = try inclusion.root(leaf: MerkleTree.leafHash(entry), index: .max - 1, size: .max)
        let text = Checkpoint(origin: key.name.text, size: .max, root: root).text
        let note = try SignedNote(
            text: text, signatures: [key.sign(text), witness.cosign(text, time: UInt64(Int64.max))])
        let proof = try TlogProof(index: .max - 1, inclusion: inclusion, checkpoint: note)
        let lines = "log \(key.verifierKey)\nwitness w \(witness.cosignatureKey)\nquorum w\n"
        let trust = Trust(policy: try Policy(parsing: Array(lines.utf8)))
        let check = ProofCheck(proof.bytes, entry: entry, trust: trust)
        #expect(check.exitStatus == 0)
        #expect(check.text.contains("9 bytes that are no entry of a ledger") && check.text.contains("after 1970"))
        #expect(check.json.string().contains("\"size\":18446744073709551615"))
        #expect(ProofCheck(proof.bytes, entry: entry + [10], trust: trust).exitStatus == 2)
        #expect(ProofCheck(proof.bytes, trust: trust).exitStatus == 1)
    }
}
