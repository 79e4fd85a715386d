import Because
import LedgerSamples
import Testing

struct HeadFileTests {
    /// A head with both slots written: 1 entry, then 2.
    private func folder() async throws -> Scratch {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: folder)
        _ = try await ledger.record([try Sample.least("a")])[0].get()
        await ledger.close()
        return folder
    }

    private func read(_ folder: Scratch, key: SigningKey = Sample.key) throws -> HeadFile.Reading.Verdict {
        let file = try HeadFile(path: folder.path + "/head", isWritable: false)
        return HeadFile.Reading(file.slots(), keys: [key.verifierKey]).verdict
    }

    /// The size that the file knows, whether or not it knows whose it is.
    private func size(_ verdict: HeadFile.Reading.Verdict) -> UInt64? {
        switch verdict {
        case .empty: nil
        case .trusted(let checkpoint): checkpoint.size
        case .foreign(let size): size
        }
    }

    @Test func `a byte changed anywhere leaves the newest checkpoint, or the one before`() async throws {
        let folder = try await folder()
        let good = try folder.bytes(of: "head")
        #expect(size(try read(folder)) == 2)
        var sizes: [UInt64: Int] = [:]
        for offset in good.indices where good[offset] != 0 || offset % 97 == 0 {
            var bytes = good
            bytes[offset] ^= offset % 2 == 0 ? 0xff : 1
            try folder.write(bytes, to: "head")
            let size = try #require(size(try read(folder)), "byte \(offset)")
            sizes[size, default: 0] += 1
        }
        #expect(Set(sizes.keys) == [1, 2])
    }

    @Test func `a write that was torn anywhere leaves the other slot`() async throws {
        let folder = try await folder()
        let good = try folder.bytes(of: "head")
        for length in stride(from: 0, through: 1024, by: 7) {
            // The second slot was being written over the first half of what stood there.
            try folder.write(good[..<1024] + good[1024..<1024 + length], to: "head")
            #expect([1, 2].contains(try #require(size(try read(folder)))))
        }
    }

    @Test func `nothing, zeros and the checkpoints of others are told apart`() async throws {
        let folder = try await folder()
        #expect(try read(folder, key: Sample.attackersKey) == .foreign(size: 2))
        try folder.write([], to: "head")
        #expect(try read(folder) == .empty)
        try folder.write([UInt8](repeating: 0, count: 2048), to: "head")
        #expect(try read(folder) == .empty)
        try folder.write(Array("garbage".utf8), to: "head")
        #expect(try read(folder) == .foreign(size: nil))
        try folder.write([UInt8](repeating: 0xff, count: 1 << 16), to: "head")
        #expect(try read(folder) == .foreign(size: nil))
        #expect(throws: LedgerError.self) { try HeadFile(path: folder.path + "/none", isWritable: false) }
    }

    @Test func `the slots are written in turn, also by the next process`() async throws {
        let folder = try await folder()
        for size in 3...8 as ClosedRange<UInt64> {
            let closed = try folder.bytes(of: "head")
            let ledger = try SampleLedger.open(in: folder)
            let opened = try folder.bytes(of: "head")
            _ = try await ledger.record([try Sample.least("d-\(size)")])[0].get()
            let recorded = try folder.bytes(of: "head")
            await ledger.close()
            #expect(self.size(try read(folder)) == size)
            // Whichever slot a crash tears, the other holds the checkpoint before.
            #expect(slots(closed, opened).count <= 1 && slots(opened, recorded).count == 1)
        }
    }

    /// The slots in which two contents differ.
    private func slots(_ before: [UInt8], _ after: [UInt8]) -> Set<Int> {
        Set(before.indices.filter { before[$0] != after[$0] }.map { $0 / 1024 })
    }
}
