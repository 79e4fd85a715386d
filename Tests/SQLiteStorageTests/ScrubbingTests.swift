import Cryptography
import Foundation
import GRDB
import LedgerSamples
import Storage
import StorageTesting
import Testing

@testable import SQLiteStorage

/// What is removed is gone from the bytes of the files, not only from what SQLite finds in them.
struct ScrubbingTests {
    /// The values of entry `number`, each told from every other by any few of its bytes.
    private static func values(_ number: UInt64, _ random: inout SplitMix) -> [[UInt8]] {
        (0..<Int.random(in: 1...4, using: &random)).map { ordinal in
            let length = [40, 40, 90, 300, 300, 1200, 1200, 9000, 20_000].randomElement(using: &random) ?? 40
            return (0...(length / 44)).flatMap {
                Array(SHA256.digest(of: "value \(number)/\(ordinal)/\($0)").base64URL.utf8)
            }
        }
    }

    private static func subject(_ number: UInt64) -> Digest { SHA256.digest(of: "person \(number)") }

    /// The pieces of 32 bytes of a value, of which one lies whole in whatever is left of it at a length of 87.
    private static func pieces(_ value: [UInt8]) -> [[UInt8]] {
        stride(from: 0, through: value.count - 32, by: 44).map { Array(value[$0..<$0 + 32]) }
    }

    /// The first eight bytes of a piece.
    private static func word(_ piece: [UInt8]) -> UInt64 { piece[..<8].reduce(0) { $0 << 8 | UInt64($1) } }

    /// The numbers under those words that stand anywhere in `bytes`.
    private static func found(_ words: [UInt64: UInt64], in bytes: [UInt8]) -> Set<UInt64> {
        var isEnd = [Bool](repeating: false, count: 1 << 16)
        for word in words.keys { isEnd[Int(word & 0xFFFF)] = true }
        var found: Set<UInt64> = []
        var word: UInt64 = 0
        bytes.withUnsafeBufferPointer { bytes in
            isEnd.withUnsafeBufferPointer { isEnd in
                for byte in bytes {
                    word = word << 8 | UInt64(byte)
                    if isEnd[Int(word & 0xFFFF)], let number = words[word] { found.insert(number) }
                }
            }
        }
        return found
    }

    private final class Filled {
        let scratch: Scratch
        let store: SQLiteStore
        var random: SplitMix
        var values: [UInt64: [[UInt8]]] = [:]
        var size: UInt64 = 0
        var removed: [UInt64] = []

        init(seed: UInt64, entries: Int) throws {
            scratch = try Scratch()
            store = try scratch.create()
            random = SplitMix(seed: seed)
            while size < entries { try append(50, removing: []) }
        }

        func append(_ count: Int, removing numbers: [UInt64]) throws {
            var batch = Samples.batch(first: size, count: count)
            for index in batch.entries.indices {
                let number = size + UInt64(index)
                let values = ScrubbingTests.values(number, &random)
                self.values[number] = values
                batch.entries[index].disclosures = values
                batch.entries[index].subject = ScrubbingTests.subject(number)
            }
            batch.removals = numbers.map { number in
                Removal(
                    number: number, ordinals: Array(0..<(values[number]?.count ?? 0)),
                    subject: ScrubbingTests.subject(number))
            }
            try store.append(batch)
            size += UInt64(count)
            removed += numbers
        }

        /// Everything of a removed entry that the files still hold; and whether all others are whole.
        func check() throws {
            var gone: [UInt64: UInt64] = [:]
            for number in removed {
                let pieces = (values[number] ?? []).flatMap(ScrubbingTests.pieces)
                for piece in pieces + [ScrubbingTests.subject(number).bytes] {
                    gone[ScrubbingTests.word(piece)] = number
                }
            }
            for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path) where !name.hasSuffix("-shm")
            {
                let left = ScrubbingTests.found(gone, in: try scratch.bytes(of: name))
                #expect(left.isEmpty, "\(name) holds pieces of entries that were removed: \(left)")
            }
            try store.read(checkRest)
        }

        private func checkRest(_ view: any StoreSnapshot) throws {
            for number in 0..<size {
                let isRemoved = removed.contains(number)
                #expect(try view.disclosures(of: number).map(\.text) == (isRemoved ? [] : values[number]))
                #expect(try view.numbers(ofSubject: ScrubbingTests.subject(number)) == (isRemoved ? [] : [number]))
            }
            #expect(try view.mediumDamage() == [])
            #expect(try view.structuralDifferences() == [])
        }
    }

    @Test(arguments: UInt64(0)..<3) func `nothing of what was removed is left in any file`(seed: UInt64) throws {
        let filled = try Filled(seed: seed, entries: 400)
        for _ in 0..<5 {
            let numbers = (0..<filled.size).filter { !filled.removed.contains($0) }
            let some = Array(numbers.shuffled(using: &filled.random).prefix(25))
            try filled.append(1, removing: some)
            #expect(try filled.store.read { try $0.dueScrubbing() } == [filled.size - 1])
            #expect(try filled.store.scrub(patience: 1) == .clean)
            try filled.store.endScrubbing(through: filled.size - 1)
            #expect(try filled.store.read { try $0.dueScrubbing() } == [])
            // What the connection remembers of pages must not come back with them.
            try filled.append(20, removing: [])
            #expect(try filled.store.scrub(patience: 1) == .clean)
            try filled.check()
        }
    }
}

