/// How today's log stands to checkpoints of it that somebody kept elsewhere.
struct Comparison: Sendable {
    let evidence: EarlierEvidence

    /// What one checkpoint says about the log.
    enum Outcome {
        /// The root computed from today's entries is the one that was signed.
        case extends(Finding)
        case broken(Finding)
        case unproven(Finding)
    }

    /// The findings of the comparison, all of the aspect `consistency`. Signatures are verified by the keys of the log
    /// and by those that the evidence leads to from them.
    ///
    /// `before` are the ledgers that the log continues after declared breaks, the last one first: what was kept of one of
    /// them is compared with that. `given` are keys of any logs that the auditor knows.
    func findings(_ log: LogReport, before: [Predecessor] = [], given: [VerifierKey] = []) -> Findings {
        var findings = Findings()
        guard let history = log.keys else {
            findings.add(
                Self.finding("against_unsigned", "the signature cannot be checked: no key of the log is known", .notice)
            )
            return findings
        }
        let keys = evidence.keys(trusting: history.keys + before.flatMap { $0.keys(given: given) })
        var notes = evidence.notes
        if evidence.kind == .head { notes = Self.newest(notes, by: keys) }
        for (index, note) in notes.enumerated() {
            let found: Finding
            switch outcome(note, log, history, keys, before) {
            case .broken(let finding), .unproven(let finding):
                findings.add(finding)
                continue
            case .extends(let finding): found = finding
            }
            // Of a proof file the checkpoint of the entry is what was asked about.
            if index == 0 { findings.add(found) }
        }
        return findings
    }

    /// The largest checkpoint of a `head` file that is signed: a crash may have torn the other slot.
    private static func newest(_ notes: [SignedNote], by keys: [VerifierKey]) -> [SignedNote] {
        let signed = notes.filter { (try? $0.trustedCheckpoint(by: keys)) != nil }
        let sizes = (signed.isEmpty ? notes : signed).map { note in
            (note: note, size: (try? Checkpoint(parsing: note.text).size) ?? 0)
        }
        return sizes.max { $0.size < $1.size }.map { [$0.note] } ?? []
    }

    private func outcome(
        _ note: SignedNote, _ log: LogReport, _ history: KeyHistory, _ keys: [VerifierKey], _ before: [Predecessor]
    ) -> Outcome {
        guard let stated = try? Checkpoint(parsing: note.text), let own = log.origin,
            !own.utf8.elementsEqual(stated.origin.utf8)
        else { return outcome(note, log, history, keys) }
        if let place = before.firstIndex(where: { $0.origin.utf8.elementsEqual(stated.origin.utf8) }) {
            return outcome(note, stated, keys, Array(before[...place]))
        }
        if let last = before.last, last.log == nil, last.continuation.follows(stated.origin) {
            let message =
                "the checkpoint is of \(stated.origin), by its name a ledger before \(last.origin); whether the log goes on from it cannot be told: \(last.origin) could say so, and \(last.absence)"
            return .unproven(Self.finding("against_unproven", message, .notice))
        }
        return outcome(note, log, history, keys)
    }

    /// What a checkpoint of the last ledger in `line` says, which all after it continue.
    private func outcome(
        _ note: SignedNote, _ stated: Checkpoint, _ keys: [VerifierKey], _ line: [Predecessor]
    ) -> Outcome {
        let isKnown = keys.contains { $0.kind == .note && $0.name.isSame(as: stated.origin) }
        if isKnown {
            do { _ = try note.trustedCheckpoint(by: keys) } catch {
                return .broken(Self.unsigned(error, stated.origin))
            }
        }
        return BreakComparison(stated, isSigned: isKnown, line: line).outcome
    }

    private func outcome(_ note: SignedNote, _ log: LogReport, _ history: KeyHistory, _ keys: [VerifierKey]) -> Outcome
    {
        let earlier: TrustedCheckpoint
        do { earlier = try note.trustedCheckpoint(by: keys) } catch {
            return .broken(Self.unsigned(error, history.current.name.text))
        }
        let size = earlier.checkpoint.size
        guard size <= log.size else { return .broken(Self.rolledBack(earlier, log)) }
        guard let root = log.roots[size] else {
            let message =
                "whether the log extends the checkpoint of \(size) entries cannot be told: entries before are missing or cannot be read"
            return .unproven(Self.finding("against_unproven", message, .notice))
        }
        guard root == earlier.checkpoint.root else { return .broken(Self.forked(earlier, log, history)) }
        return .extends(Self.extends(earlier, log))
    }

    private static func finding(
        _ code: String, _ message: String, _ severity: Finding.Severity = .broken, entry: UInt64? = nil
    ) -> Finding {
        Finding(.consistency, entry: entry, code, message, severity: severity)
    }

    private static func extends(_ earlier: TrustedCheckpoint, _ log: LogReport) -> Finding {
        let size = earlier.checkpoint.size
        let what =
            size == log.size
            ? "the log is the same: \(size) entries with the same root"
            : "the first \(size) of \(log.size) entries have the root that was signed for them: the log only grew since"
        return finding("against_extends", "\(what) (signed by \(earlier.log.text))", .notice)
    }

    private static func unsigned(_ error: NoteError, _ origin: String) -> Finding {
        switch error {
        case .originUnknown(let other):
            return finding(
                "against_other_log",
                "the checkpoint is of another log: of \(NoteError.start(of: other)), and this is \(origin)")
        case .noKnownSignature, .noLogSignature:
            return finding(
                "against_other_log",
                "the checkpoint bears the name \(origin), and no key of this log signed it: it is of another log of that name, or this ledger is from before a change of keys"
            )
        default:
            return finding(
                "against_unsigned",
                "the checkpoint says nothing about this log, because it does not hold itself: \(error)")
        }
    }

    private static func rolledBack(_ earlier: TrustedCheckpoint, _ log: LogReport) -> Finding {
        let size = earlier.checkpoint.size
        let cause =
            log.newest.map { $0.size > log.size } ?? false
            ? "entries were cut off at its end" : "it was rolled back, or an older copy was put in its place"
        return finding(
            "against_rolled_back",
            "\(size) entries were signed before, and the log has \(log.size): \(cause); entries \(log.size) to \(size - 1) are gone",
            entry: log.size)
    }

    private static func forked(_ earlier: TrustedCheckpoint, _ log: LogReport, _ history: KeyHistory) -> Finding {
        let size = earlier.checkpoint.size
        let what =
            size == log.size
            ? "another history of \(size) entries was signed before: same size, other root"
            : "the first \(size) of \(log.size) entries have another root than was signed for them before"
        let due = history.key(ofSize: size)
        let isDue = earlier.log == due || earlier.note.signatures.contains { $0.key == due }
        let signer =
            isDue
            ? "both were signed by the log"
            : "it was signed by \(earlier.log.text), when it was the turn of \(due.text): somebody may hold that key, or the change of keys was made up"
        return finding(
            "against_forked", "\(what): the log was rewritten or has two histories; \(signer)",
            entry: size == 0 ? nil : size - 1)
    }
}
