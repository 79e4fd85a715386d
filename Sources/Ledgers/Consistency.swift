public import Merkle
public import Notes

extension LedgerView {
    /// The proof that `checkpoint`, one of this ledger, extends its first `size` entries. It was checked against both roots.
    public func consistencyProof(
        from size: UInt64, to checkpoint: Checkpoint
    ) throws(LedgerError) -> ConsistencyProof {
        do {
            return try reader.checkedConsistencyProof(from: size, to: checkpoint.size, root: checkpoint.root)
        } catch let error as TreeReader.Failure {
            if case .store(let error) = error { throw .store(error) }
            throw .headDoesNotHold(detail: "\(error)")
        } catch { throw .headDoesNotHold(detail: "\(error)") }
    }
}
