import Decisions
import JSON
import Storage

/// The earlier records that later ones point at: a fact about nothing that is on record is refused.
struct KnownTargets {
    /// What is known of a record.
    struct Record {
        let type: String
        /// The decision that it is about, where it is no decision itself.
        let decision: String?
        /// The number of its entry, where that is in the store.
        var number: UInt64?

        init(_ submission: Submission) {
            type = submission.type.name
            decision = submission.decision
        }

        init(_ number: UInt64, in snapshot: any StoreSnapshot) throws {
            let entry = try snapshot.knownEntry(number)
            self.number = number
            type = entry.type
            decision = type == EntryType.decision ? nil : try entry.body()["decision"]?.text
        }
    }

    private var records: [String: Record] = [:]

    /// Looks up what `submissions` point at and is not known yet.
    mutating func find(_ submissions: some Sequence<Submission>, in snapshot: any StoreSnapshot) throws {
        for target in submissions.lazy.flatMap(\.targets) where records[target.id] == nil {
            guard let number = try snapshot.number(ofID: target.id) else { continue }
            records[target.id] = try Record(number, in: snapshot)
        }
    }

    /// The number of the entry in the store that has this id, where it was looked up.
    func number(of id: String) -> UInt64? { records[id]?.number }

    /// Throws where something that `submission` points at is not there, is of another type, or is about another decision.
    /// `earlier` says what is about to be recorded before it.
    func check(_ submission: Submission, earlier: (String) -> Record?) throws(RecordError) {
        for target in submission.targets {
            guard let record = records[target.id] ?? earlier(target.id) else {
                throw .unknownTarget(id: target.id, types: target.types)
            }
            guard target.types.contains(record.type) else {
                throw .wrongTarget(id: target.id, type: record.type, types: target.types)
            }
            guard record.type != EntryType.decision, let decision = submission.decision else { continue }
            guard record.decision == nil || record.decision == decision else {
                throw .targetOfAnother(id: target.id, decision: record.decision ?? "", named: decision)
            }
        }
    }
}

extension Submission {
    /// The decision on record that it is about.
    var decision: String? { targets.first { $0.types == [EntryType.decision] }?.id }
}
