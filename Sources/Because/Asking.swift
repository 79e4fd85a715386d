import Synchronization

extension Ledger {
    /// The answer to *why did it do that?* for a decision, by its id or the beginning of it.
    ///
    /// A decision of a ledger that this one continues is found there.
    public func explain(_ id: String) async throws -> Explanation {
        try await BlockingPool.run { try self.explainHereOrBefore(id) }
    }

    private func explainHereOrBefore(_ id: String) throws -> Explanation {
        let warning = headWarning()
        do {
            var explanation = try index.explain(id, policy: witnessPolicy)
            if let warning { explanation.notes.append(warning) }
            return explanation
        } catch let error as InquiryError {
            guard case .unknownID = error, let previous = previousLedger() else { throw error }
            do {
                var explanation = try previous.explainHereOrBefore(id)
                // Whoever contests it now writes to where this ledger says.
                if let contact = try read({ try $0.contact() }) { explanation.contact = contact }
                explanation.notes.append("it is from \(previous.origin), which \(origin) continues after a break")
                return explanation
            } catch is InquiryError { throw error }
        }
    }

    /// The ledger that this one continues, where it lies in `previous`.
    func previousLedger() -> Ledger? {
        guard continuation != nil, let folder else { return nil }
        return try? Ledger.open(at: LedgerFolder(path: folder).previous.path, for: .reading)
    }

    /// What the `head` file says against the ledger; `nil` where it says nothing.
    func headProblem() throws -> LedgerError? { try headProblem(unlessGoodIn: nil) }

    /// `good` knows a head and a checkpoint that went together, and need not be compared again.
    private func headProblem(unlessGoodIn good: GoodHead?) throws -> LedgerError? {
        guard let headPath, let file = try? HeadFile(path: headPath, isWritable: false) else { return nil }
        // Read before the ledger is: whoever records commits first and writes the head afterwards.
        let slots = file.slots()
        return try read { view in
            if let good, good.isKnown(slots, view.checkpoint) { return nil }
            let problem = try self.problem(of: slots, view)
            if problem == nil { good?.set(slots, view.checkpoint) }
            return problem
        }
    }

    private func problem(of slots: [[UInt8]], _ view: LedgerView) throws -> LedgerError? {
        let reading = HeadFile.Reading(slots, keys: view.keys.keys)
        if case .foreign(let size) = reading.verdict { return .foreignHead(size: size) }
        guard let head = reading.trusted else { return nil }
        if head.size > view.size { return .rolledBack(size: view.size, headSize: head.size) }
        return try view.root(ofSize: head.size) == head.root ? nil : .forked(size: head.size)
    }

    /// The same, for whoever only asks: an answer is given all the same, with this beside it.
    func headWarning() -> String? {
        let good = companions.value("good head") { GoodHead() }
        return (try? headProblem(unlessGoodIn: good)).flatMap(\.self)?.description
    }

    /// The policy in the ledger's folder.
    public var witnessPolicy: WitnessPolicy { folder.map { PolicyFile(ofLedgerIn: $0).witnessPolicy } ?? .absent }

    /// The newest decisions that answer a query such as `outcome:refuse principle:protect_privacy "medical"`.
    ///
    /// `cursor` is the `next` of an earlier result. With `scan` the index is not used.
    public func find(
        _ query: String, limit: Int = 20, cursor: UInt64? = nil, scan: Bool = false
    ) async throws -> FindResult {
        let query = try Query(query)
        return try await asked { try self.index.find(query, limit: limit, below: cursor, scan: scan) }
    }

    /// The answer to a question, with a warning where the head does not fit the log.
    func asked<Answer: NotedAnswer>(_ ask: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await BlockingPool.run {
            var answer = try ask()
            if let warning = self.headWarning() { answer.notes.append(warning) }
            return answer
        }
    }

    /// Says of every run of a producer, or of those of one, whether all its decisions are here.
    public func completeness(of producer: String? = nil) async throws -> CompletenessReport {
        try await BlockingPool.run { try self.completeness(only: producer) }
    }

    /// Counts decisions, and what people did about them, in the log itself.
    public func statistics(
        of question: StatisticsQuestion = .all,
        progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil
    ) async throws -> Statistics {
        try await BlockingPool.run { try self.statistics(question, progress: progress) }
    }

    /// Reports each decision whose record does not fit the authorities of its specification, in the order of the log.
    public func inconsistentRecords(
        _ report: @escaping @Sendable (InconsistentRecord) -> Void
    ) async throws -> LintCounts {
        try await BlockingPool.run { try self.lint(report) }
    }

    /// Everything that shows one entry to somebody who has only the ledger's key, already checked.
    public func evidence(for number: UInt64) async throws -> (evidence: EntryEvidence, checked: CheckedEntry) {
        try await BlockingPool.run {
            let (evidence, key) = try self.read { view in
                let proven = try view.proven(number)
                let proof = try TlogProof(index: number, inclusion: proven.proof, checkpoint: view.note)
                let disclosures = proven.sealed.map(\.text).filter { Disclosure(parsing: $0) != nil }
                return (EntryEvidence(entry: proven.entry.bytes, disclosures: disclosures, proof: proof), view.key)
            }
            try self.sync()
            return (evidence, try evidence.check(keys: [key]))
        }
    }

    /// Verifies everything: the log, the words it cites, what is sealed, and the index.
    ///
    /// `key` is the key that the auditor knows; without one, that of entry 0 is taken. `policy` is the auditor's; without
    /// one, that in the ledger's folder is taken.
    public func verify(
        key: VerifierKey? = nil, policy: Policy? = nil, progress: Verification.Progress? = nil
    ) async throws -> VerificationReport {
        guard let folder else { preconditionFailure("a ledger opened from a folder has one") }
        return try await Verification(folder: folder, key: key, places: places, policy: policy, progress: progress)
            .run()
    }
}

/// The head and the checkpoint that went together when they were compared last: two signatures and the root of a tree, which is
/// more than the rest of a question.
private final class GoodHead: Sendable {
    private let last = Mutex<(slots: [[UInt8]], checkpoint: Checkpoint)?>(nil)

    func isKnown(_ slots: [[UInt8]], _ checkpoint: Checkpoint) -> Bool {
        last.withLock { $0.map { $0.slots == slots && $0.checkpoint == checkpoint } ?? false }
    }

    func set(_ slots: [[UInt8]], _ checkpoint: Checkpoint) { last.withLock { $0 = (slots, checkpoint) } }
}

/// An answer that says what its asker must know of how it was found.
protocol NotedAnswer: Sendable {
    var notes: [String] { get set }
}

extension Coverage: NotedAnswer {}
extension FindResult: NotedAnswer {}
extension Impact: NotedAnswer {}
extension Precedents: NotedAnswer {}
extension Timeline: NotedAnswer {}
