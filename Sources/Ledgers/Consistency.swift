public import Merkle
public import Notes

extension LedgerView {
    /// The proof that `checkpoint`, one of this ledger, extends its first `size` entries. It was checked against both roots.
    public func consistencyProof(
        from size: UInt64, to checkpoint: Checkpoint
    ) throws(LedgerError) -> ConsistencyProof {
        let reader = TreeReader(snapshot: snapshot)
        do {
            let proof = try reader.consistencyProof(from: size, to: checkpoint.size)
            let root = try reader.builder(size: size).root
            try proof.check(from: size, fromRoot: root, to: checkpoint.size, toRoot: checkpoint.root)
            return proof
        } catch let error as TreeReader.Failure {
            if case .store(let error) = error { throw .store(error) }
            throw .headDoesNotHold(detail: "\(error)")
        } catch { throw .headDoesNotHold(detail: "\(error)") }
    }
}
