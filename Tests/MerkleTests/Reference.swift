import Cryptography
import Merkle

/// RFC 6962 section 2.1, written down as it stands there: slow, recursive, and independent of what is tested.
enum Reference {
    /// Leaf hash number `index` of the test trees.
    static func leaf(_ index: Int) -> Digest { SHA256.digest(of: [0] + Array("leaf \(index)".utf8)) }

    static func leaves(_ count: Int) -> [Digest] { (0..<count).map(leaf) }

    /// `MTH(D[n])`, over leaf hashes.
    static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard let first = leaves.first else { return SHA256.digest(of: []) }
        guard leaves.count > 1 else { return first }
        let k = split(leaves.count)
        return SHA256.digest(of: [1] + root(leaves.prefix(k)).bytes + root(leaves.dropFirst(k)).bytes)
    }

    /// `PATH(m, D[n])`.
    static func path(_ m: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let k = split(leaves.count)
        return m < k
            ? path(m, leaves.prefix(k)) + [root(leaves.dropFirst(k))]
            : path(m - k, leaves.dropFirst(k)) + [root(leaves.prefix(k))]
    }

    /// `SUBPROOF(m, D[n], b)`; `PROOF(m, D[n])` is that with `b` true.
    static func subproof(_ m: Int, _ leaves: ArraySlice<Digest>, _ b: Bool = true) -> [Digest] {
        guard m < leaves.count else { return b ? [] : [root(leaves)] }
        let k = split(leaves.count)
        return m <= k
            ? subproof(m, leaves.prefix(k), b) + [root(leaves.dropFirst(k))]
            : subproof(m - k, leaves.dropFirst(k), false) + [root(leaves.prefix(k))]
    }

    /// The largest power of two that is less than `count`.
    private static func split(_ count: Int) -> Int {
        var k = 1
        while k * 2 < count { k *= 2 }
        return k
    }
}

/// The hashes of complete nodes, out of a list of leaves.
func nodes(_ plan: [NodeID], _ leaves: [Digest]) -> [Digest] {
    plan.map { node in
        let width = 1 << node.level
        return Reference.root(leaves[Int(node.index) * width..<(Int(node.index) + 1) * width])
    }
}

extension Digest {
    /// This digest with one bit changed.
    func flipping(bit: Int) -> Digest {
        var bytes = self.bytes
        bytes[bit / 8] ^= 1 << (bit % 8)
        return Digest(bytes) ?? self
    }
}
