import Merkle
public import Notes
import Storage

extension LedgerView {
    /// Whether entry `number` is in a tree that the witnesses of `policy` confirmed; the earliest such tree is taken.
    ///
    /// The entry was proven in that tree.
    public func witnessing(of number: UInt64, by policy: Policy) throws(LedgerError) -> Witnessing {
        try search(policy) { search in
            let sizes = try snapshot.attestedSizes().drop { $0 <= number }.prefix { $0 <= size }
            return try search.run(sizes) { stored in
                let checkpoint = Checkpoint(origin: self.checkpoint.origin, size: stored.size, root: stored.root)
                return (try? proven(number, in: checkpoint)) != nil
            }
        }
    }

    /// The newest tree of this ledger that the witnesses of `policy` confirmed.
    public func witnessing(by policy: Policy) throws(LedgerError) -> Witnessing {
        try search(policy) { search in
            let sizes = try snapshot.attestedSizes().prefix { $0 <= size }
            let reader = TreeReader(snapshot: snapshot)
            return try search.run(sizes.reversed()) { try reader.builder(size: $0.size).root == $0.root }
        }
    }

    /// Whether the witnesses of `policy` confirmed the stored checkpoint of `size`.
    public func witnessing(ofCheckpoint size: UInt64, by policy: Policy) throws(LedgerError) -> Witnessing {
        try search(policy) { try $0.run([size]) { _ in true } }
    }

    /// The largest checkpoint that a witness of `policy` rightly cosigned here.
    public func lastStatement(
        of witness: Policy.Witness, in policy: Policy
    ) throws(LedgerError) -> (size: UInt64, statement: WitnessStatement)? {
        try search(policy) { search in
            for size in try snapshot.attestedSizes().reversed() {
                if let statement = try search.statement(of: witness, size: size) { return (size, statement) }
            }
            return nil
        }
    }

    private func search<Found>(
        _ policy: Policy, _ body: (WitnessSearch) throws -> Found
    ) throws(LedgerError) -> Found {
        let search = WitnessSearch(policy: policy, origin: checkpoint.origin, keys: keys, snapshot: snapshot)
        do { return try body(search) } catch let error as StoreError { throw .store(error) } catch {
            throw .headDoesNotHold(detail: "\(error)")
        }
    }
}
