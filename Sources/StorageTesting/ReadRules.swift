import Cryptography
import Storage
import Synchronization

extension StoreRule {
    /// What reads give.
    static let reading: [StoreRule] = [
        StoreRule("a read sees one moment, whatever is appended meanwhile") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 2))
            try store.read { view in
                try expect(try view.size(), is: 2, "size at first")
                try store.append(Samples.batch(first: 2, count: 2))
                try expect(try view.size(), is: 2, "size after the append")
                try expect(try view.entry(2), is: nil, "entry 2")
                try expect(try view.checkpoint(atMost: nil)?.size, is: 2, "newest checkpoint")
            }
            try expect(try store.read { try $0.size() }, is: 4, "size in the next read")
        },
        StoreRule("an error of the body comes out as it is, and the next read works") { place in
            struct Mine: Error {}
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 3))
            do {
                try store.read { try $0.entries(0..<3) { _, _ in throw Mine() } }
                throw ContractViolation(description: "the error of the body was lost")
            } catch is Mine {}
            try expect(try store.read { try $0.size() }, is: 3, "size")
        },
        StoreRule("ranges reach over any numbers and give what is present, in order") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 7))
            try store.read { view in
                for range in [0..<7, 2..<5, 0..<0, 6..<7, 7..<9, 3..<UInt64.max, UInt64.max - 1..<UInt64.max] {
                    let want = range.clamped(to: 0..<7)
                    var numbers: [UInt64] = []
                    try view.entries(range) { number, bytes in
                        numbers.append(number)
                        try expect(Array(bytes), is: Samples.bytes(number), "bytes of \(number)")
                    }
                    try expect(numbers, is: Array(want), "numbers in \(range)")
                    var opened: [String] = []
                    try view.disclosures(range) { opened.append("\($0)/\($1) \(String(decoding: $2, as: UTF8.self))") }
                    let all = want.flatMap { number in
                        (0..<Int(number % 3)).map { "\(number)/\($0) opens \(number)/\($0)" }
                    }
                    try expect(opened, is: all, "disclosures in \(range)")
                }
                try expect(try view.entry(.max), is: nil, "entry of the greatest number")
                try expect(try view.disclosures(of: .max), is: [], "disclosures of the greatest number")
                try expect(try view.tile(level: 0, number: .max), is: nil, "tile of the greatest number")
            }
        },
        StoreRule("a loop over entries may read other things, and the same things") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 4))
            try store.read { view in
                var pairs = 0
                try view.entries(0..<4) { number, bytes in
                    try expect(try view.entry(number), is: Array(bytes), "entry \(number)")
                    try view.entries(0..<4) { _, _ in pairs += 1 }
                }
                try expect(pairs, is: 16, "pairs")
            }
        },
        StoreRule("ids are compared and ordered by their bytes, and a prefix means itself") { place in
            let store = try place.create(Samples.subjectKey)
            // The last two are canonically equal strings of different bytes.
            let ids = [
                "a", "a%", "a%b", "aXb", "a_b", "a*", "a\0", "a\0b", "A", "a[b", "\u{10ffff}", "\u{e9}", "e\u{301}",
            ]
            var batch = Samples.batch(first: 0, count: ids.count)
            for (index, id) in ids.enumerated() { batch.entries[index].id = id }
            try store.append(batch)
            try store.read { view in
                for (index, id) in ids.enumerated() {
                    try expect(try view.number(ofID: id), is: UInt64(index), "number of \(id.debugDescription)")
                }
                for prefix in ids + ["", "a\0b\0", "zz"] {
                    let want = ids.map { Array($0.utf8) }.filter { $0.starts(with: prefix.utf8) }
                        .sorted { $0.lexicographicallyPrecedes($1) }
                    let got = try view.identities(prefix: prefix, limit: 100).map { Array($0.id.utf8) }
                    try expect(got, is: want, "ids that begin with \(prefix.debugDescription)")
                    let two = try view.identities(prefix: prefix, limit: 2).map { Array($0.id.utf8) }
                    try expect(two, is: Array(want.prefix(2)), "two ids that begin with \(prefix.debugDescription)")
                }
                var all: [[UInt8]] = []
                try view.identityBytes { id, number in
                    all.append(Array(id))
                    try expect(Array(id), is: Array(ids[Int(number)].utf8), "the bytes of id \(number)")
                }
                try expect(
                    all, is: ids.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) },
                    "the bytes of all ids")
                try expect(try view.identities(prefix: "", limit: 0), is: [], "no ids")
                try expect(try view.identities(prefix: "", limit: -1), is: [], "fewer than no ids")
                try expect(try view.number(ofID: "a\0c"), is: nil, "number of an id that is not there")
            }
        },
        StoreRule("tiles come by level and number, and their roots without them") { place in
            let store = try place.create(Samples.subjectKey)
            var batch = Samples.batch(first: 0)
            batch.tiles = [(1, 0), (0, 5), (0, 0), (0, 2), (2, 1)].map { Samples.tile(level: $0.0, $0.1) }
            try store.append(batch)
            try store.read { view in
                var places: [String] = []
                try view.tiles { places.append("\($0.level)/\($0.number)") }
                try expect(places, is: ["0/0", "0/2", "0/5", "1/0", "2/1"], "tiles")
                let roots = [Samples.tile(2).root, Samples.tile(5).root]
                try expect(try view.tileRoots(level: 0, 1..<6), is: roots, "roots")
                try expect(try view.tileRoots(level: 0, 1..<5), is: [Samples.tile(2).root], "fewer roots")
                try expect(try view.tileRoots(level: 0, 2..<UInt64.max).count, is: 2, "roots to the end")
                try expect(try view.tileRoots(level: 3, 0..<9), is: [], "roots of a level without tiles")
            }
        },
        StoreRule("texts and subjects come in the order of their digests") { place in
            let store = try place.create(Samples.subjectKey)
            var batch = Samples.batch(first: 0, count: 12)
            batch.texts = ["x", "y", "", "z"].map(Samples.text)
            try store.append(batch)
            try store.read { view in
                var texts: [Digest] = []
                try view.texts { digest, bytes in
                    try expect(SHA256.digest(of: bytes), is: digest, "digest of a text")
                    texts.append(digest)
                }
                try expect(texts, is: batch.texts.map(\.digest).sorted(), "digests")
                var subjects: [String] = []
                try view.subjects { subjects.append("\($0.hex) \($1 + 100)") }
                try expect(subjects.count, is: 12, "subjects")
                try expect(subjects, is: subjects.sorted(), "order of subjects")
                try expect(try view.numbers(ofSubject: Samples.subject(1)), is: [1, 6, 11], "numbers of person 1")
            }
        },
        StoreRule("threads that read while one appends each see whole batches") { place in
            let store = try place.create(Samples.subjectKey)
            let failures = Mutex<[String]>([])
            try concurrently(12) { thread in
                do {
                    for round in 0..<20 {
                        if thread == 0 {
                            try store.append(Samples.batch(first: UInt64(round * 3), count: 3))
                            continue
                        }
                        try store.read { view in
                            let size = try view.size()
                            var count: UInt64 = 0
                            try view.entries(0..<UInt64.max) { _, _ in count += 1 }
                            try expect(count, is: size, "entries")
                            try expect(size % 3, is: 0, "entries of a batch that is not whole")
                            try expect(try view.checkpoint(atMost: nil)?.size ?? 0, is: size, "newest checkpoint")
                        }
                    }
                } catch { failures.withLock { $0.append("\(error)") } }
            }
            try expect(failures.withLock { $0 }, is: [], "failures")
            try expect(try store.read { try $0.size() }, is: 60, "size")
        },
    ]
}
