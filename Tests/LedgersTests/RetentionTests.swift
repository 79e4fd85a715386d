import Because
import LedgerSamples
import StorageTesting
import Testing

/// How long records are kept at least and at most.
struct RetentionTests {
    private static let day: Int64 = 86_400

    private struct Kept {
        let memory: MemoryLedger
        let clock: SampleClock
        var ledger: Ledger { memory.ledger }

        init() async throws {
            clock = SampleClock()
            memory = try await MemoryLedger(clock: clock)
        }

        func record(_ id: String, _ members: String = "") async throws {
            _ = try await ledger.record([
                Sample.submission(
                    #"{"id":"\#(id)","outcome":"act","summary":"s","none_cited":"n","rationale_absent":"n"\#(members)}"#
                )
            ])[0].get()
        }

        func pass(days: Int64) { clock.pass(seconds: days * RetentionTests.day) }

        func erase(_ id: String, despitesMinimum: Bool = false) async throws(RecordError) {
            _ = try await ledger.commitErasure(
                of: id, .all, .init(basis: "x", despitesMinimum: despitesMinimum))
        }
    }

    private func days(_ name: String, _ minimum: Int64?, _ maximum: Int64?) -> RetentionClass {
        RetentionClass(name, minimum: minimum.map { $0 * Self.day }, maximum: maximum.map { $0 * Self.day })
    }

