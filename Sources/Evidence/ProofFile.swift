public import Cryptography
import Decisions
import JSON
import Notes

/// One file that shows one entry to somebody who has only a key or a policy.
///
/// It is one JSON object on one line, and every file has exactly one spelling: what is read must be what `bytes` gives.
public struct ProofFile: Sendable {
    /// The name of the format.
    public static let format = "because-proof/1"
    /// The most bytes of a file that is read.
    public static let byteLimit = 16 << 20

    /// The entry, the chosen disclosures, and the proof.
    public let evidence: EntryEvidence
    /// The words of cited sections.
    public let citations: [CitedText]
    /// How the log's keys followed one another, the first change first.
    public let keyChanges: [KeyChangeEvidence]

    /// The words of a section that the entry cites.
    public struct CitedText: Sendable, Equatable {
        /// The reference as it stands in the entry, where it first cites these words.
        public let ref: String
        /// The digest of the words, as it stands in the entry.
        public let digest: Digest
        public let text: String

        public init(ref: String, digest: Digest, text: String) {
            self.ref = ref
            self.digest = digest
            self.text = text
        }
    }

    /// The file of these parts. `check` judges them.
    public init(evidence: EntryEvidence, citations: [CitedText], keyChanges: [KeyChangeEvidence]) {
        self.evidence = evidence
        self.citations = citations
        self.keyChanges = keyChanges
    }

    /// The text of the file: canonical JSON (RFC 8785) in which characters that hide or reorder text are escaped as well,
    /// so that it can be shown on any terminal, and a newline.
    public var bytes: [UInt8] {
        let json: JSON = [
            "format": .string(Self.format), "entry": .string(String(decoding: evidence.entry, as: UTF8.self)),
            "proof": .string(String(decoding: evidence.proof.bytes, as: UTF8.self)),
            "disclosures": .array(evidence.disclosures.map { .string(String(decoding: $0, as: UTF8.self)) }),
            "citations": .array(
                citations.map {
                    ["ref": .string($0.ref), "digest": .string($0.digest.base64URL), "text": .string($0.text)]
                }),
            "keys": .array(keyChanges.map(\.json)),
        ]
        return json.bytes(.visible) + [UInt8(ascii: "\n")]
    }

    /// The file in `bytes`. Nothing in it is judged yet but its form.
    public init(parsing bytes: [UInt8]) throws(EvidenceError) {
        guard bytes.count <= Self.byteLimit else { throw .tooLarge(got: bytes.count, limit: Self.byteLimit) }
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw .notJSON(error) }
        let format = try json.text("format")
        guard format == Self.format else { throw .unknownFormat(format) }
        var disclosures: [[UInt8]] = []
        for item in try json.list("disclosures") {
            guard let text = item.text else { throw .malformed("a disclosure is \(item.kind)") }
            disclosures.append(Array(text.utf8))
        }
        var citations: [CitedText] = []
        for item in try json.list("citations") {
            guard let digest = Digest(base64URL: try item.text("digest")) else {
                throw .malformed("the digest of a citation is none")
            }
            citations.append(CitedText(ref: try item.text("ref"), digest: digest, text: try item.text("text")))
        }
        var changes: [KeyChangeEvidence] = []
        for item in try json.list("keys") { changes.append(try KeyChangeEvidence(item)) }
        let entry = Array(try json.text("entry").utf8)
        let evidence = EntryEvidence(entry: entry, disclosures: disclosures, proof: try json.proof("proof"))
        self.init(evidence: evidence, citations: citations, keyChanges: changes)
        try checkSpelling(bytes)
    }

    /// A second spelling would be a second file that says the same.
    private func checkSpelling(_ bytes: [UInt8]) throws(EvidenceError) {
        let exact = self.bytes
        guard bytes != exact else { return }
        let different = zip(bytes, exact).enumerated().first { $0.element.0 != $0.element.1 }
        throw .notExact(offset: different?.offset ?? min(bytes.count, exact.count))
    }
}

extension JSON {
    /// The text of the member `name`.
    func text(_ name: String) throws(EvidenceError) -> String {
        guard let member = self[name] else { throw .malformed("\(name) is missing") }
        guard let text = member.text else { throw .malformed("\(name) is \(member.kind) instead of a string") }
        return text
    }

    /// The items of the member `name`.
    func list(_ name: String) throws(EvidenceError) -> [JSON] {
        guard let member = self[name] else { throw .malformed("\(name) is missing") }
        guard let items = member.items else { throw .malformed("\(name) is \(member.kind) instead of a list") }
        return items
    }

    /// The C2SP tlog-proof in the member `name`, without extra data: nothing would authenticate it.
    func proof(_ name: String) throws(EvidenceError) -> TlogProof {
        let text = try text(name)
        let proof: TlogProof
        do { proof = try TlogProof(parsing: Array(text.utf8)) } catch { throw .proof(error) }
        guard proof.extra.isEmpty else { throw .malformed("\(name) has extra data") }
        return proof
    }
}
