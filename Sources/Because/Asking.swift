extension Ledger {
    /// The answer to *why did it do that?* for a decision, by its id or the beginning of it.
    public func explain(_ id: String) async throws -> Explanation {
        try await BlockingPool.run { try self.index.explain(id, policy: self.witnessPolicy) }
    }

    /// The policy in the ledger's folder.
    public var witnessPolicy: WitnessPolicy { folder.map { PolicyFile(ofLedgerIn: $0).witnessPolicy } ?? .absent }

    /// The newest decisions that answer a query such as `outcome:refuse principle:protect_privacy "medical"`.
    ///
    /// `cursor` is the `next` of an earlier result. With `scan` the index is not used.
    public func find(
        _ query: String, limit: Int = 20, cursor: UInt64? = nil, scan: Bool = false
    ) async throws -> FindResult {
        let query = try Query(query)
        return try await BlockingPool.run { try self.index.find(query, limit: limit, below: cursor, scan: scan) }
    }

    /// Everything that shows one entry to somebody who has only the ledger's key, already checked.
    public func evidence(for number: UInt64) async throws -> (evidence: EntryEvidence, checked: CheckedEntry) {
        try await BlockingPool.run {
            let (evidence, key) = try self.read { view in
                let proven = try view.proven(number)
                let proof = try TlogProof(index: number, inclusion: proven.proof, checkpoint: view.note)
                let disclosures = proven.sealed.map(\.text).filter { Disclosure(parsing: $0) != nil }
                return (EntryEvidence(entry: proven.entry.bytes, disclosures: disclosures, proof: proof), view.key)
            }
            try self.sync()
            return (evidence, try evidence.check(keys: [key]))
        }
    }

    /// Verifies everything: the log, the words it cites, what is sealed, and the index.
    ///
    /// `key` is the key that the auditor knows; without one, that of entry 0 is taken. `policy` is the auditor's; without
    /// one, that in the ledger's folder is taken.
    public func verify(
        key: VerifierKey? = nil, policy: Policy? = nil, progress: Verification.Progress? = nil
    ) async throws -> VerificationReport {
        guard let folder else { preconditionFailure("a ledger opened from a folder has one") }
        return try await Verification(folder: folder, key: key, policy: policy, progress: progress).run()
    }
}
