import Because
import LedgerSamples
import StorageTesting
import Testing

/// A hold beats an erasure, by request and by retention, until it is released.
struct HoldTests {
    private static let grounds = ErasureGrounds(basis: "She asked for it.")

    private func ledger() async throws -> MemoryLedger {
        let memory = try await MemoryLedger()
        let lines = [
            #"{"id":"d-1","outcome":"act","summary":"s","none_cited":"n","rationale_absent":"n","subject":"ann"}"#,
            #"{"id":"d-2","outcome":"act","summary":"s","none_cited":"n","rationale_absent":"n","subject":"bob"}"#,
            #"{"id":"o-1","type":"outcome","decision":"d-1","result":"good","source":"human","summary":"well"}"#,
        ]
        for line in lines { _ = try await memory.ledger.record([Sample.submission(line)])[0].get() }
        return memory
    }

    private func isHeld(_ memory: MemoryLedger, _ id: String) async throws -> Bool {
        do {
            _ = try await memory.ledger.commitErasure(of: id, .paths(["summary"]), Self.grounds)
            return false
        } catch .erasure(.held) { return true }
    }

    /// What is held, and which of d-1, o-1 (about it) and d-2 may then not be erased.
    @Test(arguments: [
        (Ledger.HeldThing.record("d-1"), [true, true, false]), (.record("o-1"), [false, true, false]),
        (.record("d-2"), [false, false, true]), (.subject("ann"), [true, true, false]),
        (.subject("bob"), [false, false, true]), (.subject("Ann"), [false, false, false]),
    ]) func `what is held may not be erased until it is released`(thing: Ledger.HeldThing, held: [Bool]) async throws {
        let memory = try await ledger()
        let hold = try await memory.ledger.placeHold(on: thing, basis: "Case 12")
        #expect(hold.id.hasPrefix("because:hold:"))
        for (id, isHeld) in zip(["d-1", "o-1", "d-2"], held) where isHeld {
            #expect(try await self.isHeld(memory, id), "\(id)")
        }
        let listed = try memory.ledger.read { try $0.holds() }
        #expect(listed.active.map(\.number) == [hold.number] && listed.active[0].basis == "Case 12")
        try await memory.ledger.releaseHolds(on: thing, basis: "Over")
        #expect(try memory.ledger.read { try $0.holds().active.isEmpty })
        for id in ["d-1", "o-1", "d-2"] { #expect(try await !isHeld(memory, id), "\(id)") }
        #expect(try memory.codes() == ["scrubbing_due"])
    }

    @Test func `what is recorded after a hold on the person is held as well`() async throws {
        let memory = try await ledger()
        try await memory.ledger.placeHold(on: .subject("cleo"), basis: "Case 13")
        _ = try await memory.ledger.record([
            Sample.submission(
                #"{"id":"d-3","outcome":"act","summary":"s","none_cited":"n","rationale_absent":"n","subject":"cleo"}"#)
        ])[0].get()
        #expect(try await isHeld(memory, "d-3"))
    }

    @Test func `two holds end one by one, and only what is held can be released`() async throws {
        let memory = try await ledger()
        let first = try await memory.ledger.placeHold(on: .record("d-1"), basis: "Case 1")
        let second = try await memory.ledger.placeHold(on: .record("d-1"), basis: "Case 2")
        try await memory.ledger.releaseHolds(on: .record(first.id), basis: "Over")
        #expect(try await isHeld(memory, "d-1"))
        #expect(try memory.ledger.read { try $0.holds().active.map(\.id) } == [second.id])
        for thing in [Ledger.HeldThing.record(first.id), .record("d-2"), .subject("ann")] {
            let error = await #expect(throws: RecordError.self) {
                try await memory.ledger.releaseHolds(on: thing, basis: "Over")
            }
            guard case .erasure(.notHeld) = error else { return #expect(Bool(false), "\(error as Any)") }
        }
        #expect(try await memory.ledger.releaseHolds(on: .record("d-1"), basis: "Over").count == 1)
        #expect(try await !isHeld(memory, "d-1"))
    }

    @Test func `a hold in force keeps its own words, and a released one does not`() async throws {
        let memory = try await ledger()
        let hold = try await memory.ledger.placeHold(on: .subject("ann"), basis: "Case 12")
        let error = await #expect(throws: RecordError.self) {
            try await memory.ledger.commitErasure(of: hold.id, .all, Self.grounds)
        }
        guard case .erasure(.isHold) = error else { return #expect(Bool(false), "\(error as Any)") }
        try await memory.ledger.releaseHolds(on: .subject("ann"), basis: "Over")
        // The name of the person stood in the hold as well.
        let erased = try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds)
        #expect(Set(erased.map(\.id)) == ["d-1", "o-1", hold.id])
        #expect(try memory.codes() == ["scrubbing_due"])
    }

    @Test func `a hold that does not say any more whom it protects protects everybody`() async throws {
        let memory = try await ledger()
        let hold = try await memory.ledger.placeHold(on: .subject("ann"), basis: "Case 12")
        memory.store.tamper { $0.disclosures[hold.number] = nil }
        #expect(try await isHeld(memory, "d-2"))
        #expect(try memory.codes().contains("sealed_value_missing"))
    }

    @Test func `what cannot be held says why`() async throws {
        let memory = try await ledger()
        for (thing, basis) in [
            (Ledger.HeldThing.record("d-9"), "x"), (.record("d-1"), ""), (.subject(""), "x"),
            (.subject(String(repeating: "x", count: 1025)), "x"),
        ] {
            await #expect(throws: RecordError.self) { try await memory.ledger.placeHold(on: thing, basis: basis) }
        }
        #expect(try memory.size() == 4)
    }

    /// Whichever comes first in the log decides; there is no order in which both succeed and the value is gone.
    @Test(arguments: 0..<20) func `a hold and an erasure at once never pass each other`(round: Int) async throws {
        let memory = try await ledger()
        let ledger = memory.ledger
        async let hold = ledger.placeHold(on: .record("d-1"), basis: "Case 12")
        async let erased = Result { () async throws -> ErasedRecord? in
            try await ledger.commitErasure(of: "d-1", .all, Self.grounds)
        }
        let (placed, outcome) = try await (hold, erased)
        switch outcome {
        case .success(let record): #expect(try #require(record).entry < placed.number)
        case .failure: #expect(try memory.ledger.read { try !$0.proven(1).sealed.isEmpty })
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
