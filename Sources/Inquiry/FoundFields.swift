import Cryptography

/// Where in the bytes of a decision stands what the index holds.
struct FoundFields {
    private(set) var outcome: Range<Int>?
    var kind: Range<Int>?
    var served: Range<Int>?
    var requested: Range<Int>?
    var producer: Range<Int>?
    var epoch: Range<Int>?
    var seq: Int64?
    var session: Range<Int>?
    var trace: Range<Int>?
    var links: [(rel: Range<Int>, id: Range<Int>)] = []
    var digests: [SealedDigest] = []
    var citations: [Cited] = []
    /// Of the principles, those without a citation; `nil` where there are no principles.
    private(set) var unresolved: Int64?
    /// Digests met so far: the next one's ordinal.
    private var ordinal = 0

    /// A digest that stands in the decision itself or in its rationale.
    struct SealedDigest {
        let range: Range<Int>
        let ordinal: Int
        let isRationale: Bool
    }

    /// A citation: an object with the reference and the two digests.
    struct Cited {
        let whole: Range<Int>
        let ref: Range<Int>
        let document: Range<Int>
        let section: Range<Int>
        let authority: Range<Int>?
        var role: Range<Int>?
    }

    typealias Scanner = CanonicalScanner

    mutating func read(_ name: Range<Int>, from scanner: inout Scanner) throws(Scanner.Unusual) {
        switch scanner.text(name) {
        case "_sd": try readDigests(&scanner, isKept: true, isRationale: false)
        case "outcome": outcome = try scanner.stringIfAny()
        case "kind": kind = try scanner.stringIfAny()
        case "session": session = try scanner.stringIfAny()
        case "trace": trace = try scanner.stringIfAny()
        case "model": try readModel(&scanner)
        case "producer": try readProducer(&scanner)
        case "links": try readLinks(&scanner)
        case "rationale": try readRationale(&scanner)
        case "principles": try readPrinciples(&scanner)
        case "alternatives", "conflicts": try readCitations(&scanner, depth: 0)
        // Sealed ever since there are decisions: what stands in clear there is for the slow way.
        case "summary", "none_cited", "rationale_absent", "subject", "notes", "context": throw Scanner.Unusual()
        // Words of other records, which full text would find here as well.
        case "reason", "grounds", "evidence", "text": throw Scanner.Unusual()
        default: try pass(&scanner, depth: 0)
        }
    }

    /// Reads the digests of sealed fields. A list of anything else counts as none, which is not for this to find out.
    private mutating func readDigests(
        _ scanner: inout Scanner, isKept: Bool, isRationale: Bool
    ) throws(Scanner.Unusual) {
        try scanner.items { (scanner) throws(Scanner.Unusual) in
            let range = try scanner.string()
            guard range.count == Digest.base64URLLength else { throw Scanner.Unusual() }
            if isKept {
                digests.append(SealedDigest(range: range, ordinal: ordinal, isRationale: isRationale))
            } else if Digest(base64URL: scanner.text(range)) == nil {
                throw Scanner.Unusual()
            }
            ordinal += 1
        }
    }

    /// Passes over a value, counting the digests in it.
    private mutating func pass(_ scanner: inout Scanner, depth: Int) throws(Scanner.Unusual) {
        guard depth < 12 else { throw Scanner.Unusual() }
        switch scanner.next {
        case UInt8(ascii: "{"):
            try scanner.members { (scanner, name) throws(Scanner.Unusual) in
                if scanner.isEqual(name, "_sd") {
                    try readDigests(&scanner, isKept: false, isRationale: false)
                } else {
                    try pass(&scanner, depth: depth + 1)
                }
            }
        case UInt8(ascii: "["):
            try scanner.items { (scanner) throws(Scanner.Unusual) in try pass(&scanner, depth: depth + 1) }
        default: try scanner.skip()
        }
    }

    private mutating func readRationale(_ scanner: inout Scanner) throws(Scanner.Unusual) {
        try Self.readObject(&scanner) { (scanner, name) throws(Scanner.Unusual) in
            if scanner.isEqual(name, "_sd") {
                try readDigests(&scanner, isKept: true, isRationale: true)
            } else if scanner.isEqual(name, "text") {
                throw Scanner.Unusual()
            } else {
                try pass(&scanner, depth: 1)
            }
        }
    }

