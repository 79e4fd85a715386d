public import Cryptography
public import Storage
import Synchronization

/// A store in memory, as strict as the contract, that can be told to fail.
///
/// `reopened()` plays the process that comes after: what was committed is there, whatever the store before it was told.
public final class MemoryStore: Store {
    /// What an append can lose.
    public enum Fault: Sendable {
        /// The write is lost: nothing was committed, and the caller is told so by an error.
        case write
        /// The reply is lost: everything was committed, and the caller gets an error.
        case reply
    }

    private let disk: Disk
    private let isWritable: Bool
    private let session = Mutex(Session())

    private struct Session {
        var fault: Fault?
        /// Appends that succeed before one loses what `fault` says.
        var passing = 0
        var isDead = false
        var isClosed = false
    }

    /// What outlives a session.
    private final class Disk: Sendable {
        let contents: Mutex<MemoryContents>
        let hasWriter = Mutex(false)

        init(_ contents: MemoryContents) { self.contents = Mutex(contents) }
    }

    /// An empty store, open for writing.
    public convenience init(subjectKey: [UInt8]) {
        precondition(StoreLimits.subjectKeyBytes.contains(subjectKey.count), "a subject key has 16 to 1,024 bytes")
        self.init(Disk(MemoryContents(subjectKey: subjectKey)), isWritable: true)
        disk.hasWriter.withLock { $0 = true }
    }

    private init(_ disk: Disk, isWritable: Bool) {
        self.disk = disk
        self.isWritable = isWritable
    }

    deinit { close() }

    /// The same contents, opened for writing; throws while this store or another is open for that.
    public func reopened() throws(StoreError) -> MemoryStore {
        let isFree = disk.hasWriter.withLock { hasWriter in
            defer { hasWriter = true }
            return !hasWriter
        }
        guard isFree else { throw .heldByAnotherProcess(path: "memory", holder: nil) }
        return MemoryStore(disk, isWritable: true)
    }

    /// The same contents, opened for reading.
    public func reader() -> MemoryStore { MemoryStore(disk, isWritable: false) }

    /// Makes the next append lose what `fault` says.
    public func failNextAppend(_ fault: Fault) { failAppend(after: 0, fault) }

    /// Makes the append after `count` more lose what `fault` says.
    public func failAppend(after count: Int, _ fault: Fault = .write) {
        session.withLock {
            $0.fault = fault
            $0.passing = count
        }
    }

    /// Changes the contents as a person could who has the file and no respect for it.
    public func tamper(_ change: (inout MemoryContents) -> Void) { disk.contents.withLock { change(&$0) } }

    public func append(_ batch: AppendBatch) throws(StoreError) {
        try commit { contents throws(StoreError) in try contents.adding(batch) }
    }

    public func attest(_ attestation: Attestation) throws(StoreError) {
        try commit { contents throws(StoreError) in try contents.adding(attestation) }
    }

    private func commit(_ change: (MemoryContents) throws(StoreError) -> MemoryContents) throws(StoreError) {
        try session.withLock { (session: inout Session) throws(StoreError) in
            if session.isClosed { throw .closed }
            guard isWritable else { throw .openedForReading }
            if session.isDead { throw .writerIsDead }
            session.isDead = true
            let fault = session.passing == 0 ? session.fault : nil
            session.passing = max(0, session.passing - 1)
            if fault == .write { throw .io(detail: "the write was lost, as the test asked") }
            do throws(StoreError) {
                try disk.contents.withLock { (contents: inout MemoryContents) throws(StoreError) in
                    contents = try change(contents)
                }
            } catch {
                if case .duplicateID = error { session.isDead = false }
                throw error
            }
            if fault == .reply { throw .io(detail: "the reply was lost, as the test asked") }
            session.isDead = false
        }
    }

    /// What is removed is gone at once; there is nothing else to clear.
    public func scrub(patience: Double) throws(StoreError) -> ScrubOutcome {
        try session.withLock { (session: inout Session) throws(StoreError) in
            if session.isClosed { throw .closed }
            guard isWritable else { throw .openedForReading }
            if session.isDead { throw .writerIsDead }
        }
        return .clean
    }

    public func endScrubbing(through number: UInt64) throws(StoreError) {
        try commit { contents throws(StoreError) in
            var new = contents
            new.dueScrubbing = contents.dueScrubbing.filter { $0 > number }
            return new
        }
    }

    public func read<Result>(_ body: (any StoreSnapshot) throws -> Result) throws -> Result {
        if session.withLock({ $0.isClosed }) { throw StoreError.closed }
        return try body(MemorySnapshot(contents: disk.contents.withLock { $0 }))
    }

    public func sync() throws(StoreError) {
        if session.withLock({ $0.isClosed }) { throw .closed }
    }

    public func close() {
        let wasOpen = session.withLock { session in
            defer { session.isClosed = true }
            return !session.isClosed
        }
        if wasOpen, isWritable { disk.hasWriter.withLock { $0 = false } }
    }
}

