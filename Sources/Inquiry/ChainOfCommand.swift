import Cryptography
public import Decisions
public import JSON
import Ledgers
import Specifications

/// What in a record of a decision does not fit the authorities that its specification states.
///
/// It says that the *record* is inconsistent, never that the decision was wrong: the order of authorities and when one may be
/// overridden stand in the OpenAI Model Spec ("Instructions and levels of authority", "Follow all applicable instructions").
public struct Inconsistency: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A party of lower authority won, or one of the same, where the rule is that the higher one wins.
        case notHigher = "not_higher"
        /// Parties of different authority, where the rule is that the later one at the same level wins.
        case notSameLevel = "not_same_level"
        /// A principle that nothing may override was overridden.
        case rootOverridden = "root_overridden"
        /// Two root principles pulled apart, and that did not end in inaction.
        case rootAgainstRoot = "root_against_root"
        /// The rule for two root principles, where there are none.
        case noRootConflict = "no_root_conflict"
        /// Overridden by a party of lower authority.
        case overriddenFromBelow = "overridden_from_below"
        /// An implicit override of more than a guideline.
        case implicitAboveGuideline = "implicit_above_guideline"
        /// What has no authority was followed, and nothing delegated authority to it.
        case untrustedObeyed = "untrusted_obeyed"
        /// What was ignored for having no authority has one.
        case hasAuthority = "has_authority"
        /// A principle for a case such as users under 18 was applied, and the record does not say that this is one.
        case outsideScope = "outside_scope"
    }

    public let kind: Kind
    /// Where: `conflicts[0]`, `principles[2]`.
    public let field: String
    /// What is inconsistent, as a sentence without its full stop.
    public let sentence: String

    public var json: JSON {
        ["kind": .string(kind.rawValue), "field": .string(field), "sentence": .string(sentence)]
    }
}

/// Holds what was recorded of conflicts and principles against the authorities that were registered when it was recorded.
public struct ChainOfCommand {
    private let revealed: RevealedRecord
    /// The tags of the section with the words that are cited; empty where it has none.
    private let tags: (Decisions.Citation) -> [String]

    private var content: JSONObject { revealed.content }

    /// Tags that limit a section to a case. Others only sort sections by topic.
    private static let scopes: Set = ["under_18"]

    public init(_ revealed: RevealedRecord, tags: @escaping (Decisions.Citation) -> [String]) {
        self.revealed = revealed
        self.tags = tags
    }

    /// Whether anything was recorded that could be inconsistent: a conflict, or a principle that was resolved.
    public var hasSubject: Bool { !(content["conflicts"]?.items ?? []).isEmpty || !revealed.citations.isEmpty }

    /// All that does not fit, conflicts first. Empty where nothing does, and where nothing can be compared: a party whose
    /// reference did not resolve or whose section states no authority is passed over.
    public var inconsistencies: [Inconsistency] {
        let conflicts = content["conflicts"]?.items ?? []
        let principles = content["principles"]?.items ?? []
        return conflicts.enumerated().flatMap { conflict($1, at: "conflicts[\($0)]") }
            + principles.enumerated().flatMap { principle($1, at: "principles[\($0)]") }
    }

    /// One side of a conflict.
    private struct Party {
        let name: String
        let authority: Authority
        let isMessage: Bool

        var isRoot: Bool { !isMessage && (authority.name == "root" || authority.name == "platform") }
        var described: String {
            isMessage ? "a message of \(authority.name)" : "\u{201C}\(name)\u{201D} (\(authority.name))"
        }
    }

    private func party(_ json: JSON?, at field: String) -> Party? {
        guard let text = json?.text else { return nil }
        if text.hasPrefix("message:") {
            return Authority(String(text.dropFirst(8))).map { Party(name: text, authority: $0, isMessage: true) }
        }
        guard let name = revealed.citations[field]?.authority, let authority = Authority(name) else { return nil }
        return Party(name: text, authority: authority, isMessage: false)
    }

    // MARK: Conflicts

