import Cryptography
import Decisions
import JSON
import Storage

/// What is on record about a person, at one moment.
struct SubjectRecords {
    /// Entries that are found by the person: decisions, and holds that were released.
    var linked: [UInt64] = []
    /// Entries about these decisions.
    var facts: [UInt64] = []
    /// The number of entries that were looked through.
    private(set) var size: UInt64 = 0

    var isEmpty: Bool { linked.isEmpty && facts.isEmpty }

    /// Looks the person up, and reads the log for what was recorded about the decisions: an index may leave something out.
    init(_ code: Digest, in ledger: Ledger) throws {
        (linked, size) = try ledger.read { view in
            (try view.snapshot.numbers(ofSubject: code).filter { $0 < view.size }, view.size)
        }
        guard !linked.isEmpty else { return }
        let linked = linked
        let end = size
        let ids = try ledger.read { try Self.ids(of: linked, in: $0) }
        var facts: [UInt64] = []
        try ledger.readInStretches { view, range in
            try Self.facts(about: ids, in: view, range.clamped(to: 0..<end))
        } take: {
            facts += $0
        }
        self.facts = facts
    }

    /// The entries of `range` that are about decisions of these numbers.
    static func facts(about numbers: [UInt64], in view: LedgerView, _ range: Range<UInt64>) throws -> [UInt64] {
        range.isEmpty ? [] : try facts(about: ids(of: numbers, in: view), in: view, range)
    }

    private static func ids(of numbers: [UInt64], in view: LedgerView) throws -> Set<String> {
        Set(try numbers.map { try view.provenEntry($0).id })
    }

    private static func facts(about ids: Set<String>, in view: LedgerView, _ range: Range<UInt64>) throws -> [UInt64] {
        var found: [UInt64] = []
        try view.snapshot.entries(range) { number, bytes in
            let entry = try Entry(parsing: Array(bytes))
            guard entry.type != EntryType.decision, RecordType.named(entry.type) != nil,
                let id = try entry.body()["decision"]?.text, ids.contains(id)
            else { return }
            found.append(number)
        }
        return found
    }
}
