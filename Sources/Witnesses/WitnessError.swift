/// Why a witness cannot be made, opened or used.
public enum WitnessError: Error, Equatable {
    case alreadyExists(path: String)
    case invalidName(String)
    /// The key is not that of a log.
    case unfitLog(String)
    /// The database with what was cosigned is not there.
    case noMemory(path: String)
    /// The file is something else.
    case notAWitness(path: String)
    case heldByAnotherProcess(path: String)
    /// Reading or writing failed.
    case store(detail: String)
    /// An earlier write failed.
    case storeIsDead
}

extension WitnessError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .alreadyExists(let path): "\(path) exists already"
        case .invalidName(let name): "\"\(name)\" cannot name a witness"
        case .unfitLog(let key): "\(key) is not the key of a log"
        case .noMemory(let path): "the witness's memory \(path) is not there"
        case .notAWitness(let path): "\(path) is not the memory of a witness"
        case .heldByAnotherProcess(let path): "another process has \(path) open"
        case .store(let detail): "the witness's memory failed: \(detail)"
        case .storeIsDead: "an earlier write failed, so nothing is cosigned until the witness is started again"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .alreadyExists: "choose another folder; a witness is never overwritten"
        case .invalidName: "use a name like witness.example/w1: 1 to 255 bytes without spaces and +"
        case .unfitLog: "use the verifier key that the log's `because init` printed"
        case .noMemory:
            "restore the newest copy. Without one make a new witness with another name: a key that forgot may sign what contradicts it"
        case .notAWitness: "because-server witness init DIR NAME makes one"
        case .heldByAnotherProcess: "stop the other process first"
        case .store, .storeIsDead: "look at the disk; then start the witness again"
        }
    }
}