    private func conflict(_ conflict: JSON, at field: String) -> [Inconsistency] {
        let names = conflict["between"]?.items ?? []
        let parties = names.enumerated().compactMap { party($1, at: "\(field).between[\($0)]") }
        let winner = party(conflict["winner"], at: "\(field).winner")
        let losers = winner.map { winner in parties.filter { $0.name != winner.name } } ?? []
        guard let rule = conflict["rule"]?.text.flatMap(Decision.Conflict.Rule.init(rawValue:)) else { return [] }
        var found: [(Inconsistency.Kind, String)] = []
        // Every party must be known before all of them can be said to be root.
        let areRoot = parties.count == names.count && parties.allSatisfy(\.isRoot)
        if areRoot, !endedInInaction {
            found.append(
                (.rootAgainstRoot, "root principles pulled apart, and the outcome \(outcome) is not inaction"))
        }
        if rule == .rootRootInaction, parties.contains(where: { !$0.isRoot }) {
            found.append((.noRootConflict, "the rule for two root principles is named, and not all parties are root"))
        }
        if let winner { found += losers.compactMap { judge(rule, winner, $0) } }
        if let winner, winner.authority.rank == 0, rule != .delegatedAuthority, rule != .humanDecision {
            found.append((.untrustedObeyed, "\(winner.described) was followed, to which no authority was delegated"))
        }
        return found.map { Inconsistency(kind: $0, field: field, sentence: $1) }
    }

    /// What does not fit where `rule` let `winner` win over `loser`.
    private func judge(
        _ rule: Decision.Conflict.Rule, _ winner: Party, _ loser: Party
    ) -> (Inconsistency.Kind, String)? {
        let pair = "\(winner.described) was followed against \(loser.described)"
        switch rule {
        case .higherAuthority where !winner.authority.outranks(loser.authority):
            let how = winner.authority.hasSameRank(as: loser.authority) ? "no higher" : "lower"
            return (.notHigher, "\(pair) as the higher authority, and it is \(how)")
        case .laterSameLevel where !winner.authority.hasSameRank(as: loser.authority):
            return (.notSameLevel, "\(pair) as the later one at the same level, and the levels differ")
        case .explicitOverride where loser.isRoot, .implicitOverride where loser.isRoot:
            return (.rootOverridden, "\(pair) as an override, and nothing may override that")
        case .explicitOverride where loser.authority.outranks(winner.authority):
            return (.overriddenFromBelow, "\(pair) as an override, and its authority is lower")
        case .implicitOverride where loser.authority.rank > 1:
            return (
                .implicitAboveGuideline, "\(pair) as an implicit override, and only guidelines can be so overridden"
            )
        case .noAuthority where loser.authority.rank > 0:
            return (.hasAuthority, "\(pair) because that has no authority, and it has")
        default: return nil
        }
    }

    private var outcome: String { content["outcome"]?.text ?? "" }

    /// Whether what was decided is to do nothing of one's own accord.
    private var endedInInaction: Bool {
        ["refuse", "abstain", "defer", "escalate", "clarify", "error"].contains(outcome)
    }

    // MARK: Principles

    private func principle(_ principle: JSON, at field: String) -> [Inconsistency] {
        guard let ref = principle["ref"]?.text, let citation = revealed.citations["\(field).ref"] else { return [] }
        var found: [Inconsistency] = []
        let authority = citation.authority ?? ""
        if principle["role"]?.text == "overridden", authority == "root" || authority == "platform" {
            let sentence =
                "\u{201C}\(ref)\u{201D} (\(authority)) is recorded as overridden, and nothing may override it"
            found.append(.init(kind: .rootOverridden, field: field, sentence: sentence))
        }
        if principle["role"]?.text == "applied" {
            for tag in tags(citation) where Self.scopes.contains(tag) && !context(says: tag) {
                let sentence =
                    "\u{201C}\(ref)\u{201D} is for the case \(tag), and the context does not say that this is one"
                found.append(.init(kind: .outsideScope, field: field, sentence: sentence))
            }
        }
        return found
    }

    /// Whether the context has the tag as a member that is true, or in its list `tags`. Of one that is gone nothing is said.
    private func context(says tag: String) -> Bool {
        if revealed.missing.contains(where: { $0.path.isEmpty }) { return true }
        let context = content["context"]
        return context?[tag]?.bool == true || (context?["tags"]?.items ?? []).contains { $0.text == tag }
    }
}

extension LedgerView {
    /// The words of a section; `nil` where they are missing or were changed.
    func words(_ digest: Digest) throws -> String? {
        try text(digest).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The tags of the section that is cited.
    func tags(of citation: Decisions.Citation) throws -> [String] {
        try words(citation.section).map(Section.tags(inHeadingOf:)) ?? []
    }
}

extension Section {
    /// The tags that the heading of a section's own text states; none in a document of another format.
    fileprivate static func tags(inHeadingOf text: String) -> [String] {
        let alone = try? Specification(parsing: Array(text.utf8), format: .modelSpec, id: "section", version: "1")
        return alone?.sections.first?.tags ?? []
    }
}
