import Cryptography
public import Decisions
import Dispatch
import JSON
import Merkle
import Notes
public import Specifications
import Storage
import Synchronization

extension Ledger {
    /// Records a decision and answers when it is durable. Callers at the same time share commits.
    public func record(_ decision: Decision) async throws(RecordError) -> Receipt {
        let submission: Submission
        do { submission = try Submission(decision) } catch { throw .submission(error) }
        return try await record([submission])[0].get()
    }

    /// Records what happened to a decision and answers when that is durable. A fact about a decision that is not on record
    /// is refused.
    public func record(_ fact: some LaterFact) async throws(RecordError) -> Receipt {
        let submission: Submission
        do { submission = try Submission(fact) } catch { throw .submission(error) }
        return try await record([submission])[0].get()
    }

    /// Records submissions in their order and answers each when it is durable. One that is refused does not hold up the rest.
    ///
    /// Many are recorded in several commits: while one is written, the next is prepared.
    public func record(_ submissions: [Submission]) async -> [Result<Receipt, RecordError>] {
        guard let writer else { return submissions.map { _ in .failure(.ledgerIsReadOnly) } }
        if submissions.count <= Self.stretch { return await prepare(submissions[...], writer).record(writer) }
        var results: [Result<Receipt, RecordError>] = []
        results.reserveCapacity(submissions.count)
        var previous: Task<[Result<Receipt, RecordError>], Never>?
        for start in stride(from: 0, to: submissions.count, by: Self.stretch) {
            let prepared = prepare(submissions[start..<min(start + Self.stretch, submissions.count)], writer)
            // In turn, so that the order of the submissions is the order of the entries.
            if let previous { results += await previous.value }
            previous = Task { await prepared.record(writer) }
        }
        if let previous { results += await previous.value }
        return results
    }

    /// Submissions that are prepared together.
    private static let stretch = 512

    /// Seals and resolves on all cores; a few submissions are not worth waking another.
    private func prepare(_ submissions: ArraySlice<Submission>, _ writer: Writer) -> PreparedDrafts {
        let specifications = writer.specifications
        let groupSize = 64
        @Sendable func prepare(_ group: ArraySlice<Submission>) -> PreparedDrafts {
            var preparation = Preparation(
                specifications: specifications, subjectKey: writer.subjectKey, randomness: writer.randomness)
            return PreparedDrafts(group, &preparation)
        }
        guard submissions.count > groupSize else { return prepare(submissions) }
        let groups = (submissions.count + groupSize - 1) / groupSize
        let parts = Mutex([PreparedDrafts?](repeating: nil, count: groups))
        DispatchQueue.concurrentPerform(iterations: groups) { group in
            let start = submissions.startIndex + group * groupSize
            let part = prepare(submissions[start..<min(start + groupSize, submissions.endIndex)])
            parts.withLock { $0[group] = part }
        }
        return parts.withLock { PreparedDrafts(joining: $0.compactMap(\.self)) }
    }

    /// The first entry of a registered specification.
    public struct RegisteredSpecification: Sendable {
        public let receipt: Receipt
        public let registration: Registration
    }

    /// Registers a document: its sections in the log, its words beside it. The same words under the same names are found, not
    /// recorded again; other words under the same names are refused.
    @discardableResult
    public func register(_ specification: Specification, isActive: Bool = true) async throws(RecordError)
        -> RegisteredSpecification
    {
        guard let writer else { throw .ledgerIsReadOnly }
        var registry = writer.specifications.registry
        let registration = Registration(specification, entry: 0)
        let outcome: Registry.Outcome
        do { outcome = try registry.register(registration) } catch { throw .registry(error) }
        if case .alreadyRegistered(let entry) = outcome { return try found(registration, entry: entry) }
        var drafts = SpecificationEntry.bodies(registration, isActive: isActive).map {
            Draft(type: EntryType.specification, body: $0.bytes())
        }
        drafts[0].document = DraftDocument(
            registration,
            texts: [(specification.digest, specification.document)]
                + specification.sections.map { ($0.digest, Array($0.text.utf8)) })
        do {
            let receipt = try await writer.submit(drafts, isAtomic: true)[0].get()
            return RegisteredSpecification(
                receipt: receipt, registration: Registration(specification, entry: receipt.number))
        } catch .alreadyRegistered(let entry) { return try found(registration, entry: entry) }
    }

    /// Puts a registered version in force from here on.
    @discardableResult
    public func activate(_ document: String, version: String) async throws(RecordError) -> Receipt {
        guard let writer else { throw .ledgerIsReadOnly }
        let registration = try writer.specifications.registry.known(document, version: version)
        let body = SpecificationEntry.activation(registration).bytes()
        return try await writer.submit([Draft(type: EntryType.specification, body: body)])[0].get()
    }

    private func found(_ registration: Registration, entry: UInt64) throws(RecordError) -> RegisteredSpecification {
        do {
            let receipt = try read { view in
                let proven = try view.proven(entry)
                return Receipt(
                    id: proven.entry.id, number: entry, leaf: proven.leaf, size: view.size, root: view.checkpoint.root,
                    status: .duplicate)
            }
            let known = writer?.specifications.registry.registration(id: registration.id, version: registration.version)
            return RegisteredSpecification(receipt: receipt, registration: known ?? registration)
        } catch { throw .store(.damaged(detail: "\(error)")) }
    }
}

extension Registry {
    /// The registration of a version; throws when there is none.
    func known(_ document: String, version: String) throws(RecordError) -> Registration {
        if let registration = registration(id: document, version: version) { return registration }
        let isKnown = registrations.contains { $0.id == document }
        throw .registry(isKnown ? .unknownVersion(id: document, got: version) : .unknownDocument(got: document))
    }
}

extension Ledger {
    /// A registered document, read again from its words.
    public func specification(_ registration: Registration) throws -> Specification {
        guard let document = try read({ try $0.text(registration.digest) }) else {
            throw LedgerError.unproven(
                entry: registration.entry, detail: "the document that it registers is missing or was changed")
        }
        return try Specification(
            parsing: document, format: registration.format, id: registration.id, version: registration.version)
    }
}
