import Cryptography
public import Notes
import Storage

/// What became of the further signatures of checkpoints when they were verified.
public struct FurtherSignatures: Sendable {
    /// Right signatures of witnesses of the policy, by the witness.
    public internal(set) var right: [Policy.Name: Int] = [:]
    /// Signatures by names that nobody told us the key of: ignored, and counted.
    public internal(set) var unknown: [String: Int] = [:]
    /// Whether the newest checkpoint that meets the policy's quorum is there.
    public internal(set) var witnessing: Witnessing = .noPolicy
}

/// Verifies what others signed of the checkpoints.
struct FurtherSignatureChecker {
    let snapshot: any StoreSnapshot
    /// `nil` where no key of the log is known; then nothing is said about witnesses.
    let keys: KeyHistory?
    let policy: Policy?
    /// The kept checkpoints whose root is that of the entries.
    let holding: Set<UInt64>

    func check(_ findings: inout Findings) throws -> FurtherSignatures {
        var result = FurtherSignatures()
        var readable: [UInt64] = []
        for size in try sizes() {
            let signatures: [StoredSignature]
            do { signatures = try snapshot.signatures(of: size) } catch {
                let message = "the further signatures of the checkpoint of \(size) entries cannot be read: \(error)"
                findings.add(Finding(.signatures, entry: size - 1, "signature_wrong", message))
                continue
            }
            // A size that has only time stamps says nothing here.
            guard !signatures.isEmpty else { continue }
            guard let stored = try snapshot.checkpoint(atMost: size), stored.size == size else {
                findings.add(
                    Finding(
                        .signatures, "signature_extra",
                        "there are signatures of a checkpoint of \(size) entries, which is not there"))
                continue
            }
            readable.append(size)
            for signature in signatures { check(signature, of: stored, &result, &findings) }
        }
        if let policy, let keys {
            let search = WitnessSearch(
                policy: policy, origin: keys.current.name.text, keys: keys, snapshot: snapshot)
            result.witnessing = try search.run(readable.reversed()) { holding.contains($0.size) }
        }
        return result
    }

    /// The sizes that may have signatures. Damage among the time stamps does not hide those of kept checkpoints.
    private func sizes() throws -> [UInt64] {
        do { return try snapshot.attestedSizes() } catch {
            var kept: [UInt64] = []
            try snapshot.checkpoints { if $0.isKept { kept.append($0.size) } }
            return kept
        }
    }

    private func check(
        _ signature: StoredSignature, of stored: StoredCheckpoint, _ result: inout FurtherSignatures,
        _ findings: inout Findings
    ) {
        guard let keys, let line = NoteSignature(signature) else {
            result.unknown[signature.name, default: 0] += 1
            return
        }
        let text = Checkpoint(origin: keys.current.name.text, size: stored.size, root: stored.root).text
        if let key = keys.keys.first(where: { $0.isNamed(signature) }) {
            guard !key.verify(signature.signature, of: text) else { return }
            return findings.add(
                Finding(
                    .signatures, entry: stored.size - 1, "signature_wrong",
                    "the further signature of the checkpoint of \(stored.size) entries by the log's key \(key.text) is wrong"
                ))
        }
        guard let witness = policy?.witness(signing: line) else {
            result.unknown[signature.name, default: 0] += 1
            return
        }
        if witness.key.verify(signature.signature, of: text) {
            result.right[witness.name, default: 0] += 1
        } else {
            findings.add(
                Finding(
                    .signatures, entry: stored.size - 1, "cosignature_wrong",
                    "the cosignature of \(witness.name) on the checkpoint of \(stored.size) entries is wrong: it was changed, or is of another checkpoint"
                ))
        }
    }
}
