/// How a checkpoint of a ledger that was continued after a declared break stands to what goes on from it.
struct BreakComparison {
    /// The ledgers before this one, the last one first, up to the one that the checkpoint is of.
    private let line: [Predecessor]
    private let earlier: Checkpoint
    /// Whether a key of that ledger signed it; otherwise no key is known that could tell.
    private let isSigned: Bool

    private var ledger: Predecessor { line[line.count - 1] }
    private var continuation: Continuation { ledger.continuation }
    private var good: UInt64 { continuation.goodSize }

    init(_ earlier: Checkpoint, isSigned: Bool, line: [Predecessor]) {
        precondition(!line.isEmpty, "the checkpoint is of a ledger before this one")
        self.earlier = earlier
        self.isSigned = isSigned
        self.line = line
    }

    var outcome: Comparison.Outcome {
        if let weak = line.dropLast().first(where: { $0.continuation.goodSize == 0 }) {
            return unproven(
                "entry 0 of \(weak.origin), which says what goes on, is not among the entries that were good")
        }
        if isLost { return named }
        if earlier.size > good {
            return isSigned ? lost : unproven("no key of \(ledger.origin) is known, so nothing shows who signed it")
        }
        if let log = ledger.log {
            guard let root = log.roots[earlier.size] else {
                return unproven("entries before its \(earlier.size) are missing or cannot be read")
            }
            return root == earlier.root ? extended : forked
        }
        guard let last = continuation.lastGood.flatMap({ try? Checkpoint(parsing: $0.text) }), last.size == earlier.size
        else {
            return unproven(
                "\(ledger.absence), and the root of the \(good) good entries says nothing of that of the first \(earlier.size)"
            )
        }
        if last.root == earlier.root { return extended }
        return isSigned ? forked : unproven("no key of \(ledger.origin) is known, so nothing shows who signed it")
    }

    /// Whether the declaration names this checkpoint as one that was signed and is lost.
    private var isLost: Bool {
        guard let lost = continuation.lost.flatMap({ try? Checkpoint(parsing: $0.text) }) else { return false }
        return lost.size == earlier.size && lost.root == earlier.root
    }

    /// Whose the checkpoint is, as the beginning of a sentence.
    private var beginning: String {
        let name = ledger.origin
        guard line.count > 1 else {
            return "the checkpoint is of \(name), which this ledger continues after a declared break"
        }
        let next = line[line.count - 2].origin
        return "the checkpoint is of \(name), which \(next) continues after a declared break, and this ledger that"
    }

    private func finding(_ code: String, _ text: String, _ severity: Finding.Severity = .broken) -> Finding {
        Finding(.consistency, code, "\(beginning): \(text)", severity: severity)
    }

    private func broken(_ code: String, _ text: String) -> Comparison.Outcome { .broken(finding(code, text)) }

    private func unproven(_ reason: String) -> Comparison.Outcome {
        .unproven(finding("against_unproven", "whether it goes on from there cannot be told: \(reason)", .notice))
    }

    private var extended: Comparison.Outcome {
        let what =
            earlier.size == good
            ? "it is the last good checkpoint, of \(good) entries, that goes on"
            : "the last good checkpoint, of \(good) entries, extends its \(earlier.size): they have the root that was signed for them"
        let absence = ledger.absence
        return .extends(
            finding(
                "against_continued",
                "\(what); none of its entries was declared lost"
                    + (absence.isEmpty ? "" : "; \(absence), so the entries themselves were not verified"), .notice))
    }

    private var forked: Comparison.Outcome {
        let declared =
            continuation.what == .forked
            ? "; the declaration says that another history of \(continuation.lostSize ?? 0) entries had been signed"
            : "; the declaration says nothing of another history"
        return broken(
            "against_forked",
            "the last good checkpoint, of \(good) entries, does not extend it: its first \(earlier.size) entries have another root\(declared)"
        )
    }

    /// It is the one that the declaration gives up.
    private var named: Comparison.Outcome {
        let what =
            earlier.size > good
            ? "\(count(earlier.size - good)) of its \(earlier.size) entries \(earlier.size == good + 1 ? "was" : "were") declared lost, \(range(good, earlier.size))"
            : "the last good checkpoint, of \(good) entries, is of another history"
        return broken("against_lost", "it is the very checkpoint that the declaration names as lost; \(what)")
    }

    /// Entries of the checkpoint are not among those that go on. The declaration says so of all of them, or not.
    private var lost: Comparison.Outcome {
        guard let declared = ledger.declaredSize, declared < earlier.size else {
            return broken(
                "against_lost",
                "\(count(earlier.size - good)) of its \(earlier.size) entries \(earlier.size == good + 1 ? "was" : "were") declared lost, \(range(good, earlier.size))"
            )
        }
        let named = declared > good ? "\(count(declared - good)) were declared lost, \(range(good, declared)); " : ""
        return broken(
            "against_undeclared",
            "of its \(earlier.size) entries \(named)\(count(earlier.size - declared)) are gone that nothing declares, \(range(declared, earlier.size))"
        )
    }

    private func count(_ count: UInt64) -> String { count == 1 ? "one" : "\(count)" }

    private func range(_ first: UInt64, _ end: UInt64) -> String {
        end > first + 1 ? "entries \(first) to \(end - 1)" : "entry \(first)"
    }
}
