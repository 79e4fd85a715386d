import Because

extension FuzzEntry {
    /// A C2SP tlog-proof, checked against a log of fifteen known entries.
    static let proof = FuzzEntry(
        name: "proof", maximumByteCount: 4096, dictionary: "note",
        check: { bytes in
            let proof: TlogProof
            do { proof = try TlogProof(parsing: bytes) } catch { return read(error) }
            require(proof.bytes == bytes, "a proof gives the bytes it was read from")
            guard let checkpoint = try? Checkpoint(parsing: proof.checkpoint.text) else {
                fatalError("the note of a proof is a checkpoint")
            }
            for (index, entry) in ExampleLog.entries.enumerated() {
                do {
                    let trusted = try proof.check(entry: entry, keys: ExampleLog.keys)
                    require(UInt64(index) == proof.index, "an entry is proven where it stands")
                    require(trusted.checkpoint == checkpoint, "the checkpoint is the one that was read")
                } catch { read(error) }
            }
            checkArithmetic(proof, checkpoint)
        },
        seeds: { _ in
            let places = [(0, 1), (0, 2), (1, 2), (3, 7), (6, 7), (14, 15), (7, 15), (12, 13)]
            return places.map { index, size in ExampleLog.example { try ExampleLog.proof(index, size).bytes } }
                + [ExampleLog.example { try ExampleLog.proof(3, 15, extra: "extra data".bytes).bytes }]
        },
        large: {
            let header = "c2sp.org/tlog-proof@v1\n"
            let proof = String(decoding: ExampleLog.example { try ExampleLog.proof(3, 15).bytes }, as: UTF8.self)
            return [
                "\(header)extra \("AAAA".repeated())\n\(proof.dropFirst(header.count))",
                "\(header)index 3\n\("\(Digest.zero.base64)\n".repeated())", header.repeated(), proof.repeated(),
                "\(header)index \("1".repeated())\n",
            ].map(\.bytes)
        })

    /// Sizes and positions of any magnitude: a plan, or an error, and never many nodes.
    private static func checkArithmetic(_ proof: TlogProof, _ checkpoint: Checkpoint) {
        do {
            let plan = try InclusionProof.plan(index: proof.index, size: checkpoint.size)
            let count = try InclusionProof.count(index: proof.index, size: checkpoint.size)
            require(proof.index < checkpoint.size && count <= 64 && plan.count <= 128, "a path has at most 64 hashes")
            let made = try InclusionProof.assemble(
                plan.map { _ in Digest.zero }, index: proof.index, size: checkpoint.size)
            require(made.hashes.count == count, "as many hashes as were counted")
            for node in plan {
                let place = Tile.containing(node)
                require(
                    Tile(level: place.level, number: place.number, size: checkpoint.size) != nil,
                    "a planned node has a tile")
            }
        } catch { read(error) }
        do {
            let plan = try ConsistencyProof.plan(from: proof.index, to: checkpoint.size)
            let made = try ConsistencyProof.assemble(
                plan.map { _ in Digest.zero }, from: proof.index, to: checkpoint.size)
            require(
                try ConsistencyProof.count(from: proof.index, to: checkpoint.size) == made.hashes.count,
                "as many hashes as were counted")
            try ConsistencyProof(hashes: proof.inclusion.hashes).check(
                from: proof.index, fromRoot: MerkleTree.emptyRoot, to: checkpoint.size, toRoot: checkpoint.root)
        } catch { read(error) }
    }
}

extension Digest {
    static let zero = ExampleLog.example {
        guard let digest = Digest([UInt8](repeating: 0, count: Digest.byteCount)) else { fatalError("32 bytes") }
        return digest
    }
}
