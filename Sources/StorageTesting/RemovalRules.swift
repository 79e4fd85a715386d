import Storage

extension StoreRule {
    /// What an append takes out.
    static let removing: [StoreRule] = [
        StoreRule("a removal takes out just its values and the subject, and notes that they are to be scrubbed") {
            place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 8))
            try expect(try store.read { try $0.dueScrubbing() }, is: [], "due before")
            try store.append(removal)
            try store.read(expectRemoved)
            try expect(try store.read { try $0.dueScrubbing() }, is: [9], "due")
            store.close()
            let again = try place.reopen()
            try again.read(expectRemoved)
            try expect(try again.read { try $0.dueScrubbing() }, is: [9], "due after opening")
            try expect(try again.scrub(patience: 0), is: .clean, "scrub")
            try again.read(expectRemoved)
            try again.append(Samples.batch(first: 10))
            try expect(try again.read { try $0.size() }, is: 11, "size")
        },
        StoreRule("what was scrubbed is no longer due, and what came later is") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 8))
            for (first, number) in [(UInt64(8), UInt64(1)), (9, 4), (10, 7)] {
                var batch = Samples.batch(first: first)
                batch.removals = [Removal(number: number, ordinals: [0])]
                try store.append(batch)
            }
            try store.endScrubbing(through: 9)
            try expect(try store.read { try $0.dueScrubbing() }, is: [10], "due")
            try store.endScrubbing(through: 10)
            try expect(try store.read { try $0.dueScrubbing() }, is: [], "due at last")
        },
        StoreRule("a moment from before keeps what it saw") { place in
            let store = try place.create(Samples.subjectKey)
            let reader = try place.openReader()
            try store.append(Samples.batch(first: 0, count: 8))
            try reader.read { view in
                try expect(try view.disclosures(of: 5).count, is: 2, "values before")
                try store.append(removal)
                try expect(try view.disclosures(of: 5).count, is: 2, "values in the same moment")
            }
            try reader.read(expectRemoved)
        },
        StoreRule("a subject that is not there is none to remove") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 2))
            var batch = Samples.batch(first: 2)
            batch.removals = [Removal(number: 1, ordinals: [0], subject: Samples.subject(4))]
            try store.append(batch)
            try expect(try store.read { try $0.numbers(ofSubject: Samples.subject(1)) }, is: [1], "numbers of person 1")
        },
        refused("a value that is not there cannot be removed", Removal(number: 1, ordinals: [1])),
        refused("a value cannot be removed twice at once", Removal(number: 1, ordinals: [0, 0])),
        refused("a removal is of something", Removal(number: 1, ordinals: [])),
        refused("values of the batch itself cannot be removed", Removal(number: 2, ordinals: [0])),
        refused("there is no ordinal 2048", Removal(number: 1, ordinals: [2048])),
        StoreRule("only who writes can scrub") { place in
            let store = try place.create(Samples.subjectKey)
            let reader = try place.openReader()
            try expectError("scrub", StoreError.openedForReading) { _ = try reader.scrub(patience: 0) }
            try expectError("end", StoreError.openedForReading) { try reader.endScrubbing(through: 1) }
            store.close()
            try expectError("scrub", StoreError.closed) { _ = try store.scrub(patience: 0) }
            try expectError("end", StoreError.closed) { try store.endScrubbing(through: 1) }
        },
    ]

    /// Both values of entry 5 with its subject, and one of entry 2.
    private static var removal: AppendBatch {
        var batch = Samples.batch(first: 8, count: 2)
        batch.removals = [
            Removal(number: 5, ordinals: [0, 1], subject: Samples.subject(0)), Removal(number: 2, ordinals: [1]),
        ]
        return batch
    }

    private static func expectRemoved(_ view: any StoreSnapshot) throws {
        for number in UInt64(0)..<10 {
            let values = Samples.entry(number).disclosures.enumerated().filter { ordinal, _ in
                number != 5 && !(number == 2 && ordinal == 1)
            }
            try expect(try view.disclosures(of: number).map(\.text), is: values.map(\.element), "values of \(number)")
            try expect(try view.entry(number), is: Samples.entry(number).bytes, "entry \(number)")
        }
        try expect(try view.numbers(ofSubject: Samples.subject(0)), is: [0], "numbers of person 0")
        try expect(try view.numbers(ofSubject: Samples.subject(2)), is: [2, 7], "numbers of person 2")
        try expect(try view.mediumDamage(), is: [], "damage")
    }

    private static func refused(_ description: String, _ removal: Removal) -> StoreRule {
        StoreRule(description) { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 2))
            var batch = Samples.batch(first: 2)
            batch.removals = [removal]
            let isInvalid = { (error: StoreError) in if case .invalidBatch = error { true } else { false } }
            try expectError("the batch", isInvalid) { try store.append(batch) }
            store.close()
            let again = try place.reopen()
            try expect(try again.read { try $0.size() }, is: 2, "size")
            try expect(try again.read { try $0.disclosures(of: 1).count }, is: 1, "values of 1")
            try expect(try again.read { try $0.dueScrubbing() }, is: [], "due")
        }
    }
}
