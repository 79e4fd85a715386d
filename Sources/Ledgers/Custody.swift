public import Decisions
import JSON

/// What keeps a record from being erased, and how long it is to be kept.
public struct Custody: Sendable {
    /// The hold in force on it, on the decision it is about, or on the person.
    public let hold: Hold?
    /// The class of retention that it names, or the decision it is about.
    public let className: String?
    /// What is set for that class, or for records that name none.
    public let retentionClass: RetentionClass?
    /// When it was recorded.
    public let at: Timestamp

    /// `nil` where nothing says so.
    public init?(of proven: ProvenEntry, in view: LedgerView) throws(LedgerError) {
        let (holds, policy) = (try view.holds(), try view.retentionPolicy())
        if holds.all.isEmpty, policy.classes.isEmpty { return nil }
        // A record that was changed is for a verification to name.
        guard let record = try? ErasableRecord(proven, in: view) else { return nil }
        hold = ActiveHolds(holds).hold(on: record)
        className = record.className
        retentionClass = record.retentionClass(policy)
        at = record.at
        if hold == nil, className == nil, retentionClass == nil { return nil }
    }
}
