public import Cryptography
import Decisions
import Dispatch
import Glibc
import Merkle
public import Notes
import Specifications
public import Storage
import Synchronization

/// What a verification of the log found.
public struct LogReport: Sendable {
    /// The keys of the log; `nil` where none is known, and then no signature was checked.
    public internal(set) var keys: KeyHistory?
    /// What the `head` file holds.
    public internal(set) var head = HeadFile.Reading()
    /// The number of entries.
    public internal(set) var size: UInt64 = 0
    /// The root computed from the entries.
    public internal(set) var root = MerkleTree.emptyRoot
    /// The newest checkpoint, whether it holds or not.
    public internal(set) var newest: StoredCheckpoint?
    public internal(set) var checkpointCount = 0
    /// What others signed of the checkpoints.
    public internal(set) var furtherSignatures = FurtherSignatures()
    /// Time stamps that hold, by what is known of their authorities.
    public internal(set) var timestampCounts: [CheckedTimestamp.Standing: Int] = [:]
    public internal(set) var citationCount = 0
    public internal(set) var sealedCount = 0
    public internal(set) var erasedCount = 0
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
    private let authorities: TrustedCertificates?
    private let progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)?

    /// `trustedKey` is the key the auditor knows; without one, that of entry 0 is taken, and the report says which it was.
    /// `policy` has the keys of the witnesses. At `headPath` lies the `head` file, where there is one. From `authorities`
    /// follow the certificates of those whose time stamps count; without them, only the signatures of time stamps are
    /// checked, not whose they are.
    public init(
        of store: any Store, trustedKey: VerifierKey? = nil, policy: Policy? = nil, headPath: String? = nil,
        authorities: TrustedCertificates? = nil,
        progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)? = nil
    ) {
        self.store = store
        self.trustedKey = trustedKey
        self.policy = policy
        self.headPath = headPath
        self.authorities = authorities
        self.progress = progress
    }

    /// Verifies the log of one moment, on all cores. It blocks until done.
    ///
    /// Throws only what keeps the store from being read at all; damage is a finding.
    public func run() throws -> LogReport {
        var merger = SegmentMerger()
        let start = try store.read { try begin($0, &merger.report) }
        merger.report.keys = start.keys
        if let headPath, let keys = start.keys, let file = try? HeadFile(path: headPath, isWritable: false) {
            merger.report.head = file.read(keys: keys.keys)
        }
        let total = start.size
        let width = EntrySegment.width
        let wave = UInt64(max(1, DispatchQueue.cores) * 2)
        var first: UInt64 = 0
        while first < total {
            // A row far beyond the rest must not keep the verification busy with what is not there.
            let next = try nextEntry(from: first, to: total) / width * width
            if next > first { merger.skip(first..<next) }
            let count = min(wave, (total - next + width - 1) / width)
            for segment in segments(from: next, count: count, start) { merger.add(segment) }
            first = min(total, next + count * width)
            progress?(first, total)
        }
        try store.read { snapshot in
            if let origin = start.keys?.current.name.text {
                TimestampChecker(snapshot: snapshot, origin: origin, authorities: authorities).check(&merger.report)
            }
            try merger.finish(snapshot, policy: policy)
        }
        return merger.report
    }

    /// The number of the first entry that is there, from `first` on; `total` where none is.
    private func nextEntry(from first: UInt64, to total: UInt64) throws -> UInt64 {
        struct Found: Error { let number: UInt64 }
        do {
            try store.read { try $0.entries(first..<total) { number, _ in throw Found(number: number) } }
            return total
        } catch let found as Found { return found.number } catch is StoreError {
            // Damage is found again, and named, by whoever reads the segment.
            return first
        }
    }

    /// What is read once before the entries.
    struct Start: Sendable {
        var size: UInt64 = 0
        var keys: KeyHistory?
        var history = SpecificationHistory()
        var subjectKey: [UInt8] = []
    }

    private func begin(_ snapshot: any StoreSnapshot, _ report: inout LogReport) throws -> Start {
        var start = Start()
        for difference in try snapshot.structuralDifferences() {
            report.findings.add(Finding(.integrity, "structure_changed", difference))
        }
        for damage in try snapshot.mediumDamage() {
            report.findings.add(Finding(.integrity, "file_damaged", "the database file is damaged: \(damage)"))
        }
        start.size = try snapshot.size()
        start.subjectKey = try snapshot.subjectKey()
        let newest = try snapshot.checkpoint(atMost: nil)
        report.size = start.size
        report.newest = newest
        start.keys = try keys(snapshot, &report.findings)
        let numbers = try snapshot.ownEntries(EntryType.specification)
        do { start.history = try SpecificationHistory.read(numbers, from: snapshot) } catch {
            report.findings.add(Finding(.citations, "specification_unreadable", "\(error)"))
        }
        try checkTexts(snapshot, start.history, &report.findings)
        return start
    }

    /// The keys of the log, from the first on. A key that the auditor gave and the log never had is the only one believed.
    private func keys(_ snapshot: any StoreSnapshot, _ findings: inout Findings) throws -> KeyHistory? {
        let first: LedgerEntry
        do {
            guard let bytes = try snapshot.entry(0) else { throw LedgerError.noFirstEntry(detail: "it is missing") }
            first = try LedgerEntry(Entry(parsing: bytes))
        } catch {
            findings.add(Finding(.integrity, entry: 0, "first_entry_unreadable", "\(error)"))
            return trustedKey.map { KeyHistory(first: $0) }
        }
        var keys = KeyHistory(first: first.key)
        do {
            for number in try snapshot.ownEntries(EntryType.key) { try keys.addChange(number, from: snapshot) }
        } catch let problem as KeyChangeProblem {
            findings.add(Finding(.signatures, entry: problem.entry, "key_change_broken", "\(problem)"))
        }
        guard let trustedKey, !keys.keys.contains(trustedKey) else { return keys }
        findings.add(
            Finding(
                .signatures, entry: 0, "key_differs",
                "the log names the key \(keys.keys.map(\.text).joined(separator: ", ")), not the one that you gave"))
        return KeyHistory(first: trustedKey)
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

    private func segments(from first: UInt64, count: UInt64, _ start: Start) -> [EntrySegment] {
        let width = EntrySegment.width
        let results = Mutex([EntrySegment?](repeating: nil, count: Int(count)))
        DispatchQueue.concurrentPerform(iterations: Int(count)) { index in
            let lower = first + UInt64(index) * width
            let range = lower..<min(lower + width, start.size)
            let segment = check(range, start)
            results.withLock { $0[index] = segment }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    private func check(_ range: Range<UInt64>, _ start: Start) -> EntrySegment {
        do {
            return try store.read { snapshot in
                var checkpoints: [StoredCheckpoint] = []
                var size = range.lowerBound + 1
                while let next = try snapshot.checkpoint(atLeast: size), next.size <= range.upperBound {
                    checkpoints.append(next)
                    size = next.size + 1
                }
                var checker = SegmentChecker(
                    range, snapshot: snapshot, history: start.history, subjectKey: start.subjectKey,
                    checkpoints: checkpoints, keys: start.keys)
                return try checker.run()
            }
        } catch {
            // Damage of the file itself: the whole segment is unreadable, and the rest of the log is still looked at.
            var segment = EntrySegment(range: range)
            let entries = "entries \(range.lowerBound) to \(range.upperBound - 1)"
            segment.findings.add(
                Finding(
                    .integrity, entry: range.lowerBound, "entries_unreadable", "\(entries) cannot be read: \(error)"))
            for _ in range { segment.tree.append(MerkleTree.emptyRoot) }
            return segment
        }
    }
}

extension DispatchQueue {
    /// Processors that work can be spread over.
    static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
