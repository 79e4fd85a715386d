import Cryptography
import Decisions
import Merkle
import Notes
import Storage

/// Joins the segments of a log in order: links across them, roots at every checkpoint, tiles of higher levels, and the tables
/// that stand beside the entries.
struct SegmentMerger {
    var report = LogReport()
    private var tree = Frontier()
    private var lastLeaf: Digest? = MerkleTree.emptyRoot
    private var lastTime: Timestamp?
    private(set) var tileRoots: [Digest] = []
    private var sums = TableChecker.Sums()
    private var missing: [(entry: UInt64, digest: Digest)] = []
    private var erasures: [Erasure] = []
    /// The greatest size whose root holds and was signed: nothing below it was changed.
    private var holding: UInt64?
    private var holdingKept: Set<UInt64> = []
    /// The first size after that whose root does not hold, and the first whose signature is wrong.
    private var failing: UInt64?
    private var unsigned: UInt64?
    private var isTorn = false
    /// Entries that later ones are checked by, as they say themselves.
    private(set) var own = OwnEntries()

    mutating func add(_ segment: EntrySegment) {
        report.findings.add(segment.findings)
        checkJoint(segment)
        for (checkpoint, isSigned, subtrees) in segment.atCheckpoints {
            var whole = tree
            whole.append(subtrees)
            check(checkpoint, isSigned: isSigned, root: whole.root)
        }
        for (size, subtrees) in segment.atProbes where !isTorn {
            var whole = tree
            whole.append(subtrees)
            report.roots[size] = whole.root
        }
        tree.append(segment.tree)
        lastLeaf = segment.lastLeaf
        lastTime = segment.lastTime ?? lastTime
        tileRoots += segment.tileRoots
        sums.identities.formUnion(segment.identities)
        sums.subjects.formUnion(segment.subjects)
        missing += segment.missing
        erasures += segment.erasures
        own.specifications += segment.own.specifications
        own.keyChanges += segment.own.keyChanges
        report.citationCount += segment.citationCount
        report.sealedCount += segment.sealedCount
        for (run, numbers) in segment.producers { report.producers[run, default: .init()].formUnion(numbers) }
        for (type, count) in segment.counts { report.counts[type, default: 0] += count }
    }

    /// Passes over whole segments without a single entry. No root can be computed from there on.
    mutating func skip(_ range: Range<UInt64>) {
        report.findings.add(
            Finding(
                .integrity, entry: range.lowerBound, "entry_missing",
                "entries \(range.lowerBound) to \(range.upperBound - 1) are missing: they were deleted, or a row was added far beyond them"
            ))
        isTorn = true
        lastLeaf = nil
    }

    private mutating func checkJoint(_ segment: EntrySegment) {
        let number = segment.range.lowerBound
        if let link = segment.firstLink, let lastLeaf, link != lastLeaf {
            let message =
                number == 0
                ? "entry 0 does not link to the empty tree"
                : "entry \(number) links to another entry \(number - 1) than the one that is there"
            report.findings.add(Finding(.integrity, entry: number, "link_broken", message))
        }
        if let first = segment.firstTime, let lastTime, first < lastTime {
            report.findings.add(
                Finding(
                    .integrity, entry: number, "clock_backwards",
                    "entry \(number) is dated \(first), before the entry that precedes it"))
        }
    }

    private mutating func check(_ checkpoint: StoredCheckpoint, isSigned: Bool?, root: Digest) {
        report.checkpointCount += 1
        guard !isTorn else { return }
        if isSigned == false { unsigned = unsigned ?? checkpoint.size }
        guard checkpoint.root == root else {
            if isSigned != false { failing = failing ?? checkpoint.size }
            let whose = isSigned == false ? "their checkpoint holds" : "was signed for them"
            return report.findings.add(
                Finding(
                    .integrity, entry: checkpoint.size - 1, "root_differs",
                    "the first \(checkpoint.size) entries do not have the root that \(whose)"))
        }
        guard isSigned != false else { return }
        holding = checkpoint.size
        if checkpoint.isKept { holdingKept.insert(checkpoint.size) }
        (failing, unsigned) = (nil, nil)
    }

