import Decisions
import JSON
import Ledgers
import Specifications

/// What is counted of a decision. It stands in clear, so no erasure changes what was counted.
struct CountedDecision: Equatable {
    let outcome: Decision.Outcome?
    let model: String?
    let producer: String?
    /// The value of the member that segments are made by.
    let segment: String?
    /// The principles cited, each role of a section once.
    let principles: [Principle]
    let conflicts: [Conflict]

    struct Principle: Hashable {
        let document: String
        let version: String
        let section: String
        let authority: String?
        let role: String
    }

    struct Conflict: Hashable {
        let rule: String
        /// Who was followed: `message of user`, the authority of a section, or why it cannot be said.
        let winner: String
    }
}

/// Reads what is counted of decisions, in the order of the log.
///
/// From bytes of the usual spelling without making a tree of them; lists of principles and conflicts are read once each, since a
/// ledger cites few of them again and again.
struct CountedDecisionReader {
    private let specifications: SpecificationHistory
    private let members: [ClearMember]
    private let scan: ClearMemberScan
    private var principles: [HashedBytes: [CountedDecision.Principle]] = [:]
    private static let knownLimit = 4096

    init(_ specifications: SpecificationHistory, segment: ClearMember?) {
        self.specifications = specifications
        members = [.outcome, .model, .producer] + [segment].compactMap(\.self)
        scan = ClearMemberScan(members)
    }

    /// Notes that a reference may mean something else from here on.
    mutating func passSpecification() { principles = [:] }

    /// What is counted of the decision in an entry; `nil` where its body cannot be read.
    mutating func decision(_ entry: Entry) -> CountedDecision? { (try? read(entry)) ?? decisionByTree(entry) }

    /// The same from the bytes of an entry, where they are as usual.
    mutating func read(_ entry: Entry) throws(CanonicalScanner.Unusual) -> CountedDecision {
        let read = entry.bodyBytes.withUnsafeBytes { body in
            Result { () throws(CanonicalScanner.Unusual) in try decision(entry.number, body) }
        }
        return try read.get()
    }

    /// The same by a tree of the whole body.
    func decisionByTree(_ entry: Entry) -> CountedDecision? {
        guard let body = try? entry.body().object else { return nil }
        return decision(
            members.map { $0.value(in: body) },
            principles: (body["principles"]?.items ?? []).flatMap { cited($0, at: entry.number) },
            conflicts: (body["conflicts"]?.items ?? []).map(Self.conflict))
    }

    private mutating func decision(
        _ number: UInt64, _ body: UnsafeRawBufferPointer
    ) throws(CanonicalScanner.Unusual) -> CountedDecision {
        var scanner = CanonicalScanner(body)
        let found = try scan.scan(&scanner)
        guard scanner.hasReadText else { throw CanonicalScanner.Unusual() }
        let conflicts = found.conflicts.flatMap { try? JSON(parsing: Array(body[$0])) }?.items ?? []
        return decision(
            scan.texts(found, scanner),
            principles: found.principles.map { principles(Array(body[$0]), at: number) } ?? [],
            conflicts: conflicts.map(Self.conflict))
    }

    private func decision(
        _ texts: [String?], principles: [CountedDecision.Principle], conflicts: [CountedDecision.Conflict]
    ) -> CountedDecision {
        CountedDecision(
            outcome: texts[0].flatMap(Decision.Outcome.init(rawValue:)), model: texts[1], producer: texts[2],
            segment: texts.count > 3 ? texts[3] : nil, principles: principles, conflicts: conflicts)
    }

    private mutating func principles(_ list: [UInt8], at number: UInt64) -> [CountedDecision.Principle] {
        let key = HashedBytes(bytes: list)
        if let known = principles[key] { return known }
        let found = ((try? JSON(parsing: list))?.items ?? []).flatMap { cited($0, at: number) }
        if principles.count >= Self.knownLimit { principles = [:] }
        principles[key] = found
        return found
    }

    private func cited(_ principle: JSON, at number: UInt64) -> [CountedDecision.Principle] {
        Citation.all(in: principle).compactMap { ref, citation in
            specifications.cited(citation, ref: ref, at: number).map {
                .init(
                    document: $0.document, version: $0.version, section: $0.section, authority: citation.authority,
                    role: principle["role"]?.text ?? "not recorded")
            }
        }
    }

    private static func conflict(_ conflict: JSON) -> CountedDecision.Conflict {
        let winner =
            switch conflict["winner"] {
            case nil: "not recorded"
            case .string(let message)?: "message of \(message.dropFirst("message:".count))"
            case .object(let body)?: Citation(body: body)?.authority ?? "no authority stated"
            default: "not recorded"
            }
        return CountedDecision.Conflict(rule: conflict["rule"]?.text ?? "not recorded", winner: winner)
    }
}
