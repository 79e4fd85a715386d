import Cryptography
import Merkle
import Synchronization

/// Nodes of a ledger's tree that stood in proofs that held.
///
/// Every proof is checked against the signed root, so a node of one that held is that of the tree. The upper nodes stand in the
/// proof of every entry, and those of the right edge cost the hashing of up to 255 entries: with them a proof took 500 µs, and
/// without them it takes what the tile of the leaf takes.
final class ProvenNodes: Sendable {
    private let nodes = Mutex<[NodeID: Digest]>([:])
    private static let limit = 32_768

    /// What is known of `plan`, in its order.
    func known(_ plan: [NodeID]) -> [Digest?] { nodes.withLock { nodes in plan.map { nodes[$0] } } }

    /// Keeps the nodes of a proof that held: those that other proofs need.
    func add(_ plan: [NodeID], _ hashes: [Digest], size: UInt64) {
        nodes.withLock { nodes in
            if nodes.count >= Self.limit { nodes = [:] }
            for (node, hash) in zip(plan, hashes)
            where node.level >= Tile.height || node.index >> (Tile.height - node.level) == size >> Tile.height {
                nodes[node] = hash
            }
        }
    }

    func removeAll() { nodes.withLock { $0 = [:] } }
}
