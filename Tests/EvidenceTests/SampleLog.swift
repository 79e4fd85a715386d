import Cryptography
import Decisions
import Evidence
import JSON
import Merkle
import Notes
import Testing

extension String {
    var bytes: [UInt8] { Array(utf8) }
}

/// The private key of this name that is made of one repeated byte.
func sampleKey(_ byte: UInt8, name: String = SampleLog.origin) throws -> SigningKey {
    try SigningKey.generate(name: name, randomness: Randomness { $0.initializeMemory(as: UInt8.self, repeating: byte) })
}

/// A log of less than 256 entries, made by hand from the format: no ledger takes part.
struct SampleLog {
    static let origin = "acme.example/log"
    /// The sections that can be cited, by reference.
    static let sections = [
        "acme/rules@1#privacy": "## Privacy\nKeep what is private.\n",
        "acme/rules#honesty": "## Honesty\nSay what is so. \u{202E}\n",
        "acme/rules@1#care": "## Care\n",
    ]

    private(set) var entries: [[UInt8]] = []
    private(set) var disclosures: [[Disclosure]] = []
    /// The keys, and the entry that announces each but the first.
    private(set) var keys: [(key: SigningKey, entry: UInt64)]

    init(_ key: SigningKey) { keys = [(key, 0)] }

    /// Three entries, of which the one in the middle cites all sections and has five sealed fields.
    static func small() throws -> SampleLog {
        var log = SampleLog(try sampleKey(1))
        try log.decide("d-0")
        try log.decide("d-1", cites: ["acme/rules@1#privacy", "acme/rules#honesty", "acme/rules@1#care"])
        try log.decide("d-2")
        return log
    }

    mutating func append(
        type: String = EntryType.decision, id: String, body: [UInt8], disclosures: [Disclosure] = [],
        number: UInt64? = nil
    ) throws {
        let last = try entries.last.map { try Entry(parsing: $0).leaf } ?? MerkleTree.emptyRoot
        let number = number ?? UInt64(entries.count)
        let at = Timestamp(microseconds: 1_790_000_000_000_000 + Int64(number) * 1_000_000)
        entries.append(try Entry.bytes(number: number, at: at, type: type, id: id, link: last, body: body))
        self.disclosures.append(disclosures)
    }

    mutating func decide(_ id: String, cites refs: [String] = []) throws {
        var content: JSONObject = [
            "id": .string(id), "outcome": "refuse", "summary": .string("the summary of \(id)"),
            "rationale": ["text": .string("the reason of \(id)"), "source": "model", "timing": "with"],
            "inputs": [["text": .string("what \(id) read"), "name": "request"]],
            "context": ["of": .string(id)],
        ]
        if refs.isEmpty {
            content["none_cited"] = "nothing applies"
        } else {
            content["principles"] = .array(refs.map { ["ref": .string($0), "role": "applied"] })
        }
        let submission = try Submission(checking: .object(content))
        let count = entries.count
        let body = try submission.sealed(
            randomness: Randomness { buffer in
                for index in buffer.indices { buffer[index] = UInt8(truncatingIfNeeded: index &* 7 &+ count) }
            }, resolve: Self.resolve)
        try append(id: id, body: body.bytes, disclosures: body.disclosures)
    }

    private static func resolve(_ ref: String) -> Resolution {
        guard let text = sections[ref] else { return .unresolved(reason: "there is none") }
        return .citation(
            Citation(document: SHA256.digest(of: "rules"), section: SHA256.digest(of: text.bytes), authority: nil))
    }

    /// Announces another key.
    mutating func changeKey(to key: SigningKey, isRevocation: Bool = false) throws {
        var body: JSONObject = [
            "key": .string(key.verifierKey.text), "previous": .string(keys[keys.count - 1].key.verifierKey.text),
        ]
        if isRevocation { body["revoked"] = true }
        try append(type: EntryType.key, id: "because:key:\(entries.count)", body: JSON.object(body).bytes())
        keys.append((key, UInt64(entries.count - 1)))
    }

    // MARK: What is signed of it

    var leaves: [Digest] { entries.map { MerkleTree.leafHash($0) } }

