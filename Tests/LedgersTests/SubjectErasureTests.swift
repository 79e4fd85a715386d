import Because
import LedgerSamples
import StorageTesting
import Synchronization
import Testing

/// Everything about a person goes, and what is said later about the decisions as well.
struct SubjectErasureTests {
    private static let grounds = ErasureGrounds(basis: "GDPR 17")

    private static func decision(_ id: String, _ subject: String) throws -> Submission {
        try Sample.submission(
            #"{"id":"\#(id)","outcome":"act","summary":"About \#(id)","none_cited":"n","rationale_absent":"n","subject":"\#(subject)"}"#
        )
    }

    private static func fact(_ id: String, _ decision: String) throws -> Submission {
        try Sample.submission(
            #"{"id":"\#(id)","type":"correction","decision":"\#(decision)","field":"summary","is":"Other than \#(decision)","reason":"r"}"#
        )
    }

    private func ledger() async throws -> MemoryLedger {
        let memory = try await MemoryLedger()
        let submissions = try [
            Self.decision("a-1", "ann"), Self.decision("b-1", "bob"), Self.fact("a-1-f", "a-1"),
            Self.fact("b-1-f", "b-1"),
            Self.decision("a-2", "ann"), Self.fact("a-2-f", "a-2"),
        ]
        for result in await memory.ledger.record(submissions) { _ = try result.get() }
        return memory
    }

    /// The ids of records that have sealed values.
    private func sealed(_ memory: MemoryLedger) throws -> [String] {
        try memory.ledger.read { view in
            try (0..<view.size).filter { try !view.proven($0).sealed.isEmpty }.map { try view.proven($0).entry.id }
                .filter { !Ledger.isOwn($0) }
        }
    }

    @Test func `decisions about the person and what was said about these go, and nobody else's`() async throws {
        let memory = try await ledger()
        let erased = try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds)
        #expect(erased.map(\.id).sorted() == ["a-1", "a-1-f", "a-2", "a-2-f"])
        #expect(try sealed(memory) == ["b-1", "b-1-f"])
        #expect(memory.store.reader().subjectCount == 1)
        #expect(try memory.codes() == ["scrubbing_due"])
        // The person is unlinked: there is nothing left to be found by.
        #expect(try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds).isEmpty)
        #expect(try await memory.ledger.commitErasure(ofSubject: "nobody", Self.grounds).isEmpty)
        // What comes later about the same person is a record of its own.
        _ = try await memory.ledger.record([Self.decision("a-3", "ann")])[0].get()
        #expect(try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds).map(\.id) == ["a-3"])
    }

    @Test func `one held record keeps all of the person's from being erased, and is named`() async throws {
        let memory = try await ledger()
        let hold = try await memory.ledger.placeHold(on: .record("a-2"), basis: "Case 12")
        do {
            _ = try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds)
            Issue.record("nothing was thrown")
        } catch {
            #expect("\(error)".contains("a-2-f, entry 6, is held: by entry 7") && "\(error)".contains("Case 12"))
            #expect(error.hint?.contains(hold.id) == true)
        }
        #expect(try sealed(memory).count == 6)
        try await memory.ledger.releaseHolds(on: .record(hold.id), basis: "Over")
        #expect(try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds).count == 4)
    }

    @Test(arguments: [1, 255, 256, 257, 700]) func `many records go in several commits, each whole`(count: Int)
        async throws
    {
        let memory = try await MemoryLedger()
        let submissions = try (0..<count).flatMap { number in
            [try Self.decision("a-\(number)", "ann"), try Self.fact("f-\(number)", "a-\(number)")]
        }
        for result in await memory.ledger.record(submissions) { _ = try result.get() }
        let erased = try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds)
        #expect(erased.count == 2 * count && Set(erased.map(\.entry)).count == 2 * count)
        #expect(try sealed(memory) == [])
        #expect(try memory.codes() == ["scrubbing_due"])
    }

    @Test(arguments: [0, 1, 2, 3]) func `what was cut short between commits is completed by the same again`(
        commits: Int
    ) async throws {
        let memory = try await MemoryLedger()
        let submissions = try (0..<400).flatMap { number in
            [try Self.decision("a-\(number)", "ann"), try Self.fact("f-\(number)", "a-\(number)")]
        }
        for result in await memory.ledger.record(submissions) { _ = try result.get() }
        memory.store.failAppend(after: commits)
        let error = await #expect(throws: RecordError.self) {
            try await memory.ledger.commitErasure(ofSubject: "ann", Self.grounds)
        }
        #expect(error != nil)
        await memory.ledger.close()
        let again = try memory.next()
        let left = try sealed(again).count
        #expect(left == 800 - [0, 256, 400, 656][commits])
        #expect(try again.codes() == (commits == 0 ? [] : ["scrubbing_due"]))
        #expect(try await again.ledger.commitErasure(ofSubject: "ann", Self.grounds).count == left)
        #expect(try sealed(again) == [])
        #expect(try again.codes() == ["scrubbing_due"])
    }

    @Test func `recording, erasing and verifying at once disturb nobody`() async throws {
        let memory = try await ledger()
        let ledger = memory.ledger
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 10..<200 {
                    _ = try await ledger.record([Self.decision("a-\(number)", "ann")])[0].get()
                    _ = try await ledger.record([Self.fact("f-\(number)", "a-\(number)")])[0].get()
                }
            }
            group.addTask {
                for _ in 0..<12 {
                    _ = try await ledger.commitErasure(ofSubject: "ann", Self.grounds)
                    _ = try ledger.scrub(patience: 0) { _ in nil }
                }
            }
            group.addTask {
                for _ in 0..<12 {
                    let findings = try memory.findings().filter { $0.severity == .broken }
                    #expect(findings == [])
                }
            }
            try await group.waitForAll()
        }
        _ = try await ledger.commitErasure(ofSubject: "ann", Self.grounds)
        #expect(try sealed(memory).filter { $0.hasPrefix("a-") } == [])
        #expect(try ledger.scrub(patience: 0) { _ in nil } == .done)
        #expect(try memory.codes() == [])
    }
}

extension MemoryStore {
    /// Rows of the table of subjects.
    fileprivate var subjectCount: Int {
        var count = 0
        try? read { try $0.subjects { _, _ in count += 1 } }
        return count
    }
}
