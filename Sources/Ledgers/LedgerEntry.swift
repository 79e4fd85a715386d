import Decisions
import JSON
import Notes

/// Entry 0: which ledger this is. Body: `{"format","key","origin"}`.
struct LedgerEntry {
    /// The format that this version writes: of the entries, and of what lies beside them.
    static let format: Int64 = 1
    /// Ids that begin like this are the ledger's own; a submission may not use them.
    static let reservedPrefix = "because:"

    let origin: String
    let key: VerifierKey

    var body: JSON { ["format": .integer(Self.format), "key": .string(key.text), "origin": .string(origin)] }

    init(origin: String, key: VerifierKey) {
        self.origin = origin
        self.key = key
    }

    init(_ entry: Entry) throws(LedgerError) {
        guard entry.type == EntryType.ledger, let body = try? entry.body() else {
            throw .noFirstEntry(detail: "it is of type \(entry.type)")
        }
        guard let format = body["format"]?.integer else { throw .noFirstEntry(detail: "it names no format") }
        guard format <= Self.format else { throw .newerFormat(got: format, known: Self.format) }
        guard let origin = body["origin"]?.text, Checkpoint.isValidOrigin(origin) else {
            throw .noFirstEntry(detail: "it names no origin")
        }
        guard let text = body["key"]?.text, let key = try? VerifierKey(parsing: text), key.name.isSame(as: origin)
        else {
            throw .noFirstEntry(detail: "it names no key of its origin")
        }
        self.init(origin: origin, key: key)
    }
}

/// An entry in which the ledger says that its clock stepped. Body: `{"clock","expected","kind":"clock_step"}`.
enum ClockStepEntry {
    static func body(now: Timestamp, expected: Timestamp) -> JSON {
        ["kind": "clock_step", "clock": .string(now.description), "expected": .string(expected.description)]
    }
}
