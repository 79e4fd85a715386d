import Cryptography
import Decisions
import JSON
import Ledgers
import Specifications
import Storage

/// Derives what the index holds of a decision from the bytes of its entry and of its disclosures.
///
/// It gives what `IndexedEntry` derives from the tree of JSON values, or nothing: then that is to be asked. Catching up was bound
/// by those trees, 35 of 51 µs a record; this takes 5.
struct IndexedEntryReader {
    private let specifications: SpecificationHistory
    /// What citations were found to mean, by their bytes. It holds from one specification entry to the next.
    private var known: [HashedBytes: IndexedEntry.IndexedCitation?] = [:]
    private static let knownLimit = 4096

    init(_ specifications: SpecificationHistory) { self.specifications = specifications }

    /// Notes that a reference may mean something else from here on.
    mutating func passSpecification() { known = [:] }

    /// What is derived from an entry. `sealed` are its disclosures in the order of their ordinals; `nil` where
    /// what is sealed is left out.
    mutating func entry(
        _ entry: Entry, _ sealed: [StoredDisclosure]?
    ) throws(CanonicalScanner.Unusual) -> IndexedEntry {
        // What other types of entries hold is rare, and for the tree to say.
        guard entry.type == EntryType.decision, !Ledger.isOwn(entry.id) else { throw CanonicalScanner.Unusual() }
        var indexed = IndexedEntry(envelopeOf: entry)
        let result = entry.bodyBytes.withUnsafeBytes { body in
            Result { () throws(CanonicalScanner.Unusual) in try fill(&indexed, from: body, sealed) }
        }
        try result.get()
        return indexed
    }

    private mutating func fill(
        _ entry: inout IndexedEntry, from body: UnsafeRawBufferPointer, _ sealed: [StoredDisclosure]?
    ) throws(CanonicalScanner.Unusual) {
        var found = FoundFields()
        var scanner = CanonicalScanner(body)
        try scanner.members { (scanner, name) throws(CanonicalScanner.Unusual) in
            try found.read(name, from: &scanner)
        }
        guard scanner.hasReadText else { throw CanonicalScanner.Unusual() }
        func text(_ range: Range<Int>?) -> String? { range.map(scanner.text) }
        entry.outcome = text(found.outcome)
        entry.kind = text(found.kind)
        entry.model = text(found.served ?? found.requested)
        entry.producer = text(found.producer)
        entry.epoch = text(found.epoch)
        entry.seq = found.seq
        entry.session = text(found.session)
        entry.trace = text(found.trace)
        entry.unresolved = found.unresolved
        entry.links = found.links.map { .init(rel: scanner.text($0.rel), id: scanner.text($0.id)) }
        if let sealed { try open(found.digests, sealed, scanner, &entry) }
        try cite(found.citations, scanner, &entry)
    }

    // MARK: Sealed texts

    /// Takes the texts whose digests stand in the decision itself and in its rationale.
    private func open(
        _ digests: [FoundFields.SealedDigest], _ sealed: [StoredDisclosure], _ scanner: CanonicalScanner,
        _ entry: inout IndexedEntry
    ) throws(CanonicalScanner.Unusual) {
        var texts = SealedTexts()
        for digest in digests {
            // Whatever does not lie where it was put is looked for by the digests of all.
            guard digest.ordinal < sealed.count, sealed[digest.ordinal].ordinal == digest.ordinal else {
                throw CanonicalScanner.Unusual()
            }
            let disclosure = sealed[digest.ordinal].text
            guard let text = UnsafeRawBufferPointer(rebasing: scanner.bytes[digest.range]).baseAddress,
                SHA256.digest(of: disclosure).isWritten(at: text)
            else {
                throw CanonicalScanner.Unusual()
            }
            try texts.add(disclosure, isRationale: digest.isRationale)
        }
        entry.summary = IndexedEntry.words([texts.summary, texts.noneCited])
        entry.rationale = IndexedEntry.words([texts.rationale, texts.rationaleAbsent])
        entry.subject = texts.subject
    }

    // MARK: Citations

    private mutating func cite(
        _ citations: [FoundFields.Cited], _ scanner: CanonicalScanner, _ entry: inout IndexedEntry
    ) throws(CanonicalScanner.Unusual) {
        for cited in citations {
            guard var citation = try citation(cited, scanner, entry.number) else { continue }
            citation.role = cited.role.map(scanner.text)
            if !entry.citations.contains(citation) { entry.citations.append(citation) }
        }
    }

    private mutating func citation(
        _ cited: FoundFields.Cited, _ scanner: CanonicalScanner, _ number: UInt64
    ) throws(CanonicalScanner.Unusual) -> IndexedEntry.IndexedCitation? {
        let key = HashedBytes(bytes: Array(scanner.bytes[cited.whole]))
        if let known = known[key] { return known }
        guard let document = Digest(base64URL: scanner.text(cited.document)),
            let section = Digest(base64URL: scanner.text(cited.section))
        else { throw CanonicalScanner.Unusual() }
        let citation = Decisions.Citation(
            document: document, section: section, authority: cited.authority.map(scanner.text))
        let found = specifications.cited(citation, ref: scanner.text(cited.ref), at: number).map {
            IndexedEntry.IndexedCitation(
                document: $0.document, version: $0.version, section: $0.section, authority: citation.authority,
                role: nil)
        }
        if known.count >= Self.knownLimit { known = [:] }
        known[key] = .some(found)
        return found
    }
}

/// The sealed texts that full text finds, by the names in their disclosures.
private struct SealedTexts {
    var summary: String?
    var noneCited: String?
    var rationale: String?
    var rationaleAbsent: String?
    var subject: String?

    mutating func add(_ disclosure: [UInt8], isRationale: Bool) throws(CanonicalScanner.Unusual) {
        let (name, text) = try Self.read(disclosure)
        // A name that stands elsewhere, or twice, is for the slow way to settle.
        switch (name, isRationale) {
        case ("summary", false) where summary == nil: summary = text
        case ("none_cited", false) where noneCited == nil: noneCited = text
        case ("rationale_absent", false) where rationaleAbsent == nil: rationaleAbsent = text
        case ("subject", false) where subject == nil: subject = text
        case ("text", true) where rationale == nil: rationale = text
        case ("notes", false), ("context", false): break
        default: throw CanonicalScanner.Unusual()
        }
    }

    /// The name and the value of a disclosure; no text where the value is no string.
    private static func read(_ disclosure: [UInt8]) throws(CanonicalScanner.Unusual) -> (name: String, text: String?) {
        guard let list = Base64.decode(disclosure, .url) else { throw CanonicalScanner.Unusual() }
        if let read = list.withUnsafeBytes({ read($0) }) { return read }
        // Escapes, such as line ends in a rationale.
        guard let opened = Disclosure(parsing: disclosure) else { throw CanonicalScanner.Unusual() }
        return (opened.name, opened.value.text)
    }

    private static func read(_ list: UnsafeRawBufferPointer) -> (name: String, text: String?)? {
        var scanner = CanonicalScanner(list)
        do {
            try scanner.take(UInt8(ascii: "["))
            _ = try scanner.string()
            try scanner.take(UInt8(ascii: ","))
            let name = try scanner.string()
            try scanner.take(UInt8(ascii: ","))
            let text = try scanner.stringIfAny()
            try scanner.take(UInt8(ascii: "]"))
            guard scanner.hasReadText else { return nil }
            return (scanner.text(name), text.map(scanner.text))
        } catch { return nil }
    }
}
