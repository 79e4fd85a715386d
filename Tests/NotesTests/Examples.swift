import Cryptography
import Merkle
import Notes
import Testing

extension String {
    /// The UTF-8, as notes are read.
    var bytes: [UInt8] { Array(utf8) }
}

/// The private key of this name that is made of one repeated byte.
func exampleKey(_ name: String, _ byte: UInt8) throws -> SigningKey {
    try SigningKey.generate(name: name, randomness: Randomness { $0.initializeMemory(as: UInt8.self, repeating: byte) })
}

/// A log of seven entries with a checkpoint at each size.
struct ExampleLog {
    let key: SigningKey
    let entries = (0..<7).map { "entry \($0)".bytes }

    init(_ origin: String = "example.com/log", _ byte: UInt8 = 1) throws { key = try exampleKey(origin, byte) }

    var leaves: [Digest] { entries.map { MerkleTree.leafHash($0) } }

    func checkpoint(_ size: Int) -> Checkpoint {
        Checkpoint(origin: key.name.text, size: UInt64(size), root: MerkleTree.root(of: leaves.prefix(size)))
    }

    /// The inclusion proof of an entry, out of the one tile that there is.
    func inclusion(_ index: Int, _ size: Int) throws -> InclusionProof {
        let plan = try InclusionProof.plan(index: UInt64(index), size: UInt64(size))
        let nodes = try Tile.fetch(plan, size: UInt64(size)) { _ in leaves.prefix(size).flatMap(\.bytes) }
        return try InclusionProof.assemble(nodes, index: UInt64(index), size: UInt64(size))
    }
}
