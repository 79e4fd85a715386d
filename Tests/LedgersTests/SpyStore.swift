import Dispatch
import Storage
import StorageTesting
import Synchronization

/// A store in memory that keeps what was appended and can be held up, so that callers gather while it commits.
final class SpyStore: Store {
    private let store: MemoryStore
    private let batches = Mutex<[AppendBatch]>([])
    private let gate = DispatchSemaphore(value: 0)
    private let isHeld = Mutex(false)

    init(_ store: MemoryStore) { self.store = store }

    /// What was committed.
    var appended: [AppendBatch] { batches.withLock { $0 } }

    /// Makes the next append wait until `release`.
    func hold() { isHeld.withLock { $0 = true } }

    func release() { gate.signal() }

    func append(_ batch: AppendBatch) throws(StoreError) {
        let mustWait = isHeld.withLock { isHeld in
            defer { isHeld = false }
            return isHeld
        }
        if mustWait { gate.wait() }
        try store.append(batch)
        batches.withLock { $0.append(batch) }
    }

    func attest(_ attestation: Attestation) throws(StoreError) { try store.attest(attestation) }
    func scrub(patience: Double) throws(StoreError) -> ScrubOutcome { try store.scrub(patience: patience) }
    func endScrubbing(through number: UInt64) throws(StoreError) { try store.endScrubbing(through: number) }
    func read<Result>(_ body: (any StoreSnapshot) throws -> Result) throws -> Result { try store.read(body) }
    func sync() throws(StoreError) { try store.sync() }
    func close() { store.close() }
}
