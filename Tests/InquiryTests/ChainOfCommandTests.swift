import Cryptography
import Decisions
import Inquiry
import JSON
import Testing

/// What a record of conflicts says against the authorities of its principles.
struct ChainOfCommandTests {
    /// A reference `a/b#root` is of authority root; `a/b#plain` states none; `a/b#none` does not resolve.
    private static func resolve(_ ref: String) -> Resolution {
        let name = ref.split(separator: "#").last.map(String.init) ?? ""
        if name == "none" { return .unresolved(reason: "there is no such section") }
        let authority = name == "plain" ? nil : name.split(separator: "-").first.map(String.init)
        return .citation(
            Decisions.Citation(
                document: SHA256.digest(of: "a/b"), section: SHA256.digest(of: name), authority: authority))
    }

    private func inconsistencies(_ text: String, tags: [String] = []) throws -> [Inconsistency] {
        let submission = try Submission(checking: JSON(parsing: Array(text.utf8)))
        let sealed = try submission.sealed(randomness: .system, resolve: Self.resolve)
        let body = try #require(JSON(parsing: sealed.bytes).object)
        let revealed = RevealedRecord(body: body, disclosures: sealed.disclosures)
        return ChainOfCommand(revealed) { _ in tags }.inconsistencies
    }

    private func conflict(_ between: [String], _ rule: String, _ winner: String?, _ outcome: String) -> String {
        let parties = between.map { "\"\($0)\"" }.joined(separator: ",")
        let won = winner.map { ",\"winner\":\"\($0)\"" } ?? ""
        return #"""
            {"outcome":"\#(outcome)","none_cited":"n","rationale_absent":"r","unresolved":"accept",
            "conflicts":[{"between":[\#(parties)],"rule":"\#(rule)"\#(won)}]}
            """#
    }

    /// Parties, the rule, who won, the outcome, and what is found.
    private typealias Case = (String, String, String, String?, String, [Inconsistency.Kind])

    private static let levels = ["root", "system", "platform", "developer", "user", "guideline"]

    @Test(
        arguments: [
            ("message:user", "a/b#root", "higher_authority", "a/b#root", "refuse", []),
            ("message:user", "a/b#root", "higher_authority", "message:user", "comply", [.notHigher]),
            ("message:system", "a/b#platform", "higher_authority", "a/b#platform", "refuse", [.notHigher]),
            ("message:developer", "message:user", "higher_authority", "message:developer", "refuse", []),
            ("message:developer", "message:user", "higher_authority", "message:user", "comply", [.notHigher]),
            ("message:user", "a/b#none", "higher_authority", "message:user", "comply", []),
            ("message:user", "a/b#plain", "higher_authority", "message:user", "comply", []),
            ("message:user", "a/b#user", "later_same_level", "message:user", "comply", []),
            ("message:user", "a/b#developer", "later_same_level", "message:user", "comply", [.notSameLevel]),
            ("message:user", "a/b#guideline", "implicit_override", "message:user", "comply", []),
            ("message:user", "a/b#user", "implicit_override", "message:user", "comply", [.implicitAboveGuideline]),
            ("message:user", "a/b#root", "implicit_override", "message:user", "comply", [.rootOverridden]),
            ("message:user", "a/b#user", "explicit_override", "message:user", "comply", []),
            ("message:developer", "a/b#user", "explicit_override", "message:developer", "comply", []),
            ("message:user", "a/b#developer", "explicit_override", "message:user", "comply", [.overriddenFromBelow]),
            ("message:system", "a/b#root", "explicit_override", "message:system", "comply", [.rootOverridden]),
            ("a/b#root-1", "a/b#root-2", "root_root_inaction", nil, "abstain", []),
            ("a/b#root-1", "a/b#root-2", "root_root_inaction", nil, "comply", [.rootAgainstRoot]),
            ("a/b#root-1", "a/b#root-2", "other", "a/b#root-1", "act", [.rootAgainstRoot]),
            ("a/b#root-1", "a/b#none", "other", "a/b#root-1", "act", []),
            ("a/b#root-1", "a/b#user", "root_root_inaction", nil, "refuse", [.noRootConflict]),
            ("message:tool", "a/b#user", "no_authority", "a/b#user", "refuse", []),
            ("message:user", "a/b#root", "no_authority", "a/b#root", "refuse", [.hasAuthority]),
            ("message:tool", "message:user", "other", "message:tool", "act", [.untrustedObeyed]),
            ("message:tool", "message:user", "delegated_authority", "message:tool", "act", []),
            (
                "message:assistant", "a/b#root", "higher_authority", "message:assistant", "act",
                [.notHigher, .untrustedObeyed]
            ),
        ] as [Case])
    private func `a resolution is held against the registered authorities`(_ example: Case) throws {
        let text = conflict([example.0, example.1], example.2, example.3, example.4)
        #expect(try inconsistencies(text).map(\.kind) == example.5, "\(text)")
    }

    @Test func `the higher authority wins exactly where its rank is greater`() throws {
        for (winner, loser) in Self.levels.flatMap({ winner in Self.levels.map { (winner, $0) } }) {
            let text = conflict(["a/b#\(winner)-1", "a/b#\(loser)-2"], "higher_authority", "a/b#\(winner)-1", "refuse")
            let ranks = ["root": 5, "system": 4, "platform": 4, "developer": 3, "user": 2, "guideline": 1]
            let isConsistent = try #require(ranks[winner]) > #require(ranks[loser])
            #expect(try inconsistencies(text).isEmpty == isConsistent, "\(winner) against \(loser)")
        }
    }

    @Test func `a principle that nothing may override is not recorded as overridden without a word`() throws {
        func principle(_ level: String, _ role: String) -> String {
            #"{"outcome":"comply","principles":[{"ref":"a/b#\#(level)","role":"\#(role)"}],"rationale_absent":"r"}"#
        }
        for level in Self.levels {
            let found = try inconsistencies(principle(level, "overridden")).map(\.kind)
            #expect(found == (level == "root" || level == "platform" ? [.rootOverridden] : []), "\(level)")
            #expect(try inconsistencies(principle(level, "applied")).isEmpty)
        }
    }

    @Test(arguments: [
        ("", false), (#","context":{"under_18":true}"#, true), (#","context":{"tags":["x","under_18"]}"#, true),
        (#","context":{"under_18":false}"#, false), (#","context":{"tags":"under_18"}"#, false),
    ])
    func `a tagged principle is applied where the context says that this is its case`(context: String, fits: Bool)
        throws
    {
        let text =
            #"{"outcome":"refuse","principles":[{"ref":"a/b#root","role":"applied"}],"rationale_absent":"r"\#(context)}"#
        #expect(try inconsistencies(text, tags: ["under_18"]).map(\.kind) == (fits ? [] : [.outsideScope]))
    }

    @Test func `a tag that only sorts by topic limits nothing`() throws {
        let text = #"{"outcome":"refuse","principles":[{"ref":"a/b#root","role":"applied"}],"rationale_absent":"r"}"#
        #expect(try inconsistencies(text, tags: ["actions"]).isEmpty)
    }

    @Test func `a sentence names the parties, and says nothing of right or wrong`() throws {
        let text = conflict(["message:user", "a/b#root"], "higher_authority", "message:user", "comply")
        let found = try #require(inconsistencies(text).first)
        #expect(found.field == "conflicts[0]")
        #expect(
            found.sentence
                == "a message of user was followed against \u{201C}a/b#root\u{201D} (root) as the higher authority, and it is lower"
        )
    }
}
