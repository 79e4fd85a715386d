import Decisions
import JSON
import Merkle
public import Notes
import Storage

/// Which key signs which checkpoints of a log. Entry 0 names the first; an entry of type `key` announces each later one.
///
/// The checkpoint that ends with such an entry is signed by both keys, every larger one by the new key alone. So whoever
/// trusts one key of a log can be led to every other.
public struct KeyHistory: Sendable, Equatable {
    /// One key and what it signs.
    public struct Term: Sendable, Equatable {
        public let key: VerifierKey
        /// The entry that announces the key.
        public let announcedAt: UInt64
        /// The entry that revoked the key: what it signed of a larger size may be somebody else's word.
        public fileprivate(set) var revokedAt: UInt64?

        /// The first size that the key signs alone.
        public var firstSize: UInt64 { announcedAt == 0 ? 1 : announcedAt + 2 }
    }

    /// In the order of the log; never empty.
    public private(set) var terms: [Term]

    /// The history of a log that has had one key.
    public init(first key: VerifierKey) { terms = [Term(key: key, announcedAt: 0)] }

    /// The key that signs what is recorded now.
    public var current: VerifierKey { terms[terms.count - 1].key }

    /// Every key, the first one first.
    public var keys: [VerifierKey] { terms.map(\.key) }

    /// The key that signed the checkpoint of `size`; at a change of keys, the old one.
    public func key(ofSize size: UInt64) -> VerifierKey { (terms.last { $0.firstSize <= size } ?? terms[0]).key }

    /// Whether the key of its size signed a stored checkpoint.
    func signed(_ stored: StoredCheckpoint) -> Bool {
        let key = key(ofSize: stored.size)
        let checkpoint = Checkpoint(origin: key.name.text, size: stored.size, root: stored.root)
        return key.verify(stored.signature, of: checkpoint.text)
    }

    /// Adds what an entry of type `key` says.
    mutating func add(_ change: KeyEntry, entry: UInt64) throws(KeyChangeProblem) {
        guard change.previous == current else {
            throw KeyChangeProblem(entry: entry, detail: "it does not follow on the key \(current.text)")
        }
        guard change.key.name == current.name, !keys.contains(change.key) else {
            throw KeyChangeProblem(entry: entry, detail: "it announces a key that is no new key of this log")
        }
        if change.isRevocation { terms[terms.count - 1].revokedAt = entry }
        terms.append(Term(key: change.key, announcedAt: entry))
    }
}

/// Why a change of keys does not hold.
public struct KeyChangeProblem: Error, CustomStringConvertible {
    /// The entry that announces the change.
    public let entry: UInt64
    let detail: String

    public var description: String { "entry \(entry) does not change the key of the log: \(detail)" }
}

/// An entry in which the log's key announces its successor. Body: `{"key","previous","revoked"?}`, and the reason, sealed.
struct KeyEntry {
    let key: VerifierKey
    let previous: VerifierKey
    /// Whether the earlier key is not to be trusted any more.
    let isRevocation: Bool

    init(key: VerifierKey, previous: VerifierKey, isRevocation: Bool) {
        self.key = key
        self.previous = previous
        self.isRevocation = isRevocation
    }

    /// Reads the body of an entry; `nil` when it is none that this version writes.
    init?(_ body: JSON) {
        guard let key = body["key"]?.text.flatMap({ try? VerifierKey(parsing: $0) }), key.kind == .note,
            let previous = body["previous"]?.text.flatMap({ try? VerifierKey(parsing: $0) })
        else { return nil }
        self.init(key: key, previous: previous, isRevocation: body["revoked"]?.bool ?? false)
    }

    var body: JSONObject {
        var body: JSONObject = ["key": .string(key.text), "previous": .string(previous.text)]
        if isRevocation { body["revoked"] = true }
        return body
    }
}

extension KeyHistory {
    /// Reads the changes in the entries with these numbers, in order. Each is proven in the checkpoint that both keys signed.
    static func read(
        _ numbers: [UInt64], first key: VerifierKey, from snapshot: any StoreSnapshot
    ) throws -> KeyHistory {
        var history = KeyHistory(first: key)
        for number in numbers { try history.addChange(number, from: snapshot) }
        return history
    }

    /// Adds the change that entry `number` announces.
    mutating func addChange(_ number: UInt64, from snapshot: any StoreSnapshot) throws {
        func problem(_ detail: String) -> KeyChangeProblem { KeyChangeProblem(entry: number, detail: detail) }
        guard let bytes = try snapshot.entry(number), let entry = try? Entry(parsing: bytes), entry.number == number,
            entry.type == EntryType.key, let change = try? KeyEntry(entry.body())
        else { throw problem("it cannot be read") }
        guard let stored = try snapshot.checkpoint(atMost: number + 1), stored.size == number + 1 else {
            throw problem("there is no checkpoint that ends with it")
        }
        let checkpoint = Checkpoint(origin: current.name.text, size: stored.size, root: stored.root)
        let signatures = try snapshot.signatures(of: stored.size)
        guard current.verify(stored.signature, of: checkpoint.text) else {
            throw problem("the key before it did not sign its checkpoint")
        }
        guard let successor = signatures.first(where: { change.key.isNamed($0) }),
            change.key.verify(successor.signature, of: checkpoint.text)
        else { throw problem("the key that it announces did not sign its checkpoint") }
        guard try Self.isLast(entry, of: stored, in: snapshot) else {
            throw problem("it is not in the tree of its checkpoint")
        }
        try add(change, entry: number)
    }

    /// Whether `entry` ends the tree of a checkpoint, by its proof or, where tiles do not give one, by all entries before.
    private static func isLast(
        _ entry: Entry, of stored: StoredCheckpoint, in snapshot: any StoreSnapshot
    ) throws -> Bool {
        do {
            let proof = try TreeReader(snapshot: snapshot).inclusionProof(of: entry.number, size: stored.size)
            try proof.check(leaf: entry.leaf, index: entry.number, size: stored.size, root: stored.root)
            return true
        } catch {
            var tree = Frontier()
            try snapshot.entries(0..<stored.size) { _, bytes in tree.append(MerkleTree.leafHash(bytes)) }
            return tree.size == stored.size && tree.root == stored.root
        }
    }
}

extension VerifierKey {
    /// Whether a stored signature bears the name and ID of this key.
    func isNamed(_ signature: StoredSignature) -> Bool { keyID == signature.keyID && name.isSame(as: signature.name) }
}
