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
    private let signing: Ledger.Signing
    let randomness: Randomness
    private let clock: LedgerClock
    private var watch: ClockWatch
    private var tree: TileBuilder
    private var lastLeaf: Digest
    private var lastTime: Timestamp
    /// Whether a commit failed. What is on the disk is known only after opening again, so nothing is answered any more.
    private var isDead = false

    private struct Inbox {
        var work: [Work] = []
        var isDraining = false
        var isClosed = false
    }

    /// Drafts of one caller. If `isAtomic`, all of them are recorded or none.
    private struct Work {
        let drafts: [Draft]
        let isAtomic: Bool
        let reply: @Sendable ([Result<Receipt, RecordError>]) -> Void
    }

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
    init(continuing store: any Store, signing: Ledger.Signing, clock: LedgerClock, randomness: Randomness)
        throws(LedgerError)
    {
        self.store = store
        self.signing = signing
        self.clock = clock
        self.randomness = randomness
        watch = ClockWatch(clock: clock)
        let state: OpenedState
        do { state = try store.read { try OpenedState($0, signing: signing) } } catch let error as LedgerError {
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

    /// The specifications as of the last commit.
    var specifications: SpecificationHistory { shared.withLock { $0 } }

    /// Records drafts; answers after the commit that made them durable, in their order.
    func submit(_ drafts: [Draft], isAtomic: Bool = false) async -> [Result<Receipt, RecordError>] {
        await withCheckedContinuation { continuation in
            let work = Work(drafts: drafts, isAtomic: isAtomic) { continuation.resume(returning: $0) }
            let (isOpen, mustWake) = inbox.withLock { inbox in
                guard !inbox.isClosed else { return (false, false) }
                inbox.work.append(work)
                defer { inbox.isDraining = true }
                return (true, !inbox.isDraining)
            }
            guard isOpen else { return work.reply(drafts.map { _ in .failure(.store(.closed)) }) }
            if mustWake { queue.async { self.drain() } }
        }
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
                if count + item.drafts.count > Self.batchLimit, !batch.isEmpty {
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
        let results: [[Result<Receipt, RecordError>]]
        do { results = try record(work) } catch { results = work.map { $0.drafts.map { _ in .failure(error) } } }
        for (item, results) in zip(work, results) { item.reply(results) }
    }

    /// One transaction.
    private func record(_ work: [Work]) throws(RecordError) -> [[Result<Receipt, RecordError>]] {
        if isDead { throw .store(.writerIsDead) }
        var transaction = Transaction(
            tree: tree, lastLeaf: lastLeaf, specifications: specifications, randomness: randomness)
        transaction.at = try readClock(into: &transaction)
        try transaction.findDuplicates(work.lazy.flatMap(\.drafts).compactMap(\.id), in: store)
        for item in work { transaction.add(item.drafts, isAtomic: item.isAtomic) }

        let checkpoint = Checkpoint(
            origin: signing.key.name.text, size: transaction.tree.size, root: transaction.tree.root)
        if transaction.isEmpty { return transaction.results(size: checkpoint.size, root: checkpoint.root) }
        let signature = checkpoint.signature(by: signing.key)
        let stored = StoredCheckpoint(size: checkpoint.size, root: checkpoint.root, signature: signature)
        do { try store.append(transaction.batch(from: tree.size, checkpoint: stored)) } catch {
            isDead = true
            throw .store(error)
        }
        // Committed: entries, tiles and the signed checkpoint are on disk together. A crash from here on loses nothing
        // but the answer, which a producer gets again by sending the same id again.
        tree = transaction.tree
        lastLeaf = transaction.lastLeaf
        lastTime = transaction.at
        let specifications = transaction.specifications
        shared.withLock { $0 = specifications }
        if let note = try? checkpoint.note(signature: signature, keyID: signing.key.verifierKey.keyID) {
            // The head is behind until the next write if this fails; what is released is in the log in any case.
            try? signing.head.write(note.bytes, elapsed: clock.elapsed())
        }
        return transaction.results(size: checkpoint.size, root: checkpoint.root)
    }

    private func readClock(into transaction: inout Transaction) throws(RecordError) -> Timestamp {
        switch watch.read(after: lastTime, acceptsJump: signing.acceptsClockJump || tree.size == 0) {
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

extension Store {
    /// Reads with the errors of a store alone.
    func reading<Result>(_ body: (any StoreSnapshot) throws(StoreError) -> Result) throws(LedgerError) -> Result {
        do { return try read(body) } catch { throw .store(error as? StoreError ?? .io(detail: "\(error)")) }
    }
}
