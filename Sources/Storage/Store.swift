public import Cryptography

/// Where a ledger's bytes lie. The narrow waist: a store knows numbers, digests and opaque bytes, and nothing of what they mean.
///
/// Contract, held by the suite in `StorageTesting`:
/// - `append` is one transaction: all of it is durable when it returns, or none of it is there.
/// - An `append` that threw `duplicateID` left the store as it was. After any other `append` or `attest` that threw, the store
///   refuses every later one; what was committed is known only after reopening.
/// - `read` sees one moment, whatever is appended meanwhile, and never blocks an append.
/// - Entries, tiles, texts, kept checkpoints and what was signed of them are never changed or removed. Disclosures and
///   subjects are never changed, and removed only by a batch.
///
/// Calls block, so they belong on a thread that may wait. Any thread may read; one at a time may append.
public protocol Store: AnyObject, Sendable {
    /// Adds one batch. `batch.first` must be the number of entries present.
    func append(_ batch: AppendBatch) throws(StoreError)

    /// Keeps a checkpoint for good, and adds what others signed of it, in one transaction as `append` is. The checkpoint
    /// must be there. A signature or time stamp that is there already stays as it is.
    func attest(_ attestation: Attestation) throws(StoreError)

    /// Clears away, from every file of the store, what is left of values that batches removed. It waits up to `patience`
    /// seconds for readers at earlier moments, and appends wait for it. A failure is one of this call alone.
    func scrub(patience: Double) throws(StoreError) -> ScrubOutcome

    /// Notes that nothing is left of what batches up to that of entry `number` removed, here and in what is derived from it.
    func endScrubbing(through number: UInt64) throws(StoreError)

    /// Calls `body` with a view of one moment. The view must not leave the closure.
    func read<Result>(_ body: (any StoreSnapshot) throws -> Result) throws -> Result

    /// Makes durable whatever a reader may have seen, so that a checkpoint may leave the machine: a commit that a
    /// killed process left in the page cache can be read before it is on the disk.
    func sync() throws(StoreError)

    /// Releases everything held. Every later call throws `StoreError.closed`.
    func close()
}

/// One moment of a store. Every function throws `StoreError` when the medium fails or its structure is damaged.
public protocol StoreSnapshot {
    /// The number of entries: one more than the greatest number present.
    func size() throws(StoreError) -> UInt64

    /// The bytes of entry `number`, or `nil` where there is none.
    func entry(_ number: UInt64) throws(StoreError) -> [UInt8]?

    /// Calls `body` with each entry of `range` that is present, in order of its number. A missing number is passed over:
    /// the caller sees the gap. The bytes are valid during the call only.
    func entries(_ range: Range<UInt64>, _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void) throws

    /// The number of the entry with this id.
    func number(ofID id: String) throws(StoreError) -> UInt64?

    /// Up to `limit` ids that begin with `prefix`, in byte order, with their numbers.
    func identities(prefix: String, limit: Int) throws(StoreError) -> [StoredIdentity]

    /// Calls `body` with every id and its number, in byte order of the ids.
    func identities(_ body: (StoredIdentity) throws -> Void) throws

    /// Calls `body` with the bytes of every id and its number, in the same order. Whether they are UTF-8 is not looked at,
    /// and they are valid during the call only.
    func identityBytes(_ body: (UnsafeRawBufferPointer, UInt64) throws -> Void) throws

    /// The full tile `number` of `level`, or `nil` where there is none.
    func tile(level: Int, number: UInt64) throws(StoreError) -> StoredTile?

    /// The roots of those full tiles of `level` whose number lies in `range`, in order, without reading the tiles.
    func tileRoots(level: Int, _ range: Range<UInt64>) throws(StoreError) -> [Digest]

    /// Calls `body` with every full tile, by level and number.
    func tiles(_ body: (StoredTile) throws -> Void) throws

    /// The newest checkpoint of at most `size` entries; the newest of all where `size` is `nil`.
    func checkpoint(atMost size: UInt64?) throws(StoreError) -> StoredCheckpoint?

    /// The oldest checkpoint of at least `size` entries.
    func checkpoint(atLeast size: UInt64) throws(StoreError) -> StoredCheckpoint?

    /// Calls `body` with every checkpoint, by size.
    func checkpoints(_ body: (StoredCheckpoint) throws -> Void) throws

    /// The further signatures of the checkpoint of `size`, by name and key.
    func signatures(of size: UInt64) throws(StoreError) -> [StoredSignature]

    /// The time stamps of the checkpoint of `size`, by digest.
    func timestamps(of size: UInt64) throws(StoreError) -> [StoredTimestamp]

    /// The sizes of the checkpoints that have a further signature or a time stamp, ascending.
    func attestedSizes() throws(StoreError) -> [UInt64]

    /// The disclosures of entry `number` that are present, by ordinal. Throws `keyringNeeded` where they are `locked`.
    func disclosures(of number: UInt64) throws(StoreError) -> [StoredDisclosure]

    /// Calls `body` with each disclosure of the entries in `range`, by number and ordinal. The text is valid during the call only.
    func disclosures(
        _ range: Range<UInt64>,
        _ body: (_ number: UInt64, _ ordinal: Int, _ text: UnsafeRawBufferPointer) throws -> Void) throws

    /// Whether sealed values are encrypted where they lie.
    func sealing() throws(StoreError) -> StoredSealing

    /// The text with this digest.
    func text(_ digest: Digest) throws(StoreError) -> [UInt8]?

    /// Calls `body` with every text and the digest it lies under.
    func texts(_ body: (Digest, UnsafeRawBufferPointer) throws -> Void) throws

