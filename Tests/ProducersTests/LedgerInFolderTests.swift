import Because
import Foundation
import LedgerSamples
import Testing

/// A ledger that is opened when it is needed, and again when it can be reached again.
struct LedgerInFolderTests {
    @Test func `what holds the ledger up holds up only what comes meanwhile`() async throws {
        let folder = try Scratch()
        let path = folder.path + "/ledger"
        let sink = LedgerInFolder(at: path)
        let absent = await sink.record([try Sample.least("a")])[0]
        guard case .failure(.unreachable(let detail, _)) = absent else { return #expect(Bool(false), "\(absent)") }
        #expect(detail.contains("there is no such folder"))
        let other = try await Ledger.create(at: path, origin: Sample.origin)
        let held = await sink.record([try Sample.least("a")])[0]
        guard case .failure(let error) = held, error.standing == .notRecorded, error.hint != nil else {
            return #expect(Bool(false), "\(held)")
        }
        await other.close()
        #expect(try await sink.record([Sample.least("a"), Sample.least("b")]).map { try $0.get().number } == [1, 2])
        await sink.close()
        // Somebody else records, and then this one again.
        let again = try Ledger.open(at: path)
        #expect(try await again.record([Sample.least("c")])[0].get().number == 3)
        await again.close()
        #expect(try await sink.record([Sample.least("a")])[0].get().status == .duplicate)
        await sink.close()
    }

    @Test func `a folder that could not be opened is not tried at once again`() async throws {
        let folder = try Scratch()
        let path = folder.path + "/ledger"
        let clock = SampleClock(tick: 0)
        let sink = LedgerInFolder(at: path, patience: .milliseconds(1500), clock: clock.clock)
        await #expect(throws: RecordError.self) { _ = try await sink.record([Sample.least("a")])[0].get() }
        try await Ledger.create(at: path, origin: Sample.origin).close()
        clock.pass(seconds: 1)
        await #expect(throws: RecordError.self) { _ = try await sink.record([Sample.least("a")])[0].get() }
        clock.pass(seconds: 1)
        #expect(try await sink.record([Sample.least("a")])[0].get().number == 1)
        await sink.close()
    }

    @Test func `callers at the same time open it once`() async throws {
        let folder = try Scratch()
        let path = folder.path + "/ledger"
        try await Ledger.create(at: path, origin: Sample.origin).close()
        let sink = LedgerInFolder(at: path)
        let numbers = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for number in 0..<20 {
                group.addTask { try await sink.record([Sample.least("d-\(number)")])[0].get().number }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(numbers == Set(1...20))
        await sink.close()
    }
}
