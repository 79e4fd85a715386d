import Cryptography
import Decisions
import Dispatch
import JSON
import Merkle
import Notes
import Storage
import Synchronization

/// The one place where entries are numbered, linked, hashed and committed.
///
/// Whatever arrives during one commit goes into the next: group commit without a timer, and without a wait for a lone caller.
/// Everything but the inbox and the shared state is touched only on `queue`, which makes the class safe to share.
final class Writer: @unchecked Sendable {
    /// Entries in one transaction: beyond this a larger one gains nothing, and it bounds memory.
    static let batchLimit = 4096

    private let queue = DispatchQueue(label: "because.writer")
    private let inbox = Mutex(Inbox())
    /// What callers need to prepare an entry.
    private let shared: Mutex<SpecificationHistory>
    let subjectKey: [UInt8]

    private let store: any Store
    private var signing: Ledger.Signing
    let randomness: Randomness
    private let clock: LedgerClock
    private var watch: ClockWatch
    /// Whether the last commit met an id that was taken. Asking the store for each id costs as much as inserting it, so it
    /// is asked only then: otherwise the store refuses the batch, and it is made again.
    private var expectsDuplicates = false
    private var tree: TileBuilder
    private var lastLeaf: Digest
    private var lastTime: Timestamp
    /// Whether a commit failed. What is on the disk is known only after opening again, so nothing is answered any more.
    private var isDead = false

    /// Begins an empty store.
    init(creatingIn store: any Store, signing: Ledger.Signing, clock: LedgerClock, randomness: Randomness)
        throws(LedgerError)
    {
        self.store = store
        self.signing = signing
        self.clock = clock
        self.randomness = randomness
        watch = ClockWatch(clock: clock)
        tree = TileBuilder()
        lastLeaf = MerkleTree.emptyRoot
        lastTime = clock.now()
        shared = Mutex(SpecificationHistory())
        subjectKey = try store.reading { snapshot throws(StoreError) in
            guard try snapshot.size() == 0 else { throw .alreadyExists(path: "the ledger") }
            return try snapshot.subjectKey()
        }
    }

    /// Continues a store, after its head was found to hold: by its entries, its signature and the `head` file.
    init(
        continuing store: any Store, firstKey: VerifierKey, signing: Ledger.Signing, clock: LedgerClock,
        randomness: Randomness
    ) throws(LedgerError) {
        self.store = store
        self.signing = signing
        self.clock = clock
        self.randomness = randomness
        watch = ClockWatch(clock: clock)
        let state: OpenedState
        do { state = try store.read { try OpenedState($0, firstKey: firstKey, signing: signing) } } catch let error
            as LedgerError
        {
            throw error
        } catch {
            throw .store(error as? StoreError ?? .io(detail: "\(error)"))
        }
        tree = state.tree
        lastLeaf = state.last.leaf
        lastTime = state.last.at
        shared = Mutex(state.specifications)
        subjectKey = state.subjectKey
        try signing.head.write(state.note.bytes, elapsed: clock.elapsed())
    }

    /// The time of day, by the ledger's clock.
    var now: Timestamp { clock.now() }

    /// The specifications as of the last commit.
    var specifications: SpecificationHistory { shared.withLock { $0 } }

    /// Records drafts; answers after the commit that made them durable, in their order.
    func submit(
        _ drafts: [Draft], isAtomic: Bool = false, succession: Succession? = nil
    ) async -> [Result<Receipt, RecordError>] {
        await withCheckedContinuation { continuation in
            enqueue(
                Work(drafts: drafts, isAtomic: isAtomic, succession: succession) { continuation.resume(returning: $0) })
        }
    }

    /// Records what `plan` makes of what is on record, all of it or nothing.
    func submit(planning plan: @escaping Plan) async -> Result<[Receipt], RecordError> {
        let results = await withCheckedContinuation { continuation in
            enqueue(Work(drafts: [], isAtomic: true, plan: plan) { continuation.resume(returning: $0) })
        }
        return Result { () throws(RecordError) in
            var receipts: [Receipt] = []
            for result in results { receipts.append(try result.get()) }
            return receipts
        }
    }

    private func enqueue(_ work: Work) {
        let (isOpen, mustWake) = inbox.withLock { inbox in
            guard !inbox.isClosed else { return (false, false) }
            inbox.work.append(work)
            defer { inbox.isDraining = true }
            return (true, !inbox.isDraining)
        }
        guard isOpen else { return work.reply(work.refused(.store(.closed))) }
        if mustWake { queue.async { self.drain() } }
    }

