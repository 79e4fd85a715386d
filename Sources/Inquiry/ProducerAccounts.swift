import Decisions
import Ledgers

/// The accounts of all runs, as far as the log was read.
struct ProducerAccounts {
    private let only: String?
    private var accounts: [ProducerRun: ProducerAccount] = [:]
    private var unnumbered = 0
    private var newest = Timestamp(microseconds: 0)
    /// The runs that wait for a decision of this id.
    private var awaited: [String: [ProducerRun]] = [:]

    init(only: String? = nil) { self.only = only }

    /// What an entry is to an account.
    struct Entry {
        let number: UInt64
        let id: String
        let at: Timestamp
        /// The run that it belongs to; `nil` where no producer is named.
        let run: ProducerRun?
        let content: Content

        enum Content: Equatable {
            case decision(seq: Int64?, outcome: String?)
            case claim(NumberingClaim)
            case other
        }
    }

    /// Adds the next entry of the log.
    mutating func add(_ entry: Entry) {
        newest = entry.at
        let run = entry.run.flatMap { only == nil || $0.producer == only ? $0 : nil }
        switch entry.content {
        case .decision(let seq, let outcome):
            for run in awaited.removeValue(forKey: entry.id) ?? [] {
                accounts[run]?.resolve(entry.id, outcome: outcome)
            }
            if let run, let seq {
                accounts[run, default: ProducerAccount(run)].addDecision(seq, entry: entry.number, at: entry.at)
            } else if run != nil || only == nil {
                unnumbered += 1
            }
        case .claim(let claim):
            guard let run else { return }
            accounts[run, default: ProducerAccount(run)].add(claim, entry: entry.number, at: entry.at)
            if let decision = claim.attempted { awaited[decision, default: []].append(run) }
            guard let previous = claim.previous else { return }
            let before = ProducerRun(producer: run.producer, epoch: previous.epoch)
            accounts[before, default: ProducerAccount(before)].announce(previous.announced)
        case .other: break
        }
    }

    /// Takes attempts that were recorded after their decisions for what they are: no open ones. `outcome` gives that of a decision
    /// on record.
    mutating func closeAttempts(_ outcome: (String) throws -> String?) rethrows {
        for (id, runs) in awaited {
            guard let outcome = try outcome(id) else { continue }
            for run in runs { accounts[run]?.resolve(id, outcome: outcome) }
        }
        awaited = [:]
    }

    var report: CompletenessReport {
        let sorted = accounts.values.sorted {
            ($0.run.producer, $0.run.epoch ?? "") < ($1.run.producer, $1.run.epoch ?? "")
        }
        return CompletenessReport(accounts: sorted, unnumbered: unnumbered, newest: newest)
    }
}

extension ProducerAccounts.Entry {
    /// What the index would hold of an entry, as far as it matters here.
    init(_ entry: IndexedEntry) {
        number = entry.number
        id = entry.id
        at = Timestamp(microseconds: entry.at)
        run = entry.run
        content =
            if let claim = entry.claim { .claim(claim) } else if entry.type == EntryType.decision {
                .decision(seq: entry.seq, outcome: entry.outcome)
            } else { .other }
    }
}
