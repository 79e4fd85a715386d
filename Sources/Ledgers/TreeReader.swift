import Cryptography
import Decisions
import Merkle
import Storage

/// Reads the tree of one moment of a store: full tiles as they are stored, partial ones from what lies below them.
///
/// Nothing read here is trusted; a proof made of it is checked against a signed root.
struct TreeReader {
    let snapshot: any StoreSnapshot
    /// What the ledger remembers of tiles; `nil` where everything is read.
    var cache: TileCache?

    /// Why a tree cannot be read.
    enum Failure: Error {
        case store(StoreError)
        case missingEntry(UInt64)
        case missingTile(level: Int, number: UInt64)
        case merkle(MerkleError)
    }

    /// The bytes of a tile.
    func bytes(of tile: Tile) throws(Failure) -> [UInt8] {
        let stored: StoredTile?
        do { stored = try snapshot.tile(level: tile.level, number: tile.number) } catch { throw .store(error) }
        if let stored { return Array(stored.hashes.prefix(tile.byteCount)) }
        return try partialHashes(of: tile, from: 0).withUnsafeBytes { Array($0) }
    }

    private func hashes(of tile: Tile) throws(Failure) -> [Digest] {
        let stored: StoredTile?
        do { stored = try snapshot.tile(level: tile.level, number: tile.number) } catch { throw .store(error) }
        if let stored { return Self.digests(stored.hashes.prefix(tile.byteCount)) }
        return try partialHashes(of: tile, from: 0)
    }

    /// The hashes from `first` on of a tile that is not stored, because it is not full.
    func partialHashes(of tile: Tile, from first: Int) throws(Failure) -> [Digest] {
        let start = tile.number * UInt64(Tile.width)
        let range = start + UInt64(first)..<start + UInt64(tile.width)
        if tile.level == 0 { return try leaves(range) }
        let roots: [Digest]
        do { roots = try snapshot.tileRoots(level: tile.level - 1, range) } catch { throw .store(error) }
        guard roots.count == range.count else {
            throw .missingTile(level: tile.level - 1, number: range.lowerBound + UInt64(roots.count))
        }
        return roots
    }

    /// The leaf hashes of entries, hashed from their bytes.
    private func leaves(_ range: Range<UInt64>) throws(Failure) -> [Digest] {
        var leaves: [Digest] = []
        do {
            try snapshot.entries(range) { _, bytes in leaves.append(MerkleTree.leafHash(bytes)) }
        } catch { throw .store(error as? StoreError ?? .io(detail: "\(error)")) }
        guard leaves.count == Int(range.upperBound - range.lowerBound) else {
            throw .missingEntry(range.lowerBound + UInt64(leaves.count))
        }
        return leaves
    }

    private static func digests(_ bytes: ArraySlice<UInt8>) -> [Digest] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: Digest.byteCount).compactMap {
            Digest(bytes[$0..<$0 + Digest.byteCount])
        }
    }

    /// The right edge of the tree of the first `size` entries.
    func builder(size: UInt64) throws(Failure) -> TileBuilder {
        var edge: [[Digest]] = []
        for level in 0..<TileBuilder.levelCount(size: size) {
            let width = Tile.partialWidth(level: level, size: size)
            let number = size >> UInt64(Tile.height * (level + 1))
            edge.append(width == 0 ? [] : try hashes(of: Tile(level: level, number: number, width: width)))
        }
        guard let builder = TileBuilder(size: size, edge: edge) else {
            preconditionFailure("every level of the edge was read at its width")
        }
        return builder
    }

    /// The proof that entry `number` is in the tree of the first `size` entries.
    func inclusionProof(of number: UInt64, size: UInt64) throws(Failure) -> InclusionProof {
        do {
            let plan = try InclusionProof.plan(index: number, size: size)
            return try InclusionProof.assemble(try fetch(plan, size: size), index: number, size: size)
        } catch let error as Failure { throw error } catch let error as MerkleError { throw .merkle(error) } catch {
            throw .store(.io(detail: "\(error)"))
        }
    }

    /// Entry `number`, hashed and proven in the tree of `size` entries that has `root`.
    func proven(
        _ number: UInt64, size: UInt64, root: Digest
    ) throws(LedgerError) -> (entry: Entry, leaf: Digest, proof: InclusionProof) {
        let bytes: [UInt8]?
        do { bytes = try snapshot.entry(number) } catch { throw .store(error) }
        guard let bytes else { throw .unproven(entry: number, detail: "it is missing") }
        let leaf = MerkleTree.leafHash(bytes)
        do {
            let proof = try checkedInclusionProof(of: leaf, at: number, size: size, root: root)
            let entry = try Entry(parsing: bytes)
            guard entry.number == number else {
                throw LedgerError.unproven(entry: number, detail: "it says that it is entry \(entry.number)")
            }
            return (entry, leaf, proof)
        } catch let error as LedgerError { throw error } catch { throw .unproven(entry: number, detail: "\(error)") }
    }

    /// The hashes of `plan`, from the file.
    func fetch(_ plan: [NodeID], size: UInt64) throws -> [Digest] {
        try Tile.fetch(plan, size: size) { tile in try bytes(of: tile) }
    }
}

extension TreeReader.Failure: CustomStringConvertible {
    var description: String {
        switch self {
        case .store(let error): error.description
        case .missingEntry(let number): "entry \(number) is missing"
        case .missingTile(let level, let number): "tile \(number) of level \(level) is missing"
        case .merkle(let error): "\(error)"
        }
    }
}
