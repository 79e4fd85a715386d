import Because
import LedgerSamples
import StorageTesting
import Testing

struct ClockTests {
    /// The kinds and times of the entries from `number` on.
    private func entries(_ memory: MemoryLedger, from number: UInt64) throws -> [Entry] {
        try memory.store.reader().read { snapshot in
            var entries: [Entry] = []
            try snapshot.entries(number..<UInt64.max) { _, bytes in entries.append(try Entry(parsing: Array(bytes))) }
            return entries
        }
    }

    private func record(_ id: String, _ ledger: Ledger) async throws -> Receipt {
        try await ledger.record([try Sample.least(id)])[0].get()
    }

    @Test(arguments: [-7200, -61, 61, 7200, 86_399] as [Int64])
    func `a step of more than a minute is put on record with both clocks, once`(seconds: Int64) async throws {
        let memory = try await MemoryLedger()
        _ = try await record("a", memory.ledger)
        memory.clock.set(forwardBySeconds: seconds)
        let receipt = try await record("b", memory.ledger)
        _ = try await record("c", memory.ledger)
        let entries = try entries(memory, from: 1)
        #expect(entries.map(\.type) == ["decision", "incident", "decision", "decision"])
        #expect(receipt.number == 3 && receipt.size == 4)
        let body = try entries[1].body()
        #expect(body["kind"] == "clock_step")
        let clock = try #require(body["clock"]?.text.flatMap { Timestamp($0.utf8) })
        let expected = try #require(body["expected"]?.text.flatMap { Timestamp($0.utf8) })
        #expect(clock.microseconds - expected.microseconds == seconds * 1_000_000)
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.at <= $1.at })
        #expect(try memory.findings() == [])
    }

    @Test(arguments: [-59, -1, 1, 59] as [Int64])
    func `a step of less than a minute is none`(seconds: Int64) async throws {
        let memory = try await MemoryLedger()
        _ = try await record("a", memory.ledger)
        memory.clock.set(forwardBySeconds: seconds)
        _ = try await record("b", memory.ledger)
        let entries = try entries(memory, from: 1)
        #expect(entries.map(\.type) == ["decision", "decision"])
        #expect(entries[0].at <= entries[1].at)
    }

    @Test func `time that passes on both clocks is no step, however long`() async throws {
        let memory = try await MemoryLedger()
        _ = try await record("a", memory.ledger)
        memory.clock.pass(seconds: 90 * 86_400)
        _ = try await record("b", memory.ledger)
        #expect(try entries(memory, from: 1).map(\.type) == ["decision", "decision"])
    }

    @Test func `a jump of more than a day is refused until the clock is right again`() async throws {
        let memory = try await MemoryLedger()
        _ = try await record("a", memory.ledger)
        memory.clock.set(forwardBySeconds: 86_401)
        for _ in 0..<2 {
            let results = await memory.ledger.record([try Sample.least("b")])
            let error = #expect(throws: RecordError.self) { try results[0].get() }
            guard case .clockJumped = error else { return #expect(Bool(false), "\(error as Any)") }
            #expect("\(try #require(error))".contains("more than a day after the 2026-11-20T09:14:07"))
            #expect(error?.hint == "set the clock right, or accept its time with --accept-clock")
        }
        #expect(try memory.size() == 2)
        memory.clock.set(forwardBySeconds: -86_401)
        #expect(try await record("b", memory.ledger).number == 2)
        #expect(try entries(memory, from: 1).map(\.type) == ["decision", "decision"])
    }

    @Test func `a jump that is accepted is recorded, and put on record`() async throws {
        let memory = try await MemoryLedger()
        await memory.ledger.close()
        let (ledger, _) = try memory.reopened(acceptsClockJump: true)
        _ = try await record("a", ledger)
        memory.clock.set(forwardBySeconds: 30 * 86_400)
        _ = try await record("b", ledger)
        #expect(try entries(memory, from: 1).map(\.type) == ["decision", "incident", "decision"])
        #expect(try memory.findings() == [])
    }

    @Test(
        arguments: [(-30, ["decision"]), (-3600, ["incident", "decision"]), (3600, ["decision"])] as [(Int64, [String])]
    )
    func `what opens a ledger sees a clock that went back, and cannot see one that went forward`(
        seconds: Int64, types: [String]
    ) async throws {
        let memory = try await MemoryLedger()
        _ = try await record("a", memory.ledger)
        await memory.ledger.close()
        memory.clock.set(forwardBySeconds: seconds)
        let (ledger, _) = try memory.reopened()
        _ = try await record("b", ledger)
        #expect(try entries(memory, from: 2).map(\.type) == types)
        #expect(try memory.findings() == [])
    }
}
