/// Why a store could not do what was asked. `detail` is the medium's own message.
public enum StoreError: Error, Equatable {
    /// Something is there already where a store was to be created.
    case alreadyExists(path: String)
    /// Nothing that this program made lies there.
    case notAStore(path: String, detail: String)
    /// The store was written by a later version.
    case newerFormat(found: Int, known: Int)
    /// Another process holds the store for writing.
    case heldByAnotherProcess(path: String, holder: String?)
    /// The folder or file may not be written.
    case readOnly(path: String, detail: String)
    /// The medium has no room left. Nothing of the batch was committed.
    case full(detail: String)
    /// The file's structure does not hold together.
    case damaged(detail: String)
    /// Reading or writing failed.
    case io(detail: String)
    /// The sealed values are encrypted, and no key ring was given.
    case keyringNeeded
    /// The key ring that was given cannot be used.
    case keyring(path: String, detail: String)
    /// The key ring was to lie in the folder of its ledger.
    case keyringInside(path: String)
    /// The batch begins at another number than the store ends with.
    case wrongFirstNumber(got: UInt64, want: UInt64)
    /// An entry of the batch has an id that another entry has.
    case duplicateID(String)
    /// The batch breaks a rule of `AppendBatch`.
    case invalidBatch(detail: String)
    /// An append failed earlier, so what is on the disk is known only after opening again.
    case writerIsDead
    /// The store was opened for reading.
    case openedForReading
    /// The store was closed.
    case closed
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .alreadyExists(let path): "\(path) exists already"
        case .notAStore(let path, let detail): "\(path) is not a ledger: \(detail)"
        case .newerFormat(let found, let known):
            "the ledger has format \(found); this program knows formats up to \(known)"
        case .heldByAnotherProcess(let path, let holder):
            "the ledger is held for writing by another process\(holder.map { " (\($0))" } ?? ""): \(path)"
        case .readOnly(let path, let detail): "\(path) may not be written: \(detail)"
        case .full(let detail): "the disk is full: \(detail)"
        case .damaged(let detail): "the database file is damaged: \(detail)"
        case .io(let detail): "reading or writing failed: \(detail)"
        case .keyringNeeded: "the sealed values of this ledger are encrypted, and no key ring was given"
        case .keyring(let path, let detail): "the key ring \(path) cannot be used: \(detail)"
        case .keyringInside(let path): "the key ring \(path) is not to lie in the folder of its ledger"
        case .wrongFirstNumber(let got, let want):
            "the batch begins at entry \(got); the ledger ends before entry \(want)"
        case .duplicateID(let id): "another entry has the id \(id)"
        case .invalidBatch(let detail): "the batch cannot be stored: \(detail)"
        case .writerIsDead: "an earlier write failed, so the ledger must be opened again before the next"
        case .openedForReading: "the ledger was opened for reading only"
        case .closed: "the ledger is closed"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .alreadyExists: "choose another folder; a ledger is never overwritten"
        case .notAStore: "create a ledger with `because init DIR --origin NAME`"
        case .newerFormat: "use the version of because that wrote it, or a later one"
        case .heldByAnotherProcess: "stop the other process or record through it; reading is possible meanwhile"
        case .readOnly: "give this user write permission to the folder, or work on a copy"
        case .full: "free some space and run the command again; what was acknowledged is safe"
        case .damaged: "run `because verify`, keep the file as it is, and restore a backup beside it"
        case .io: "look at the disk; then run `because verify`"
        case .writerIsDead: "open the ledger again; every receipt that was given out is safe"
        case .keyringNeeded, .keyring:
            "give the key ring that the ledger was made with: --keyring FILE, or BECAUSE_KEYRING"
        case .keyringInside: "put it on another volume: every copy of the folder would hold the keys as well"
        case .wrongFirstNumber, .duplicateID, .invalidBatch, .openedForReading, .closed: nil
        }
    }
}
