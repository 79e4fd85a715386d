import Cryptography
import Decisions
import JSON
import Storage

/// An entry as far as erasing needs it: which sealed values lie beside it, what they are called, and what decides over them.
struct ErasableRecord {
    /// A sealed value that is there.
    struct Value {
        let ordinal: Int
        let digest: Digest
        let path: String
    }

    let number: UInt64
    let id: String
    let type: String
    let at: Timestamp
    let values: [Value]
    /// Digests whose values are gone.
    let goneCount: Int
    /// The decision that a later fact is about, where it is on record.
    private(set) var decision: (number: UInt64, body: JSON)?
    /// The person it is about, or the decision it is about.
    private(set) var subject: String?
    /// The person that a value of this entry itself names, and the value's ordinal.
    private(set) var ownSubject: (name: String, ordinal: Int)?
    private let body: JSON

    init(_ number: UInt64, in view: LedgerView) throws(LedgerError) { try self.init(view.proven(number), in: view) }

    init(_ proven: ProvenEntry, in view: LedgerView) throws(LedgerError) {
        body = try proven.entry.provenBody()
        number = proven.entry.number
        id = proven.entry.id
        type = proven.entry.type
        at = proven.entry.at
        let places = SealedFields.places(in: body)
        var values: [Value] = []
        for stored in proven.sealed {
            guard stored.ordinal < places.count, SHA256.digest(of: stored.text) == places[stored.ordinal].digest else {
                throw .store(.damaged(detail: "a sealed value of entry \(number) was changed"))
            }
            let place = places[stored.ordinal]
            let disclosure = Disclosure(parsing: stored.text)
            values.append(
                Value(
                    ordinal: stored.ordinal, digest: place.digest,
                    path: disclosure.map { place.field($0.name) } ?? place.object))
            if let disclosure, disclosure.name == "subject", let name = disclosure.value.text {
                ownSubject = (name, stored.ordinal)
            }
        }
        self.values = values
        goneCount = places.count - values.count
        subject = ownSubject?.name
        try findDecision(view)
    }

    private mutating func findDecision(_ view: LedgerView) throws(LedgerError) {
        guard type != EntryType.decision, RecordType.named(type) != nil, let id = body["decision"]?.text,
            let number = try view.number(ofID: id), number != self.number
        else { return }
        let proven = try view.proven(number)
        guard proven.entry.type == EntryType.decision, let body = try? proven.entry.body() else { return }
        decision = (number, body)
        subject = proven.opened("subject", in: body)?.text ?? subject
    }

    /// The class that says how long it is kept. What the ledger records of itself has none.
    func retentionClass(_ policy: RetentionPolicy) -> RetentionClass? {
        guard !Ledger.isOwn(id), RecordType.named(type) != nil else { return nil }
        return policy.retentionClass(className)
    }

    /// The class that the record names, or the decision it is about.
    var className: String? { (decision?.body ?? body)["retention"]?.text }
}
