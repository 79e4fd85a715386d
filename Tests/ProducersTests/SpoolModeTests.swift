import Because
import Foundation
import LedgerSamples
import Testing

/// Records that wait while the ledger cannot be reached.
struct SpoolModeTests {
    @Test(arguments: [CutSink.State.unreachable, .writeLost, .replyLost])
    func `what waits goes to the ledger before the next record, in its order, once`(state: CutSink.State) async throws {
        let setting = try await Setting()
        let producer = try await setting.open(.spool(), in: setting.spool)
        #expect(try await producer.record(decision("d-1")).receipt != nil)
        setting.sink.set(state)
        for number in 2...4 {
            let receipt = try await producer.record(decision("d-\(number)"))
            #expect(receipt.standing == .spooled && receipt.number == Int64(number))
        }
        _ = try await producer.record(Outcome(of: "d-2", .good, source: .human, summary: "Right."))
        setting.sink.set(.reachable)
        #expect(try await producer.record(decision("d-5")).receipt != nil)
        try await producer.close()
        #expect(try setting.recorded(producer.epoch).map(\.id) == (1...5).map { "d-\($0)" })
        let account = try setting.account(producer.epoch)
        #expect(account.verdict == .complete(upTo: 5, isClosed: true) && account.lateCount == 0)
    }

