import Cryptography
import Decisions
import JSON
import Merkle
import Specifications
import Storage

/// The entries of one commit, numbered, linked and hashed. A value: until the commit succeeds, nothing outside has changed.
struct Transaction {
    private(set) var tree: TileBuilder
    private(set) var lastLeaf: Digest
    private(set) var specifications: SpecificationHistory
    /// The time of every entry in the commit.
    var at = Timestamp(microseconds: 0)

    private let randomness: Randomness
    private var entries: [NewEntry] = []
    private var tiles: [StoredTile] = []
    private var removals: [Removal] = []
    private var texts: [(digest: Digest, bytes: [UInt8])] = []
    /// What later facts of this commit point at.
    private var targets = KnownTargets()
    /// What the store has under ids of this commit.
    private var known: [String: KnownEntry] = [:]
    /// The ids that this commit records, with the numbers of their entries.
    private var ids: [String: UInt64] = [:]
    /// What each entry of this commit was made from.
    private var sources: [(leaf: Digest, submission: Submission?)] = []
    private var answers: [[Answer]] = []

    private enum Answer {
        case entry(id: String, number: UInt64, leaf: Digest, status: Receipt.Status, uncompared: Int)
        case refused(RecordError)
    }

    init(tree: TileBuilder, lastLeaf: Digest, specifications: SpecificationHistory, randomness: Randomness) {
        self.tree = tree
        self.lastLeaf = lastLeaf
        self.specifications = specifications
        self.randomness = randomness
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Looks up which of the ids are taken; whether any is, is returned.
    mutating func findDuplicates(_ ids: [String], in store: any Store) throws(RecordError) -> Bool {
        guard !ids.isEmpty else { return false }
        known = try Self.read(store) { snapshot in
            var known: [String: KnownEntry] = [:]
            for id in ids {
                guard let number = try snapshot.number(ofID: id) else { continue }
                known[id] = try KnownEntry(number, in: snapshot)
            }
            return known
        }
        return !known.isEmpty
    }

    /// Looks up what later facts point at.
    mutating func findTargets(_ submissions: [Submission], in store: any Store) throws(RecordError) {
        guard !submissions.isEmpty else { return }
        targets = try Self.read(store) { snapshot in
            var targets = KnownTargets()
            try targets.find(submissions, in: snapshot)
            return targets
        }
    }

    private static func read<Value>(
        _ store: any Store, _ body: (any StoreSnapshot) throws -> Value
    ) throws(RecordError) -> Value {
        do { return try store.read(body) } catch { throw RecordError(reading: error) }
    }

    /// Adds the drafts of one caller; if `isAtomic`, all of them or none.
    mutating func add(_ drafts: [Draft], isAtomic: Bool) {
        // A copy would be shared, and every append to it a copy of everything: only who needs it keeps one.
        let before = isAtomic ? self : nil
        var answers: [Answer] = []
        answers.reserveCapacity(drafts.count)
        for draft in drafts {
            do { answers.append(try add(draft)) } catch {
                if let before {
                    self = before
                    return self.answers.append(drafts.map { _ in .refused(error) })
                }
                answers.append(.refused(error))
            }
        }
        self.answers.append(answers)
    }

    /// Adds an entry of the ledger itself, which nobody waits for.
    mutating func addOwn(_ draft: Draft) {
        do { _ = try add(draft) } catch { preconditionFailure("the ledger's own entries are small and new: \(error)") }
    }

    private mutating func add(_ draft: Draft) throws(RecordError) -> Answer {
        if let id = draft.id, let known = known[id] ?? earlier(id) {
            guard let submission = draft.submission, known.matches(submission) else {
                throw .differentContent(id: id, entry: known.number)
            }
            return .entry(
                id: id, number: known.number, leaf: known.leaf, status: .duplicate, uncompared: known.uncompared)
        }
        if let new = draft.document?.registration,
            let registered = specifications.registry.registration(id: new.id, version: new.version),
            registered.digest == new.digest, registered.format == new.format
        {
            throw .alreadyRegistered(entry: registered.entry)
        }
        guard draft.submission == nil || draft.generation == specifications.generation else {
            var refreshed = draft
            try refreshed.refresh(specifications, randomness)
            return try add(refreshed)
        }
        if let submission = draft.submission {
            try targets.check(submission) { id in
                guard let number = ids[id] else { return nil }
                return source(number).submission.map(KnownTargets.Record.init)
            }
        }
        let number = tree.size
        let id = draft.id ?? makeID(draft)
        let bytes: [UInt8]
        do {
            bytes = try Entry.bytes(number: number, at: at, type: draft.type, id: id, link: lastLeaf, body: draft.body)
        } catch { throw .tooLarge(error) }
        if draft.type == EntryType.specification { try register(draft.body, number) }

        let leaf = MerkleTree.leafHash(bytes)
        for tile in tree.append(leaf) {
            tiles.append(StoredTile(level: tile.level, number: tile.number, root: tile.root, hashes: tile.hashes))
        }
        lastLeaf = leaf
        if let removal = draft.removal { removals.append(removal) }
        if let document = draft.document { texts += document.texts }
        entries.append(
            NewEntry(
                id: id, bytes: bytes, disclosures: draft.disclosures, subject: draft.subject,
                about: draft.submission?.decision.flatMap { ids[$0] ?? targets.number(of: $0) }))
        ids[id] = number
        sources.append((leaf, draft.submission))
        return .entry(id: id, number: number, leaf: leaf, status: .recorded, uncompared: 0)
    }

    /// The entry of this commit that has an id already.
    private func earlier(_ id: String) -> KnownEntry? {
        guard let number = ids[id] else { return nil }
        let source = source(number)
        return source.submission.map { KnownEntry(number: number, leaf: source.leaf, submission: $0) }
    }

    /// What an entry of this commit was made from.
    private func source(_ number: UInt64) -> (leaf: Digest, submission: Submission?) {
        sources[sources.count - Int(tree.size - number)]
    }

    private func makeID(_ draft: Draft) -> String {
        let id = UUIDv7.make(at: at, randomness: randomness)
        return draft.submission == nil ? Draft.idPrefix(draft.type) + id : id
    }

    private mutating func register(_ body: [UInt8], _ number: UInt64) throws(RecordError) {
        do { try specifications.add(try JSON(parsing: body), entry: number) } catch SpecificationHistory.Unreadable
            .refused(let error)
        {
            // Another caller registered the same names in the meantime.
            throw .registry(error)
        } catch { preconditionFailure("the ledger writes what it can read: \(error)") }
    }

    /// What the store is to append.
    func batch(from first: UInt64, checkpoint: StoredCheckpoint) -> AppendBatch {
        var batch = AppendBatch(first: first, checkpoint: checkpoint)
        batch.entries = entries
        batch.tiles = tiles
        batch.removals = removals
        batch.texts = texts
        return batch
    }

    /// The answers to every caller, under the checkpoint that covers them.
    func results(size: UInt64, root: Digest) -> [[Result<Receipt, RecordError>]] {
        answers.map { answers in
            answers.map { answer in
                switch answer {
                case .refused(let error): .failure(error)
                case .entry(let id, let number, let leaf, let status, let uncompared):
                    .success(
                        Receipt(
                            id: id, number: number, leaf: leaf, size: size, root: root, status: status,
                            uncompared: uncompared))
                }
            }
        }
    }
}
