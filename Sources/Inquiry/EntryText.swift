import Decisions
import JSON
import Ledgers

/// What an entry records, on one line.
enum EntryText {
    /// A decision is its outcome and its summary, as far as it is there; a later fact is its sentence and what it quotes.
    static func line(_ record: RevealedRecord) -> String {
        guard record.type.name == EntryType.decision else {
            return LaterFactText(type: record.type.name, record.content).line
        }
        let outcome = record.content["outcome"]?.text?.uppercased() ?? "UNKNOWN"
        let isGone = record.missing.contains { $0.path.isEmpty }
        let none = isGone ? "its summary cannot be read" : "no summary was recorded"
        return "\(outcome) \(record.content["summary"]?.text ?? none)"
    }

    /// What the ledger itself recorded; `nil` for a type that this version does not know.
    static func line(ofOwn entry: Entry) -> String? {
        guard let body = try? entry.body() else { return nil }
        switch entry.type {
        case EntryType.ledger: return "the ledger \(body["origin"]?.text ?? "") begins"
        case EntryType.specification:
            let name = "\(body["document"]?.text ?? "")@\(body["version"]?.text ?? "")"
            if body["activates"] != nil { return "\(name) was put in force" }
            let (part, parts) = (body["part"]?.integer ?? 1, body["parts"]?.integer ?? 1)
            return "\(name) was registered\(parts == 1 ? "" : ", part \(part) of \(parts)")"
        case EntryType.erasure:
            guard let erasure = Erasure(body, entry: entry.number) else { return nil }
            return "\(erasure.digests.count) sealed values of entry \(erasure.target) were erased"
        case EntryType.key: return "the key changed"
        case EntryType.incident where body["kind"] == "clock_step": return "the clock stepped"
        default: return nil
        }
    }
}
