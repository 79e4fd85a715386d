import Because
import Synchronization
import Testing
import Web

/// What a ledger makes of every answer that a witness, or something in its place, may give.
struct WitnessClientTests {
    private let scratch: Scratch
    private let network = Network()
    private let witness: SigningKey

    init() throws {
        scratch = try Scratch()
        witness = try exampleKey("w0.example", 2)
    }

    /// The outcome when the answers of the witness are `answers` in turn, the last one again and again.
    private func outcome(
        of answers: [@Sendable (AddCheckpointRequest) throws -> HTTPResponse]
    ) async throws -> (update: WitnessUpdate, ledger: Ledger) {
        let ledger = try await scratch.makeLedger(decisions: 4)
        let rest = Mutex(answers)
        network.serve("w0") { request in
            let answer = rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            return try answer(AddCheckpointRequest(parsing: request.body))
        }
        let policy = try makePolicy(ledger.firstKey, [("w0", witness.cosignatureKey)], "quorum w0")
        return (try await ledger.update(policy, network), ledger)
    }

    private func outcome(
        _ status: Int, _ body: String = "", type: String? = nil, retryAfter: Int? = nil
    ) async throws -> WitnessUpdate {
        try await outcome(of: [
            { _ in HTTPResponse(status: status, contentType: type, retryAfter: retryAfter, body: body.bytes) }
        ]).update
    }

    /// A cosignature of the checkpoint in the request, at `time`, after `lines` that others signed.
    private func cosign(
        by key: SigningKey? = nil, time: UInt64 = moment, lines: [String] = []
    ) -> @Sendable (AddCheckpointRequest) throws -> HTTPResponse {
        let key = key ?? witness
        return { request in
            let line = key.cosign(request.note.text, time: time).line
            return HTTPResponse(status: 200, body: ((lines + [line]).joined(separator: "\n") + "\n").bytes)
        }
    }

