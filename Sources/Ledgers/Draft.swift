import Cryptography
import Decisions
import JSON
import Specifications
import Storage

/// An entry that waits for its number, its time and its link.
struct Draft: Sendable {
    let type: String
    /// Made when `nil`.
    let id: String?
    /// Canonical bytes of the body.
    var body: [UInt8]
    /// The texts of the disclosures, in the order of their digests.
    var disclosures: [[UInt8]] = []
    /// The keyed code of the person it is about.
    var subject: Digest?
    /// What was submitted, where the entry comes from outside.
    var submission: Submission?
    /// The state of the specifications under which references were resolved.
    var generation = 0
    /// What the entry says was erased.
    var removal: Removal?
    /// Where the entry begins to register a specification.
    var document: DraftDocument?

    init(type: String, id: String? = nil, body: [UInt8]) {
        self.type = type
        self.id = id
        self.body = body
    }

    /// An entry of the ledger itself with sealed members.
    init(_ clear: JSONObject, sealing sealed: JSONObject, type: String, id: String? = nil, _ randomness: Randomness) {
        let body = SealedBody(clear, sealing: sealed, randomness: randomness)
        self.init(type: type, id: id, body: body.bytes)
        disclosures = body.texts
    }

    /// How the ids of the ledger's own entries of a type begin.
    static func idPrefix(_ type: String) -> String { LedgerEntry.reservedPrefix + type + ":" }
}

/// The specification that an entry begins to register, and the texts that go in with it.
final class DraftDocument: Sendable {
    let registration: Registration
    let texts: [(digest: Digest, bytes: [UInt8])]

    init(_ registration: Registration, texts: [(digest: Digest, bytes: [UInt8])]) {
        self.registration = registration
        self.texts = texts
    }
}

extension Draft {
    /// Resolves the references again where the specifications changed since.
    mutating func refresh(_ specifications: SpecificationHistory, _ randomness: Randomness) throws(RecordError) {
        guard let submission, generation != specifications.generation else { return }
        var preparation = Preparation(specifications: specifications, subjectKey: [], randomness: randomness)
        try preparation.seal(submission, in: &self)
    }
}

/// What submissions become drafts with. This is most of the work of recording, and any thread can do it: each with its own.
struct Preparation: ~Copyable {
    private let specifications: SpecificationHistory
    private let subjectKey: [UInt8]
    private var salts: Salts
    /// What references were found to mean. A producer cites few sections, and each again and again.
    private var resolved: [String: Resolution] = [:]

    init(specifications: SpecificationHistory, subjectKey: [UInt8], randomness: Randomness) {
        self.specifications = specifications
        self.subjectKey = subjectKey
        salts = Salts(randomness)
    }

    /// A record, sealed and with its references resolved.
    mutating func draft(_ submission: Submission) throws(RecordError) -> Draft {
        if let id = submission.id, id.hasPrefix(LedgerEntry.reservedPrefix) { throw .reservedID(id) }
        var draft = Draft(type: submission.type.name, id: submission.id, body: [])
        draft.submission = submission
        draft.subject = submission.subject.map { HMACSHA256.code(of: Array($0.utf8), key: subjectKey) }
        try seal(submission, in: &draft)
        return draft
    }

    mutating func seal(_ submission: Submission, in draft: inout Draft) throws(RecordError) {
        let sealed: SealedBody
        do {
            sealed = try submission.sealed(&salts) { ref in
                if let known = resolved[ref] { return known }
                let resolution = specifications.resolve(ref)
                // A hostile line has thousands of references, each another.
                if resolved.count < 256 { resolved[ref] = resolution }
                return resolution
            }
        } catch { throw .submission(error) }
        draft.body = sealed.bytes
        draft.disclosures = sealed.texts
        draft.generation = specifications.generation
    }
}
