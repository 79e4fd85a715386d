public import Cryptography
public import Decisions
public import JSON
public import Ledgers
public import Notes
public import Specifications

/// Where a statement of an answer comes from. Every statement carries one.
public enum Mark: String, Sendable, CaseIterable {
    /// It stands in the entry.
    case recorded
    /// This program derived it from records.
    case computed
    /// A later entry says it.
    case addedLater = "added later"
    /// The entry does not say.
    case notRecorded = "not recorded"
    /// It was there, and its value was erased on record.
    case erased
    /// Its value is gone, and nothing on record says why.
    case missing
    /// It is there, and this audience does not see it.
    case withheldFromSubject = "withheld (subject)"
    case withheldFromOperator = "withheld (operator)"
}

/// An answer to *why did it do that?*, made of records only: a proven entry, the words it cites, and later entries about it.
public struct Explanation: Sendable {
    public let id: String
    public let number: UInt64
    /// When it was recorded, by the ledger's clock.
    public let at: Timestamp
    /// The decision as it was submitted, as far as it can be opened and the audience sees it.
    public internal(set) var content: JSONObject
    /// The sections cited in `principles`, with their words.
    public internal(set) var principles: [Principle]
    /// The person it is about, as it is on record: to compare, never to show.
    let subject: String?
    /// Places of references that resolved to registered words: `alternatives[0].by[1]`.
    let registered: Set<String>
    /// Sealed fields that no disclosure opens.
    public internal(set) var missing: [MissingField]
    /// Other entries that point to this one, in the order of the log.
    public internal(set) var later: [LaterEntry]
    /// How many decisions there are of its session; 0 where it names none, or the audience does not see it. Counted up to 1000.
    public internal(set) var sessionCount: Int
    /// What keeps it from being erased, and how long it is to be kept; `nil` where nothing says so, or the audience does not see it.
    public internal(set) var custody: Custody?
    /// What in the record does not fit the authorities of the specification; `nil` where it has nothing to compare.
    public internal(set) var inconsistencies: [Inconsistency]?
    /// Whether `later` and `completeness` were looked up in the index, which cannot show what it leaves out.
    public let isFromIndex: Bool
    /// What could not be looked up, and why.
    public var notes: [String]
    public internal(set) var completeness: Completeness?
    public let proof: Proof
    /// Where the decision can be contested; `nil` where nobody said so.
    public package(set) var contact: Contact.Recorded?
    /// Who sees all that is left here: `seen(by:)`.
    public internal(set) var audience = Audience.auditor
    /// What the audience does not see of the decision.
    var withheld = Withheld()

    /// A section that was invoked, then and now.
    public struct Principle: Sendable {
        /// The reference as submitted; `nil` for one that did not resolve and whose wording is gone or withheld.
        public internal(set) var ref: String?
        public let role: String
        public let timing: String?
        /// Whether the reference resolved to registered words when it was recorded.
        public let isResolved: Bool
        /// `nil` for a reference that was recorded as unresolved, and where the registration that it cites is gone.
        public let words: Words?
    }

    /// The words of a section as they were in force when it was cited.
    public struct Words: Sendable {
        public let document: String
        public let version: String
        public let section: String
        public let title: String
        public let authority: String?
        /// `nil` where the text is missing from the ledger or was changed.
        public let text: String?
        public let digest: Digest
        public let documentDigest: Digest
        /// The entry that registered the document.
        public let registeredAt: UInt64
        public let now: Now
    }

    /// How the section stands in the version in force now.
    public enum Now: Sendable {
        /// The version that was cited is in force.
        case inForce
        /// The version in force has the same words.
        case unchanged(version: String)
        /// The version in force has other words; the difference from then to now.
        case changed(version: String, difference: TextDiff?)
        /// The version in force has no section of this id.
        case removed(version: String)
        /// No version of the document is in force.
        case noneInForce
    }

    /// A sealed field whose value is gone.
    public struct MissingField: Sendable {
        /// The object that holds it: `rationale`, `inputs[2]`; empty for the decision itself.
        public let path: String
        public let digest: Digest
        /// What says that it was erased; `nil` where nothing does.
        public let erasure: RecordedErasure?

        /// The path of the field itself, where its erasure tells it.
        public var field: String? { erasure?.field(digest) }
    }

    /// An entry that points to this one.
    public struct LaterEntry: Sendable {
        /// What kind of record it is.
        public let type: String
        /// How it relates: the name of the member that names this decision, or the `rel` of a link.
        public let rel: String
        public let id: String
        public let number: UInt64
        public let at: Timestamp
        /// What it says, as far as it can be opened and the audience sees it, `id` and `type` apart.
        public internal(set) var content: JSONObject
        /// Sealed fields of it that no disclosure opens.
        public let missingCount: Int
        let registered: Set<String>
        /// What the audience does not see of it, by names: `arguments`, `producer.id`.
        public internal(set) var withheld: [String] = []

        public var outcome: String? { content["outcome"]?.text }
        public var summary: String? { content["summary"]?.text }
    }

    /// What can be told of whether the producer left anything out.
    public struct Completeness: Sendable, Equatable {
        /// The run of the producer; `nil` where the decision has no number.
        public let run: ProducerRun?
        /// The verdict on it, as `because completeness` gives it.
        public let verdict: ProducerAccount.Verdict
        /// What else stands out, a sentence each.
        public let remarks: [String]
    }

    /// What holds the answer up.
    public struct Proof: Sendable {
        public let leaf: Digest
        public let checkpoint: Checkpoint
        public let note: SignedNote
        public let key: VerifierKey
        /// Hashes in the inclusion proof that was checked.
        public let hashCount: Int
        /// Whether witnesses confirmed a tree that holds the entry.
        public let witnessing: Witnessing
        /// Time stamps of trees that hold the entry.
        public let timestamps: TimestampCoverage
    }

    /// The sentence that says what a proof is worth.
    public static let shows = "the entry is in the signed log and has not changed since it was recorded"
    /// The sentence that says what it is not worth.
    public static let doesNotShow =
        "that the record is true, that the stated reason is what caused the output, or that everything was recorded"
}
