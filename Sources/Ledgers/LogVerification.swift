public import Cryptography
import Decisions
import Merkle
public import Notes
import Specifications
public import Storage

/// What a verification of the log found.
public struct LogReport: Sendable {
    /// The keys of the log; `nil` where none is known, and then no signature was checked.
    public internal(set) var keys: KeyHistory?
    /// What the `head` file says; `nil` where none was asked for, or no key tells.
    public internal(set) var head: HeadFile.Reading?
    /// The number of entries.
    public internal(set) var size: UInt64 = 0
    /// The root computed from the entries.
    public internal(set) var root = MerkleTree.emptyRoot
    /// The roots, computed from the entries, of those sizes that were asked for; none where entries before are missing.
    public internal(set) var roots: [UInt64: Digest] = [:]
    /// The newest checkpoint, whether it holds or not.
    public internal(set) var newest: StoredCheckpoint?
    /// The newest checkpoint that holds, before the first that does not.
    public internal(set) var lastGood: StoredCheckpoint?
    /// The name of the log, as entry 0 says; `nil` where that cannot be read.
    public internal(set) var origin: String?
    /// The ledger that this one continues after a break, as entry 0 says.
    public internal(set) var continuation: Continuation?
    /// The specifications as far as their entries can be read.
    public internal(set) var specifications = SpecificationHistory()
    public internal(set) var checkpointCount = 0
    /// What others signed of the checkpoints.
    public internal(set) var furtherSignatures = FurtherSignatures()
    /// Time stamps that hold, by what is known of their authorities.
    public internal(set) var timestampCounts: [CheckedTimestamp.Standing: Int] = [:]
    public internal(set) var citationCount = 0
    public internal(set) var sealedCount = 0
    public internal(set) var erasedCount = 0
    /// How sealed values lie in the store; what is `locked` was not checked.
    public internal(set) var sealing = StoredSealing.clear
    /// Entries by type.
    public internal(set) var counts: [String: Int] = [:]
    public internal(set) var producers: [ProducerRun: SequenceSet] = [:]
    public internal(set) var findings = Findings()
}

