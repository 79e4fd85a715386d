import Cryptography
public import Decisions
import JSON
import Notes
public import Specifications
import Storage

/// Says whether submissions could be recorded, in the order given, and records nothing.
public struct SubmissionChecker {
    private let ledger: Ledger
    /// Ids of earlier submissions, with the digest of what they were for. It lives as long as the check.
    private var seen: [String: (digest: Digest, record: KnownTargets.Record)] = [:]
    /// The specifications with those that the input registers itself; `nil` while it registers none.
    private var specifications: SpecificationHistory?
    /// The number that the next entry about a specification would have at the least.
    private var nextNumber: UInt64 = 0

    public init(_ ledger: Ledger) { self.ledger = ledger }

    /// Throws why `submission` would be refused.
    public mutating func check(_ submission: Submission) throws(RecordError) {
        let ledger = ledger
        let specifications = specifications
        let seen = seen
        let known: KnownEntry?
        do {
            known = try ledger.read { view in
                var preparation = Preparation(
                    specifications: specifications ?? view.specifications, subjectKey: [], randomness: .system)
                let draft = try preparation.draft(submission)
                _ = try Entry.bytes(
                    number: view.size, at: Timestamp(microseconds: 0), type: draft.type,
                    id: draft.id ?? String(repeating: "0", count: 36), link: view.checkpoint.root, body: draft.body)
                var targets = KnownTargets()
                try targets.find([submission], in: view.snapshot)
                try targets.check(submission) { seen[$0]?.record }
                guard let id = submission.id, let number = try view.snapshot.number(ofID: id) else { return nil }
                return try KnownEntry(number, in: view.snapshot)
            }
        } catch let error as RecordError { throw error } catch let error as EntryError { throw .tooLarge(error) } catch
        {
            throw .store(error as? StoreError ?? .damaged(detail: "\(error)"))
        }
        guard let id = submission.id else { return }
        if let known, !known.matches(submission) { throw .differentContent(id: id, entry: known.number) }
        let digest = SHA256.digest(of: Array(submission.type.name.utf8) + JSON.object(submission.content).bytes())
        if let other = self.seen[id], other.digest != digest { throw .differentInInput(id: id) }
        self.seen[id] = (digest, KnownTargets.Record(submission))
    }

    /// Throws why `specification` would be refused. Later submissions may cite it.
    public mutating func check(_ specification: Specification, isActive: Bool) throws(RecordError) {
        let registration = Registration(specification, entry: 0)
        var registry = try current().registry
        do { if case .alreadyRegistered = try registry.register(registration) { return } } catch {
            throw .registry(error)
        }
        for body in SpecificationEntry.bodies(registration, isActive: isActive) { try add(body) }
    }

    /// Throws why a version would not be put in force. Later submissions that name no version mean this one.
    public mutating func check(activating document: String, version: String) throws(RecordError) {
        try add(SpecificationEntry.activation(current().registry.known(document, version: version)))
    }

    private mutating func add(_ body: JSON) throws(RecordError) {
        var history = try current()
        do { try history.add(body, entry: nextNumber) } catch { throw .store(.damaged(detail: "\(error)")) }
        nextNumber += 1
        specifications = history
    }

    private mutating func current() throws(RecordError) -> SpecificationHistory {
        if let specifications { return specifications }
        do {
            let (history, size) = try ledger.read { ($0.specifications, $0.size) }
            nextNumber = size
            specifications = history
            return history
        } catch { throw .store(error as? StoreError ?? .damaged(detail: "\(error)")) }
    }
}
