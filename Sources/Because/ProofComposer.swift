/// Puts a proof file together from one moment of a ledger.
struct ProofComposer {
    let view: LedgerView
    let number: UInt64

    func compose(_ fields: DisclosedFields, cannotKeep reason: String) throws -> ProofFile {
        guard number < view.size else { throw LedgerError.noSuchEntry(number) }
        let note = try view.note(of: try checkpoint(cannotKeep: reason))
        let proven = try view.proven(number, in: Checkpoint(parsing: note.text))
        guard String(validating: proven.entry.bytes, as: UTF8.self) != nil else {
            throw ProvingError.entryNotText(number)
        }
        let body = try proven.entry.body()
        let evidence = EntryEvidence(
            entry: proven.entry.bytes, disclosures: try disclosures(fields, of: proven, body),
            proof: try TlogProof(index: number, inclusion: proven.proof, checkpoint: note))
        return ProofFile(evidence: evidence, citations: try words(body), keyChanges: try keyChanges())
    }

    // MARK: Which checkpoint

    /// The newest checkpoint that covers the entry and was cosigned, otherwise the newest that stays for good.
    private func checkpoint(cannotKeep reason: String) throws -> StoredCheckpoint {
        if let cosigned = try cosigned() { return cosigned }
        guard let newest = try view.snapshot.checkpoint(atMost: view.size) else {
            throw LedgerError.headDoesNotHold(detail: "there is none")
        }
        // The last of 256 entries is replaced by none; what is stored before the newest is kept, or such a last one.
        if newest.isKept || newest.size % UInt64(Tile.width) == 0 { return newest }
        if let earlier = try view.snapshot.checkpoint(atMost: newest.size - 1), earlier.size > number { return earlier }
        let next = (newest.size / UInt64(Tile.width) + 1) * UInt64(Tile.width)
        throw ProvingError.notKept(entry: number, next: next, reason: reason)
    }

    /// The newest checkpoint with a cosignature. What a revoked key signed is left out: whoever has only the newest key
    /// could not believe it.
    private func cosigned() throws -> StoredCheckpoint? {
        for size in try view.snapshot.attestedSizes().reversed() where size > number && size <= view.size {
            let signer = view.keys.key(ofSize: size)
            guard view.keys.terms.first(where: { $0.key == signer })?.revokedAt == nil,
                try view.snapshot.signatures(of: size).contains(where: isCosignature),
                let stored = try view.snapshot.checkpoint(atMost: size), stored.size == size
            else { continue }
            return stored
        }
        return nil
    }

    private func isCosignature(_ signature: StoredSignature) -> Bool {
        signature.signature.count >= Cosignature.byteCount
            && !view.keys.keys.contains { $0.keyID == signature.keyID && $0.name.isSame(as: signature.name) }
    }

    // MARK: What lies beside the entry

    private func disclosures(_ fields: DisclosedFields, of proven: ProvenEntry, _ body: JSON) throws -> [[UInt8]] {
        let places = SealedFields.places(in: body)
        let open = proven.sealed.sorted { $0.ordinal < $1.ordinal }.compactMap { stored -> (path: String, [UInt8])? in
            guard stored.ordinal < places.count, let disclosure = Disclosure(parsing: stored.text),
                disclosure.digest == places[stored.ordinal].digest
            else { return nil }
            return (places[stored.ordinal].field(disclosure.name), stored.text)
        }
        switch fields {
        case .none: return []
        case .all: return open.map(\.1)
        case .paths(let words):
            for word in words where !open.contains(where: { SealedPlace.matches($0.path, word) }) {
                throw ProvingError.unknownField(
                    word, entry: number, known: open.map(\.path), closed: places.count - open.count)
            }
            return open.filter { field in words.contains { SealedPlace.matches(field.path, $0) } }.map(\.1)
        }
    }

    /// The words of the sections that the entry cites, as far as they are there.
    private func words(_ body: JSON) throws -> [ProofFile.CitedText] {
        try Decisions.Citation.firsts(in: body).compactMap { cited in
            guard let text = try view.text(cited.citation.section).flatMap({ String(validating: $0, as: UTF8.self) })
            else { return nil }
            return ProofFile.CitedText(ref: cited.ref, digest: cited.citation.section, text: text)
        }
    }

    /// Every change of keys, in the checkpoint that both keys signed.
    private func keyChanges() throws -> [KeyChangeEvidence] {
        try view.keys.terms.dropFirst().map { term in
            guard let stored = try view.checkpoint(atMost: term.announcedAt + 1) else {
                throw LedgerError.headDoesNotHold(detail: "there is no checkpoint that ends with \(term.announcedAt)")
            }
            let note = try view.note(of: stored)
            let proven = try view.proven(term.announcedAt, in: Checkpoint(parsing: note.text))
            let proof = try TlogProof(index: term.announcedAt, inclusion: proven.proof, checkpoint: note)
            return KeyChangeEvidence(entry: proven.entry.bytes, proof: proof)
        }
    }
}
