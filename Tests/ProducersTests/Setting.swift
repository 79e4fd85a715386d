import Because
import Foundation
import LedgerSamples
import StorageTesting
import Synchronization
import Testing

/// A ledger, a folder for a spool, and a sink between them that can be cut.
struct Setting {
    let folder: Scratch
    let ledger: Ledger
    let sink: CutSink

    init() async throws {
        folder = try Scratch()
        ledger = try await SampleLedger.create(in: MemoryStore(subjectKey: Sample.subjectKey), head: folder)
        sink = CutSink(ledger)
    }

    var spool: String { folder.path + "/spool" }

    /// Opens the producer `agent`.
    func open(_ mode: Producer.Mode = .failClosed, in folder: String? = nil, id: String = "agent") async throws
        -> Producer
    {
        try await Producer.open(id: id, version: "1.0", ledger: sink, spool: folder, mode: mode)
    }

    /// The account of a run, by the log.
    func account(_ epoch: String) throws -> ProducerAccount {
        try #require(try ledger.completeness().accounts.first { $0.run.epoch == epoch })
    }

    /// The decisions of a run by their numbers, in the order of the log.
    func recorded(_ epoch: String) throws -> [(id: String, number: Int64)] {
        try ledger.read { view in
            try (0..<view.size).compactMap { number in
                let entry = try view.proven(number).entry
                let body = try entry.body()
                guard entry.type == EntryType.decision, body["producer"]?["epoch"]?.text == epoch,
                    let seq = body["producer"]?["seq"]?.integer
                else { return nil }
                return (entry.id, seq)
            }
        }
    }
}

/// The least decision there is; one of a section that nobody registered is refused by the ledger alone.
func decision(_ id: String? = nil, isRefused: Bool = false) -> Decision {
    let grounds: Decision.Grounds = isRefused ? .principles(["acme/none#none"]) : .noneCited("none")
    return Decision(id: id, outcome: .comply, grounds: grounds, reason: .absent("not asked"))
}

/// A ledger that may not be reached, or whose answers may be lost on the way.
final class CutSink: RecordSink {
    enum State: Sendable {
        case reachable
        case unreachable
        /// The ledger fails before it writes anything, and cannot say so.
        case writeLost
        /// The ledger has it, and the answer is lost.
        case replyLost
    }

    private let ledger: any RecordSink
    private let current = Mutex(State.reachable)
    /// Called before each attempt to record.
    private let before = Mutex<(@Sendable () -> Void)?>(nil)

    init(_ ledger: any RecordSink) { self.ledger = ledger }

    func set(_ state: State) { current.withLock { $0 = state } }

    func onRecord(_ body: @escaping @Sendable () -> Void) { before.withLock { $0 = body } }

    func record(_ submissions: [Submission]) async -> [Result<Receipt, RecordError>] {
        before.withLock { $0 }?()
        switch current.withLock({ $0 }) {
        case .reachable: return await ledger.record(submissions)
        case .unreachable: return submissions.map { _ in .failure(.unreachable(detail: "cut", hint: nil)) }
        case .writeLost: return submissions.map { _ in .failure(.store(.io(detail: "cut"))) }
        case .replyLost:
            _ = await ledger.record(submissions)
            return submissions.map { _ in .failure(.store(.io(detail: "cut"))) }
        }
    }
}

/// The error that a call throws.
func failure<Value>(_ body: () async throws(ProducerError) -> Value) async -> ProducerError? {
    do {
        _ = try await body()
        return nil
    } catch { return error }
}
