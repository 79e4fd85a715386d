import Cryptography
import Decisions
import JSON
import Specifications

/// An entry that waits for its number, its time and its link.
struct Draft: Sendable {
    let type: String
    /// Made when `nil`.
    let id: String?
    /// Canonical bytes of the body.
    var body: [UInt8]
    var disclosures: [Disclosure] = []
    /// The keyed code of the person it is about.
    var subject: Digest?
    /// What was submitted, where the entry comes from outside.
    var submission: Submission?
    /// The state of the specifications under which references were resolved.
    var generation = 0
    /// The specification that the entry begins to register.
    var registration: Registration?
    /// Specification texts that go in with the entry.
    var texts: [(digest: Digest, bytes: [UInt8])] = []

    init(type: String, id: String? = nil, body: [UInt8]) {
        self.type = type
        self.id = id
        self.body = body
    }

    /// How the ids of the ledger's own entries of a type begin.
    static func idPrefix(_ type: String) -> String { LedgerEntry.reservedPrefix + type + ":" }
}

extension Draft {
    /// A decision, sealed and with its references resolved. This is most of the work of recording, and any thread can do it.
    init(
        _ submission: Submission, specifications: SpecificationHistory, subjectKey: [UInt8], randomness: Randomness
    ) throws(RecordError) {
        if let id = submission.id, id.hasPrefix(LedgerEntry.reservedPrefix) { throw .reservedID(id) }
        self.init(type: EntryType.decision, id: submission.id, body: [])
        self.submission = submission
        subject = submission.subject.map { HMACSHA256.code(of: Array($0.utf8), key: subjectKey) }
        try resolve(submission, specifications, randomness)
    }

    /// Resolves the references again where the specifications changed since.
    mutating func refresh(_ specifications: SpecificationHistory, _ randomness: Randomness) throws(RecordError) {
        guard let submission, generation != specifications.generation else { return }
        try resolve(submission, specifications, randomness)
    }

    private mutating func resolve(
        _ submission: Submission, _ specifications: SpecificationHistory, _ randomness: Randomness
    ) throws(RecordError) {
        do {
            let sealed = try submission.sealed(randomness: randomness) { specifications.resolve($0) }
            body = sealed.bytes
            disclosures = sealed.disclosures
            generation = specifications.generation
        } catch { throw .submission(error) }
    }
}