    /// What is to be looked at once all entries were.
    mutating func finish(_ snapshot: any StoreSnapshot, policy: Policy?, tables: TableChecker.Sums) throws {
        report.root = tree.root
        // A writer may have gone on since the verification began.
        let size = max(report.size, try snapshot.size())
        checkNewest()
        compare(report.head)
        try checkUpperTiles(snapshot, size)
        try TableChecker(snapshot: snapshot, size: report.size, sizeNow: size)
            .check(sums, alreadyRead: tables, &report.findings)
        try checkErasures(snapshot)
        noteScrubbing(snapshot)
        let checker = FurtherSignatureChecker(
            snapshot: snapshot, keys: report.keys, policy: policy, holding: holdingKept)
        report.furtherSignatures = try checker.check(&report.findings)
        explainRewriting()
        for (run, numbers) in report.producers { checkCompleteness(run, numbers) }
        noteRevocations()
        report.findings.sort()
        try findLastGood(snapshot)
    }

    /// Looks back from the first entry at fault for a checkpoint that the log's key signed.
    private mutating func findLastGood(_ snapshot: any StoreSnapshot) throws {
        // These say what became of a history as a whole, not which entry of it is at fault.
        let wholes = ["rolled_back", "forked", "truncated", "unsigned", "rechained"]
        let faults = report.findings.all.filter {
            $0.aspect == .integrity && $0.severity == .broken && !wholes.contains($0.code)
        }
        var limit = min(report.size, failing.map { $0 - 1 } ?? .max, faults.compactMap(\.entry).min() ?? .max)
        while limit > 0, let stored = try snapshot.checkpoint(atMost: limit) {
            if report.keys?.signed(stored) == true {
                report.lastGood = stored
                return
            }
            limit = stored.size - 1
        }
    }

    /// A notice: a value that nothing leads to is no part of the evidence. The table may not be there at all.
    private mutating func noteScrubbing(_ snapshot: any StoreSnapshot) {
        guard let entry = try? snapshot.dueScrubbing().last else { return }
        report.findings.add(
            Finding(
                .sealedFields, entry: entry, "scrubbing_due",
                "of values erased up to entry \(entry) parts may still lie in files of the ledger; run because erase --resume",
                severity: .notice))
    }

    private mutating func noteRevocations() {
        for term in report.keys?.terms ?? [] {
            guard let entry = term.revokedAt else { continue }
            report.findings.add(
                Finding(
                    .signatures, entry: entry, "key_revoked",
                    "the key \(term.key.text) was revoked: what it signed of more than \(entry + 1) entries is not the log's word",
                    severity: .notice))
        }
    }

    private mutating func checkNewest() {
        guard let newest = report.newest else {
            return report.findings.add(Finding(.integrity, "checkpoint_missing", "no checkpoint was stored"))
        }
        if newest.size > report.size {
            let lost =
                newest.size == report.size + 1
                ? "entry \(report.size) was" : "entries \(report.size) to \(newest.size - 1) were"
            report.findings.add(
                Finding(
                    .integrity, entry: report.size, "truncated",
                    "\(newest.size) entries were signed, and \(report.size) are there: \(lost) cut off at the end"))
        } else if newest.size < report.size {
            report.findings.add(
                Finding(
                    .integrity, entry: newest.size, "unsigned",
                    "the newest checkpoint is for \(newest.size) entries, and \(report.size) are there: the rest was added by something else, or checkpoints were deleted"
                ))
        }
    }

    private mutating func compare(_ head: HeadFile.Reading?) {
        switch head?.verdict {
        case nil: break
        case .empty:
            report.findings.add(
                Finding(
                    .integrity, "head_absent",
                    "there is no head file: nothing outside the database tells whether an older copy was put in its place",
                    severity: .notice))
        case .foreign(let size):
            report.findings.add(Finding(.integrity, "head_foreign", "\(LedgerError.foreignHead(size: size))"))
        case .trusted(let head): compare(head)
        }
    }