    @Test func `a producer can open, work and close without its ledger, and the next one sends all of it`() async throws
    {
        let setting = try await Setting()
        setting.sink.set(.unreachable)
        let first = try await setting.open(.spool(), in: setting.spool)
        // More than are sent together; at the same time, so that they share commits of the spool.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<300 { group.addTask { _ = try await first.record(decision("d-\(number)")) } }
            try await group.waitForAll()
        }
        let attempt = try await first.attempt()
        #expect(try await first.close().standing == .spooled)
        setting.sink.set(.reachable)
        let second = try await setting.open(.spool(), in: setting.spool)
        let drained = try await second.drain()
        // The record that opened the second run had sent them before itself.
        #expect(drained.recorded == 0 && drained.refused == 0 && drained.stoppedBy == nil)
        try await second.close()
        let account = try setting.account(first.epoch)
        #expect(account.verdict == .gap([301...301], declared: [], upTo: 301) && account.openAttempts == [attempt.id])
        #expect(account.numbering.isClosed)
    }

    @Test func `what the spool has no room for is declared with its numbers`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open(.spool(.init(rows: 3)), in: setting.spool)
        setting.sink.set(.unreachable)
        var overflowed: [Int64] = []
        for number in 1...6 {
            do { _ = try await producer.record(decision("d-\(number)")) } catch ProducerError.overflowed(let number, _)
            {
                overflowed.append(try #require(number))
            }
        }
        #expect(overflowed == [4, 5, 6])
        setting.sink.set(.reachable)
        #expect(try await producer.drain().recorded == 3)
        #expect(try setting.account(producer.epoch).verdict == .gap([], declared: [4...6], upTo: 6))
        #expect(try await producer.record(decision("d-7")).number == 7)
        try await producer.close()
        #expect(try setting.account(producer.epoch).verdict == .gap([], declared: [4...6], upTo: 7))
    }

    @Test func `a run begins and ends though the spool is full`() async throws {
        let setting = try await Setting()
        setting.sink.set(.unreachable)
        let first = try await setting.open(.spool(.init(rows: 2)), in: setting.spool)
        for number in 1...3 { _ = try? await first.record(decision("d-\(number)")) }
        #expect(try await first.close().standing == .spooled)
        let second = try await setting.open(.spool(.init(rows: 2)), in: setting.spool)
        guard
            case .overflowed(number: 1, _)? = await failure({ () async throws(ProducerError) in
                try await second.record(decision())
            })
        else { return #expect(Bool(false)) }
        setting.sink.set(.reachable)
        try await second.close()
        #expect(try setting.account(first.epoch).verdict == .gap([], declared: [2...3], upTo: 3))
        #expect(try setting.account(first.epoch).numbering.isClosed)
        #expect(try setting.account(second.epoch).verdict == .gap([], declared: [1...1], upTo: 1))
    }

    @Test func `a spool is bounded by bytes as well`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open(.spool(.init(bytes: 2000)), in: setting.spool)
        setting.sink.set(.unreachable)
        var large = decision("large")
        large.notes = String(repeating: "n", count: 2000)
        guard
            case .overflowed(number: 1, _)? = await failure({ () async throws(ProducerError) in
                try await producer.record(large)
            })
        else { return #expect(Bool(false)) }
        #expect(try await producer.record(decision("small")).standing == .spooled)
        let size = try await #require(producer.spool).size()
        // With it waits the declaration of the one that was lost.
        #expect(size.rows == 2 && (1...2000).contains(size.bytes))
    }

    /// Neither a record that the ledger refuses nor one that cannot be read holds up the rest, and both are counted.
    @Test func `what the ledger refuses for good lies aside and is declared`() async throws {
        let setting = try await Setting()
        _ = try await setting.ledger.record(decision("taken"))
        let producer = try await setting.open(.spool(), in: setting.spool)
        setting.sink.set(.unreachable)
        for (id, isRefused) in [("a", false), ("b", true), ("taken", false), ("d", false)] {
            _ = try await producer.record(decision(id, isRefused: isRefused))
        }
        setting.sink.set(.reachable)
        let drained = try await producer.drain()
        #expect(drained.refused == 2 && drained.recorded == 4 && drained.stoppedBy == nil)
        let refused = try await #require(producer.spool).refused()
        #expect(refused.map(\.id) == ["b", "taken"] && refused[0].reason.contains("acme/none"))
        #expect(try Submission(parsing: refused[1].line).id == "taken")
        try await producer.close()
        #expect(try setting.account(producer.epoch).verdict == .gap([], declared: [2...3], upTo: 4))
    }

    @Test func `a restart names the run before it, and declares what that one owed`() async throws {
        let setting = try await Setting()
        let first = try await setting.open(.spool(.init(rows: 2)), in: setting.spool)
        for number in 1...3 { _ = try await first.record(decision("d-\(number)")) }
        setting.sink.set(.unreachable)
        for number in 4...7 { _ = try? await first.record(decision("d-\(number)")) }
        setting.sink.set(.reachable)
        // Killed: a copy of the folder is all that is left.
        try FileManager.default.copyItem(atPath: setting.spool, toPath: setting.spool + "-left")
        let second = try await setting.open(.spool(), in: setting.spool + "-left")
        let opened = try setting.ledger.read { view in
            try (0..<view.size).map { try view.proven($0).entry.body() }.last { $0["event"]?.text == "open" }
        }
        #expect(opened?["previous_epoch"]?.text == first.epoch && opened?["previous_count"]?.integer == 5)
        #expect(try setting.account(first.epoch).verdict == .gap([], declared: [6...7], upTo: 7))
        try await second.close()
        #expect(try setting.account(second.epoch).verdict == .complete(upTo: 0, isClosed: true))
    }

    @Test func `a run that ended without a close is missed up to its last heartbeat`() async throws {
        let setting = try await Setting()
        let first = try await setting.open(in: setting.spool)
        for number in 1...3 { _ = try await first.record(decision("d-\(number)")) }
        setting.sink.set(.replyLost)
        _ = await failure { () async throws(ProducerError) in try await first.heartbeat() }
        #expect(try setting.account(first.epoch).verdict == .complete(upTo: 3, isClosed: false))
        try FileManager.default.copyItem(atPath: setting.spool, toPath: setting.spool + "-left")
        // The ledger that the next run opens on lost what it had.
        let other = try await Setting()
        let second = try await other.open(in: setting.spool + "-left")
        #expect(try other.account(first.epoch).verdict == .gap([1...3], declared: [], upTo: 3))
        #expect(try other.account(first.epoch).numbering.lastSeen == nil)
        try await second.close()
    }
}
