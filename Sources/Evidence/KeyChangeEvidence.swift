public import Decisions
import JSON
public import Notes

/// An entry in which a key of the log announces its successor, proven in the checkpoint that both keys signed.
public struct KeyChangeEvidence: Sendable {
    /// The bytes of the entry, as they were hashed.
    public let entry: [UInt8]
    /// Its inclusion proof, with the checkpoint that ends with the entry.
    public let proof: TlogProof

    public init(entry: [UInt8], proof: TlogProof) {
        self.entry = entry
        self.proof = proof
    }

    init(_ json: JSON) throws(EvidenceError) {
        entry = Array(try json.text("entry").utf8)
        proof = try json.proof("proof")
    }

    var json: JSON {
        [
            "entry": .string(String(decoding: entry, as: UTF8.self)),
            "proof": .string(String(decoding: proof.bytes, as: UTF8.self)),
        ]
    }

    /// The change, which both keys signed. Whether either is to be trusted is another question.
    fileprivate func checked(_ index: Int) throws(EvidenceError) -> KeyChange {
        func fault(_ detail: String) -> EvidenceError { .keyChange(index, detail) }
        let entry: Entry
        let body: JSON
        do {
            entry = try Entry(parsing: self.entry)
            body = try entry.body()
        } catch { throw fault("its entry cannot be read: \(error)") }
        guard entry.type == EntryType.key, entry.number == proof.index else {
            throw fault("it is entry \(entry.number) of type \(entry.type), proven as entry \(proof.index)")
        }
        guard let previous = Self.key(body["previous"]), let key = Self.key(body["key"]), key.name == previous.name,
            key != previous
        else { throw fault("it does not name a key of the log and another that follows") }
        let checkpoint: TrustedCheckpoint
        do { checkpoint = try proof.check(entry: self.entry, keys: [previous, key]) } catch { throw fault("\(error)") }
        guard checkpoint.note.signatures.count == 2 else { throw fault("its checkpoint was not signed by both keys") }
        guard checkpoint.checkpoint.size - 1 == entry.number else {
            throw fault("its checkpoint does not end with the entry")
        }
        return KeyChange(
            entry: entry.number, at: entry.at, previous: previous, key: key,
            isRevocation: body["revoked"]?.bool ?? false)
    }

    private static func key(_ value: JSON?) -> VerifierKey? {
        guard let text = value?.text, let key = try? VerifierKey(parsing: text), key.kind == .note else { return nil }
        return key
    }
}

/// A change of keys that both keys signed.
public struct KeyChange: Sendable, Equatable {
    /// The number of the entry that announces it.
    public let entry: UInt64
    /// When, by the ledger's clock.
    public let at: Timestamp
    public let previous: VerifierKey
    public let key: VerifierKey
    /// Whether the entry says that the earlier key is not to be trusted any more.
    public let isRevocation: Bool
}

/// The keys of a log, each led to by the one before it.
///
/// A key signs from the checkpoint that ends with its announcement up to the one that ends with its successor's.
struct KeyChain {
    let changes: [KeyChange]
    /// Every key that the changes name, in order; empty where there is no change.
    let keys: [VerifierKey]

    init(_ evidence: [KeyChangeEvidence]) throws(EvidenceError) {
        var changes: [KeyChange] = []
        var keys: [VerifierKey] = []
        var known = Set<VerifierKey>()
        for (index, item) in evidence.enumerated() {
            let change = try item.checked(index)
            if let last = changes.last {
                guard change.previous == last.key, change.entry > last.entry else {
                    throw .keyChange(index, "it does not follow on the change before it")
                }
            } else {
                keys.append(change.previous)
                known.insert(change.previous)
            }
            guard known.insert(change.key).inserted else {
                throw .keyChange(index, "it announces a key that was there before")
            }
            changes.append(change)
            keys.append(change.key)
        }
        self.changes = changes
        self.keys = keys
    }

    /// The places of the keys that whoever trusts `given` can trust: those given, all that follow on them, and those
    /// before them up to a revocation. Somebody may have made up what came before a key that was stolen.
    private func trusted(_ given: [VerifierKey]) -> Range<Int> {
        guard var first = keys.firstIndex(where: given.contains) else { return 0..<0 }
        while first > 0, !changes[first - 1].isRevocation { first -= 1 }
        return first..<keys.count
    }

    /// The keys that whoever trusts `given` can trust for some size, `given` among them.
    func keys(trusting given: [VerifierKey]) -> [VerifierKey] {
        given + trusted(given).map { keys[$0] }.filter { !given.contains($0) }
    }

    /// Those of the trusted keys that may sign a tree of `size`. A revoked key only counts when it was given itself.
    func signers(ofSize size: UInt64, trusting given: [VerifierKey]) throws(EvidenceError) -> [VerifierKey] {
        guard !changes.isEmpty else { return given }
        let trusted = trusted(given)
        guard !trusted.isEmpty else { throw .foreignKeyChanges }
        let signers = trusted.filter { index in
            let isBegun = index == 0 || changes[index - 1].entry < size
            guard index < changes.count else { return isBegun }
            let isEnded = changes[index].entry + 1 < size
            return isBegun && !isEnded && (!changes[index].isRevocation || given.contains(keys[index]))
        }
        guard !signers.isEmpty else { throw .noTrustedSigner(size: size) }
        return signers.map { keys[$0] }
    }
}
