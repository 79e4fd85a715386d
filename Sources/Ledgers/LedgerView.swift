public import Cryptography
public import Decisions
import JSON
public import Merkle
public import Notes
public import Storage

/// An entry that was hashed and proven in a tree whose root the log signed.
public struct ProvenEntry: Sendable {
    public let entry: Entry
    /// The disclosures that lie beside the entry, whatever they open.
    public let disclosures: [Disclosure]
    /// The place of each disclosure that is there, by its ordinal, whatever it opens.
    public let sealed: [StoredDisclosure]
    public let leaf: Digest
    public let proof: InclusionProof

    fileprivate init(entry: Entry, sealed: [StoredDisclosure], leaf: Digest, proof: InclusionProof) {
        self.entry = entry
        self.sealed = sealed
        disclosures = sealed.compactMap { Disclosure(parsing: $0.text) }
        self.leaf = leaf
        self.proof = proof
    }

    /// What the sealed member `name` of `body`, the body of this entry, says; `nil` where nothing opens it.
    func opened(_ name: String, in body: JSON) -> JSON? {
        let own = Set(SealedFields.digests(in: body))
        return disclosures.first { $0.name == name && own.contains($0.digest) }?.value
    }
}

extension Entry {
    /// The body of an entry that was proven; what cannot be read of it is an error of the log.
    func provenBody() throws(LedgerError) -> JSON {
        do { return try body() } catch { throw .unproven(entry: number, detail: "\(error)") }
    }
}

/// One moment of a ledger, under its newest checkpoint. What it gives out is proven, or it throws.
public struct LedgerView {
    /// The checkpoint, whose signature was checked.
    public let checkpoint: Checkpoint
    /// The checkpoint as a signed note.
    public let note: SignedNote
    /// The keys that signed up to the checkpoint.
    public let keys: KeyHistory
    /// The specifications registered up to the checkpoint.
    public let specifications: SpecificationHistory
    /// The bytes themselves, unproven.
    public let snapshot: any StoreSnapshot
    /// What the ledger remembers of its tiles.
    let tiles: TileCache

    /// The tree, as far as it is remembered or read.
    var reader: TreeReader { TreeReader(snapshot: snapshot, cache: tiles) }

    /// The number of entries.
    public var size: UInt64 { checkpoint.size }

    /// Whether sealed values are encrypted where they lie.
    public var sealing: StoredSealing {
        get throws(LedgerError) { do { return try snapshot.sealing() } catch { throw .store(error) } }
    }

    /// The key that signed the checkpoint.
    public var key: VerifierKey { keys.key(ofSize: size) }

    /// Entry `number`, proven in the checkpoint.
    public func proven(_ number: UInt64) throws(LedgerError) -> ProvenEntry { try proven(number, in: checkpoint) }

    /// Entry `number` without what is sealed, proven in the checkpoint.
    public func provenEntry(_ number: UInt64) throws(LedgerError) -> Entry {
        guard number < size else { throw .noSuchEntry(number) }
        return try reader.proven(number, size: size, root: checkpoint.root).entry
    }

    /// The numbers of the ledger's own entries of a type, ascending.
    func ownEntries(_ type: String) throws(LedgerError) -> [UInt64] {
        do { return try snapshot.ownEntries(type).filter { $0 < size } } catch { throw .store(error) }
    }

    /// Entry `number`, proven in an earlier checkpoint of this ledger, whose signature the caller has checked.
    public func proven(_ number: UInt64, in checkpoint: Checkpoint) throws(LedgerError) -> ProvenEntry {
        let size = checkpoint.size
        guard number < size else { throw .noSuchEntry(number) }
        let (entry, leaf, proof) = try reader.proven(number, size: size, root: checkpoint.root)
        do {
            let sealed = try snapshot.disclosures(of: number)
            return ProvenEntry(entry: entry, sealed: sealed, leaf: leaf, proof: proof)
        } catch { throw .store(error) }
    }

    /// The proof that `leaf`, the leaf hash of an entry, is that of entry `number` in `checkpoint`, one of this ledger. It was
    /// checked; the entry is not read.
    public func inclusionProof(
        of leaf: Digest, at number: UInt64, in checkpoint: Checkpoint
    ) throws(LedgerError) -> InclusionProof {
        let size = checkpoint.size
        guard number < size else { throw .noSuchEntry(number) }
        do {
            return try reader.checkedInclusionProof(of: leaf, at: number, size: size, root: checkpoint.root)
        } catch let error as TreeReader.Failure {
            if case .store(let error) = error { throw .store(error) }
            throw .unproven(entry: number, detail: "\(error)")
        } catch { throw .unproven(entry: number, detail: "\(error)") }
    }

    /// The root of the tree of the first `size` entries, from the tiles that are stored.
    public func root(ofSize size: UInt64) throws(LedgerError) -> Digest {
        guard size <= self.size else { throw .noSuchEntry(size - 1) }
        do { return try TreeReader(snapshot: snapshot).builder(size: size).root } catch {
            throw .unproven(entry: size, detail: "\(error)")
        }
    }

    /// The number of the entry with this id.
    public func number(ofID id: String) throws(LedgerError) -> UInt64? {
        do { return try snapshot.number(ofID: id).flatMap { $0 < size ? $0 : nil } } catch { throw .store(error) }
    }

    /// The text with this digest, hashed again; `nil` where it is missing or is another text.
    public func text(_ digest: Digest) throws(LedgerError) -> [UInt8]? {
        do { return try snapshot.text(digest).flatMap { SHA256.digest(of: $0) == digest ? $0 : nil } } catch {
            throw .store(error)
        }
    }
}
