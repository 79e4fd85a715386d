import Cryptography
import Decisions
import JSON
import Storage

/// Which sealed fields of a record are to be erased.
public enum ErasedFields: Sendable, Equatable {
    case all
    /// Paths as answers use them: `summary`, `rationale.text`, `inputs[0].text`. The path of an object or list means all
    /// that is sealed in it.
    case paths([String])
}

/// On what an erasure rests.
public struct ErasureGrounds: Sendable {
    /// Why, in words; sealed.
    public var basis: String
    /// Whether it is to come before the end of the time that the values are to be kept at least.
    public var despitesMinimum: Bool

    public init(basis: String, despitesMinimum: Bool = false) {
        self.basis = basis
        self.despitesMinimum = despitesMinimum
    }
}

/// Values of one record that were erased.
public struct ErasedRecord: Sendable {
    public let id: String
    public let number: UInt64
    public let type: String
    /// The paths of the fields.
    public let fields: [String]
    /// The entry that says so; the first of them, where a record has more fields than one can name.
    public internal(set) var entry: UInt64
}

/// Makes the entries that say what is erased, from one moment of the ledger.
struct ErasurePlanner {
    let view: LedgerView
    let now: Timestamp
    let subjectKey: [UInt8]
    let randomness: Randomness
    let holds: ActiveHolds
    let policy: RetentionPolicy

    /// Digests that one entry names: an entry that has more is erased by several.
    private static let digestLimit = 1000

    init(_ view: LedgerView, now: Timestamp, writer: Writer) throws(LedgerError) {
        self.view = view
        self.now = now
        subjectKey = writer.subjectKey
        randomness = writer.randomness
        holds = ActiveHolds(try view.holds())
        policy = try view.retentionPolicy()
    }

    /// Throws where something keeps values of a record from being erased.
    func check(_ record: ErasableRecord, despitesMinimum: Bool) throws(RecordError) {
        if let hold = holds.hold(on: record) {
            throw .erasure(
                hold.number == record.number
                    ? .isHold(hold) : .held(id: record.id, entry: record.number, by: hold))
        }
        guard !despitesMinimum, let retentionClass = record.retentionClass(policy),
            let end = retentionClass.end(ofMinimum: record.at), end > now
        else { return }
        throw .erasure(
            .beforeMinimum(
                id: record.id, entry: record.number, retentionClass: retentionClass.name, until: end))
    }

    /// The values of a record that `fields` means. Empty where all of them were erased before.
    func values(of record: ErasableRecord, _ fields: ErasedFields) throws -> [ErasableRecord.Value] {
        guard !record.values.isEmpty || record.goneCount > 0 else {
            throw RecordError.erasure(.nothingSealed(id: record.id, entry: record.number))
        }
        guard case .paths(let words) = fields else { return record.values }
        var erased: [String]?
        for word in words where !record.values.contains(where: { SealedPlace.matches($0.path, word) }) {
            // What is gone has a name only in the entry that says so.
            let known = try erased ?? view.erasures(of: [record.number]).flatMap(\.knownFields)
            erased = known
            guard known.contains(where: { SealedPlace.matches($0, word) }) else {
                throw RecordError.erasure(
                    .unknownField(
                        word, id: record.id, entry: record.number, present: record.values.map(\.path), erased: known))
            }
        }
        return record.values.filter { value in words.contains { SealedPlace.matches(value.path, $0) } }
    }

    /// The entries that say that `values` of a record are erased, each with what goes with it.
    func drafts(_ record: ErasableRecord, _ values: [ErasableRecord.Value], _ reason: Reason) -> [Draft] {
        stride(from: 0, to: values.count, by: Self.digestLimit).map { start in
            let some = values[start..<min(start + Self.digestLimit, values.count)]
            var sealed: JSONObject = ["fields": .array(some.map { .string($0.path) })]
            sealed["basis"] = reason.basis.map(JSON.string)
            var clear: JSONObject = [
                "digests": .array(some.map { .string($0.digest.base64URL) }), "entry": .integer(Int64(record.number)),
            ]
            if reason.despitesMinimum { clear["despite_minimum"] = true }
            clear["retention"] = reason.run.map(JSON.string)
            var draft = Draft(clear, sealing: sealed, type: EntryType.erasure, randomness)
            let subject = record.ownSubject.flatMap { own in
                some.contains { $0.ordinal == own.ordinal }
                    ? HMACSHA256.code(of: Array(own.name.utf8), key: subjectKey) : nil
            }
            draft.removal = Removal(number: record.number, ordinals: some.map(\.ordinal), subject: subject)
            return draft
        }
    }

    /// What the entry says of why.
    struct Reason {
        var basis: String?
        var despitesMinimum = false
        /// The id of the run of retention.
        var run: String?
    }
}
