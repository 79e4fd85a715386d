/// What can be measured on its own: `because bench --only NAME`. Some give several rows.
public enum Subject: String, CaseIterable, Sendable {
    case disk
    case recordOne = "record-1"
    case record100 = "record-100"
    case record1000 = "record-1000"
    case callers
    case ndjson
    case bytes
    case verify
    case index
    case proof
    case consistency
    case why
    case open
    case memory

    /// What is said while it is measured.
    var title: String {
        switch self {
        case .disk: "what the disk can do"
        case .recordOne: "recording one at a time"
        case .record100: "recording in batches of 100"
        case .record1000: "recording in batches of 1,000"
        case .callers: "1,000 callers at once"
        case .ndjson: "because record, from NDJSON"
        case .bytes: "bytes on disk"
        case .verify: "verifying everything"
        case .index: "the index catching up"
        case .proof: "inclusion proofs"
        case .consistency: "consistency proofs"
        case .why: "why"
        case .open: "opening"
        case .memory: "memory while recording and verifying"
        }
    }

    /// Whether it looks at the one large ledger.
    var readsLargeLedger: Bool {
        switch self {
        case .bytes, .verify, .index, .proof, .consistency, .why, .open, .memory: true
        case .disk, .recordOne, .record100, .record1000, .callers, .ndjson: false
        }
    }
}
