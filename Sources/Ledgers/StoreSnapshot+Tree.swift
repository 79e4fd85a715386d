public import Merkle
public import Storage

extension StoreSnapshot {
    /// The right edge of the tree of the first `size` entries, out of stored tiles and of entries that are hashed.
    ///
    /// It proves nothing until its root is compared with a signed one.
    public func tree(ofSize size: UInt64) throws(LedgerError) -> TileBuilder {
        do { return try TreeReader(snapshot: self).builder(size: size) } catch {
            if case .store(let error) = error { throw .store(error) }
            throw .headDoesNotHold(detail: "\(error)")
        }
    }
}
