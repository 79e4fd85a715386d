import Cryptography
public import Decisions
public import JSON
public import Notes

/// What evidence was found to show. Only checking makes one.
public struct CheckedProof: Sendable {
    /// The place of the entry in the log.
    public let index: UInt64
    /// The number of bytes of the entry.
    public let byteCount: Int
    /// The signed tree that the entry is in.
    public let checkpoint: TrustedCheckpoint
    public let witnessing: PolicyWitnessing
    /// Signatures of the checkpoint by keys that were not given: nothing is known of them.
    public let uncheckedSignatureCount: Int
    /// What the entry says; `nil` for bytes of another program's log.
    public let content: Content?
    /// How the log's keys followed one another, as both keys of each change signed.
    public let keyChanges: [KeyChange]

    /// An entry of a ledger, with what was disclosed of it.
    public struct Content: Sendable {
        public let entry: Entry
        /// The body as it stands in the entry: what everybody who has the log can read.
        public let body: JSON
        /// In the order of the entry.
        public let disclosed: [Field]
        /// The sealed fields that no disclosure opens.
        public let sealed: [SealedPlace]
        /// The words that the entry cites, each once.
        public let citations: [CitedWords]
    }

    /// A sealed field that a disclosure opens.
    public struct Field: Sendable, Equatable {
        /// Its path: `rationale.text`.
        public let path: String
        public let value: JSON
    }

    /// Words that the entry cites.
    public struct CitedWords: Sendable {
        /// The reference that cites them first, as it stands in the entry.
        public let ref: String
        public let citation: Citation
        /// The words, whose digest is the one in the entry; `nil` where the file does not hold them.
        public let text: String?
    }
}

extension ProofFile {
    /// Checks everything in the file: changes of keys, signatures, the proof, every disclosure and all words.
    ///
    /// That a quorum is not met is a result, not an error: the rest may still be worth knowing.
    public func check(_ trust: Trust) throws(EvidenceError) -> CheckedProof {
        let checkpoint = try evidence.proof.unverifiedCheckpoint()
        let given = try trust.logs(of: checkpoint.origin)
        let chain = try KeyChain(keyChanges)
        let signers = try chain.signers(ofSize: checkpoint.size, trusting: given)
        return try evidence.check(trust, signers: signers, changes: chain.changes, citations: citations)
    }

    /// The keys of the log that this file leads to from `given`, and those.
    public func keys(trusting given: [VerifierKey]) throws(EvidenceError) -> [VerifierKey] {
        try KeyChain(keyChanges).keys(trusting: given)
    }
}

extension EntryEvidence {
    /// Checks an entry that lies beside its proof, in two files. Bytes of another program's log are proven as they are.
    public static func check(
        entry: [UInt8], proof: TlogProof, _ trust: Trust
    ) throws(EvidenceError) -> CheckedProof {
        let signers = try trust.logs(of: proof.unverifiedCheckpoint().origin)
        if (try? Entry(parsing: entry)) != nil {
            let evidence = EntryEvidence(entry: entry, disclosures: [], proof: proof)
            return try evidence.check(trust, signers: signers, changes: [], citations: [])
        }
        let keys = signers + trust.witnesses
        let checkpoint: TrustedCheckpoint
        do { checkpoint = try proof.check(entry: entry, keys: keys) } catch { throw .proof(error) }
        return CheckedProof(
            index: proof.index, byteCount: entry.count, checkpoint: checkpoint,
            witnessing: trust.witnessing(checkpoint),
            uncheckedSignatureCount: proof.checkpoint.countSignatures(notBy: keys), content: nil, keyChanges: [])
    }

    fileprivate func check(
        _ trust: Trust, signers: [VerifierKey], changes: [KeyChange], citations: [ProofFile.CitedText]
    ) throws(EvidenceError) -> CheckedProof {
        let keys = signers + trust.witnesses
        let checked = try check(keys: keys)
        let body: JSON
        do { body = try checked.entry.body() } catch { throw .entry(error) }
        let places = SealedFields.places(in: body)
        let disclosed = try fields(checked.disclosures, at: places)
        let opened = Set(checked.disclosures.map(\.digest))
        let content = CheckedProof.Content(
            entry: checked.entry, body: body, disclosed: disclosed,
            sealed: places.filter { !opened.contains($0.digest) }, citations: try words(citations, in: body))
        return CheckedProof(
            index: proof.index, byteCount: entry.count, checkpoint: checked.checkpoint,
            witnessing: trust.witnessing(checked.checkpoint),
            uncheckedSignatureCount: proof.checkpoint.countSignatures(notBy: keys), content: content,
            keyChanges: changes)
    }

    /// The fields that the disclosures open. Each has a place of its own, in the order of the entry, and brings no field
    /// that its object has already (RFC 9901 section 7.1).
    private func fields(
        _ disclosures: [Disclosure], at places: [SealedPlace]
    ) throws(EvidenceError) -> [CheckedProof.Field] {
        var fields: [CheckedProof.Field] = []
        var next = places.startIndex
        for (index, disclosure) in disclosures.enumerated() {
            guard let place = places[next...].firstIndex(where: { $0.digest == disclosure.digest }) else {
                throw .misplacedDisclosure(index)
            }
            next = place + 1
            let path = places[place].field(disclosure.name)
            guard !places[place].hasClear(disclosure.name), !fields.contains(where: { $0.path == path }) else {
                throw .secondValue(index, field: path)
            }
            fields.append(CheckedProof.Field(path: path, value: disclosure.value))
        }
        return fields
    }

    /// Every citation of the entry, each digest once, with the words that the file gives for it.
    private func words(
        _ texts: [ProofFile.CitedText], in body: JSON
    ) throws(EvidenceError) -> [CheckedProof.CitedWords] {
        let cited = Citation.firsts(in: body)
        var words = cited.map { CheckedProof.CitedWords(ref: $0.ref, citation: $0.citation, text: nil) }
        var next = words.startIndex
        for (index, text) in texts.enumerated() {
            guard let place = words.firstIndex(where: { $0.citation.section == text.digest && $0.ref == text.ref })
            else { throw .citation(index, .notCited) }
            guard place >= next else { throw .citation(index, .misplaced) }
            guard SHA256.digest(of: Array(text.text.utf8)) == text.digest else { throw .citation(index, .otherWords) }
            next = place + 1
            words[place] = .init(ref: words[place].ref, citation: words[place].citation, text: text.text)
        }
        return words
    }
}

extension Citation {
    /// The citations of a body in its order, each section digest once.
    public static func firsts(in body: JSON) -> [(ref: String, citation: Citation)] {
        var seen = Set<Digest>()
        return all(in: body).filter { seen.insert($0.citation.section).inserted }
    }
}

extension TlogProof {
    /// The checkpoint as it says it is.
    fileprivate func unverifiedCheckpoint() throws(EvidenceError) -> Checkpoint {
        do { return try Checkpoint(parsing: checkpoint.text) } catch { throw .proof(error) }
    }
}

extension SignedNote {
    /// The signatures by other keys than these.
    fileprivate func countSignatures(notBy keys: [VerifierKey]) -> Int {
        signatures.count { signature in
            !keys.contains { $0.keyID == signature.keyID && $0.name == signature.name }
        }
    }
}
