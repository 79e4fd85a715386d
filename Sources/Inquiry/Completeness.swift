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

    /// Runs that were never closed and of which nothing came for so many seconds before the newest entry.
    public func silent(after seconds: Int64) -> [ProducerAccount] {
        accounts.filter { $0.closedAt == nil && newest.microseconds - $0.lastSeen.microseconds > seconds * 1_000_000 }
    }
}

extension Ledger {
    /// Reads the log from its beginning and keeps account of every run; of the producer `only`, where one is given.
    ///
    /// The index is not asked: it cannot show what it leaves out, and that is the question here. Memory grows with runs and gaps,
    /// not with decisions.
    public func completeness(only: String? = nil) throws -> CompletenessReport {
        var accounts = ProducerAccounts(only: only)
        try readInStretches { view, range in
            try view.indexedEntries(range, .clear) { try accounts.add($0, in: view) }
        } take: { _ in
        }
        return try read { view in
            try accounts.closeAttempts(in: view)
            return accounts.report
        }
    }
}

/// The accounts of all runs, as far as the log was read.
private struct ProducerAccounts {
    private let only: String?
    private var accounts: [ProducerRun: ProducerAccount] = [:]
    private var unnumbered = 0
    private var newest = Timestamp(microseconds: 0)
    /// The runs that wait for a decision of this id.
    private var awaited: [String: ProducerRun] = [:]

    init(only: String?) { self.only = only }

    /// Adds the next entry of the log.
    mutating func add(_ entry: IndexedEntry, in view: LedgerView) throws {
        newest = Timestamp(microseconds: entry.at)
        let waiting = awaited.removeValue(forKey: entry.id)
        guard let producer = entry.producer, only == nil || producer == only else {
            if entry.type == EntryType.decision, only == nil { unnumbered += 1 }
            if let waiting { accounts[waiting]?.resolve(entry) }
            return
        }
        let run = ProducerRun(producer: producer, epoch: entry.epoch)
        switch entry.type {
        case EntryType.decision: addDecision(entry, run, waiting)
        case "attempt":
            let content = try view.content(entry.number)
            accounts[run, default: ProducerAccount(run)].addAttempt(content, at: newest)
            if let decision = content["decision"]?.text { awaited[decision] = run }
        case "producer":
            let content = try view.content(entry.number)
            accounts[run, default: ProducerAccount(run)].addEvent(content, entry: entry.number, at: newest)
        default: break
        }
    }

    private mutating func addDecision(_ entry: IndexedEntry, _ run: ProducerRun, _ waiting: ProducerRun?) {
        if let number = entry.seq {
            accounts[run, default: ProducerAccount(run)].addDecision(entry, number: number)
        } else {
            unnumbered += 1
        }
        if let waiting, waiting != run || entry.seq == nil { accounts[waiting]?.resolve(entry) }
    }

    /// Takes attempts that were recorded after their decisions for what they are: no open ones.
    mutating func closeAttempts(in view: LedgerView) throws {
        for run in accounts.keys {
            for id in accounts[run]?.openAttempts.keys.map(\.self) ?? [] where try view.number(ofID: id) != nil {
                accounts[run]?.closeAttempt(of: id)
            }
        }
    }

    var report: CompletenessReport {
        let sorted = accounts.values.sorted {
            ($0.run.producer, $0.run.epoch ?? "") < ($1.run.producer, $1.run.epoch ?? "")
        }
        return CompletenessReport(accounts: sorted, unnumbered: unnumbered, newest: newest)
    }
}

extension LedgerView {
    /// What an entry says, proven, as far as it can be opened.
    fileprivate func content(_ number: UInt64) throws -> JSONObject {
        let proven = try proven(number)
        return try RevealedRecord(proven.entry, disclosures: proven.disclosures)?.content ?? [:]
    }
}
