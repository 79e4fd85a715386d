import Cryptography
import Decisions
import JSON
import Storage

/// An entry that has an id already: in the store, or earlier in the same commit.
struct KnownEntry {
    let number: UInt64
    let leaf: Digest
    /// Fields that cannot be compared, because their values are gone.
    let uncompared: Int
    private let recorded: Recorded

    private enum Recorded {
        case submission(Submission)
        case stored(RevealedRecord, type: String)
        /// Something that nobody can submit.
        case other
    }

    init(number: UInt64, leaf: Digest, submission: Submission) {
        self.number = number
        self.leaf = leaf
        uncompared = 0
        recorded = .submission(submission)
    }

    /// Reads entry `number` with its disclosures.
    init(_ number: UInt64, in snapshot: any StoreSnapshot) throws {
        let entry = try snapshot.knownEntry(number)
        self.number = number
        leaf = entry.leaf
        let disclosures = try snapshot.disclosures(of: number).compactMap { Disclosure(parsing: $0.text) }
        guard let revealed = try RevealedRecord(entry, disclosures: disclosures) else {
            uncompared = 0
            recorded = .other
            return
        }
        uncompared = revealed.missing.count
        recorded = .stored(revealed, type: entry.type)
    }

    /// Whether `submission` is what was recorded, as far as it can be compared.
    func matches(_ submission: Submission) -> Bool {
        switch recorded {
        case .submission(let recorded):
            recorded.type.name == submission.type.name && recorded.content == submission.content
        case .stored(let revealed, let type): type == submission.type.name && revealed.matches(submission.content)
        case .other: false
        }
    }
}

extension StoreSnapshot {
    /// The entry that a table of the store leads to.
    func knownEntry(_ number: UInt64) throws -> Entry {
        guard let bytes = try entry(number) else {
            throw StoreError.damaged(detail: "entry \(number) is missing; run because verify")
        }
        return try Entry(parsing: bytes)
    }
}
