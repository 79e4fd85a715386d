/// Why a log is not published into a folder. Nothing was written.
public enum PublishingError: Error, Equatable {
    /// The folder holds the log of another name.
    case anotherLog(folder: String, got: String, want: String)
    /// The folder holds a log of this name that no key of this ledger signed.
    case anotherKey(folder: String, detail: String)
    /// The folder holds another history of this log: at this size its root differs.
    case anotherHistory(folder: String, size: UInt64)
    /// The folder holds more entries than the ledger has.
    case beyondLedger(folder: String, size: UInt64, ledgerSize: UInt64)
    /// The folder holds more entries than the checkpoint that can be published now.
    case ahead(folder: String, size: UInt64, publishable: UInt64)
    /// What lies there under the name of the checkpoint is none.
    case unreadableCheckpoint(folder: String, detail: String)
    /// A file that is written once is there with other content.
    case otherContent(file: String)
    /// While another process records, no checkpoint of the ledger is sure to stay.
    case noLastingCheckpoint(size: UInt64, reason: String)
    /// Whoever gives out the folder would give out the ledger.
    case exposesLedger(folder: String)
    /// Another process publishes into the folder.
    case heldByAnotherProcess(folder: String)
    /// What the ledger stores does not follow from its entries.
    case ledgerBroken(detail: String)
}

extension PublishingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .anotherLog(let folder, let got, let want): "\(folder) holds another log: \(got), not \(want)"
        case .anotherKey(let folder, let detail):
            "\(folder) holds a log of the same name that no key of this ledger signed: \(detail)"
        case .anotherHistory(let folder, let size):
            "\(folder) holds another history: this log signed another root for \(size) entries than this ledger has"
        case .beyondLedger(let folder, let size, let ledgerSize):
            "\(folder) holds \(size) entries, and this ledger has \(ledgerSize): it was rolled back, or is an older copy"
        case .ahead(let folder, let size, let publishable):
            "\(folder) holds \(size) entries, and the checkpoint that can be published now has \(publishable)"
        case .unreadableCheckpoint(let folder, let detail):
            "\(folder)/checkpoint is not the checkpoint of a log: \(detail)"
        case .otherContent(let file): "\(file) is there with other content, and is never overwritten"
        case .noLastingCheckpoint(let size, let reason):
            "none of the checkpoints of the ledger's \(size) entries is sure to stay, and none can be kept: \(reason)"
        case .exposesLedger(let folder):
            "\(folder) is or contains the folder of the ledger, so publishing it would give out personal text and the key"
        case .heldByAnotherProcess(let folder): "another process publishes into \(folder)"
        case .ledgerBroken(let detail): "the ledger does not hold: \(detail)"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .anotherLog, .anotherKey: "nothing was written; choose a folder for this log alone"
        case .anotherHistory, .beyondLedger:
            "nothing was written. Keep the folder and the ledger, they are evidence; `because verify` looks at the ledger"
        case .ahead: "publish again when nobody records, or once more entries are there"
        case .unreadableCheckpoint: "nothing was written; choose another folder, or restore the file"
        case .otherContent: "nothing was written; publish into an empty folder and compare the two"
        case .noLastingCheckpoint:
            "publish when nobody records; from the 257th entry on it is possible meanwhile as well"
        case .exposesLedger: "choose a folder outside the ledger"
        case .heldByAnotherProcess: "wait until it is done"
        case .ledgerBroken: "nothing was written; run `because verify`, which names the entry at fault"
        }
    }

    /// Whether evidence does not hold, in contrast to something that could not be done.
    public var isBrokenEvidence: Bool {
        switch self {
        case .anotherHistory, .beyondLedger, .ledgerBroken: true
        default: false
        }
    }
}
