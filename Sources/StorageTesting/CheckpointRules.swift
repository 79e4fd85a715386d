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
        StoreRule("a batch without entries makes the newest checkpoint a kept one, for good") { place in
            let store = try place.create(Samples.subjectKey)
            try store.append(Samples.batch(first: 0, count: 2))
            try store.append(Samples.batch(first: 2, count: 0, isKept: true))
            try store.append(Samples.batch(first: 2, count: 0))
            try store.read { view in
                try expect(
                    try view.checkpoint(atMost: nil), is: Samples.checkpoint(2, isKept: true), "newest checkpoint")
            }
            try store.append(Samples.batch(first: 2))
            try expect(try sizes(store), is: [2, 3], "sizes")
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

    private static func sizes(_ store: any Store) throws -> [UInt64] {
        var sizes: [UInt64] = []
        try store.read { try $0.checkpoints { sizes.append($0.size) } }
        return sizes
    }
}
