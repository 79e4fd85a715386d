public import Cryptography

/// Why a proof, a tile or an entry bundle is refused.
public enum MerkleError: Error, Equatable, Sendable {
    /// No leaf of the tree has this index.
    case indexOutsideTree(index: UInt64, size: UInt64)
    /// The later tree is smaller than the earlier one.
    case treeShrinks(from: UInt64, to: UInt64)
    /// No proof between these sizes, or for this leaf, has so many hashes.
    case proofLength(got: Int, want: Int)
    /// The proof leads to another root than the tree of this size is known by.
    case rootDiffers(size: UInt64, got: Digest, want: Digest)
    /// Another number of nodes than the plan asks for.
    case nodeCount(got: Int, want: Int)
    /// A tile with another number of bytes than 32 for each hash.
    case tileLength(Tile, got: Int, want: Int)
    /// An entry bundle that ends inside the entry of this position.
    case bundleTruncated(entry: Int)
    /// An entry bundle with bytes left over after its last entry.
    case bundleOverlong(count: Int)
    /// More bytes than the 16-bit length of an entry bundle can say.
    case entryTooLong(count: Int, limit: Int)
}

extension MerkleError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .indexOutsideTree(let index, let size): "a tree of size \(size) has no leaf \(index)"
        case .treeShrinks(let from, let to): "a tree of size \(from) cannot become one of size \(to)"
        case .proofLength(let got, let want): "the proof has \(got) hashes where this tree needs \(want)"
        case .rootDiffers(let size, let got, let want):
            "the proof leads to root \(got) at size \(size), but the root is \(want)"
        case .nodeCount(let got, let want): "\(got) nodes were given where the plan asks for \(want)"
        case .tileLength(let tile, let got, let want): "\(tile.path) has \(got) bytes instead of \(want)"
        case .bundleTruncated(let entry): "the entry bundle ends inside its entry \(entry)"
        case .bundleOverlong(let count): "the entry bundle has \(count) bytes after its last entry"
        case .entryTooLong(let count, let limit): "an entry of \(count) bytes; a bundle holds at most \(limit) for each"
        }
    }
}
