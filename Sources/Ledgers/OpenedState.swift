import Cryptography
import Decisions
import Merkle
import Notes
import Storage

/// What a writer continues from, after it was found to hold.
struct OpenedState {
    let tree: TileBuilder
    let last: Entry
    let note: SignedNote
    let specifications: SpecificationHistory
    let subjectKey: [UInt8]
    let keys: KeyHistory

    /// Checks the newest checkpoint against the entries and the signature, and the `head` file against the tree.
    init(_ snapshot: any StoreSnapshot, firstKey: VerifierKey, signing: Ledger.Signing) throws {
        do {
            keys = try KeyHistory.read(snapshot.ownEntries(EntryType.key), first: firstKey, from: snapshot)
        } catch let error as KeyChangeProblem { throw LedgerError.headDoesNotHold(detail: "\(error)") }
        guard signing.key.verifierKey == keys.current else {
            throw LedgerError.wrongKey(got: signing.key.verifierKey.text, want: keys.current.text)
        }
        let size = try snapshot.size()
        let reader = TreeReader(snapshot: snapshot)
        guard let newest = try snapshot.checkpoint(atMost: nil), newest.size == size, size > 0 else {
            throw LedgerError.headDoesNotHold(detail: "it is not for the \(size) entries that are there")
        }
        do { tree = try reader.builder(size: size) } catch { throw LedgerError.headDoesNotHold(detail: "\(error)") }
        guard tree.root == newest.root else {
            throw LedgerError.headDoesNotHold(detail: "its root is \(newest.root), and the entries have \(tree.root)")
        }
        let checkpoint = Checkpoint(origin: signing.key.name.text, size: size, root: newest.root)
        do {
            note = try checkpoint.note(signature: newest.signature, keyID: keys.key(ofSize: size).keyID)
            _ = try note.trustedCheckpoint(by: [keys.key(ofSize: size)])
        } catch { throw LedgerError.headDoesNotHold(detail: "\(error)") }
        try Self.compare(signing.head.read(keys: keys.keys), with: tree, reader)
        try Self.compareNewestAttested(snapshot, reader)
        guard let bytes = try snapshot.entry(size - 1) else {
            throw LedgerError.headDoesNotHold(detail: "entry \(size - 1) is missing")
        }
        last = try Entry(parsing: bytes)
        specifications = try SpecificationHistory.read(
            snapshot.ownEntries(EntryType.specification), from: snapshot, provenIn: newest)
        subjectKey = try snapshot.subjectKey()
    }

    /// Refuses a database whose entries are not those that others attested last.
    private static func compareNewestAttested(_ snapshot: any StoreSnapshot, _ reader: TreeReader) throws {
        guard let size = try snapshot.attestedSizes().last else { return }
        guard let stored = try snapshot.checkpoint(atMost: size), stored.size == size,
            (try? reader.builder(size: size).root) == stored.root
        else { throw LedgerError.forked(size: size) }
    }

    /// Refuses a database that is older than its head, or another.
    private static func compare(_ head: HeadFile.Reading, with tree: TileBuilder, _ reader: TreeReader) throws {
        if case .foreign(let size) = head.verdict { throw LedgerError.foreignHead(size: size) }
        guard let head = head.trusted else { return }
        guard head.size <= tree.size else { throw LedgerError.rolledBack(size: tree.size, headSize: head.size) }
        guard try reader.builder(size: head.size).root == head.root else { throw LedgerError.forked(size: head.size) }
    }
}
