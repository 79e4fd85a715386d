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

    /// Checks the newest checkpoint against the entries and the signature, and the `head` file against the tree.
    init(_ snapshot: any StoreSnapshot, signing: Ledger.Signing) throws {
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
            note = try checkpoint.note(signature: newest.signature, keyID: signing.key.verifierKey.keyID)
            _ = try note.trustedCheckpoint(by: [signing.key.verifierKey])
        } catch { throw LedgerError.headDoesNotHold(detail: "\(error)") }
        try Self.compare(signing.head.read(key: signing.key.verifierKey), with: tree, reader)
        guard let bytes = try snapshot.entry(size - 1) else {
            throw LedgerError.headDoesNotHold(detail: "entry \(size - 1) is missing")
        }
        last = try Entry(parsing: bytes)
        let numbers = try snapshot.identities(prefix: Draft.idPrefix(EntryType.specification), limit: .max).map(
            \.number)
        specifications = try SpecificationHistory.read(numbers.sorted(), from: snapshot, provenIn: newest)
        subjectKey = try snapshot.subjectKey()
    }

    /// Refuses a database that is older than its head, or another.
    private static func compare(_ head: HeadFile.Content, with tree: TileBuilder, _ reader: TreeReader) throws {
        if head == .foreign { throw LedgerError.foreignHead }
        guard case .checkpoint(let head) = head else { return }
        guard head.size <= tree.size else { throw LedgerError.rolledBack(size: tree.size, headSize: head.size) }
        guard try reader.builder(size: head.size).root == head.root else { throw LedgerError.forked(size: head.size) }
    }
}
