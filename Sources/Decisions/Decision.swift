public import JSON

/// A decision of a model, as an application submits it.
///
/// Required: `outcome`; principles or the reason why none is cited; a rationale or the reason why there is none.
public struct Decision: Sendable, Equatable {
    public enum Outcome: String, Sendable, CaseIterable {
        case comply
        case safeComplete = "safe_complete"
        case refuse, clarify, modify, act, `defer`, escalate, abstain, error
    }

    public enum Kind: String, Sendable, CaseIterable {
        case respond, act, classify, score, rank, route, moderate, approve, delegate
    }

    /// When something was stated, to the output.
    public enum Timing: String, Sendable, CaseIterable { case before, with, after }

    public enum RoleOfAI: String, Sendable, CaseIterable { case sole, determining, advisory, none }

    /// What was invoked, or why nothing was.
    public enum Grounds: Sendable, Equatable {
        case principles([Principle])
        case noneCited(String)
    }

    /// The reason given, or why there is none.
    public enum Reason: Sendable, Equatable {
        case rationale(Rationale)
        case absent(String)
    }

    /// 1 to 128 of `A-Z a-z 0-9 . _ : -`; a UUIDv7 is made when `nil`.
    public var id: String?
    /// RFC 3339, as the producer writes it.
    public var occurred: String?
    public var kind: Kind?
    public var outcome: Outcome
    /// One sentence. Sealed.
    public var summary: String?
    public var grounds: Grounds
    public var reason: Reason
    public var alternatives: [Alternative] = []
    public var alternativesComplete: Bool?
    public var conflicts: [Conflict] = []
    public var confidence: Confidence?
    public var inputs: [Input] = []
    public var output: Output?
    public var model: Model?
    public var prompt: Prompt?
    public var tools: [String] = []
    public var producer: Producer?
    public var session: String?
    public var trace: String?
    public var span: String?
    /// The person the decision is about. Sealed.
    public var subject: String?
    public var roleOfAI: RoleOfAI?
    public var isEffective: Bool?
    /// The name of the class that says how long it is kept; the ledger's default where `nil`.
    public var retention: String?
    public var links: [Link] = []
    /// Whether references that do not resolve are recorded as unresolved instead of refused.
    public var acceptsUnresolved = false
    /// Sealed.
    public var notes: String?
    /// Anything else. Sealed.
    public var context: JSONObject?

    /// A decision that cites principles and gives a rationale.
    public init(
        id: String? = nil, outcome: Outcome, summary: String? = nil, principles: [Principle], rationale: Rationale
    ) {
        self.init(
            id: id, outcome: outcome, summary: summary, grounds: .principles(principles), reason: .rationale(rationale))
    }

    /// A decision with its grounds and reason, whichever they are.
    public init(id: String? = nil, outcome: Outcome, summary: String? = nil, grounds: Grounds, reason: Reason) {
        self.id = id
        self.outcome = outcome
        self.summary = summary
        self.grounds = grounds
        self.reason = reason
    }
}

extension Decision {
    /// A section that was invoked.
    public struct Principle: Sendable, Equatable {
        public enum Role: String, Sendable, CaseIterable {
            case applied, considered, overridden
            case notApplicable = "not_applicable"
            case violated
        }

        /// `document@version#section`, or `document#section` for the version in force.
        public var ref: String
        public var role: Role
        public var timing: Timing?

        public init(_ ref: String, role: Role = .applied, timing: Timing? = nil) {
            self.ref = ref
            self.role = role
            self.timing = timing
        }
    }

    /// The reason that was given: testimony, with who gave it and when.
    public struct Rationale: Sendable, Equatable {
        public enum Source: String, Sendable, CaseIterable { case model, rule, human, application }
        public enum Method: String, Sendable, CaseIterable { case stated, trace, template, imported }

        /// Sealed.
        public var text: String
        public var source: Source
        public var timing: Timing
        public var method: Method?

        public init(_ text: String, source: Source, timing: Timing, method: Method? = nil) {
            self.text = text
            self.source = source
            self.timing = timing
            self.method = method
        }
    }

    /// Something else that could have been decided.
    public struct Alternative: Sendable, Equatable {
        public enum Status: String, Sendable, CaseIterable {
            case rejected, forbidden, infeasible
            case notEvaluated = "not_evaluated"
        }

        /// Sealed.
        public var label: String
        public var status: Status
        /// References to the sections that spoke against it.
        public var by: [String]
        /// Sealed.
        public var reason: String?

        public init(_ label: String, status: Status, by: [String] = [], reason: String? = nil) {
            self.label = label
            self.status = status
            self.by = by
            self.reason = reason
        }
    }

