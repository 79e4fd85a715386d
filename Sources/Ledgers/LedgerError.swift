public import Decisions
import Notes
public import Specifications
public import Storage

/// Why a ledger could not be created, opened or read.
public enum LedgerError: Error {
    case store(StoreError)
    case invalidOrigin(String)
    /// The folder in which a ledger's folder was to be made is not there.
    case noParentFolder(path: String)
    /// The key file cannot be used.
    case key(path: String, detail: String)
    /// The key belongs to another ledger.
    case wrongKey(got: String, want: String)
    /// Entry 0 does not say which ledger this is.
    case noFirstEntry(detail: String)
    /// The ledger was written in a later format.
    case newerFormat(got: Int64, known: Int64)
    /// The newest checkpoint does not hold for the entries.
    case headDoesNotHold(detail: String)
    /// The `head` file knows a longer history than the database has.
    case rolledBack(size: UInt64, headSize: UInt64)
    /// The `head` file knows another history of the same size.
    case forked(size: UInt64)
    /// The `head` file holds nothing that a key of the ledger signed; or a checkpoint of it, of this size, by an unknown key.
    case foreignHead(size: UInt64?)
    /// An entry cannot be proven in the signed tree.
    case unproven(entry: UInt64, detail: String)
    case noSuchEntry(UInt64)
}

/// Why something was not recorded. Nothing of it is in the ledger.
public enum RecordError: Error {
    case submission(SubmissionError)
    /// The id was used before, for something else.
    case differentContent(id: String, entry: UInt64)
    /// The id stands twice in the input, for different things.
    case differentInInput(id: String)
    /// Ids that begin like this are the ledger's own.
    case reservedID(String)
    /// Nothing is on record that this record names.
    case unknownTarget(id: String, types: [String])
    /// What this record names is of another type.
    case wrongTarget(id: String, type: String, types: [String])
    /// What this record names is about another decision than this record.
    case targetOfAnother(id: String, decision: String, named: String)
    case tooLarge(EntryError)
    /// The specification is there already under these names with other words.
    case registry(RegistryError)
    /// The same specification was registered by another caller in the meantime.
    case alreadyRegistered(entry: UInt64)
    /// The clock jumped forward by more than a day.
    case clockJumped(now: Timestamp, expected: Timestamp)
    case store(StoreError)
    case ledgerIsReadOnly
    /// The ledger could not be opened, or is on a machine that does not answer.
    case unreachable(detail: String, hint: String?)
    /// A successor needs the name of the log, and must not be a key that the log had.
    case unfitKey(String)
    /// Another change of keys came first.
    case keyChangedMeanwhile
    case reasonTooLong(limit: Int)
    /// Values may not be erased, or a hold or class of retention not be recorded.
    case erasure(ErasureProblem)
}

extension LedgerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .store(let error): error.description
        case .invalidOrigin(let origin): "\"\(origin)\" cannot name a ledger"
        case .noParentFolder(let path): "\"\(path)\" cannot be created: the folder that is to hold it is not there"
        case .key(let path, let detail): "the signing key \(path) cannot be used: \(detail)"
        case .wrongKey(let got, let want): "the signing key is \(got); this ledger was made with \(want)"
        case .noFirstEntry(let detail): "entry 0 does not say which ledger this is: \(detail)"
        case .newerFormat(let got, let known): "the ledger has format \(got); this program knows formats up to \(known)"
        case .headDoesNotHold(let detail): "the newest checkpoint does not hold: \(detail)"
        case .rolledBack(let size, let headSize):
            "the database has \(size) entries, but \(headSize) were signed before: it was rolled back or replaced by an older copy"
        case .forked(let size): "another history of \(size) entries was signed before: the database was replaced"
        case .foreignHead(let size?):
            "the head file knows \(size) entries signed by a key that this ledger never named: the database is from before a change of keys, or was replaced by one of another key"
        case .foreignHead(nil):
            "the head file holds no checkpoint that this ledger's key signed: it was changed, or it or the database belongs to another ledger"
        case .unproven(let entry, let detail): "entry \(entry) cannot be proven in the signed tree: \(detail)"
        case .noSuchEntry(let number): "there is no entry \(number)"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .store(let error): error.hint
        case .invalidOrigin: "use a name like acme.example/decisions: 1 to 255 bytes without spaces and without +"
        case .noParentFolder: "create that folder first, or name another place"
        case .key: "restore the key file of this ledger, or point to where it lies"
        case .wrongKey: "use the key that `because init` made for this ledger"
        case .noFirstEntry, .headDoesNotHold, .unproven: "run `because verify`; it names the entry at fault"
        case .newerFormat: "use the version of because that wrote it, or a later one"
        case .foreignHead:
            "nothing was written. Keep both files, they are evidence; where you know that nothing was rolled back, move the head file away"
        case .rolledBack, .forked:
            "nothing was written. Put the newest copy back, or declare the break with because recover; keep both, they are evidence"
        case .noSuchEntry: nil
        }
    }

    /// Whether the evidence itself does not hold, in contrast to something that could not be done.
    public var isBrokenEvidence: Bool {
        switch self {
        case .store(.damaged), .noFirstEntry, .headDoesNotHold, .rolledBack, .forked, .foreignHead, .unproven: true
        default: false
        }
    }
}

extension RecordError {
    /// What an error means that came up while a ledger was read for recording.
    init(reading error: any Error) {
        switch error {
        case let error as RecordError: self = error
        case let error as StoreError: self = .store(error)
        case LedgerError.store(let error): self = .store(error)
        default: self = .store(.damaged(detail: "\(error)"))
        }
    }
}

extension RecordError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .submission(let error): error.description
        case .differentContent(let id, let entry): "id: \(id) was recorded with other content, as entry \(entry)"
        case .differentInInput(let id): "id: \(id) stands earlier in the input with other content"
        case .reservedID(let id): "id: \(id) begins with because:, as only the ledger's own entries do"
        case .unknownTarget(let id, let types):
            "no \(types.joined(separator: " or ")) with the id \(id) is on record"
        case .wrongTarget(let id, let type, let types):
            "\(id) is of type \(type); expected the id of \(types.joined(separator: " or "))"
        case .targetOfAnother(let id, let decision, let named):
            "\(id) is about the decision \(decision), and this record about \(named)"
        case .tooLarge(let error): error.description
        case .registry(let error): error.description
        case .alreadyRegistered(let entry): "the specification was registered already, as entry \(entry)"
        case .clockJumped(let now, let expected):
            "the clock reads \(now), more than a day after the \(expected) that was due; nothing is recorded under a time that may be wrong"
        case .store(let error): error.description
        case .ledgerIsReadOnly: "the ledger was opened for reading only"
        case .unreachable(let detail, _): "the ledger cannot be reached: \(detail)"
        case .unfitKey(let key): "\(key) cannot follow: a new key bears the name of the log, and was never its key"
        case .keyChangedMeanwhile: "another change of keys is under way or came first"
        case .reasonTooLong(let limit): "the reason has more than \(limit) bytes"
        case .erasure(let problem): problem.description
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .differentContent:
            "an entry is never changed; record what is new under an id of its own, with a link to the first"
        case .submission(let error): error.hint
        case .erasure(let problem): problem.hint
        case .unknownTarget: "record that first; because find shows what is there"
        case .clockJumped: "set the clock right, or accept its time with --accept-clock"
        case .store(let error): error.hint
        case .unreachable(_, let hint): hint
        default: nil
        }
    }
}