    /// Finishes what was submitted and refuses what comes later.
    func close() async {
        inbox.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in
            queue.async {
                self.signing.head.sync()
                continuation.resume()
            }
        }
    }

    /// Keeps the newest checkpoint.
    func keepNewest() async -> Result<Checkpoint, RecordError> {
        await onQueue {
            let newest = Checkpoint(origin: self.signing.key.name.text, size: self.tree.size, root: self.tree.root)
            return self.store(Attestation(size: newest.size, root: newest.root)).map { newest }
        }
    }

    /// Stores what others signed of a checkpoint.
    func attest(_ attestation: Attestation) async -> Result<Void, RecordError> {
        await onQueue { self.store(attestation) }
    }

    private func store(_ attestation: Attestation) -> Result<Void, RecordError> {
        Result { () throws(StoreError) in
            // Looked up first: a transaction that fails would end recording.
            let isThere = try? store.read { try $0.checkpoint(atMost: attestation.size)?.root == attestation.root }
            guard isThere == true else {
                throw .invalidBatch(detail: "there is no checkpoint of size \(attestation.size) with that root")
            }
            try attestation.check()
            try store.attest(attestation)
        }.mapError(RecordError.store)
    }

    private func onQueue<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, RecordError>
    ) async -> Result<Value, RecordError> {
        await withCheckedContinuation { continuation in
            let isClosed = inbox.withLock { $0.isClosed }
            queue.async { continuation.resume(returning: isClosed ? .failure(.store(.closed)) : body()) }
        }
    }

    private func drain() {
        while true {
            let work = inbox.withLock { inbox in
                defer { inbox.work = [] }
                inbox.isDraining = !inbox.work.isEmpty
                return inbox.work
            }
            if work.isEmpty { return }
            var batch: [Work] = []
            var count = 0
            for item in work {
                let isAlone = item.isAlone || batch.last?.isAlone == true
                if isAlone || count + item.drafts.count > Self.batchLimit, !batch.isEmpty {
                    commit(batch)
                    batch = []
                    count = 0
                }
                batch.append(item)
                count += item.drafts.count
            }
            commit(batch)
        }
    }

    private func commit(_ work: [Work]) {
        var work = work
        let results: [[Result<Receipt, RecordError>]]
        do {
            if let plan = work[0].plan { work[0].drafts = try drafts(plan) }
            results = work[0].plan != nil && work[0].drafts.isEmpty ? [[]] : try record(work)
        } catch { results = work.map { $0.refused(error) } }
        for (item, results) in zip(work, results) { item.reply(results) }
    }

    private func drafts(_ plan: Plan) throws(RecordError) -> [Draft] {
        if isDead { throw .store(.writerIsDead) }
        let now = max(clock.now(), lastTime)
        do { return try store.read { try plan($0, now) } } catch { throw RecordError(reading: error) }
    }

    /// One transaction.
    private func record(_ work: [Work]) throws(RecordError) -> [[Result<Receipt, RecordError>]] {
        if isDead { throw .store(.writerIsDead) }
        if let succession = work.last?.succession, succession.from != signing.key.verifierKey {
            throw .keyChangedMeanwhile
        }
        // Read once: a step of the clock is found once, and goes on record with whichever attempt succeeds.
        let reading = watch.read(after: lastTime, acceptsJump: signing.acceptsClockJump || tree.size == 0)
        if !expectsDuplicates {
            do { return try attempt(work, at: reading, lookingUp: false) } catch .store(.duplicateID) {}
        }
        return try attempt(work, at: reading, lookingUp: true)
    }

    private func attempt(
        _ work: [Work], at reading: ClockWatch.Reading, lookingUp: Bool
    ) throws(RecordError) -> [[Result<Receipt, RecordError>]] {
        var transaction = Transaction(
            tree: tree, lastLeaf: lastLeaf, specifications: specifications, randomness: randomness)
        transaction.at = try time(reading, in: &transaction)
        if lookingUp {
            let ids = work.flatMap(\.drafts).compactMap(\.id)
            expectsDuplicates = try transaction.findDuplicates(ids, in: store)
        }
        // Hardly any record points at another: nothing is gathered of the rest.
        let pointing = work.lazy.flatMap(\.drafts).compactMap(\.submission).filter { !$0.targets.isEmpty }
        try transaction.findTargets(Array(pointing), in: store)
        for item in work { transaction.add(item.drafts, isAtomic: item.isAtomic) }

        let checkpoint = Checkpoint(
            origin: signing.key.name.text, size: transaction.tree.size, root: transaction.tree.root)
        if transaction.isEmpty { return transaction.results(size: checkpoint.size, root: checkpoint.root) }
        let signature = checkpoint.signature(by: signing.key)
        let keyID = signing.key.verifierKey.keyID
        let successor = work.last?.succession?.to
        let stored = StoredCheckpoint(
            size: checkpoint.size, root: checkpoint.root, signature: signature, isKept: successor != nil)
        var batch = transaction.batch(from: tree.size, checkpoint: stored)
        if let successor { batch.signatures = [StoredSignature(successor.sign(checkpoint.text))] }
        do { try store.append(batch) } catch {
            // The store refused the batch and is as it was: what is taken is looked up, and the rest recorded.
            if case .duplicateID = error, !lookingUp { throw .store(error) }
            isDead = true
            throw .store(error)
        }
        // Committed: entries, tiles and the signed checkpoint are on disk together. A crash from here on loses nothing
        // but the answer, which a producer gets again by sending the same id again.
        tree = transaction.tree
        lastLeaf = transaction.lastLeaf
        lastTime = transaction.at
        if let successor { signing.key = successor }
        let specifications = transaction.specifications
        shared.withLock { $0 = specifications }
        if let note = try? checkpoint.note(signature: signature, keyID: keyID) {
            // The head is behind until the next write if this fails; what is released is in the log in any case.
            try? signing.head.write(note.bytes, elapsed: clock.elapsed())
        }
        return transaction.results(size: checkpoint.size, root: checkpoint.root)
    }

    /// The time of a commit. A step of the clock becomes the first entry of it.
    private func time(
        _ reading: ClockWatch.Reading, in transaction: inout Transaction
    ) throws(RecordError) -> Timestamp {
        switch reading {
        case .steady(let now): return now
        case .jump(let now, let expected): throw .clockJumped(now: now, expected: expected)
        case .step(let now, let expected):
            transaction.at = max(now, lastTime)
            let body = ClockStepEntry.body(now: now, expected: expected).bytes()
            transaction.addOwn(Draft(type: EntryType.incident, body: body))
            return transaction.at
        }
    }
}
