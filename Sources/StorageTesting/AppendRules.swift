import Cryptography
import Storage

extension StoreRule {
    /// What an append puts where.
    static let appending: [StoreRule] = [
        StoreRule("a new store is empty and holds its subject key") { place in
            let store = try place.create(Samples.subjectKey)
            try store.read { view in
                try expect(try view.size(), is: 0, "size")
                try expect(try view.entry(0), is: nil, "entry 0")
                try expect(try view.checkpoint(atMost: nil), is: nil, "newest checkpoint")
                try expect(try view.subjectKey(), is: Samples.subjectKey, "subject key")
                try expect(try view.structuralDifferences(), is: [], "structural differences")
                try expect(try view.mediumDamage(), is: [], "damage")
            }
        },
        StoreRule("all of a batch is there when append returns") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(fullBatch)
            try store.read(expectFullBatch)
        },
        StoreRule("all of a batch is there after closing and opening") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(fullBatch)
            store.close()
            let again = try place.reopen()
            try again.read(expectFullBatch)
            try again.append(Samples.batch(first: 4))
            try expect(try again.read { try $0.size() }, is: 5, "size")
        },
        StoreRule("another reader sees what is committed, while the store is open for writing") { place in
            let store = try place.create(Samples.subjectKey)
            let reader = try place.openReader()
            try expect(try reader.read { try $0.size() }, is: 0, "size before")
            try store.append(fullBatch)
            try reader.sync()
            try reader.read(expectFullBatch)
        },
        StoreRule("a text that is present stays as it is") { place in
            let store = try place.create(Samples.subjectKey)
            let text = Samples.text("words")
            var batch = Samples.batch(first: 0)
            batch.texts = [text, (text.digest, Array("other words".utf8))]
            try store.append(batch)
            batch = Samples.batch(first: 1)
            batch.texts = [(text.digest, Array("yet other words".utf8))]
            try store.append(batch)
            try store.read { try expect(try $0.text(text.digest), is: text.bytes, "text") }
        },
        StoreRule("entries may have from 1 to 65,535 bytes") { place in
            let store = try place.create(Samples.subjectKey)
            var batch = Samples.batch(first: 0, count: 2)
            batch.entries[0].bytes = [0]
            batch.entries[1].bytes = [UInt8](repeating: 0xff, count: 65_535)
            batch.entries[1].disclosures = [[]] + (1..<2048).map { Samples.disclosure(1, $0) }
            try store.append(batch)
            try store.read { view in
                try expect(try view.entry(0), is: [0], "shortest entry")
                try expect(try view.entry(1)?.count, is: 65_535, "length of the longest entry")
                try expect(try view.disclosures(of: 1).map(\.ordinal), is: Array(0..<2048), "ordinals")
                try expect(try view.disclosures(of: 1).first?.text, is: [], "empty disclosure")
            }
        },
    ]

    /// Four entries, tiles and texts.
    private static var fullBatch: AppendBatch {
        var batch = Samples.batch(first: 0, count: 4)
        batch.tiles = [Samples.tile(0), Samples.tile(level: 1, 0), Samples.tile(2), Samples.tile(1)]
        batch.texts = [Samples.text("b"), Samples.text("a")]
        return batch
    }

    private static func expectFullBatch(_ view: any StoreSnapshot) throws {
        try expect(try view.size(), is: 4, "size")
        for number in UInt64(0)..<4 {
            let entry = Samples.entry(number)
            try expect(try view.entry(number), is: entry.bytes, "entry \(number)")
            try expect(try view.number(ofID: entry.id), is: number, "number of \(entry.id)")
            try expect(try view.disclosures(of: number).map(\.text), is: entry.disclosures, "disclosures of \(number)")
            try expect(
                try view.numbers(ofSubject: Samples.subject(number)), is: [number], "numbers of person \(number)")
        }
        for tile in fullBatch.tiles {
            try expect(try view.tile(level: tile.level, number: tile.number), is: tile, "tile")
        }
        for text in fullBatch.texts { try expect(try view.text(text.digest), is: text.bytes, "text") }
        try expect(try view.checkpoint(atMost: nil), is: Samples.checkpoint(4), "newest checkpoint")
        try expect(try view.structuralDifferences(), is: [], "structural differences")
    }
}
