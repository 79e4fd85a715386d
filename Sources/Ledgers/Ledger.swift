public import Cryptography
import Decisions
import JSON
public import Notes
import Specifications
public import Storage
import Synchronization

/// A ledger of decisions: one process at a time records in it, any number read it.
public final class Ledger: Sendable {
    /// The name of the log, which every checkpoint carries.
    public let origin: String
    /// The first key of the log, which entry 0 names. A later one may sign now: `LedgerView.keys`.
    public let firstKey: VerifierKey
    /// The ledger that this one continues after a break, as entry 0 says.
    public let continuation: Continuation?
    /// The folder with the ledger's files; `nil` for a store that has none.
    public let folder: String?

    /// Where the `head` file lies; `nil` for a store that has none.
    public let headPath: String?

    /// What the layers above keep with the ledger.
    public let companions = Companions()

    let store: any Store
    let writer: Writer?
    private let cache: Mutex<ViewCache>
    private let tiles = TileCache()
    private let isChangingKey = Mutex(false)

    /// What was checked once and need not be checked again.
    private struct ViewCache {
        var checkpoint: (stored: StoredCheckpoint, note: SignedNote)?
        var specifications = SpecificationHistory()
        var specificationEntries: [UInt64] = []
        var keys: KeyHistory
        var keyEntries: [UInt64] = []
    }

    private init(_ first: LedgerEntry, folder: String?, headPath: String?, store: any Store, writer: Writer?) {
        self.folder = folder
        self.headPath = headPath
        origin = first.origin
        firstKey = first.key
        continuation = first.continuation
        self.store = store
        self.writer = writer
        cache = Mutex(ViewCache(keys: KeyHistory(first: first.key)))
    }

    /// What a ledger needs to sign and to keep its head.
    public struct Signing {
        var key: SigningKey
        var head: HeadFile
        var acceptsClockJump: Bool

        /// `head` is used by the ledger alone from here on.
        public init(key: SigningKey, head: HeadFile, acceptsClockJump: Bool = false) {
            self.key = key
            self.head = head
            self.acceptsClockJump = acceptsClockJump
        }
    }

    /// Makes entry 0 in an empty store. The origin is the name of the key. A ledger that continues another says so there,
    /// and why, sealed.
    public static func create(
        in store: any Store, folder: String? = nil, headPath: String? = nil, signing: sending Signing,
        continuing continuation: Continuation? = nil,
        reason: String? = nil, contact: Contact? = nil, clock: LedgerClock = .system, randomness: Randomness = .system
    ) async throws -> Ledger {
        let origin = signing.key.name.text
        guard Checkpoint.isValidOrigin(origin) else { throw LedgerError.invalidOrigin(origin) }
        let key = signing.key.verifierKey
        let writer = try Writer(creatingIn: store, signing: signing, clock: clock, randomness: randomness)
        let first = LedgerEntry(origin: origin, key: key, continuation: continuation, contact: contact)
        var sealed = JSONObject()
        sealed["reason"] = reason.map(JSON.string)
        let draft = Draft(
            first.body, sealing: sealed, type: EntryType.ledger, id: LedgerEntry.reservedPrefix + "ledger", randomness)
        _ = try await writer.submit([draft])[0].get()
        return Ledger(first, folder: folder, headPath: headPath, store: store, writer: writer)
    }

    /// Opens what `create` made. Without `signing` it can be read only.
    public static func open(
        _ store: any Store, folder: String? = nil, headPath: String? = nil, signing: sending Signing?,
        clock: LedgerClock = .system,
        randomness: Randomness = .system
    ) throws(LedgerError) -> Ledger {
        let first = try readFirstEntry(store)
        guard let signing else {
            return Ledger(first, folder: folder, headPath: headPath, store: store, writer: nil)
        }
        let writer = try Writer(
            continuing: store, firstKey: first.key, signing: signing, clock: clock, randomness: randomness)
        return Ledger(first, folder: folder, headPath: headPath, store: store, writer: writer)
    }

    private static func readFirstEntry(_ store: any Store) throws(LedgerError) -> LedgerEntry {
        let bytes: [UInt8]?
        do { bytes = try store.read { try $0.entry(0) } } catch {
            throw .store(error as? StoreError ?? .io(detail: "\(error)"))
        }
        guard let bytes else { throw .noFirstEntry(detail: "it is missing") }
        do { return try LedgerEntry(Entry(parsing: bytes)) } catch let error as LedgerError { throw error } catch {
            throw .noFirstEntry(detail: "\(error)")
        }
    }

    /// Finishes what was submitted, makes everything durable and lets go of the store. Nothing can be recorded afterwards.
    public func close() async {
        await writer?.close()
        companions.removeAll()
        store.close()
    }

    /// Calls `body` unless the key is being changed already: two changes at once would overwrite each other's files.
    public func whileChangingKey<Result>(_ body: () async throws -> Result) async throws -> Result {
        let isFree = isChangingKey.withLock { isChanging in
            defer { isChanging = true }
            return !isChanging
        }
        guard isFree else { throw RecordError.keyChangedMeanwhile }
        defer { isChangingKey.withLock { $0 = false } }
        return try await body()
    }