/// Derives everything again from the stored bytes. It writes nothing and trusts nothing that is stored beside them.
public struct LogVerification: Sendable {
    private let store: any Store
    private let trustedKey: VerifierKey?
    private let policy: Policy?
    private let headPath: String?
    private let probes: Set<UInt64>
    private let authorities: TrustedCertificates?
    private let progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)?
    /// Off, every entry is read the long way: tests hold the two ways against each other.
    var readsPlainEntries = true

    /// `trustedKey` is the key the auditor knows; without one, that of entry 0 is taken, and the report says which it was.
    /// `policy` has the keys of the witnesses. At `headPath` lies the `head` file, where there is one. Of the sizes in `probes`
    /// the report gives the roots. From `authorities` follow the certificates of those whose time stamps count; without them,
    /// only the signatures of time stamps are checked, not whose they are.
    public init(
        of store: any Store, trustedKey: VerifierKey? = nil, policy: Policy? = nil, headPath: String? = nil,
        probes: Set<UInt64> = [], authorities: TrustedCertificates? = nil,
        progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil
    ) {
        self.store = store
        self.trustedKey = trustedKey
        self.policy = policy
        self.headPath = headPath
        self.probes = probes
        self.authorities = authorities
        self.progress = progress
    }

    /// Verifies the log of one moment, on all cores. It blocks until done.
    ///
    /// The log is read in several transactions. What a writer adds between them is not looked at, and is no finding.
    /// Throws only what keeps the store from being read at all; damage is a finding.
    public func run() throws -> LogReport {
        // Read before the log: whoever records commits first, and writes the head afterwards.
        let slots = headPath.map { (try? HeadFile(path: $0, isWritable: false).slots()) ?? [] }
        let (result, own) = try verify(slots, nil)
        // The table of ids was only a way to read these first. Where it is wrong, the entries themselves say which they are.
        return result.own == own ? result.report : try verify(slots, result.own).merger.report
    }

    /// Reads the entries that others are checked by, `own` or those that the table of ids names, and then everything.
    private func verify(_ slots: [[UInt8]]?, _ own: OwnEntries?) throws -> (merger: SegmentMerger, own: OwnEntries) {
        var merger = SegmentMerger()
        merger.report.roots[0] = MerkleTree.emptyRoot
        var start = try store.read { snapshot in
            for difference in try snapshot.structuralDifferences() {
                merger.report.findings.add(Finding(.integrity, "structure_changed", difference))
            }
            do { return try begin(snapshot, own, &merger.report) } catch {
                // What the pages say of it comes first.
                _ = try snapshot.mediumDamage()
                throw error
            }
        }
        merger.report.keys = start.keys
        merger.report.specifications = start.history
        if let keys = start.keys, let slots { merger.report.head = HeadFile.Reading(slots, keys: keys.keys) }
        start.probes = probes.union([merger.report.head?.trusted?.size].compactMap(\.self))
        start.readsPlainEntries = readsPlainEntries && !start.isLocked
        let scan = LogScan(of: store, start, joining: merger, progress: progress)
        let beside: LogScan.Beside
        (merger, beside) = try scan.run()
        for damage in beside.damage {
            merger.report.findings.add(
                Finding(.integrity, "file_damaged", "the database file is damaged: \(damage)"))
        }
        try store.read { snapshot in
            if let origin = start.keys?.current.name.text {
                TimestampChecker(snapshot: snapshot, origin: origin, authorities: authorities).check(&merger.report)
            }
            try merger.finish(snapshot, policy: policy, tables: beside.tables)
        }
        return (merger, start.own)
    }

    /// What is read once before the entries.
    struct Start: Sendable {
        var size: UInt64 = 0
        /// A writer may replace it by a later one before its segment is read.
        var newest: StoredCheckpoint?
        var own = OwnEntries()
        var keys: KeyHistory?
        var history = SpecificationHistory()
        var subjectKey: [UInt8] = []
        /// Whether sealed values are encrypted and there is no key ring to read them with.
        var isLocked = false
        /// Sizes whose roots are kept.
        var probes: Set<UInt64> = []
        /// Whether plain entries are read by their own, faster way.
        var readsPlainEntries = true
    }

    private func begin(_ snapshot: any StoreSnapshot, _ own: OwnEntries?, _ report: inout LogReport) throws -> Start {
        var start = Start()
        start.size = try snapshot.size()
        start.subjectKey = try snapshot.subjectKey()
        report.sealing = try snapshot.sealing()
        start.isLocked = report.sealing == .locked
        let newest = try snapshot.checkpoint(atMost: nil)
        report.size = start.size
        report.newest = newest
        start.newest = newest
        // A row that cannot be read is found later.
        start.own =
            own
            ?? OwnEntries(
                specifications: (try? snapshot.ownEntries(EntryType.specification)) ?? [],
                keyChanges: (try? snapshot.ownEntries(EntryType.key)) ?? [])
        start.keys = try keys(snapshot, start.own.keyChanges, &report)
        start.history = try specifications(snapshot, start.own.specifications, &report.findings)
        try checkTexts(snapshot, start.history, &report.findings)
        return start
    }

    /// The keys of the log, from the first on. A key that the auditor gave and the log never had is the only one believed.
    private func keys(
        _ snapshot: any StoreSnapshot, _ changes: [UInt64], _ report: inout LogReport
    ) throws -> KeyHistory? {
        let first: LedgerEntry
        do {
            guard let bytes = try snapshot.entry(0) else { throw LedgerError.noFirstEntry(detail: "it is missing") }
            first = try LedgerEntry(Entry(parsing: bytes))
        } catch {
            report.findings.add(Finding(.integrity, entry: 0, "first_entry_unreadable", "\(error)"))
            return trustedKey.map { KeyHistory(first: $0) }
        }
        report.origin = first.origin
        report.continuation = first.continuation
        var keys = KeyHistory(first: first.key)
        do {
            for number in changes { try keys.addChange(number, from: snapshot) }
        } catch let problem as KeyChangeProblem {
            report.findings.add(Finding(.signatures, entry: problem.entry, "key_change_broken", "\(problem)"))
        }
        guard let trustedKey, !keys.keys.contains(trustedKey) else { return keys }
        report.findings.add(
            Finding(
                .signatures, entry: 0, "key_differs",
                "the log names the key \(keys.keys.map(\.text).joined(separator: ", ")), not the one that you gave"))
        return KeyHistory(first: trustedKey)
    }

    /// The specifications as far as their entries can be read.
    private func specifications(
        _ snapshot: any StoreSnapshot, _ numbers: [UInt64], _ findings: inout Findings
    ) throws -> SpecificationHistory {
        var history = SpecificationHistory()
        for number in numbers {
            do { try history.add(number, from: snapshot, provenIn: nil) } catch {
                history.forgetParts()
                findings.add(Finding(.citations, entry: number, "specification_unreadable", "\(error)"))
            }
        }
        return history
    }

    private func checkTexts(
        _ snapshot: any StoreSnapshot, _ history: SpecificationHistory, _ findings: inout Findings
    ) throws {
        var expected = Set<Digest>()
        for registration in history.registry.registrations {
            expected.insert(registration.digest)
            expected.formUnion(registration.sections.map(\.digest))
            for problem in try RegisteredText.problems(of: registration, snapshot) {
                findings.add(Finding(.citations, entry: registration.entry, "text_broken", problem))
            }
        }
        try snapshot.texts { digest, bytes in
            if SHA256.digest(of: bytes) != digest {
                findings.add(Finding(.citations, "text_changed", "the text under the digest \(digest) was changed"))
            } else if !expected.contains(digest) {
                findings.add(
                    Finding(.citations, "text_extra", "a text with the digest \(digest) belongs to no specification"))
            }
        }
    }
}