    func checkpoint(_ size: Int) -> Checkpoint {
        Checkpoint(origin: Self.origin, size: UInt64(size), root: MerkleTree.root(of: leaves.prefix(size)))
    }

    /// The keys that sign a tree of `size`: where it ends with a change of keys, both.
    func signers(_ size: Int) -> [SigningKey] {
        keys.indices.filter { index in
            let isBegun = index == 0 || keys[index].entry < UInt64(size)
            return isBegun && (index + 1 == keys.count || keys[index + 1].entry + 1 >= UInt64(size))
        }.map { keys[$0].key }
    }

    func note(_ size: Int, by signers: [SigningKey]? = nil) throws -> SignedNote {
        let text = checkpoint(size).text
        return try SignedNote(text: text, signatures: (signers ?? self.signers(size)).map { $0.sign(text) })
    }

    func proof(_ index: Int, _ size: Int, note: SignedNote? = nil) throws -> TlogProof {
        let plan = try InclusionProof.plan(index: UInt64(index), size: UInt64(size))
        let nodes = try Tile.fetch(plan, size: UInt64(size)) { _ in leaves.prefix(size).flatMap(\.bytes) }
        let inclusion = try InclusionProof.assemble(nodes, index: UInt64(index), size: UInt64(size))
        return try TlogProof(index: UInt64(index), inclusion: inclusion, checkpoint: try note ?? self.note(size))
    }

    /// The citations of an entry with their words.
    func citations(_ index: Int) throws -> [ProofFile.CitedText] {
        try Citation.firsts(in: Entry(parsing: entries[index]).body()).map {
            ProofFile.CitedText(ref: $0.ref, digest: $0.citation.section, text: try #require(Self.sections[$0.ref]))
        }
    }

    func keyChanges() throws -> [KeyChangeEvidence] {
        try keys.dropFirst().map {
            KeyChangeEvidence(
                entry: entries[Int($0.entry)], proof: try proof(Int($0.entry), Int($0.entry) + 1))
        }
    }

    /// The proof file of an entry with all its disclosures.
    func file(_ index: Int, _ size: Int? = nil, note: SignedNote? = nil) throws -> ProofFile {
        let evidence = EntryEvidence(
            entry: entries[index], disclosures: disclosures[index].map(\.text),
            proof: try proof(index, size ?? entries.count, note: note))
        return ProofFile(
            evidence: evidence, citations: try citations(index), keyChanges: try keyChanges())
    }

    /// Trust in the key with this place.
    func trust(_ key: Int = 0) -> Trust { Trust(logs: [keys[key].key.verifierKey]) }
}

extension ProofFile {
    /// The file with other parts.
    func with(
        entry: [UInt8]? = nil, disclosures: [[UInt8]]? = nil, proof: TlogProof? = nil, citations: [CitedText]? = nil,
        keyChanges: [KeyChangeEvidence]? = nil
    ) -> ProofFile {
        ProofFile(
            evidence: EntryEvidence(
                entry: entry ?? evidence.entry, disclosures: disclosures ?? evidence.disclosures,
                proof: proof ?? evidence.proof),
            citations: citations ?? self.citations, keyChanges: keyChanges ?? self.keyChanges)
    }

    /// Checks the file as whoever receives it would.
    func checkAgain(_ trust: Trust) throws -> CheckedProof { try ProofFile(parsing: bytes).check(trust) }
}

extension CheckedProof {
    /// Everything that was found, as text.
    var statements: String {
        var lines = ["\(index) \(byteCount) \(checkpoint.checkpoint.text) \(checkpoint.log)", "\(witnessing)"]
        lines += keyChanges.map { "\($0)" }
        guard let content else { return lines.joined(separator: "\n") }
        lines += ["\(content.entry.bytes)", content.body.string()]
        lines += content.disclosed.map { "\($0.path) \($0.value.string())" }
        lines += content.sealed.map { "\($0.object) \($0.digest)" }
        lines += content.citations.map { "\($0.ref) \($0.citation) \($0.text ?? "")" }
        return lines.joined(separator: "\n")
    }
}
