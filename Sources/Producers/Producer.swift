public import Cryptography
public import Decisions
public import Ledgers

/// An application that numbers its decisions, so that anybody can tell whether one is missing.
///
/// Each `open` begins a run with an epoch of its own. The decisions of a run are numbered from 1, and a number is given only to
/// what is on a disk: in the ledger, or in the spool. What is lost all the same is declared, with its numbers. Callers at the same
/// time share commits.
public actor Producer {
    /// What happens while the ledger cannot be reached.
    public enum Mode: Sendable {
        /// Nothing is recorded, and the caller gets an error. Where the call stands before what it decides on, as in
        /// `try await producer.record(decision); send(file)`, nothing is done that is not on record.
        case failClosed
        /// Records wait in the spool, and what it has no room for is declared lost.
        case spool(Spool.Limit = Spool.Limit())
    }

    public nonisolated let id: String
    public nonisolated let version: String?
    /// The run: a UUIDv7.
    public nonisolated let epoch: String
    public nonisolated let mode: Mode
    /// The spool, where there is a folder for one.
    public nonisolated let spool: Spool?

    let sink: any RecordSink
    let clock: LedgerClock
    let randomness: Randomness
    var numbers = RunNumbers()
    /// Decisions that may be recorded or not, by their ids, with the numbers that they were sent with.
    var unknown: [String: Outgoing] = [:]
    private var inbox: [Job] = []
    private var isWorking = false
    private var state = State.open
    /// What the spool was told last of the run.
    var remembered = Spool.Memory()

    private enum State { case open, closing, closed }

    /// What waits for its turn.
    private enum Job {
        case record(Record, CheckedContinuation<Result<NumberedReceipt, ProducerError>, Never>)
        case drain(CheckedContinuation<Result<Drained, ProducerError>, Never>)
    }

    private init(
        id: String, version: String?, sink: any RecordSink, spool: Spool?, mode: Mode, clock: LedgerClock,
        randomness: Randomness
    ) {
        self.id = id
        self.version = version
        epoch = UUIDv7.make(at: clock.now(), randomness: randomness)
        self.sink = sink
        self.spool = spool
        self.mode = mode
        self.clock = clock
        self.randomness = randomness
    }

    /// Begins a run.
    ///
    /// The folder holds the spool, and what is known of the run before: the first record of this one names it. One producer at a
    /// time uses a folder. Without one nothing is remembered, and records cannot wait.
    public static func open(
        id: String, version: String? = nil, ledger sink: any RecordSink, spool folder: String? = nil,
        mode: Mode = .failClosed, clock: LedgerClock = .system, randomness: Randomness = .system
    ) async throws(ProducerError) -> Producer {
        if case .spool = mode, folder == nil { throw .noFolder }
        var spool: Spool?
        do { if let folder { spool = try await Spool.open(in: folder) } } catch { throw .spool(error) }
        let producer = Producer(
            id: id, version: version, sink: sink, spool: spool, mode: mode, clock: clock, randomness: randomness)
        do { try await producer.begin() } catch {
            spool?.close()
            throw error
        }
        return producer
    }

    private func begin() async throws(ProducerError) {
        var open = ProducerEvent.open(id, epoch: epoch)
        // Checked before the spool hears of it.
        do { _ = try Submission(open) } catch { throw .submission(error) }
        guard let spool else {
            _ = try await enqueue(.event(open))
            return
        }
        do {
            let before = try await spool.previousRun(of: id, at: clock.now())
            open.previousEpoch = before?.epoch
            open.previousCount = before?.count
        } catch { throw .spool(error) }
        _ = try await enqueue(.event(open))
        // Durable or spooled. If it ends before the next line, the run after this one names the one before it again.
        do { try await spool.begin(epoch, of: id) } catch { throw .spool(error) }
    }

    // MARK: Recording

    /// Records a decision under the next number, and answers when it is durable or in the spool.
    ///
    /// An id and the time are put in where there are none. A decision with an id of its own can be sent again after `unreachable`,
    /// and is recorded once. In the mode that fails closed, act on a decision only once this has returned.
    public func record(_ decision: Decision) async throws(ProducerError) -> NumberedReceipt {
        try await enqueue(.decision(decision, number: nil))
    }

    /// Records what happened to a decision. It has no number.
    public func record(_ fact: some LaterFact) async throws(ProducerError) -> NumberedReceipt {
        try await enqueue(.fact(fact))
    }

    /// Records that a decision is about to be made and take effect: under its number, before it does.
    public func attempt(
        id: String? = nil, kind: Decision.Kind? = nil, summary: String? = nil
    ) async throws(ProducerError) -> OpenAttempt {
        var attempt = Attempt(of: id ?? newID(), by: Decision.Producer(self.id))
        attempt.kind = kind
        attempt.summary = summary
        let receipt = try await enqueue(.attempt(attempt))
        guard let number = receipt.number else { preconditionFailure("an attempt has the number of its decision") }
        return OpenAttempt(of: attempt.decision, number: number, by: self)
    }

    /// Records the decision that an attempt led to.
    func record(_ decision: Decision, number: Int64) async throws(ProducerError) -> NumberedReceipt {
        try await enqueue(.decision(decision, number: number))
    }

    /// Records how many decisions have a number, so that those at the end are missed as well.
    @discardableResult
    public func heartbeat() async throws(ProducerError) -> NumberedReceipt { try await enqueue(.heartbeat) }

    /// Records what is known to be lost without a number: decisions that were left out by sampling, or never came so far.
    @discardableResult
    public func declare(
        _ loss: ProducerEvent.Loss, reason: String? = nil
    ) async throws(ProducerError) -> NumberedReceipt {
        var event = ProducerEvent.loss(id, epoch: epoch, loss)
        event.reason = reason
        return try await enqueue(.event(event))
    }

    /// Records a heartbeat whenever so much time has passed, until the task is cancelled or the run is closed. `onFailure` hears of
    /// those that could not be recorded.
    public func keepBeating(
        every interval: Duration, on clock: any Clock<Duration> = ContinuousClock(),
        onFailure: @Sendable (ProducerError) -> Void = { _ in }
    ) async {
        while state == .open {
            do { try await clock.sleep(for: interval) } catch { return }
            do { try await heartbeat() } catch .closed { return } catch { onFailure(error) }
        }
    }

    /// Sends what waits in the spool, as far as the ledger takes it. Every other record does so as well, before itself.
    @discardableResult
    public func drain() async throws(ProducerError) -> Drained {
        guard state != .closed else { throw .closed }
        return try await withCheckedContinuation { add(.drain($0)) }.get()
    }

    /// Ends the run: records how many decisions it had, after what is owed. If that fails the run goes on, and can be closed again.
    @discardableResult
    public func close() async throws(ProducerError) -> NumberedReceipt {
        guard state == .open else { throw .closed }
        state = .closing
        do {
            let receipt = try await withCheckedContinuation { add(.record(.close, $0)) }.get()
            state = .closed
            spool?.close()
            return receipt
        } catch {
            state = .open
            throw error
        }
    }

    // MARK: One after the other

    private func enqueue(_ record: Record) async throws(ProducerError) -> NumberedReceipt {
        guard state == .open else { throw .closed }
        return try await withCheckedContinuation { add(.record(record, $0)) }.get()
    }

    private func add(_ job: Job) {
        inbox.append(job)
        guard !isWorking else { return }
        isWorking = true
        Task { await work() }
    }

    /// Whatever arrives while records are written is written with the next.
    private func work() async {
        while !inbox.isEmpty {
            if case .drain(let continuation) = inbox[0] {
                inbox.removeFirst()
                await drain(continuation)
                continue
            }
            var records: [Record] = []
            var continuations: [CheckedContinuation<Result<NumberedReceipt, ProducerError>, Never>] = []
            // A close counts what was recorded before it, so it goes alone.
            while records.count < Self.batchLimit, case .record(let record, let continuation)? = inbox.first,
                records.isEmpty || !record.isClose
            {
                inbox.removeFirst()
                records.append(record)
                continuations.append(continuation)
                if record.isClose { break }
            }
            for (continuation, result) in zip(continuations, await write(records)) {
                continuation.resume(returning: result)
            }
        }
        isWorking = false
    }

    /// Records that are written together, with what is owed.
    private static let batchLimit = 384
    static let declarationLimit = 64

    private func drain(_ continuation: CheckedContinuation<Result<Drained, ProducerError>, Never>) async {
        do throws(SpoolError) {
            let drained = try await drainSpool()
            if drained.stoppedBy == nil { _ = await write([]) }
            continuation.resume(returning: .success(drained))
        } catch { continuation.resume(returning: .failure(.spool(error))) }
    }
}
