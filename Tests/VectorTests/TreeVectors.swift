import Because

extension ByteVectors {
    /// Trees of up to 17 leaves, which are the decimal numbers from 0: roots, and proofs that hold and do not.
    static func trees() throws -> [ByteVector] {
        var vectors: [ByteVector] = []
        for size in 0...17 {
            let members: JSONObject = ["size": .integer(Int64(size)), "root": .string(root(0..<size).base64URL)]
            vectors.append(
                ByteVector(name: "root-\(size)", kind: "root", members: members, isAccepted: true) {
                    var tree = Frontier()
                    for leaf in leaves[..<size] { tree.append(leaf) }
                    return tree.root == root(0..<size)
                })
        }
        for (index, size) in [(0, 1), (0, 2), (1, 2), (2, 3), (3, 7), (6, 7), (0, 8), (16, 17), (9, 17)] {
            let proof = try InclusionProof.assemble(
                try InclusionProof.plan(index: UInt64(index), size: UInt64(size)).map(node), index: UInt64(index),
                size: UInt64(size))
            vectors += inclusions(index, size, proof.hashes)
        }
        for (old, size) in [(1, 1), (1, 2), (2, 3), (3, 7), (4, 8), (6, 8), (8, 17), (16, 17), (7, 15)] {
            let proof = try ConsistencyProof.assemble(
                try ConsistencyProof.plan(from: UInt64(old), to: UInt64(size)).map(node), from: UInt64(old),
                to: UInt64(size))
            vectors += consistencies(old, size, proof.hashes)
        }
        return vectors
    }

    private static let leaves = (0..<17).map { MerkleTree.leafHash(Array("\($0)".utf8)) }

    private static func root(_ range: Range<Int>) -> Digest { MerkleTree.root(of: leaves[range]) }

    private static func node(_ id: NodeID) -> Digest {
        root(Int(id.index) << id.level..<Int(id.index + 1) << id.level)
    }

    private static func inclusions(_ index: Int, _ size: Int, _ hashes: [Digest]) -> [ByteVector] {
        func vector(_ lie: String, _ index: Int, _ size: Int, _ hashes: [Digest], _ leaf: Digest) -> ByteVector {
            let members: JSONObject = [
                "index": .integer(Int64(index)), "size": .integer(Int64(size)), "hashes": list(hashes),
                "leaf": .string(leaf.base64URL), "root": .string(root(0..<size).base64URL),
            ]
            return ByteVector(
                name: "inclusion-\(name(index, size))\(lie)", kind: "inclusion", members: members,
                isAccepted: lie.isEmpty
            ) {
                let proof = InclusionProof(hashes: hashes)
                return (try? proof.check(leaf: leaf, index: UInt64(index), size: UInt64(size), root: root(0..<size)))
                    != nil
            }
        }
        func name(_ index: Int, _ size: Int) -> String { "\(index)-of-\(size)" }
        let leaf = leaves[index]
        var vectors = [
            vector("", index, size, hashes, leaf),
            vector("-and-one-hash-more", index, size, hashes + [leaf], leaf),
            vector("-of-another-leaf", index, size, hashes, MerkleTree.leafHash([])),
            vector("-beyond-the-tree", size + index, size, hashes, leaf),
        ]
        if !hashes.isEmpty { vectors.append(vector("-cut-off", index, size, Array(hashes.dropLast()), leaf)) }
        if hashes.count > 1 { vectors.append(vector("-in-reverse", index, size, hashes.reversed(), leaf)) }
        return vectors
    }

    private static func consistencies(_ old: Int, _ size: Int, _ hashes: [Digest]) -> [ByteVector] {
        func vector(_ lie: String, _ hashes: [Digest], _ oldRoot: Digest) -> ByteVector {
            let members: JSONObject = [
                "old": .integer(Int64(old)), "size": .integer(Int64(size)), "hashes": list(hashes),
                "old_root": .string(oldRoot.base64URL), "root": .string(root(0..<size).base64URL),
            ]
            return ByteVector(
                name: "consistency-\(old)-to-\(size)\(lie)", kind: "consistency", members: members,
                isAccepted: lie.isEmpty
            ) {
                let proof = ConsistencyProof(hashes: hashes)
                return
                    (try? proof.check(from: UInt64(old), fromRoot: oldRoot, to: UInt64(size), toRoot: root(0..<size)))
                    != nil
            }
        }
        var vectors = [
            vector("", hashes, root(0..<old)),
            vector("-and-one-hash-more", hashes + [root(0..<old)], root(0..<old)),
            vector("-of-another-root", hashes, MerkleTree.emptyRoot),
        ]
        if !hashes.isEmpty { vectors.append(vector("-cut-off", Array(hashes.dropLast()), root(0..<old))) }
        return vectors
    }

    private static func list(_ hashes: [Digest]) -> JSON { .array(hashes.map { .string($0.base64URL) }) }
}
