import Because
import LedgerSamples
import Testing

/// Numbers of a producer that records at once or not at all.
struct FailClosedTests {
    @Test func `decisions are numbered from 1, and a closed run is complete`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        for number in 1...3 {
            let receipt = try await producer.record(decision("d-\(number)"))
            #expect(receipt.number == Int64(number) && receipt.receipt?.status == .recorded)
        }
        try await producer.heartbeat()
        #expect(try setting.account(producer.epoch).verdict == .complete(upTo: 3, isClosed: false))
        try await producer.close()
        #expect(try setting.account(producer.epoch).verdict == .complete(upTo: 3, isClosed: true))
        guard case .closed? = await failure({ () async throws(ProducerError) in try await producer.record(decision()) })
        else { return #expect(Bool(false)) }
    }

    @Test func `what is refused leaves no gap`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        _ = try await producer.record(decision("a"))
        let bad = await failure { () async throws(ProducerError) in try await producer.record(decision("no id")) }
        guard case .submission? = bad else { return #expect(Bool(false), "\(bad as Any)") }
        let unresolved = await failure { () async throws(ProducerError) in
            try await producer.record(decision("b", isRefused: true))
        }
        guard case .refused(.submission)? = unresolved else { return #expect(Bool(false), "\(unresolved as Any)") }
        let taken = await failure { () async throws(ProducerError) in try await producer.record(decision("a")) }
        guard case .refused(.differentContent)? = taken else { return #expect(Bool(false), "\(taken as Any)") }
        #expect(try await producer.record(decision("c")).number == 2)
        try await producer.close()
        #expect(try setting.account(producer.epoch).verdict == .complete(upTo: 2, isClosed: true))
    }

    @Test func `while the ledger cannot be reached nothing is recorded and no number spent`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        _ = try await producer.record(decision("a"))
        setting.sink.set(.unreachable)
        for _ in 0..<3 {
            let error = await failure { () async throws(ProducerError) in try await producer.record(decision("b")) }
            guard case .unreachable(_, mayBeRecorded: false)? = error else {
                return #expect(Bool(false), "\(error as Any)")
            }
        }
        guard case .unreachable? = await failure({ () async throws(ProducerError) in try await producer.close() })
        else {
            return #expect(Bool(false))
        }
        setting.sink.set(.reachable)
        #expect(try await producer.record(decision("b")).number == 2)
        try await producer.close()
        let account = try setting.account(producer.epoch)
        #expect(account.verdict == .complete(upTo: 2, isClosed: true) && account.lateCount == 0)
    }

    @Test func `a producer that fails closed does not open without its ledger`() async throws {
        let setting = try await Setting()
        setting.sink.set(.unreachable)
        guard
            case .unreachable? = await failure({ () async throws(ProducerError) in
                try await Producer.open(id: "agent", ledger: setting.sink, spool: setting.spool)
            })
        else { return #expect(Bool(false)) }
        setting.sink.set(.reachable)
        // The folder is free again.
        try await setting.open(in: setting.spool).close()
    }

    /// The ledger may or may not have written: the same decision sent again is recorded once, under its first number.
    @Test(arguments: [CutSink.State.writeLost, .replyLost])
    func `a decision of which nobody knows can be sent again`(state: CutSink.State) async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        setting.sink.set(state)
        let error = await failure { () async throws(ProducerError) in try await producer.record(decision("a")) }
        guard case .unreachable(_, mayBeRecorded: true)? = error else { return #expect(Bool(false), "\(error as Any)") }
        setting.sink.set(.reachable)
        let receipt = try await producer.record(decision("a"))
        #expect(receipt.number == 1 && receipt.receipt?.status == (state == .replyLost ? .duplicate : .recorded))
        #expect(try await producer.record(decision("b")).number == 2)
        try await producer.close()
        #expect(try setting.account(producer.epoch).verdict == .complete(upTo: 2, isClosed: true))
    }

    @Test(arguments: [CutSink.State.writeLost, .replyLost])
    func `a decision of which nobody knows and that nobody sends again is declared`(state: CutSink.State) async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        setting.sink.set(state)
        _ = await failure { () async throws(ProducerError) in try await producer.record(decision("a")) }
        setting.sink.set(.reachable)
        _ = try await producer.record(decision("b"))
        try await producer.close()
        let verdict = try setting.account(producer.epoch).verdict
        #expect(
            verdict
                == (state == .replyLost
                    ? .complete(upTo: 2, isClosed: true) : .gap([], declared: [1...1], upTo: 2)))
    }

