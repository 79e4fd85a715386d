public import Notes
public import Storage

extension Ledger {
    /// Keeps the newest checkpoint for good, because it is about to leave the ledger, and returns it.
    public func keepCheckpoint() async throws(RecordError) -> Checkpoint {
        guard let writer else { throw .ledgerIsReadOnly }
        return try await writer.keepNewest().get()
    }

    /// Stores what others signed of a checkpoint that was kept. Nothing of it is judged here: verification does that.
    public func attest(_ attestation: Attestation) async throws(RecordError) {
        guard let writer else { throw .ledgerIsReadOnly }
        try await writer.attest(attestation).get()
    }
}

extension LedgerView {
    /// The newest checkpoint of at most `size` entries that is stored.
    public func checkpoint(atMost size: UInt64) throws(LedgerError) -> StoredCheckpoint? {
        do { return try snapshot.checkpoint(atMost: size) } catch { throw .store(error) }
    }

    /// A stored checkpoint as a note, with what others signed of it. The log's own signature is checked, and nothing else.
    public func note(of stored: StoredCheckpoint) throws(LedgerError) -> SignedNote {
        let key = keys.key(ofSize: stored.size)
        let signatures: [StoredSignature]
        do { signatures = try snapshot.signatures(of: stored.size) } catch { throw .store(error) }
        do {
            let checkpoint = Checkpoint(origin: self.checkpoint.origin, size: stored.size, root: stored.root)
            let note = try checkpoint.note(signature: stored.signature, keyID: key.keyID)
            _ = try note.trustedCheckpoint(by: [key])
            return try note.adding(signatures.compactMap(NoteSignature.init))
        } catch { throw .headDoesNotHold(detail: "\(error)") }
    }
}

extension NoteSignature {
    /// The line of a stored signature; `nil` when no key can have its name.
    public init?(_ stored: StoredSignature) {
        guard let name = KeyName(stored.name) else { return nil }
        self.init(name: name, keyID: stored.keyID, signature: stored.signature)
    }
}