    /// Instructions that pulled apart, and what settled it.
    public struct Conflict: Sendable, Equatable {
        /// The rules of the Model Spec's chain of command, and those of people.
        public enum Rule: String, Sendable, CaseIterable {
            case higherAuthority = "higher_authority"
            case laterSameLevel = "later_same_level"
            case rootRootInaction = "root_root_inaction"
            case explicitOverride = "explicit_override"
            case implicitOverride = "implicit_override"
            case noAuthority = "no_authority"
            case delegatedAuthority = "delegated_authority"
            case suspectedMistaken = "suspected_mistaken"
            case beyondCapability = "beyond_capability"
            case exception
            case tagScope = "tag_scope"
            case humanDecision = "human_decision"
            case other
        }

        /// References, or `message:` and a role.
        public var between: [String]
        public var rule: Rule
        public var winner: String?
        /// Sealed.
        public var note: String?

        public init(between: [String], rule: Rule, winner: String? = nil, note: String? = nil) {
            self.between = between
            self.rule = rule
            self.winner = winner
            self.note = note
        }
    }

    /// How sure the decider was said to be. Not a probability unless `kind` says so.
    public struct Confidence: Sendable, Equatable {
        public enum Kind: String, Sendable, CaseIterable {
            case selfReported = "self_reported"
            case logprob, calibrated, rule
        }

        /// A decimal from 0 to 1, as it was written.
        public var value: String
        public var kind: Kind

        public init(_ value: String, kind: Kind) {
            self.value = value
            self.kind = kind
        }
    }

    /// Something the decision was made from.
    public struct Input: Sendable, Equatable {
        public enum Role: String, Sendable, CaseIterable {
            case system, developer, user, assistant, tool, retrieved, feature, memory, reference
        }

        /// Sealed.
        public var name: String?
        public var role: Role?
        /// Sealed.
        public var text: String?
        /// `sha256:` and 64 hexadecimal digits. Sealed.
        public var digest: String?
        public var media: String?
        public var byteCount: Int64?
        public var isTrusted: Bool?
        public var asOf: String?
        /// Whether it is what the person the decision is about said or gave, which that person may then be shown.
        public var isOfSubject: Bool?

        public init(name: String? = nil, role: Role? = nil, text: String? = nil, digest: String? = nil) {
            self.name = name
            self.role = role
            self.text = text
            self.digest = digest
        }
    }

    /// What was answered or done.
    public struct Output: Sendable, Equatable {
        /// Sealed.
        public var text: String?
        /// `sha256:` and 64 hexadecimal digits. Sealed.
        public var digest: String?
        public var media: String?
        public var byteCount: Int64?

        public init(text: String? = nil, digest: String? = nil) {
            self.text = text
            self.digest = digest
        }
    }

    /// The model that took part. An alias is not an identity: `served` is what answered.
    public struct Model: Sendable, Equatable {
        public var provider: String?
        public var requested: String?
        public var served: String?
        public var fingerprint: String?

        public init(
            provider: String? = nil, requested: String? = nil, served: String? = nil, fingerprint: String? = nil
        ) {
            self.provider = provider
            self.requested = requested
            self.served = served
            self.fingerprint = fingerprint
        }
    }

    /// The prompt template that was used.
    public struct Prompt: Sendable, Equatable {
        public var name: String?
        public var version: String?
        public var digest: String?

        public init(name: String? = nil, version: String? = nil, digest: String? = nil) {
            self.name = name
            self.version = version
            self.digest = digest
        }
    }

    /// The application that records.
    public struct Producer: Sendable, Equatable {
        public var id: String
        public var version: String?
        public var epoch: String?
        /// From 1.
        public var seq: Int64?

        public init(_ id: String, version: String? = nil, epoch: String? = nil, seq: Int64? = nil) {
            self.id = id
            self.version = version
            self.epoch = epoch
            self.seq = seq
        }
    }

    /// Another record that this one depends on.
    public struct Link: Sendable, Equatable {
        public enum Relation: String, Sendable, CaseIterable {
            case parent
            case causedBy = "caused_by"
            case revises, retries, precedent
            case appealOf = "appeal_of"
            case partOf = "part_of"
            case explains, observes
        }

        public var rel: Relation
        public var id: String

        public init(_ rel: Relation, _ id: String) {
            self.rel = rel
            self.id = id
        }
    }
}

extension Decision.Principle: ExpressibleByStringLiteral {
    /// A section that was applied: `"openai/model-spec#protect_privacy"`.
    public init(stringLiteral ref: String) { self.init(ref) }
}