    /// The numbers of the entries about the subject with this code, ascending.
    func numbers(ofSubject code: Digest) throws(StoreError) -> [UInt64]

    /// Calls `body` with every subject code and number, in order.
    func subjects(_ body: (Digest, UInt64) throws -> Void) throws

    /// The secret under which subjects are coded.
    func subjectKey() throws(StoreError) -> [UInt8]

    /// The last entries of those batches that removed values and were not followed by `endScrubbing`, ascending.
    func dueScrubbing() throws(StoreError) -> [UInt64]

    /// What differs between the store's structure and the one that this version creates, in words; empty when nothing does.
    func structuralDifferences() throws(StoreError) -> [String]

    /// What the medium's own check of its pages finds damaged, in words; at most 20 findings. Reads everything: O(store).
    func mediumDamage() throws(StoreError) -> [String]
}

/// What one transaction adds.
public struct AppendBatch: Sendable {
    /// The number of the first entry.
    public var first: UInt64
    /// The entries, numbered from `first` without gaps.
    public var entries: [NewEntry] = []
    /// Full tiles that these entries completed.
    public var tiles: [StoredTile] = []
    /// Values of earlier entries that go in the same transaction. That they are to be scrubbed is noted in it as well.
    public var removals: [Removal] = []
    /// Specification texts by digest; one already present is left as it is.
    public var texts: [(digest: Digest, bytes: [UInt8])] = []
    /// The signed head after the last entry. It replaces an earlier one that is not kept and whose size falls into
    /// the same 256 entries: `(size - 1) / 256`.
    public var checkpoint: StoredCheckpoint
    /// Further signatures of the checkpoint: at a change of keys, that of the new key.
    public var signatures: [StoredSignature] = []

    public init(first: UInt64, checkpoint: StoredCheckpoint) {
        self.first = first
        self.checkpoint = checkpoint
    }
}

/// One entry, with what lies beside it.
public struct NewEntry: Sendable {
    /// Unique in the store.
    public var id: String
    /// 1 to 65,535 bytes.
    public var bytes: [UInt8]
    /// The texts of the entry's disclosures, ASCII, by ordinal: at most `StoredDisclosure.ordinalLimit`.
    public var disclosures: [[UInt8]]
    /// The code of the person the entry is about.
    public var subject: Digest?
    /// The earlier entry under whose key the disclosures are encrypted, where that is done: what is said later of a decision
    /// is about the same person.
    public var about: UInt64?

    public init(
        id: String, bytes: [UInt8], disclosures: [[UInt8]] = [], subject: Digest? = nil, about: UInt64? = nil
    ) {
        self.about = about
        self.id = id
        self.bytes = bytes
        self.disclosures = disclosures
        self.subject = subject
    }
}

/// How sealed values lie in a store.
public enum StoredSealing: Sendable, Equatable {
    /// As they are.
    case clear
    /// Encrypted, and the store was opened with the key ring.
    case encrypted
    /// Encrypted, and the store was opened without: they can be neither read nor checked.
    case locked
}

/// An id and the number of its entry.
public struct StoredIdentity: Hashable, Sendable {
    public let id: String
    public let number: UInt64

    public init(id: String, number: UInt64) {
        self.id = id
        self.number = number
    }
}

/// A full tile (C2SP tlog-tiles): 256 hashes, and the root of the subtree above them.
public struct StoredTile: Hashable, Sendable {
    public let level: Int
    public let number: UInt64
    public let root: Digest
    /// 8,192 bytes.
    public let hashes: [UInt8]

    public init(level: Int, number: UInt64, root: Digest, hashes: [UInt8]) {
        self.level = level
        self.number = number
        self.root = root
        self.hashes = hashes
    }
}

/// The signed head of a tree.
public struct StoredCheckpoint: Hashable, Sendable {
    public let size: UInt64
    public let root: Digest
    /// The 64 bytes of the log's signature.
    public let signature: [UInt8]
    /// Whether it stays for good: it was published, exported, cosigned or time-stamped.
    public let isKept: Bool

    public init(size: UInt64, root: Digest, signature: [UInt8], isKept: Bool = false) {
        self.size = size
        self.root = root
        self.signature = signature
        self.isKept = isKept
    }
}

/// A further signature of a checkpoint: of a witness, or at a change of keys of the new key.
public struct StoredSignature: Hashable, Sendable {
    /// Not empty.
    public let name: String
    public let keyID: UInt32
    /// What follows the key ID on the signature line: 64 to 4,096 bytes.
    public let signature: [UInt8]

    public init(name: String, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }
}

/// What a time-stamping authority says of a checkpoint.
public struct StoredTimestamp: Hashable, Sendable {
    /// The SHA-256 of the token.
    public let digest: Digest
    /// The token, opaque here: 1 to 65,536 bytes.
    public let token: [UInt8]

    public init(token: [UInt8]) {
        digest = SHA256.digest(of: token)
        self.token = token
    }
}

/// What others signed of a checkpoint.
public struct Attestation: Sendable {
    /// The checkpoint.
    public let size: UInt64
    public let root: Digest
    public var signatures: [StoredSignature] = []
    public var timestamps: [StoredTimestamp] = []

    public init(size: UInt64, root: Digest) {
        self.size = size
        self.root = root
    }
}

/// The text that opens one sealed field.
public struct StoredDisclosure: Hashable, Sendable {
    /// Disclosures an entry can have.
    public static let ordinalLimit = 2048

    /// The place of the field's digest among all digests of the entry, from 0.
    public let ordinal: Int
    /// ASCII; its SHA-256 is the digest in the entry.
    public let text: [UInt8]

    public init(ordinal: Int, text: [UInt8]) {
        self.ordinal = ordinal
        self.text = text
    }
}
