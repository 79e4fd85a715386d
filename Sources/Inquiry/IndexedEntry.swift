import Cryptography
import Decisions
import JSON
import Ledgers
import Specifications

/// What the index holds of an entry. It is derived from the entry and its disclosures alone, so it can be derived again.
struct IndexedEntry: Equatable {
    let number: UInt64
    let id: String
    let type: String
    /// Microseconds since 1970, of the ledger's clock.
    let at: Int64
    var outcome: String?
    var kind: String?
    var model: String?
    var producer: String?
    var epoch: String?
    var seq: Int64?
    var session: String?
    var trace: String?
    /// How many of its principles did not resolve to registered words; `nil` where it cites none.
    var unresolved: Int64?
    /// What it says of the numbers of a run, where it is an attempt or a producer's own record.
    var claim: NumberingClaim?
    var citations: [IndexedCitation] = []
    var links: [IndexedLink] = []
    /// The words that full text finds: summary, rationale and the reasons for their absence.
    var summary = ""
    var rationale = ""
    /// The person it is about; never written to the index.
    var subject: String?

    struct IndexedCitation: Hashable {
        let document: String
        let version: String
        let section: String
        let authority: String?
        /// The part a principle played; `nil` for citations elsewhere in the decision.
        var role: String?
    }

    struct IndexedLink: Hashable {
        let rel: String
        let id: String
    }

    /// The run that it belongs to.
    var run: ProducerRun? { producer.map { ProducerRun(producer: $0, epoch: epoch) } }

    init(_ proven: ProvenEntry, _ specifications: SpecificationHistory) {
        self.init(proven.entry, proven.disclosures, specifications)
    }

    /// An entry whose body cannot be read is indexed by its envelope alone.
    init(_ entry: Entry, _ disclosures: [Disclosure], _ specifications: SpecificationHistory) {
        self.init(envelopeOf: entry)
        if entry.type == EntryType.erasure, let body = try? entry.body(),
            let target = Erasure(body, entry: entry.number)?.target
        {
            links = [IndexedLink(rel: Self.erases, id: Self.name(of: target))]
        }
        guard !Ledger.isOwn(entry.id), let type = RecordType.named(entry.type), let object = try? entry.body().object
        else { return }
        let revealed = RevealedRecord(body: object, disclosures: disclosures, as: type)
        let content = revealed.content
        outcome = content["outcome"]?.text
        kind = content["kind"]?.text
        model = content["model"]?["served"]?.text ?? content["model"]?["requested"]?.text
        producer = content["producer"]?["id"]?.text
        epoch = content["producer"]?["epoch"]?.text
        // The number of an attempt is that of a decision which may never come.
        if type.name == EntryType.decision { seq = content["producer"]?["seq"]?.integer }
        claim = NumberingClaim(content, type: type.name)
        session = content["session"]?.text
        trace = content["trace"]?.text
        subject = content["subject"]?.text
        summary = Self.words([content["summary"], content["none_cited"]])
        rationale = Self.words(
            [content["rationale"]?["text"], content["rationale_absent"]]
                + ["reason", "grounds", "evidence", "text"].map { content[$0] })
        links = Self.links(of: revealed)
        citations = citations(object, specifications)
        if let principles = object["principles"]?.items, !principles.isEmpty {
            unresolved = Int64(principles.count { Decisions.Citation.all(in: $0).isEmpty })
        }
    }

    /// How an erasure relates to the entry whose values it erased.
    static let erases = "erases"

    /// What an entry is called in a link by its number; no id is spelled like that.
    static func name(of number: UInt64) -> String { "#\(number)" }

    /// The number of the entry whose values this one says were erased.
    var erasedEntry: UInt64? {
        guard type == EntryType.erasure, let link = links.first, link.rel == Self.erases else { return nil }
        return UInt64(link.id.dropFirst())
    }

    /// The other records that one names: in `links`, and in members of its own such as `decision`, whose name is the relation.
    static func links(of record: RevealedRecord) -> [IndexedLink] {
        let own = record.type.fields.filter { $0.shape.isID && $0.name != "id" }.compactMap { field in
            record.content[field.name]?.text.map { IndexedLink(rel: field.name, id: $0) }
        }
        return own
            + (record.content["links"]?.items ?? []).compactMap { link in
                guard let rel = link["rel"]?.text, let id = link["id"]?.text else { return nil }
                return IndexedLink(rel: rel, id: id)
            }
    }

    /// What the envelope gives.
    init(envelopeOf entry: Entry) {
        number = entry.number
        id = entry.id
        type = entry.type
        at = entry.at.microseconds
    }

    private static func words(_ texts: [JSON?]) -> String { words(texts.map { $0?.text }) }

    static func words(_ texts: [String?]) -> String { texts.compactMap(\.self).joined(separator: "\n") }

    private func citations(_ body: JSONObject, _ specifications: SpecificationHistory) -> [IndexedCitation] {
        var found: [IndexedCitation] = []
        func add(_ json: JSON, role: String?) {
            for (ref, citation) in Decisions.Citation.all(in: json) {
                guard let cited = specifications.cited(citation, ref: ref, at: number) else { continue }
                let indexed = IndexedCitation(
                    document: cited.document, version: cited.version, section: cited.section,
                    authority: citation.authority, role: role)
                if !found.contains(indexed) { found.append(indexed) }
            }
        }
        for principle in body["principles"]?.items ?? [] { add(principle, role: principle["role"]?.text) }
        for name in ["alternatives", "conflicts"] { if let json = body[name] { add(json, role: nil) } }
        return found
    }
}
