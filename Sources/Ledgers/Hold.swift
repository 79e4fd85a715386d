public import Decisions
import JSON
import Storage

/// That values may not be erased for now, as an entry of type `hold` says.
///
/// Body of one that is placed: `{"entry","event":"placed"}` for one record, `{"event":"placed"}` and the sealed `subject` for
/// everything about a person; `{"event":"released","hold"}` ends it. The basis is sealed.
public struct Hold: Sendable {
    /// What is held.
    public enum Target: Sendable, Equatable {
        /// The entry of this number, and what is recorded later about it.
        case record(UInt64)
        /// Everything about this person; `nil` where the name cannot be read.
        case subject(String?)
    }

    /// When it ended, and why.
    public struct Release: Sendable {
        public let number: UInt64
        public let at: Timestamp
        public let basis: String?
    }

    public let number: UInt64
    public let id: String
    public let at: Timestamp
    public let target: Target
    /// Why; `nil` where it cannot be read.
    public let basis: String?
    public fileprivate(set) var release: Release?

    static func placed(on target: UInt64?) -> JSONObject {
        var body: JSONObject = ["event": "placed"]
        body["entry"] = target.map { .integer(Int64($0)) }
        return body
    }

    static func released(_ number: UInt64) -> JSONObject {
        ["event": "released", "hold": .integer(Int64(number))]
    }
}

/// The holds of a ledger, in the order in which they were placed.
public struct HoldHistory: Sendable {
    public private(set) var all: [Hold] = []

    /// Those that were not released.
    public var active: [Hold] { all.filter { $0.release == nil } }

    fileprivate mutating func add(_ proven: ProvenEntry) throws(LedgerError) {
        let entry = proven.entry
        guard entry.type == EntryType.hold else { return }
        let body = try entry.provenBody()
        func opened(_ name: String) -> String? { proven.opened(name, in: body)?.text }
        switch body["event"]?.text {
        case "placed":
            let record = body["entry"]?.integer.flatMap { UInt64(exactly: $0) }
            all.append(
                Hold(
                    number: entry.number, id: entry.id, at: entry.at,
                    target: record.map { .record($0) } ?? .subject(opened("subject")), basis: opened("basis")))
        case "released":
            guard let number = body["hold"]?.integer, let place = all.firstIndex(where: { $0.number == number }) else {
                return
            }
            all[place].release = .init(number: entry.number, at: entry.at, basis: opened("basis"))
        default: return
        }
    }
}

extension LedgerView {
    /// The holds on record, each proven.
    public func holds() throws(LedgerError) -> HoldHistory {
        var history = HoldHistory()
        for number in try ownEntries(EntryType.hold) { try history.add(proven(number)) }
        return history
    }
}

/// The holds that are in force, found by what they hold.
struct ActiveHolds {
    private var records: [UInt64: Hold] = [:]
    private var subjects: [String: Hold] = [:]
    /// One that does not say any more whom it protects: until it is released, that may be anybody.
    private var ofAnybody: Hold?
    private let all: [UInt64: Hold]

    init(_ history: HoldHistory) {
        let active = history.active
        all = Dictionary(active.map { ($0.number, $0) }) { first, _ in first }
        for hold in active.reversed() {
            switch hold.target {
            case .record(let number): records[number] = hold
            case .subject(let name?): subjects[name] = hold
            case .subject(nil): ofAnybody = hold
            }
        }
    }

    /// The hold that keeps a record from being erased; of a hold in force, itself.
    func hold(on record: ErasableRecord) -> Hold? {
        all[record.number] ?? records[record.number] ?? record.decision.flatMap { records[$0.number] }
            ?? record.subject.flatMap { subjects[$0] } ?? ofAnybody
    }
}
