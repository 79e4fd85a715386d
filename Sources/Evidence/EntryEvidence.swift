import Cryptography
public import Decisions
public import Notes

/// All that shows one entry to somebody who has only a key: the exact bytes, a proof, and what opens its sealed fields.
///
/// Pure: checking it reads no file, no clock and no ledger.
public struct EntryEvidence: Sendable {
    /// The bytes of the entry, as they were hashed.
    public let entry: [UInt8]
    /// The disclosures that its maker chose to give.
    public let disclosures: [[UInt8]]
    /// The inclusion proof with its checkpoint (C2SP tlog-proof).
    public let proof: TlogProof

    public init(entry: [UInt8], disclosures: [[UInt8]], proof: TlogProof) {
        self.entry = entry
        self.disclosures = disclosures
        self.proof = proof
    }

    /// Checks the signature of the checkpoint, the proof, the place of the entry and every disclosure.
    public func check(keys: [VerifierKey]) throws(EvidenceError) -> CheckedEntry {
        let checkpoint: TrustedCheckpoint
        do { checkpoint = try proof.check(entry: entry, keys: keys) } catch { throw .proof(error) }
        let entry: Entry
        do { entry = try Entry(parsing: self.entry) } catch { throw .entry(error) }
        guard entry.number == proof.index else { throw .wrongNumber(got: entry.number, want: proof.index) }
        let digests: Set<Digest>
        do { digests = Set(SealedFields.digests(in: try entry.body())) } catch { throw .entry(error) }
        var opened: [Disclosure] = []
        for (index, text) in disclosures.enumerated() {
            guard digests.contains(SHA256.digest(of: text)), let disclosure = Disclosure(parsing: text) else {
                throw .foreignDisclosure(index)
            }
            opened.append(disclosure)
        }
        return CheckedEntry(entry: entry, disclosures: opened, sealedCount: digests.count, checkpoint: checkpoint)
    }
}

/// An entry that was shown to be in a log, made only by checking evidence.
public struct CheckedEntry: Sendable {
    public let entry: Entry
    /// The sealed fields that were opened.
    public let disclosures: [Disclosure]
    /// The sealed fields that the entry has.
    public let sealedCount: Int
    /// The signed tree that the entry is in.
    public let checkpoint: TrustedCheckpoint

    fileprivate init(entry: Entry, disclosures: [Disclosure], sealedCount: Int, checkpoint: TrustedCheckpoint) {
        self.entry = entry
        self.disclosures = disclosures
        self.sealedCount = sealedCount
        self.checkpoint = checkpoint
    }
}
