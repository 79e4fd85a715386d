import Because
import Foundation
import Testing

/// The library as applications use it: no `@testable`, one import.
struct LedgerTests {
    @Test func `every field of a decision comes back in the answer`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        _ = try await ledger.record(refusal("first"))
        var decision = refusal("full")
        decision.occurred = "2026-11-20T09:14:07Z"
        decision.kind = .respond
        decision.grounds = .principles([
            "acme/rules#protect-privacy", .init("acme/rules@1#obey-the-law", role: .considered, timing: .with),
        ])
        decision.alternatives = [
            .init("send the file", status: .forbidden, by: ["acme/rules#protect-privacy"], reason: "it is outside")
        ]
        decision.alternativesComplete = true
        decision.conflicts = [
            .init(
                between: ["message:user", "acme/rules#protect-privacy"], rule: .higherAuthority,
                winner: "acme/rules#protect-privacy", note: "the user asked twice")
        ]
        decision.confidence = .init("0.870", kind: .selfReported)
        decision.inputs = [.init(name: "request", role: .user, text: "Send it now")]
        decision.output = .init(text: "I can't send that file.")
        decision.model = .init(provider: "example", requested: "m-large", served: "m-large-2026-09", fingerprint: "f1")
        decision.prompt = .init(name: "billing", version: "3", digest: "sha256:" + String(repeating: "0a", count: 32))
        decision.tools = ["send_mail"]
        decision.producer = .init("billing-agent", version: "4.2.1", epoch: "e1", seq: 1)
        decision.session = "s1"
        decision.trace = "t1"
        decision.span = "p1"
        decision.subject = "customer-77"
        decision.roleOfAI = .sole
        decision.isEffective = false
        decision.links = [.init(.causedBy, "first")]
        decision.notes = "none"
        decision.context = ["ticket": 17, "ratio": .decimal("0.50")]

        let receipt = try await ledger.record(decision)
        #expect(receipt.id == "full" && receipt.status == .recorded)
        let answer = try await ledger.explain("full")
        var submitted = try Submission(decision).content
        #expect(JSON.object(answer.content) == .object(submitted))
        submitted["outcome"] = nil
        #expect(JSON.object(answer.content) != .object(submitted))
        #expect(answer.principles.map { $0.words?.section } == ["protect-privacy", "obey-the-law"])
        #expect(answer.description.contains("REFUSE Refused to send the customer file"))

        #expect(try await ledger.find("subject:customer-77 session:s1 -outcome:comply").hits.map(\.id) == ["full"])
        #expect(try await ledger.explain("first").later.map(\.id) == ["full"])
        let report = try await ledger.verify(key: ledger.firstKey)
        #expect(report.holds && report.verdict(.completeness) == .holds && "\(report)" == report.text)
        await ledger.close()
    }

    @Test func `a ledger is created once, and where it can be`() async throws {
        let scratch = try Scratch()
        try await scratch.create().close()
        let table: [(path: String, origin: String, error: String)] = [
            (scratch.ledger, Scratch.origin, "\(scratch.ledger) exists already"),
            (scratch.ledger + "/", Scratch.origin, "\(scratch.ledger) exists already"),
            (
                scratch.path + "/no/ledger", Scratch.origin,
                "\"\(scratch.path)/no/ledger\" cannot be created: the folder that is to hold it is not there"
            ),
            (scratch.path + "/other", "a b", "\"a b\" cannot name a ledger"),
        ]
        for (path, origin, message) in table {
            let error = await #expect(throws: LedgerError.self) {
                _ = try await Ledger.create(at: path, origin: origin)
            }
            #expect(error?.description == message)
            #expect(error?.hint != nil)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["ledger", "rules.md"])
    }

    @Test func `one process writes, a reader sees each commit, and a closed ledger takes nothing`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        let error = #expect(throws: LedgerError.self) { _ = try Ledger.open(at: scratch.ledger) }
        guard case .store(.heldByAnotherProcess) = error else { return #expect(Bool(false), "\(error as Any)") }

        let reader = try Ledger.open(at: scratch.ledger, for: .reading)
        #expect(reader.origin == Scratch.origin && reader.firstKey == ledger.firstKey)
        for number in 0..<3 {
            let receipt = try await ledger.record(refusal("d\(number)"))
            #expect(try reader.read { $0.size } == receipt.size)
            #expect(try await reader.find("outcome:refuse").hits.count == number + 1)
        }
        await #expect(throws: RecordError.self) { _ = try await reader.record(refusal()) }
        await #expect(throws: RecordError.self) { try await reader.activate("acme/rules", version: "1") }

        await ledger.close()
        let closed = await #expect(throws: RecordError.self) { _ = try await ledger.record(refusal()) }
        guard case .store(.closed) = closed else { return #expect(Bool(false), "\(closed as Any)") }
        let next = try Ledger.open(at: scratch.ledger)
        #expect(try await next.record(refusal("d3")).number == 5)
        await next.close()
    }

    @Test func `an id stands for one content`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        let first = try await ledger.record(refusal("d1"))
        let again = try await ledger.record(refusal("d1"))
        #expect(again.number == first.number && again.leaf == first.leaf && again.status == .duplicate)
        let error = await #expect(throws: RecordError.self) {
            _ = try await ledger.record(refusal("d1", summary: "Sent it"))
        }
        guard case .differentContent("d1", first.number) = error else { return #expect(Bool(false), "\(error as Any)") }
        // Without an id each call is a decision of its own.
        let made = try await [ledger.record(refusal()), ledger.record(refusal())]
        #expect(made[0].id != made[1].id && made.map(\.number) == [3, 4])
        await ledger.close()
    }

    @Test func `everything that is wrong with a decision is said at once`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        var decision = refusal("a b")
        decision.occurred = "yesterday"
        decision.confidence = .init("2", kind: .rule)
        decision.session = ""
        let error = await #expect(throws: RecordError.self) { _ = try await ledger.record(decision) }
        guard case .submission(let submission) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(submission.problems.count == 4, "\(submission)")
        #expect(try await ledger.find("").hits.isEmpty)
        await ledger.close()
    }

    @Test func `large texts are taken up to what an export can carry`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        var decision = refusal("large")
        decision.notes = String(repeating: "n", count: 1 << 20)
        #expect(try await ledger.record(decision).id == "large")
        decision = refusal("too-large")
        decision.notes = String(repeating: "n", count: 1 << 20)
        decision.output = .init(text: String(repeating: "o", count: 1 << 20))
        let error = await #expect(throws: RecordError.self) { _ = try await ledger.record(decision) }
        #expect(
            error?.description.contains("the bytes of sealed fields in one entry would be") == true, "\(error as Any)")
        #expect(try await ledger.verify().holds)
        await ledger.close()
    }
}