    @Test func `an attempt holds its number until something comes of it`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        let first = try await producer.attempt(id: "a", kind: .act, summary: "Pay")
        let second = try await producer.attempt()
        let third = try await producer.attempt(id: "c")
        #expect([first.number, second.number, third.number] == [1, 2, 3])
        #expect(try await third.decide(decision()).id == "c")
        // Refused, put right, and decided under the same number.
        guard
            case .refused? = await failure({ () async throws(ProducerError) in
                try await first.decide(decision(isRefused: true))
            })
        else { return #expect(Bool(false)) }
        #expect(try await first.decide(decision()).number == 1)
        #expect(try await producer.record(decision()).number == 4)
        try await producer.close()
        var account = try setting.account(producer.epoch)
        #expect(account.verdict == .gap([2...2], declared: [], upTo: 4) && account.openAttempts == [second.id])

        let again = try await setting.open()
        let failed = try await again.attempt(id: "f")
        _ = try await failed.fail("the bank does not answer")
        try await again.close()
        account = try setting.account(again.epoch)
        #expect(account.verdict == .complete(upTo: 1, isClosed: true))
        #expect(account.attemptsMade == 1 && account.attemptsFailed == 1 && account.openAttempts.isEmpty)
    }

    @Test func `many tasks at once give numbers without gaps, refusals among them`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        let numbers = await withTaskGroup(of: Int64?.self) { group in
            for number in 0..<600 {
                group.addTask { try? await producer.record(decision("d-\(number)", isRefused: number % 7 == 3)).number }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.count { $0 == nil } == 86)
        try await producer.close()
        let recorded = try setting.recorded(producer.epoch).map(\.number)
        #expect(Set(recorded) == Set(numbers.compactMap(\.self)) && recorded.count == 514)
        let account = try setting.account(producer.epoch)
        // Numbers of the last commit can have been refused with nobody left to take them: those are declared.
        switch account.verdict {
        case .complete(let last, let isClosed): #expect(last == 514 && isClosed)
        case .gap(let missing, let declared, let last):
            #expect(missing.isEmpty && Int64(declared.reduce(0) { $0 + $1.count }) + 514 == last)
        case .cannotTell: Issue.record("numbers are enough to tell")
        }
    }

    @Test func `two producers of one name have runs of their own`() async throws {
        let setting = try await Setting()
        let (one, other) = (try await setting.open(), try await setting.open())
        #expect(one.epoch != other.epoch)
        for producer in [one, other, one] { _ = try await producer.record(decision()) }
        for producer in [one, other] { try await producer.close() }
        #expect(try setting.account(one.epoch).verdict == .complete(upTo: 2, isClosed: true))
        #expect(try setting.account(other.epoch).verdict == .complete(upTo: 1, isClosed: true))
    }

    @Test func `what is lost without a number is declared, and facts are recorded beside`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        _ = try await producer.record(decision("a"))
        _ = try await producer.record(Outcome(of: "a", .good, source: .human, summary: "It was right."))
        try await producer.declare(.init(sampled: 9), reason: "one in ten")
        try await producer.close()
        let account = try setting.account(producer.epoch)
        #expect(account.verdict == .cannotTell(reason: "decisions without a number are declared lost: 9 sampled"))
    }

    @Test func `heartbeats come as the clock says, until the run is closed`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open()
        let clock = SteppedClock()
        let beating = Task { await producer.keepBeating(every: .seconds(60), on: clock) }
        for _ in 0..<3 { await clock.sleeper()?.resume() }
        // It sleeps again only after the third.
        let sleeper = await clock.sleeper()
        try await producer.close()
        sleeper?.resume()
        await beating.value
        let beats = try setting.ledger.read { view in
            try (0..<view.size).count { try view.proven($0).entry.body()["event"]?.text == "heartbeat" }
        }
        #expect(beats == 3)
    }
}

/// A clock whose sleepers wake when a test says so.
final class SteppedClock: Clock {
    typealias Instant = ContinuousClock.Instant
    let now = ContinuousClock.now
    let minimumResolution = Duration.zero
    private let asleep = AsyncStream<CheckedContinuation<Void, Never>>.makeStream()

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await withCheckedContinuation { _ = asleep.continuation.yield($0) }
    }

    /// The sleeper that is there, or comes next.
    func sleeper() async -> CheckedContinuation<Void, Never>? {
        for await sleeper in asleep.stream { return sleeper }
        return nil
    }
}