/// All that a memory store holds. A value: a copy is a moment.
public struct MemoryContents: Sendable {
    /// The place of a tile.
    public struct TilePlace: Hashable, Comparable, Sendable {
        public let level: Int
        public let number: UInt64

        public init(level: Int, number: UInt64) {
            self.level = level
            self.number = number
        }

        public static func < (left: TilePlace, right: TilePlace) -> Bool {
            (left.level, left.number) < (right.level, right.number)
        }
    }

    public var entries: [UInt64: [UInt8]] = [:]
    /// Numbers by the UTF-8 of ids: two strings can be equal without having the same bytes.
    public var identities: [[UInt8]: UInt64] = [:]
    public var tiles: [TilePlace: StoredTile] = [:]
    public var checkpoints: [UInt64: StoredCheckpoint] = [:]
    /// By size.
    public var signatures: [UInt64: [StoredSignature]] = [:]
    /// By size.
    public var timestamps: [UInt64: [StoredTimestamp]] = [:]
    public var texts: [Digest: [UInt8]] = [:]
    public var disclosures: [UInt64: [Int: [UInt8]]] = [:]
    public var subjects: [Digest: Set<UInt64>] = [:]
    public var dueScrubbing: Set<UInt64> = []
    public var subjectKey: [UInt8]

    init(subjectKey: [UInt8]) { self.subjectKey = subjectKey }

    /// One more than the greatest number of an entry.
    var size: UInt64 { entries.keys.max().map { $0 + 1 } ?? 0 }

    /// These contents and `batch`.
    func adding(_ batch: AppendBatch) throws(StoreError) -> MemoryContents {
        try batch.check(following: size)
        var new = self
        var number = batch.first
        for entry in batch.entries {
            guard new.identities.updateValue(number, forKey: Array(entry.id.utf8)) == nil else {
                throw .duplicateID(entry.id)
            }
            new.entries[number] = entry.bytes
            for (ordinal, text) in entry.disclosures.enumerated() {
                new.disclosures[number, default: [:]][ordinal] = text
            }
            if let subject = entry.subject { new.subjects[subject, default: []].insert(number) }
            number += 1
        }
        for tile in batch.tiles {
            guard new.tiles.updateValue(tile, forKey: TilePlace(level: tile.level, number: tile.number)) == nil else {
                throw .invalidBatch(detail: "tile \(tile.level)/\(tile.number) is present already")
            }
        }
        for removal in batch.removals { try new.remove(removal) }
        if !batch.removals.isEmpty { new.dueScrubbing.insert(number - 1) }
        for text in batch.texts where new.texts[text.digest] == nil { new.texts[text.digest] = text.bytes }
        try new.add(batch.checkpoint)
        new.add(batch.signatures, of: batch.checkpoint.size)
        return new
    }

    /// These contents and what others signed of a checkpoint.
    func adding(_ attestation: Attestation) throws(StoreError) -> MemoryContents {
        try attestation.check()
        guard let known = checkpoints[attestation.size], known.root == attestation.root else {
            throw .invalidBatch(detail: "there is no checkpoint of size \(attestation.size) with that root")
        }
        var new = self
        new.checkpoints[known.size] = StoredCheckpoint(
            size: known.size, root: known.root, signature: known.signature, isKept: true)
        new.add(attestation.signatures, of: known.size)
        for timestamp in attestation.timestamps where new.timestamps[known.size]?.contains(timestamp) != true {
            new.timestamps[known.size, default: []].append(timestamp)
        }
        return new
    }

    private mutating func remove(_ removal: Removal) throws(StoreError) {
        for ordinal in removal.ordinals where disclosures[removal.number]?.removeValue(forKey: ordinal) == nil {
            throw .invalidBatch(detail: "value \(ordinal) of entry \(removal.number) is not there to be removed")
        }
        if let subject = removal.subject { subjects[subject]?.remove(removal.number) }
    }

    private mutating func add(_ signatures: [StoredSignature], of size: UInt64) {
        for signature in signatures {
            let isKnown = self.signatures[size]?.contains {
                $0.keyID == signature.keyID && $0.name.utf8.elementsEqual(signature.name.utf8)
            }
            if isKnown != true { self.signatures[size, default: []].append(signature) }
        }
    }

    private mutating func add(_ checkpoint: StoredCheckpoint) throws(StoreError) {
        if let known = checkpoints.values.filter({ $0.size >= checkpoint.size }).min(by: { $0.size < $1.size }) {
            throw .invalidBatch(detail: "a checkpoint of size \(known.size) with root \(known.root) is there already")
        }
        let block = (checkpoint.size - 1) / 256
        for old in checkpoints.values where !old.isKept && (old.size - 1) / 256 == block { checkpoints[old.size] = nil }
        checkpoints[checkpoint.size] = checkpoint
    }
}
