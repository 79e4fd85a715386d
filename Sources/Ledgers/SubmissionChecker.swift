import Cryptography
public import Decisions
import JSON
import Notes
import Storage

/// Says whether submissions could be recorded, in the order given, and records nothing.
public struct SubmissionChecker {
    private let ledger: Ledger
    /// Ids of earlier submissions, with the digest of what they were for. It lives as long as the check.
    private var seen: [String: Digest] = [:]

    public init(_ ledger: Ledger) { self.ledger = ledger }

    /// Throws why `submission` would be refused.
    public mutating func check(_ submission: Submission) throws(RecordError) {
        let ledger = ledger
        let known: KnownEntry?
        do {
            known = try ledger.read { view in
                let draft = try Draft(
                    submission, specifications: view.specifications, subjectKey: [], randomness: .system)
                _ = try Entry.bytes(
                    number: view.size, at: Timestamp(microseconds: 0), type: draft.type,
                    id: draft.id ?? String(repeating: "0", count: 36), link: view.checkpoint.root, body: draft.body)
                guard let id = submission.id, let number = try view.snapshot.number(ofID: id) else { return nil }
                return try KnownEntry(number, in: view.snapshot)
            }
        } catch let error as RecordError { throw error } catch let error as EntryError { throw .tooLarge(error) } catch
        {
            throw .store(error as? StoreError ?? .damaged(detail: "\(error)"))
        }
        guard let id = submission.id else { return }
        if let known, !known.matches(submission.content) { throw .differentContent(id: id, entry: known.number) }
        let digest = SHA256.digest(of: JSON.object(submission.content).bytes())
        if let other = seen[id], other != digest { throw .differentInInput(id: id) }
        seen[id] = digest
    }
}
