import Storage

extension StoreRule {
    /// What is refused, and what a refusal leaves.
    static let failing: [StoreRule] = [
        StoreRule("a batch must begin where the store ends") { place in
            try expectRefused(place, Samples.batch(first: 3), with: .wrongFirstNumber(got: 3, want: 2))
        },
        StoreRule("a batch must not begin before the store ends") { place in
            try expectRefused(place, Samples.batch(first: 1), with: .wrongFirstNumber(got: 1, want: 2))
        },
        StoreRule("an id that is there is refused") { place in
            var batch = Samples.batch(first: 2, count: 2)
            batch.entries[1].id = Samples.id(0)
            try expectTakenBack(place, batch, with: .duplicateID(Samples.id(0)))
        },
        StoreRule("one id twice in a batch is refused") { place in
            var batch = Samples.batch(first: 2, count: 2)
            batch.entries[1].id = batch.entries[0].id
            try expectTakenBack(place, batch, with: .duplicateID(Samples.id(2)))
        },
        StoreRule("an id that is there is named among many new ones") { place in
            var batch = Samples.batch(first: 2, count: 150)
            batch.entries[101].id = Samples.id(1)
            try expectTakenBack(place, batch, with: .duplicateID(Samples.id(1)))
        },
        invalid("an empty id is refused") { $0.entries[0].id = "" },
        invalid("an empty entry is refused") { $0.entries[0].bytes = [] },
        invalid("an entry of 65,536 bytes is refused") { $0.entries[0].bytes = .init(repeating: 1, count: 65_536) },
        invalid("an entry of 2,049 disclosures is refused") {
            $0.entries[0].disclosures = .init(repeating: [1], count: 2049)
        },
        invalid("a disclosure that is not ASCII is refused") { $0.entries[0].disclosures = [Array("é".utf8)] },
        invalid("a tile of the wrong length is refused") {
            $0.tiles = [StoredTile(level: 0, number: 9, root: Samples.tile(9).root, hashes: [1])]
        },
        invalid("a tile of a level that no tree has is refused") { $0.tiles = [Samples.tile(level: 64, 0)] },
        invalid("a tile that is there is refused") { $0.tiles = [Samples.tile(0)] },
        invalid("a checkpoint of another size than the batch ends at is refused") {
            $0.checkpoint = Samples.checkpoint(4)
        },
        invalid("a signature of the wrong length is refused") {
            $0.checkpoint = StoredCheckpoint(size: 3, root: $0.checkpoint.root, signature: [1])
        },
        invalid("a batch without entries is refused") {
            $0.entries = []
            $0.checkpoint = Samples.checkpoint(2)
        },
        StoreRule("a batch without entries on an empty store is refused") { place in
            let store = try place.create(Samples.subjectKey)
            try expectError("append", isInvalid) { try store.append(Samples.batch(first: 0, count: 0)) }
        },
        StoreRule("a store that was opened for reading takes no batch") { place in
            let store = try place.create(Samples.subjectKey)
            let reader = try place.openReader()
            try expectError("append", StoreError.openedForReading) { try reader.append(Samples.batch(first: 0)) }
            try store.append(Samples.batch(first: 0))
        },
        StoreRule("a second writer is refused until the first has closed") { place in
            let store = try place.create(Samples.subjectKey)
            let isHeld = { (error: StoreError) in if case .heldByAnotherProcess = error { true } else { false } }
            try expectError("open", isHeld) { _ = try place.reopen() }
            try store.append(Samples.batch(first: 0))
            store.close()
            let next = try place.reopen()
            try next.append(Samples.batch(first: 1))
        },
        StoreRule("after close everything throws that the store is closed") { place in
            let writer = try place.create(Samples.subjectKey)
            let reader = try place.openReader()
            for store in [writer, reader] {
                store.close()
                store.close()
                try expectError("append", StoreError.closed) { try store.append(Samples.batch(first: 0)) }
                try expectError("attest", StoreError.closed) { try store.attest(Samples.attestation(of: 1)) }
                try expectError("read", StoreError.closed) { try store.read { _ in } }
                try expectError("sync", StoreError.closed) { try store.sync() }
            }
        },
    ]

    private static func isInvalid(_ error: StoreError) -> Bool {
        if case .invalidBatch = error { true } else { false }
    }

    /// The rule that a good batch on a store of two entries is refused once `spoil` has changed it.
    private static func invalid(
        _ description: String, _ spoil: @escaping @Sendable (inout AppendBatch) -> Void
    ) -> StoreRule {
        StoreRule(description) { place in
            var batch = Samples.batch(first: 2)
            spoil(&batch)
            try expectRefused(place, batch, isInvalid)
        }
    }

    private static func expectRefused(_ place: StorePlace, _ batch: AppendBatch, with error: StoreError) throws {
        try expectRefused(place, batch) { $0 == error }
    }

    /// Throws unless a store of two entries and a tile refuses `batch`, reads as before, and takes the next.
    private static func expectTakenBack(_ place: StorePlace, _ batch: AppendBatch, with error: StoreError) throws {
        let store = try place.create(Samples.subjectKey)
        var before = Samples.batch(first: 0, count: 2)
        before.tiles = [Samples.tile(0)]
        try store.append(before)
        for _ in 0..<2 {
            try expectError("the batch", error) { try store.append(batch) }
            try store.read(expectTwoEntries)
        }
        try store.append(Samples.batch(first: 2))
        try store.read { view in try expect(try view.size(), is: 3, "size") }
    }

    /// Throws unless a store of two entries and a tile refuses `batch`, is dead then, still reads as before, and lives
    /// again, unchanged, once it was opened anew.
    private static func expectRefused(
        _ place: StorePlace, _ batch: AppendBatch, _ isWanted: (StoreError) -> Bool
    ) throws {
        let store = try place.create(Samples.subjectKey)
        var before = Samples.batch(first: 0, count: 2)
        before.tiles = [Samples.tile(0)]
        try store.append(before)
        try expectError("the batch", isWanted) { try store.append(batch) }
        try expectError("the batch after it", StoreError.writerIsDead) { try store.append(Samples.batch(first: 2)) }
        try store.read(expectTwoEntries)
        store.close()
        let again = try place.reopen()
        try again.read(expectTwoEntries)
        try again.append(Samples.batch(first: 2))
    }

    private static func expectTwoEntries(_ view: any StoreSnapshot) throws {
        try expect(try view.size(), is: 2, "size")
        var ids: [String] = []
        try view.identities { ids.append($0.id) }
        try expect(ids, is: [Samples.id(0), Samples.id(1)], "ids")
        var tiles: [StoredTile] = []
        try view.tiles { tiles.append($0) }
        try expect(tiles, is: [Samples.tile(0)], "tiles")
        var checkpoints: [StoredCheckpoint] = []
        try view.checkpoints { checkpoints.append($0) }
        try expect(checkpoints, is: [Samples.checkpoint(2)], "checkpoints")
        try expect(try view.disclosures(of: 2), is: [], "disclosures of 2")
        try expect(try view.numbers(ofSubject: Samples.subject(2)), is: [], "numbers of person 2")
    }
}
