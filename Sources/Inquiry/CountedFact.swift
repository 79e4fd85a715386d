import Decisions
import JSON
import Ledgers

/// What is counted of oversight or of an appeal.
struct CountedFact: Sendable {
    /// The entry of the decision it is about.
    let decision: UInt64
    let kind: Kind

    enum Kind: Sendable {
        case requested
        case given(act: String)
        case opened(id: String)
        case decided(appeal: String, result: String, by: String)
    }

    /// Reads an entry of type `oversight` or `appeal`; `nil` where it is about no decision on record.
    init?(_ entry: Entry, in view: LedgerView) throws {
        guard let body = try? entry.body(), let id = body["decision"]?.text, let number = try view.number(ofID: id)
        else { return nil }
        decision = number
        switch (entry.type, body["phase"]?.text) {
        case ("oversight", "requested"): kind = .requested
        case ("oversight", "given"): kind = .given(act: body["act"]?.text ?? "not recorded")
        case ("appeal", "opened"): kind = .opened(id: entry.id)
        case ("appeal", "decided"):
            kind = .decided(
                appeal: body["appeal"]?.text ?? "", result: body["result"]?.text ?? "not recorded",
                by: body["decided_by"]?.text ?? "not recorded")
        default: return nil
        }
    }
}

/// What people did about the decisions that were counted.
struct FactCounts {
    private(set) var oversight = OversightCounts()
    private(set) var appeals = AppealCounts()
    /// The entries of decisions that were not let stand, and of those that were contested; ascending.
    let overridden: [UInt64]
    let appealed: [UInt64]

    /// Takes of `facts` those about the decisions in `numbers`.
    init(_ facts: [CountedFact], about numbers: ClosedRange<UInt64>?) {
        var (overridden, appealed): (Set<UInt64>, Set<UInt64>) = ([], [])
        var (opened, decided): (Set<String>, Set<String>) = ([], [])
        for fact in facts where numbers?.contains(fact.decision) == true {
            switch fact.kind {
            case .requested: oversight.requested += 1
            case .given(let act):
                oversight.acts[act, default: 0] += 1
                if OversightCounts.overriding.contains(act) { overridden.insert(fact.decision) }
            case .opened(let id):
                opened.insert(id)
                appealed.insert(fact.decision)
            case .decided(let appeal, let result, let judge):
                decided.insert(appeal)
                appeals.results[result, default: 0] += 1
                appeals.judges[judge, default: 0] += 1
            }
        }
        appeals.opened = opened.count
        appeals.open = opened.subtracting(decided).count
        self.overridden = overridden.sorted()
        self.appealed = appealed.sorted()
    }
}