    /// Calls `body` with one moment of the ledger. It blocks while the store is read.
    public func read<Result>(_ body: (LedgerView) throws -> Result) throws -> Result {
        try store.read { snapshot in try body(try self.view(snapshot)) }
    }

    /// Makes durable what was read, before a checkpoint leaves the machine.
    public func sync() throws(LedgerError) {
        do { try store.sync() } catch { throw .store(error) }
    }

    /// What a snapshot of the store shows.
    func view(_ snapshot: any StoreSnapshot) throws(LedgerError) -> LedgerView {
        let size: UInt64
        let newest: StoredCheckpoint?
        let entries: (specification: [UInt64], key: [UInt64])
        do {
            size = try snapshot.size()
            newest = try snapshot.checkpoint(atMost: nil)
            entries = (try snapshot.ownEntries(EntryType.specification), try snapshot.ownEntries(EntryType.key))
        } catch { throw .store(error) }
        guard let newest, newest.size == size else {
            throw .headDoesNotHold(
                detail: newest.map { "it is for \($0.size) entries, and there are \(size)" } ?? "there is none")
        }
        let keys = try keys(entries.key, snapshot)
        let note = try verifiedNote(newest, keys)
        let specifications = try specifications(entries.specification, newest, snapshot)
        let checkpoint = Checkpoint(origin: origin, size: newest.size, root: newest.root)
        return LedgerView(
            checkpoint: checkpoint, note: note, keys: keys, specifications: specifications, snapshot: snapshot,
            tiles: tiles)
    }

    private func verifiedNote(_ stored: StoredCheckpoint, _ keys: KeyHistory) throws(LedgerError) -> SignedNote {
        if let known = cache.withLock({ $0.checkpoint }), known.stored == stored { return known.note }
        do {
            let key = keys.key(ofSize: stored.size)
            let checkpoint = Checkpoint(origin: origin, size: stored.size, root: stored.root)
            let note = try checkpoint.note(signature: stored.signature, keyID: key.keyID)
            _ = try note.trustedCheckpoint(by: [key])
            cache.withLock { $0.checkpoint = (stored, note) }
            return note
        } catch { throw .headDoesNotHold(detail: "\(error)") }
    }

    private func keys(_ entries: [UInt64], _ snapshot: any StoreSnapshot) throws(LedgerError) -> KeyHistory {
        let known = cache.withLock { ($0.keyEntries, $0.keys) }
        if known.0 == entries { return known.1 }
        let keys: KeyHistory
        do { keys = try KeyHistory.read(entries, first: firstKey, from: snapshot) } catch let error as StoreError {
            throw .store(error)
        } catch { throw .headDoesNotHold(detail: "\(error)") }
        cache.withLock {
            $0.keyEntries = entries
            $0.keys = keys
        }
        return keys
    }

    private func specifications(
        _ entries: [UInt64], _ newest: StoredCheckpoint, _ snapshot: any StoreSnapshot
    ) throws(LedgerError) -> SpecificationHistory {
        let known = cache.withLock { ($0.specificationEntries, $0.specifications) }
        if known.0 == entries { return known.1 }
        let history = try SpecificationHistory.read(entries, from: snapshot, provenIn: newest)
        cache.withLock {
            $0.specificationEntries = entries
            $0.specifications = history
        }
        return history
    }
}

extension StoreSnapshot {
    /// The numbers of the ledger's own entries of a type, ascending.
    func ownEntries(_ type: String) throws(StoreError) -> [UInt64] {
        try identities(prefix: Draft.idPrefix(type), limit: .max).map(\.number).sorted()
    }
}

extension SpecificationHistory {
    /// Reads the entries with these numbers, in order, each proven in `checkpoint`. Without one nothing is proven: that is for
    /// a verification, which looks at every entry itself.
    static func read(
        _ numbers: [UInt64], from snapshot: any StoreSnapshot, provenIn checkpoint: StoredCheckpoint?
    ) throws(LedgerError) -> SpecificationHistory {
        var history = SpecificationHistory()
        for number in numbers { try history.add(number, from: snapshot, provenIn: checkpoint) }
        return history
    }

    /// Adds what entry `number` says, unless it is of another type.
    mutating func add(
        _ number: UInt64, from snapshot: any StoreSnapshot, provenIn checkpoint: StoredCheckpoint?
    ) throws(LedgerError) {
        do {
            let entry = try Self.read(number, from: snapshot, provenIn: checkpoint)
            guard entry.type == EntryType.specification else { return }
            try add(try entry.body(), entry: number)
        } catch let error as LedgerError { throw error } catch let error as StoreError { throw .store(error) } catch {
            throw .unproven(entry: number, detail: "\(error)")
        }
    }

    private static func read(
        _ number: UInt64, from snapshot: any StoreSnapshot, provenIn checkpoint: StoredCheckpoint?
    ) throws -> Entry {
        if let checkpoint {
            guard number < checkpoint.size else { throw LedgerError.noSuchEntry(number) }
            return try TreeReader(snapshot: snapshot).proven(number, size: checkpoint.size, root: checkpoint.root).entry
        }
        guard let bytes = try snapshot.entry(number) else {
            throw LedgerError.unproven(entry: number, detail: "it is missing")
        }
        return try Entry(parsing: bytes)
    }
}