    @Test func `before the minimum of its class a record is not erased, unless the entry says that it was`()
        async throws
    {
        let kept = try await Kept()
        try await kept.ledger.setRetention(days("credit", 180, 730))
        try await kept.record("d-1", #","retention":"credit""#)
        try await kept.record("d-2")
        _ = try await kept.ledger.record([
            Sample.submission(
                #"{"id":"o-1","type":"outcome","decision":"d-1","result":"good","source":"human","summary":"well"}"#)
        ])[0].get()
        try await kept.erase("d-2")
        for id in ["d-1", "o-1"] {
            do {
                try await kept.erase(id)
                Issue.record("\(id) was erased")
            } catch {
                guard case .erasure(.beforeMinimum(id, _, "credit", let until)) = error else { throw error }
                #expect(until.description.hasPrefix("2027-05-19T"))
                #expect(error.hint?.contains("--despite-minimum") == true)
            }
        }
        try await kept.erase("o-1", despitesMinimum: true)
        let recorded = try kept.ledger.read { try $0.erasures(of: [4]) }
        #expect(recorded.count == 1 && recorded[0].erasure.despitesMinimum)
        kept.pass(days: 181)
        try await kept.erase("d-1")
        #expect(try kept.ledger.read { try $0.erasures(of: [2])[0].erasure.despitesMinimum } == false)
        #expect(try kept.memory.codes() == ["scrubbing_due"])
    }

    @Test func `a run erases what is past its maximum but for what is held, and is on record`() async throws {
        let kept = try await Kept()
        try await kept.ledger.setRetention(days("short", nil, 10))
        try await kept.ledger.setRetention(days("long", 1, 100), isDefault: true)
        try await kept.record("s-1", #","retention":"short""#)
        try await kept.record("s-2", #","retention":"short""#)
        try await kept.record("l-1")
        try await kept.record("u-1", #","retention":"unknown""#)
        _ = try await kept.ledger.record([
            Sample.submission(
                #"{"id":"o-1","type":"outcome","decision":"s-1","result":"good","source":"human","summary":"well"}"#)
        ])[0].get()
        try await kept.ledger.placeHold(on: .record("s-2"), basis: "Case 12")
        kept.pass(days: 5)
        try await kept.record("s-3", #","retention":"short""#)
        kept.pass(days: 6)

        let size = try kept.memory.size()
        let looked = try kept.ledger.dueByRetention(clock: kept.clock.clock)
        #expect(looked.due.map(\.id) == ["s-1", "o-1"] && looked.held.map(\.record.id) == ["s-2"])
        #expect(looked.unknownClasses == ["unknown": 1] && looked.entry == nil)
        #expect(try kept.memory.size() == size)

        let run = try await kept.ledger.commitRetention()
        #expect(run.erased.map(\.id) == ["s-1", "o-1"] && run.entry == size)
        let (entry, erasure) = try kept.ledger.read { view in
            (try view.proven(size).entry, try view.erasures(of: [3])[0])
        }
        #expect(entry.type == "retention" && erasure.erasure.retention == entry.id && erasure.basis == nil)
        let classes = try entry.body()["classes"]?.items ?? []
        #expect(classes.map { $0["class"]?.text } == ["long", "short"])
        #expect(classes.map { $0["due"]?.integer } == [0, 2] && classes.map { $0["held"]?.integer } == [0, 1])
        #expect(try kept.memory.codes() == ["scrubbing_due"])

        // A run with nothing to do is on record as well.
        let second = try await kept.ledger.commitRetention()
        #expect(second.erased.isEmpty && second.entry == size + 3)
        try await kept.ledger.releaseHolds(on: .record("s-2"), basis: "Over")
        #expect(try await kept.ledger.commitRetention().erased.map(\.id) == ["s-2"])
        kept.pass(days: 20)
        #expect(try await kept.ledger.commitRetention().erased.map(\.id) == ["s-3"])
    }

    @Test(arguments: [1, 256, 257, 600]) func `a run of many records erases all of them`(count: Int) async throws {
        let kept = try await Kept()
        try await kept.ledger.setRetention(days("short", nil, 1), isDefault: true)
        let submissions = try (0..<count).map { try Sample.least("d-\($0)") }
        for result in await kept.ledger.record(submissions) { _ = try result.get() }
        kept.pass(days: 2)
        let run = try await kept.ledger.commitRetention()
        #expect(run.erased.count == count)
        #expect(try kept.ledger.dueByRetention(clock: kept.clock.clock).due.isEmpty)
        #expect(try kept.memory.codes() == ["scrubbing_due"])
    }

    @Test func `what was set last counts, and the default stays until another takes its place`() async throws {
        let kept = try await Kept()
        try await kept.ledger.setRetention(days("a", nil, 10), isDefault: true)
        try await kept.ledger.setRetention(days("b", 5, nil))
        try await kept.ledger.setRetention(days("a", 1, 20))
        var policy = try kept.ledger.read { try $0.retentionPolicy() }
        #expect(policy.classes == [days("a", 1, 20), days("b", 5, nil)] && policy.defaultName == "a")
        #expect(policy.retentionClass(nil) == days("a", 1, 20) && policy.retentionClass("c") == nil)
        try await kept.ledger.setRetention(days("b", 6, nil), isDefault: true)
        policy = try kept.ledger.read { try $0.retentionPolicy() }
        #expect(policy.defaultName == "b" && policy.retentionClass(nil)?.minimum == 6 * Self.day)
    }

    @Test(arguments: [
        RetentionClass("a b", maximum: 1), RetentionClass("", maximum: 1), RetentionClass("a"),
        RetentionClass("a", minimum: 2, maximum: 1), RetentionClass("a", minimum: -1),
        RetentionClass("a", maximum: RetentionClass.limit + 1), RetentionClass("a", maximum: .max),
        RetentionClass("\u{202E}", minimum: 1),
    ]) func `a class that cannot be is refused`(retentionClass: RetentionClass) async throws {
        let kept = try await Kept()
        await #expect(throws: RecordError.self) { try await kept.ledger.setRetention(retentionClass) }
        #expect(try kept.memory.size() == 1)
    }

    @Test func `a clock far beyond the last entry erases nothing until it is accepted`() async throws {
        let kept = try await Kept()
        try await kept.ledger.setRetention(days("a", nil, 10), isDefault: true)
        try await kept.record("d-1")
        kept.pass(days: 32)
        let error = await #expect(throws: RecordError.self) { try await kept.ledger.commitRetention() }
        guard case .erasure(.clockUncertain) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(try await kept.ledger.commitRetention(acceptsClock: true).erased.count == 1)
    }

    @Test func `the ledger's own entries have no class`() async throws {
        let kept = try await Kept()
        let hold = try await kept.ledger.placeHold(on: .subject("ann"), basis: "Case 12")
        try await kept.ledger.releaseHolds(on: .subject("ann"), basis: "Over")
        try await kept.ledger.setRetention(days("a", 5, 10), isDefault: true)
        kept.pass(days: 20)
        #expect(try kept.ledger.dueByRetention(clock: kept.clock.clock).due.isEmpty)
        try await kept.erase(hold.id)
    }
}
