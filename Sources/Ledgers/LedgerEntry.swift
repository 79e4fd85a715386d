import Decisions
import JSON
import Notes

/// Entry 0: which ledger this is. Body: `{"contact"?,"format","key","origin"}`, and after a recovery `"continues"` and the reason,
/// sealed.
struct LedgerEntry {
    /// The format that this version writes: of the entries, and of what lies beside them.
    static let format: Int64 = 1
    /// Ids that begin like this are the ledger's own; a submission may not use them.
    static let reservedPrefix = "because:"

    let origin: String
    let key: VerifierKey
    /// The ledger that this one continues after a break.
    var continuation: Continuation?
    /// Where decisions can be contested, until a later entry says otherwise: `LedgerView.contact`.
    var contact: Contact?

    var body: JSONObject {
        var body: JSONObject = [
            "format": .integer(Self.format), "key": .string(key.text), "origin": .string(origin),
        ]
        body["continues"] = continuation?.json
        body["contact"] = contact.map { .string($0.text) }
        return body
    }

    init(origin: String, key: VerifierKey, continuation: Continuation? = nil, contact: Contact? = nil) {
        self.origin = origin
        self.key = key
        self.continuation = continuation
        self.contact = contact
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
        var continuation: Continuation?
        if let continues = body["continues"] {
            guard let read = Continuation(continues) else {
                throw .noFirstEntry(detail: "it does not say which ledger it continues")
            }
            continuation = read
        }
        self.init(origin: origin, key: key, continuation: continuation)
    }
}

extension Ledger {
    /// Whether an id is one that the ledger gave to an entry of its own.
    public static func isOwn(_ id: String) -> Bool { id.hasPrefix(LedgerEntry.reservedPrefix) }
}

/// An entry in which the ledger says that its clock stepped. Body: `{"clock","expected","kind":"clock_step"}`.
enum ClockStepEntry {
    static func body(now: Timestamp, expected: Timestamp) -> JSON {
        ["kind": "clock_step", "clock": .string(now.description), "expected": .string(expected.description)]
    }
}
