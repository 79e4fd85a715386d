import Storage

extension StoreRule {
    /// Which checkpoints stay.
    static let checkpoints: [StoreRule] = [
        StoreRule("of every 256 entries the last checkpoint stays, and the newest of all") { place in
            let store = try place.create(Samples.subjectKey)
            for first in stride(from: UInt64(0), to: 600, by: 4) {
                try store.append(Samples.batch(first: first, count: 4))
            }
            try expect(try sizes(store), is: [256, 512, 600], "sizes")
        },
        StoreRule("a checkpoint of size 256 is in the first block, and one of size 257 in the second") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 255))
            try store.append(Samples.batch(first: 255))
            try expect(try sizes(store), is: [256], "sizes")
            try store.append(Samples.batch(first: 256))
            try expect(try sizes(store), is: [256, 257], "sizes")
        },
        StoreRule("a kept checkpoint stays") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0))
            try store.append(Samples.batch(first: 1, isKept: true))
            try store.append(Samples.batch(first: 2))
            try store.append(Samples.batch(first: 3))
            try expect(try sizes(store), is: [2, 4], "sizes")
            try expect(try store.read { try $0.checkpoint(atMost: 3)?.isKept }, is: true, "kept")
        },
        StoreRule("an attestation keeps its checkpoint for good, and what was signed of it") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 2))
            try store.attest(Attestation(size: 2, root: Samples.checkpoint(2).root))
            try store.append(Samples.batch(first: 2))
            try store.attest(Samples.attestation(of: 2))
            try store.append(Samples.batch(first: 3))
            try expect(try sizes(store), is: [2, 4], "sizes")
            store.close()
            try place.reopen().read { view in
                try expect(try view.checkpoint(atMost: 3), is: Samples.checkpoint(2, isKept: true), "checkpoint")
                try expect(try view.signatures(of: 2), is: Samples.attestation(of: 2).signatures, "signatures")
                let want = Samples.attestation(of: 2).timestamps.sorted { $0.digest < $1.digest }
                try expect(try view.timestamps(of: 2), is: want, "time stamps")
                try expect(try view.attestedSizes(), is: [2], "sizes with attestations")
                try expect(try view.signatures(of: 4), is: [], "signatures of another size")
                try expect(try view.timestamps(of: .max), is: [], "time stamps of the greatest size")
            }
        },
        StoreRule("what was signed already stays as it is") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0))
            try store.attest(Samples.attestation(of: 1))
            var again = Samples.attestation(of: 1)
            again.signatures = again.signatures.map {
                StoredSignature(name: $0.name, keyID: $0.keyID, signature: [UInt8](repeating: 9, count: 70))
            }
            try store.attest(again)
            try store.read { view in
                try expect(try view.signatures(of: 1), is: Samples.attestation(of: 1).signatures, "signatures")
                try expect(try view.timestamps(of: 1).count, is: 2, "time stamps")
            }
        },
        StoreRule("a batch can bring a further signature of its checkpoint") { place in
            let store = try place.create(Samples.subjectKey)
            var batch = Samples.batch(first: 0, isKept: true)
            batch.signatures = Samples.attestation(of: 1).signatures
            try store.append(batch)
            try expect(try store.read { try $0.signatures(of: 1) }, is: batch.signatures, "signatures")
        },
        refused("a size without a checkpoint") { _ in Samples.attestation(of: 1) },
        refused("another root") { _ in Attestation(size: 2, root: Samples.checkpoint(3).root) },
        refused("a signature of the wrong length") { attestation in
            attestation.signatures = [StoredSignature(name: "w", keyID: 1, signature: [1])]
            return attestation
        },
        refused("a signature without a name") { attestation in
            attestation.signatures = [StoredSignature(name: "", keyID: 1, signature: .init(repeating: 1, count: 72))]
            return attestation
        },
        refused("an empty time stamp") { attestation in
            attestation.timestamps = [StoredTimestamp(token: [])]
            return attestation
        },
        refused("a time stamp of 65,537 bytes") { attestation in
            attestation.timestamps = [StoredTimestamp(token: .init(repeating: 1, count: 65_537))]
            return attestation
        },
        StoreRule("a checkpoint is found from either side of a size") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 10, isKept: true))
            try store.append(Samples.batch(first: 10, count: 10, isKept: true))
            try store.read { view in
                for (size, below, above) in [(0, nil, 10), (9, nil, 10), (10, 10, 10), (11, 10, 20), (20, 20, 20)]
                    as [(UInt64, UInt64?, UInt64?)]
                {
                    try expect(try view.checkpoint(atMost: size)?.size, is: below, "at most \(size)")
                    try expect(try view.checkpoint(atLeast: size)?.size, is: above, "at least \(size)")
                }
                try expect(try view.checkpoint(atMost: .max)?.size, is: 20, "at most anything")
                try expect(try view.checkpoint(atMost: nil)?.size, is: 20, "the newest")
                try expect(try view.checkpoint(atLeast: 21), is: nil, "at least 21")
                try expect(try view.checkpoint(atLeast: .max), is: nil, "at least the greatest number")
            }
        },
    ]

    /// The rule that an attestation of `what` leaves nothing behind.
    private static func refused(
        _ what: String, _ spoil: @escaping @Sendable (inout Attestation) -> Attestation
    ) -> StoreRule {
        StoreRule("an attestation of \(what) is refused") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 2))
            var attestation = Samples.attestation(of: 2)
            let spoiled = spoil(&attestation)
            try expectError("the attestation", { if case .invalidBatch = $0 { true } else { false } }) {
                try store.attest(spoiled)
            }
            store.close()
            try place.reopen().read { view in
                try expect(try view.attestedSizes(), is: [], "sizes with attestations")
                try expect(try view.checkpoint(atMost: nil), is: Samples.checkpoint(2), "newest checkpoint")
            }
        }
    }

    private static func sizes(_ store: any Store) throws -> [UInt64] {
        var sizes: [UInt64] = []
        try store.read { try $0.checkpoints { sizes.append($0.size) } }
        return sizes
    }
}