extension ScrubbingTests {
    @Test func `a reader at an earlier moment is waited for, and then said to be in the way`() throws {
        let filled = try Filled(seed: 7, entries: 100)
        let reader = try filled.scratch.open(.reading)
        try reader.read { view in
            #expect(try view.size() == 100)
            try filled.append(1, removing: [3, 40])
            #expect(try filled.store.scrub(patience: 0.01) == .readersInTheWay)
            // Whoever records goes on meanwhile.
            try filled.append(1, removing: [])
        }
        #expect(try filled.store.scrub(patience: 0.01) == .clean)
        try filled.check()
    }

    @Test func `whatever is cleared, the database stays whole, and a page that is none is refused`() throws {
        let filled = try Filled(seed: 11, entries: 60)
        try filled.append(1, removing: Array(5..<30))
        #expect(try filled.store.scrub(patience: 1) == .clean)
        filled.store.close()
        let bytes = try filled.scratch.bytes(of: "log.sqlite")
        let pages = stride(from: 8192, to: bytes.count, by: 8192).map { Array(bytes[$0..<$0 + 8192]) }
        let trees = pages.compactMap { BTreePage($0, usableSize: 8192) }
        #expect(trees.count > 10)
        // No header, however wrong, reaches beyond its page.
        var random = SplitMix(seed: 1)
        for page in pages.prefix(40) {
            for _ in 0..<50 {
                var changed = page
                for _ in 0..<3 {
                    changed[Int.random(in: 0..<60, using: &random)] = .random(in: 0...255, using: &random)
                }
                for range in BTreePage(changed, usableSize: 8192)?.unused ?? [] {
                    #expect(range.lowerBound >= 8 && range.upperBound <= 8192)
                }
            }
        }
    }

    @Test func `a tree that leads in a circle is damage, and nothing hangs`() throws {
        let filled = try Filled(seed: 13, entries: 200)
        filled.store.close()
        let root = try filled.scratch.database { database in
            try #require(
                try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'sealed'"))
        }
        var bytes = try filled.scratch.bytes(of: "log.sqlite")
        let page = (root - 1) * 8192
        #expect(bytes[page] == 5, "an interior page")
        // The last child of the root is the root.
        for (index, byte) in [0, 0, UInt8(root >> 8), UInt8(root & 0xFF)].enumerated() {
            bytes[page + 8 + index] = byte
        }
        try filled.scratch.write(bytes, to: "log.sqlite")
        let store = try filled.scratch.open(.writing)
        let error = #expect(throws: StoreError.self) { try store.scrub(patience: 0.01) }
        guard case .damaged = error else { return #expect(Bool(false), "\(error as Any)") }
    }
}

extension ScrubbingTests {
    /// Copies that SQLite leaves in unused parts of pages are rare, so some are put there.
    @Test func `what lies in unused parts of pages is cleared, and nothing else`() throws {
        let filled = try Filled(seed: 17, entries: 300)
        try filled.append(1, removing: Array(20..<60))
        filled.store.close()
        let mark = Array("a copy that nothing leads to".utf8)
        var bytes = try filled.scratch.bytes(of: "log.sqlite")
        let pages = try filled.scratch.database { database in
            try Int.fetchAll(
                database,
                sql: "SELECT pageno FROM dbstat WHERE name IN ('sealed', 'subjects') AND pagetype <> 'overflow'")
        }
        var planted = 0
        for page in pages {
            let start = (page - 1) * 8192
            let tree = try #require(BTreePage(Array(bytes[start..<start + 8192]), usableSize: 8192))
            for range in tree.unused where range.count >= mark.count {
                bytes.replaceSubrange(start + range.lowerBound..<start + range.lowerBound + mark.count, with: mark)
                planted += 1
            }
        }
        #expect(planted > 10)
        try filled.scratch.write(bytes, to: "log.sqlite")
        let store = try filled.scratch.open(.writing)
        try expect(store, in: filled, holdsMark: mark, true)
        #expect(try store.scrub(patience: 1) == .clean)
        try expect(store, in: filled, holdsMark: mark, false)
        // The pages that the connection had read would bring it back with the next row.
        let size = try store.read { try $0.size() }
        var batch = Samples.batch(first: size, count: 30)
        batch.removals = [Removal(number: 70, ordinals: [0]), Removal(number: 200, ordinals: [0])]
        try store.append(batch)
        #expect(try store.scrub(patience: 1) == .clean)
        try expect(store, in: filled, holdsMark: mark, false)
    }

    private func expect(_ store: SQLiteStore, in filled: Filled, holdsMark mark: [UInt8], _ isHeld: Bool) throws {
        let data = Data(try filled.scratch.bytes(of: "log.sqlite") + filled.scratch.bytes(of: "log.sqlite-wal"))
        #expect((data.range(of: Data(mark)) != nil) == isHeld)
        try store.read { view in
            #expect(try view.mediumDamage() == [])
            let count = try (0..<filled.size).reduce(0) { try $0 + view.disclosures(of: $1).count }
            #expect(
                count >= filled.values.filter { !filled.removed.contains($0.key) }.map(\.value.count).reduce(0, +) - 2)
        }
    }
}
