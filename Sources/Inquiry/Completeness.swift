public import Decisions
import JSON
public import Ledgers

/// Whether everything is there: an account of every run of every producer that numbers its decisions.
public struct CompletenessReport: Sendable {
    /// By producer and epoch, in ascending order.
    public let accounts: [ProducerAccount]
    /// Decisions that no producer numbered; of these nothing can be told.
    public let unnumbered: Int
    /// The ledger's time of its newest entry.
    public let newest: Timestamp

    /// Seconds after which a run that is not closed is called silent, unless somebody says otherwise.
    public static let silence: Int64 = 86_400

    /// Runs that were never closed and of which nothing came for so many seconds before the newest entry.
    public func silent(after seconds: Int64) -> [ProducerAccount] {
        accounts.filter { $0.numbering.isSilent(at: newest, after: seconds) }
    }
}

extension Ledger {
    /// Reads the log from its beginning and keeps account of every run; of the producer `only`, where one is given.
    ///
    /// The index is not asked: it cannot show what it leaves out, and that is the question here. Memory grows with runs, gaps and
    /// open attempts, not with decisions.
    public func completeness(only: String? = nil) throws -> CompletenessReport {
        var accounts = ProducerAccounts(only: only)
        try readAhead(0..<read { $0.size }) { view, stretch in
            var entries: [ProducerAccounts.Entry] = []
            try view.indexedEntries(stretch, .clear) { entries.append(.init($0)) }
            return entries
        } take: { entries in
            for entry in entries { accounts.add(entry) }
        }
        return try read { view in
            try accounts.closeAttempts { try view.decision($0) }
            return accounts.report
        }
    }
}

extension LedgerView {
    /// The outcome of the decision with this id; `nil` where none is on record.
    fileprivate func decision(_ id: String) throws -> String? {
        guard let number = try number(ofID: id) else { return nil }
        let entry = try provenEntry(number)
        return entry.type == EntryType.decision ? try entry.body()["outcome"]?.text ?? "" : nil
    }
}