    private mutating func compare(_ head: Checkpoint) {
        if head.size > report.size {
            report.findings.add(
                Finding(
                    .integrity, entry: report.size, "rolled_back",
                    "the head file knows \(head.size) entries, and the database has \(report.size): an older copy was put in its place"
                ))
        } else if let root = report.roots[head.size], root != head.root {
            report.findings.add(
                Finding(
                    .integrity, entry: head.size - 1, "forked",
                    "the head file knows another history of \(head.size) entries: the database was replaced or rewritten"
                ))
        }
    }

    /// Values that are gone must have been erased on record, and values erased on record must be gone.
    private mutating func checkErasures(_ snapshot: any StoreSnapshot) throws {
        var erased = Set(erasures.flatMap(\.digests))
        // What was erased since the verification began is gone as well.
        for number in try snapshot.ownEntries(EntryType.erasure) where number >= report.size {
            let body = try snapshot.entry(number).flatMap { try? Entry(parsing: $0) }.flatMap { try? $0.body() }
            if let erasure = body.flatMap({ Erasure($0, entry: number) }) { erased.formUnion(erasure.digests) }
        }
        for (entry, digest) in missing {
            if erased.contains(digest) {
                report.erasedCount += 1
            } else {
                report.findings.add(
                    Finding(
                        .sealedFields, entry: entry, "sealed_value_missing",
                        "a sealed field of entry \(entry) has no value, and no erasure is on record"))
            }
        }
        for erasure in erasures where report.sealing != .locked {
            let present = Set(try snapshot.disclosures(of: erasure.target).map { SHA256.digest(of: $0.text) })
            for digest in erasure.digests where present.contains(digest) {
                report.findings.add(
                    Finding(
                        .sealedFields, entry: erasure.target, "erased_value_present",
                        "a value of entry \(erasure.target) is there, although entry \(erasure.entry) says that it was erased"
                    ))
            }
        }
    }

    /// Entries that fit together and not to what was signed were written anew from somewhere on.
    private mutating func explainRewriting() {
        let codes = report.findings.counts
        if failing == nil, unsigned != nil {
            report.findings.add(
                Finding(
                    .signatures, entry: holding ?? 0, "unvouched",
                    "no checkpoint that the log's key signed covers entries \(holding ?? 0) to \(report.size - 1): they were rewritten and chained again without the key, or the checkpoints were changed"
                ))
        }
        guard let failing, codes["link_broken"] == nil, codes["entry_misplaced"] == nil, codes["entry_missing"] == nil,
            codes["entry_unreadable"] == nil, codes["entries_unreadable"] == nil
        else { return }
        let first = report.findings.all.first { $0.code == "entry_changed" }?.entry
        let place = first.map { "entry \($0)" } ?? "an entry between \(holding ?? 0) and \(failing - 1)"
        report.findings.add(
            Finding(
                .integrity, entry: first ?? holding ?? 0, "rechained",
                "from \(place) on the links hold and the signed roots do not: the entries were rewritten and chained again"
            ))
    }

    private mutating func checkCompleteness(_ run: ProducerRun, _ numbers: SequenceSet) {
        let name = run.producer + (run.epoch.map { " epoch \($0)" } ?? "")
        for gap in numbers.gaps.prefix(Findings.limit) {
            let what =
                gap.count == 1 ? "number \(gap.lowerBound) is" : "numbers \(gap.lowerBound) to \(gap.upperBound) are"
            report.findings.add(
                Finding(.completeness, "sequence_gap", "producer \(name): \(what) not in the log", severity: .notice))
        }
        if let number = numbers.repeated.first {
            report.findings.add(
                Finding(
                    .completeness, "sequence_repeated", "producer \(name): number \(number) was used more than once",
                    severity: .notice))
        }
    }
}