    private mutating func readModel(_ scanner: inout Scanner) throws(Scanner.Unusual) {
        try Self.readObject(&scanner) { (scanner, name) throws(Scanner.Unusual) in
            switch scanner.text(name) {
            case "served": served = try scanner.stringIfAny()
            case "requested": requested = try scanner.stringIfAny()
            // It may open to any name.
            case "_sd": throw Scanner.Unusual()
            default: try pass(&scanner, depth: 1)
            }
        }
    }

    private mutating func readProducer(_ scanner: inout Scanner) throws(Scanner.Unusual) {
        try Self.readObject(&scanner) { (scanner, name) throws(Scanner.Unusual) in
            switch scanner.text(name) {
            case "id": producer = try scanner.stringIfAny()
            case "epoch": epoch = try scanner.stringIfAny()
            case "seq": seq = try scanner.integerIfAny()
            case "_sd": throw Scanner.Unusual()
            default: try pass(&scanner, depth: 1)
            }
        }
    }

    private mutating func readLinks(_ scanner: inout Scanner) throws(Scanner.Unusual) {
        guard scanner.next == UInt8(ascii: "[") else { throw Scanner.Unusual() }
        try scanner.items { (scanner) throws(Scanner.Unusual) in
            var (rel, id): (Range<Int>?, Range<Int>?)
            try Self.readObject(&scanner) { (scanner, name) throws(Scanner.Unusual) in
                switch scanner.text(name) {
                case "rel": rel = try scanner.stringIfAny()
                case "id": id = try scanner.stringIfAny()
                case "_sd": throw Scanner.Unusual()
                default: try pass(&scanner, depth: 2)
                }
            }
            if let rel, let id { links.append((rel, id)) }
        }
    }

    // MARK: Citations

    private mutating func readPrinciples(_ scanner: inout Scanner) throws(Scanner.Unusual) {
        // They are named first, though other citations stand before them in the canonical text.
        let others = citations
        citations = []
        defer { citations += others }
        try scanner.items { (scanner) throws(Scanner.Unusual) in
            let first = citations.count
            var role: Range<Int>?
            try Self.readObject(&scanner) { (scanner, name) throws(Scanner.Unusual) in
                switch scanner.text(name) {
                case "role": role = try scanner.string()
                case "_sd": try readDigests(&scanner, isKept: false, isRationale: false)
                // They belong to a reference, one level further down.
                case "document_digest", "section_digest": throw Scanner.Unusual()
                default: try readCitations(&scanner, depth: 1)
                }
            }
            for index in first..<citations.count { citations[index].role = role }
            unresolved = (unresolved ?? 0) + (citations.count == first ? 1 : 0)
        }
    }

    /// Collects the citations in a value, as `Citation.all` does: an object that is one is not looked into.
    private mutating func readCitations(_ scanner: inout Scanner, depth: Int) throws(Scanner.Unusual) {
        guard depth < 12 else { throw Scanner.Unusual() }
        guard scanner.next == UInt8(ascii: "{") else {
            guard scanner.next == UInt8(ascii: "[") else { return try scanner.skip() }
            return try scanner.items { (scanner) throws(Scanner.Unusual) in
                try readCitations(&scanner, depth: depth + 1)
            }
        }
        let (start, first) = (scanner.index, citations.count)
        var (ref, document, section, authority): (Range<Int>?, Range<Int>?, Range<Int>?, Range<Int>?)
        try scanner.members { (scanner, name) throws(Scanner.Unusual) in
            let isText = scanner.next == UInt8(ascii: "\"")
            switch scanner.text(name) {
            case "ref" where isText: ref = try scanner.string()
            case "document_digest" where isText: document = try scanner.string()
            case "section_digest" where isText: section = try scanner.string()
            case "authority" where isText: authority = try scanner.string()
            case "_sd": try readDigests(&scanner, isKept: false, isRationale: false)
            default: try readCitations(&scanner, depth: depth + 1)
            }
        }
        guard let ref, let document, let section else { return }
        citations.removeSubrange(first...)
        citations.append(
            Cited(whole: start..<scanner.index, ref: ref, document: document, section: section, authority: authority))
    }

    private static func readObject(
        _ scanner: inout Scanner, _ body: (inout Scanner, Range<Int>) throws(Scanner.Unusual) -> Void
    ) throws(Scanner.Unusual) {
        guard scanner.next == UInt8(ascii: "{") else { throw Scanner.Unusual() }
        try scanner.members(body)
    }
}