    @Test(arguments: [
        (400, "it calls the request malformed (400)"), (403, "it trusts no key that signed the checkpoint (403)"),
        (404, "it does not know this log (404)"), (413, "it calls the request too long (413)"),
        (500, "it answered with status 500"), (302, "it answered with status 302"),
        (204, "it answered with status 204"),
    ]) func `a refusal is said and is no alarm`(_ status: Int, _ sentence: String) async throws {
        let update = try await outcome(status, "whatever")
        #expect(update.results.map(\.outcome) == [.failed(sentence)] && update.exitStatus == 1)
        #expect(network.requests.count == 1)
        #expect(
            update.witnessing.sentence
                == "not witnessed: the policy requires w0, and none of them cosigned a tree that covers this")
    }

    @Test func `an empty conflict and a checkpoint that is no continuation are alarms`() async throws {
        #expect(try await outcome(409).results.map(\.outcome) == [.alarm(.forked(size: 5))])
    }

    @Test func `a proof that a witness refuses is an alarm`() async throws {
        let update = try await outcome(422, "no")
        #expect(update.results.map(\.outcome) == [.alarm(.inconsistent(from: 0, to: 5))] && update.exitStatus == 2)
    }

    @Test(arguments: [
        ("5\n", "text/plain"), ("5", "text/x.tlog.size"), ("05\n", "text/x.tlog.size"), ("-1\n", "text/x.tlog.size"),
        ("5\n\n", "text/x.tlog.size"), ("five\n", "text/x.tlog.size"), ("99999999999999999999\n", "text/x.tlog.size"),
    ]) func `a conflict that names no size is no alarm`(_ body: String, _ type: String) async throws {
        let update = try await outcome(409, body, type: type)
        #expect(update.results.map(\.outcome) == [.failed("its answer cannot be read: it is no size of a log")])
    }

    @Test func `a size that no ledger reached is an alarm`() async throws {
        let update = try await outcome(409, "18446744073709551615\n", type: "text/x.tlog.size")
        #expect(update.results.map(\.outcome) == [.alarm(.rolledBack(here: 5, seen: .max))] && update.exitStatus == 2)
    }

    @Test func `a witness that names another size each time is asked four times`() async throws {
        let sizes = [3, 1, 4, 2].map { size in
            { @Sendable (_: AddCheckpointRequest) in
                HTTPResponse(status: 409, contentType: "Text/X.Tlog.Size; x=y", body: "\(size)\n".bytes)
            }
        }
        let update = try await outcome(of: sizes).update
        #expect(update.results.map(\.outcome) == [.failed("it names another size each time")])
        #expect(try network.requests.map { try AddCheckpointRequest(parsing: $0.body).oldSize } == [0, 3, 1, 4])
    }

    @Test func `a witness that refuses the size that it names is not asked for ever`() async throws {
        let update = try await outcome(409, "3\n", type: "text/x.tlog.size")
        #expect(update.results.map(\.outcome) == [.failed("it refuses the size that it names itself, 3")])
        #expect(network.requests.count == 2)
    }

    @Test func `a witness that is busy is asked again after as long as it says`() async throws {
        let busy: @Sendable (AddCheckpointRequest) -> HTTPResponse = { _ in .init(status: 429, retryAfter: 7) }
        let update = try await outcome(of: [busy, busy, cosign()]).update
        #expect(update.exitStatus == 0 && network.pauses == [7, 7])
    }

    @Test(arguments: [(nil, [1, 1]), (60, [60, 60]), (61, []), (Int.max, [])] as [(Int?, [Int])])
    func `a witness that stays busy is left alone`(_ seconds: Int?, _ pauses: [Int]) async throws {
        let update = try await outcome(429, retryAfter: seconds)
        #expect(update.exitStatus == 1 && network.pauses == pauses)
        #expect(update.text.contains("it wants to be asked later"))
    }

    @Test func `a witness that does not answer is said`() async throws {
        let ledger = try await scratch.makeLedger()
        let policy = try makePolicy(ledger.firstKey, [("w0", witness.cosignatureKey)], "quorum w0")
        let update = try await ledger.update(policy, network)
        #expect(update.exitStatus == 1 && update.text.contains("cannot connect to w0"))
    }

    @Test func `signatures of others are ignored, and only the witness's is kept`() async throws {
        let stranger = try exampleKey("stranger.example", 8)
        let lines = (0..<99).map { stranger.cosign("\($0)\n".bytes, time: moment).line }
        let (update, ledger) = try await outcome(of: [cosign(lines: lines)])
        #expect(update.exitStatus == 0)
        let stored = try ledger.read { try $0.snapshot.signatures(of: 5) }
        #expect(stored.map(\.name) == ["w0.example"])
    }

    /// Answers that are refused as a whole.
    @Test(arguments: [
        "nothing", "one megabyte", "101 signatures", "only strangers", "wrong", "wrong and right", "a note",
        "blank line first", "another checkpoint", "name of the witness with another key",
    ]) func `a hostile answer is refused and nothing of it is stored`(_ kind: String) async throws {
        let stranger = try exampleKey("stranger.example", 8)
        let impostor = try exampleKey("w0.example", 9)
        let witness = witness
        let (update, ledger) = try await outcome(of: [
            { request in
                let text = request.note.text
                let right = witness.cosign(text, time: moment)
                let wrong = NoteSignature(
                    name: right.name, keyID: right.keyID, signature: impostor.cosign(text, time: moment).signature)
                let body =
                    switch kind {
                    case "nothing": ""
                    case "one megabyte": String(repeating: right.line + "\n", count: 10_000)
                    case "101 signatures":
                        (0..<101).map { stranger.cosign(text, time: $0).line + "\n" }.joined()
                    case "only strangers": stranger.cosign(text, time: moment).line + "\n"
                    case "wrong": wrong.line + "\n"
                    case "wrong and right": wrong.line + "\n" + right.line + "\n"
                    case "a note": String(decoding: text, as: UTF8.self) + "\n" + right.line + "\n"
                    case "blank line first": "\n" + right.line + "\n"
                    case "another checkpoint": witness.cosign(text + "more\n".bytes, time: moment).line + "\n"
                    default: impostor.cosign(text, time: moment).line + "\n"
                    }
                return HTTPResponse(status: 200, body: body.bytes)
            }
        ])
        guard case .failed = update.results.first?.outcome else { return #expect(Bool(false), "\(update.text)") }
        #expect(update.exitStatus == 1 && update.witnessing.statements.isEmpty)
        #expect(try ledger.read { try $0.snapshot.signatures(of: 5) }.isEmpty)
    }

    @Test(arguments: [
        (moment - 3601, false), (moment - 3600, true), (moment + 3600, true), (moment + 3601, false), (0, false),
        (UInt64(Int64.max), false),
    ]) func `a cosignature of another time is refused`(_ time: UInt64, _ isTaken: Bool) async throws {
        let (update, ledger) = try await outcome(of: [cosign(time: time)])
        #expect(update.exitStatus == (isTaken ? 0 : 1), "\(update.text)")
        #expect(try ledger.read { try $0.snapshot.signatures(of: 5) }.isEmpty == !isTaken)
    }
}
