import Cryptography
public import Decisions
import JSON
import Storage

/// What a run of retention found, and what became of it.
public struct RetentionRun: Sendable {
    /// What is due of one class.
    public struct Due: Sendable {
        public let retentionClass: RetentionClass
        /// What was recorded up to then is due.
        public let cutoff: Timestamp
        /// Records that are due.
        public fileprivate(set) var due: [Record] = []
        /// Records that are due, and kept by a hold.
        public fileprivate(set) var held: [(record: Record, hold: Hold)] = []
    }

    /// A record whose time is over.
    public struct Record: Sendable {
        public let id: String
        public let number: UInt64
        public let type: String
        public let at: Timestamp
    }

    /// By class, in the order of their names; only those with a maximum.
    public fileprivate(set) var classes: [Due] = []
    /// Names of classes that records bear and nobody set, and how many records with sealed values do.
    public fileprivate(set) var unknownClasses: [String: Int] = [:]
    /// The entry that records the run; `nil` for one that only looked.
    public fileprivate(set) var entry: UInt64?
    /// What was erased.
    public fileprivate(set) var erased: [ErasedRecord] = []

    /// The records that are due and not held.
    public var due: [Record] { classes.flatMap(\.due) }
    /// The records that are due and held.
    public var held: [(record: Record, hold: Hold)] { classes.flatMap(\.held) }
}

extension Ledger {
    /// A ledger whose last entry is older than this may have a wrong clock: 31 days.
    private static let clockLimit: Int64 = 31 * 86_400

    /// Says how long records of a class are kept. What was set last counts, for earlier records as well.
    @discardableResult
    public func setRetention(_ retentionClass: RetentionClass, isDefault: Bool = false) async throws(RecordError)
        -> Receipt
    {
        guard let writer else { throw .ledgerIsReadOnly }
        if let problem = retentionClass.problem { throw .erasure(.invalidClass(problem)) }
        let body = JSON.object(retentionClass.body(isDefault: isDefault)).bytes()
        return try await writer.submit([Draft(type: EntryType.retention, body: body)])[0].get()
    }

    /// Lists what is past its maximum by now. It reads the log as far as anything can be due, and changes nothing.
    public func dueByRetention(clock: LedgerClock = .system) throws -> RetentionRun {
        try dueByRetention(at: clock.now())
    }

    private func dueByRetention(at now: Timestamp) throws -> RetentionRun {
        let (policy, holds) = try read { (try $0.retentionPolicy(), ActiveHolds(try $0.holds())) }
        var run = RetentionRun()
        run.classes = policy.classes.compactMap { retentionClass in
            retentionClass.maximum.map { .init(retentionClass: retentionClass, cutoff: now.adding(seconds: -$0)) }
        }
        guard let last = run.classes.map(\.cutoff).max() else { return run }
        try readInStretches(of: 1024) { view, range in
            try Self.sealedRecords(in: view, range, until: last)
        } take: { records in
            for record in records {
                guard let retentionClass = record.retentionClass(policy) else {
                    if let name = record.className { run.unknownClasses[name, default: 0] += 1 }
                    continue
                }
                guard let place = run.classes.firstIndex(where: { $0.retentionClass == retentionClass }),
                    record.at <= run.classes[place].cutoff
                else { continue }
                let found = RetentionRun.Record(
                    id: record.id, number: record.number, type: record.type, at: record.at)
                if let hold = holds.hold(on: record) {
                    run.classes[place].held.append((found, hold))
                } else {
                    run.classes[place].due.append(found)
                }
            }
        }
        return run
    }

    private static func sealedRecords(
        in view: LedgerView, _ range: Range<UInt64>, until last: Timestamp
    ) throws -> [ErasableRecord] {
        var numbers: [UInt64] = []
        try view.snapshot.disclosures(range) { number, _, _ in if numbers.last != number { numbers.append(number) } }
        var records: [ErasableRecord] = []
        for number in numbers {
            let record = try ErasableRecord(number, in: view)
            // The clock of the ledger never goes back.
            if record.at > last { break }
            records.append(record)
        }
        return records
    }

    /// Erases what is past its maximum, but for what is held, and records that it did.
    ///
    /// Many records are erased in several transactions, each whole or absent; what a run that was cut short leaves is due
    /// in the next. `acceptsClock` says that the clock is right although the last entry is older than a month.
    public func commitRetention(acceptsClock: Bool = false) async throws(RecordError) -> RetentionRun {
        guard let writer else { throw .ledgerIsReadOnly }
        let now = writer.now
        var run: RetentionRun
        do {
            let last = try read { try $0.provenEntry($0.size - 1).at }
            guard acceptsClock || now <= last.adding(seconds: Self.clockLimit) else {
                throw RecordError.erasure(.clockUncertain(now: now, last: last))
            }
            run = try dueByRetention(at: now)
        } catch { throw RecordError(reading: error) }
        let id = Draft.idPrefix(EntryType.retention) + UUIDv7.make(at: now, randomness: writer.randomness)
        let first = Draft(type: EntryType.retention, id: id, body: run.body.bytes())
        let stretches = run.due.map(\.number).stretches(of: Self.erasureStretch)
        for (index, stretch) in (stretches.isEmpty ? [[]] : stretches).enumerated() {
            run.erased += try await erase(.init(run: id), beginning: index == 0 ? first : nil) { planner in
                try stretch.compactMap { number in
                    let record = try ErasableRecord(number, in: planner.view)
                    // A hold or a longer maximum may have come since.
                    guard planner.holds.hold(on: record) == nil,
                        let end = record.retentionClass(planner.policy)?.end(ofMaximum: record.at), end <= planner.now
                    else { return nil }
                    return (record, record.values)
                }
            }
        }
        do { run.entry = try read { try $0.number(ofID: id) } } catch { throw RecordError(reading: error) }
        return run
    }
}

extension RetentionRun {
    /// What the entry of a run says: `{"classes":[{"class","cutoff","due","held"}],"event":"run"}`.
    fileprivate var body: JSON {
        [
            "event": "run",
            "classes": .array(
                classes.map {
                    [
                        "class": .string($0.retentionClass.name), "cutoff": .string($0.cutoff.description),
                        "due": .integer(Int64($0.due.count)), "held": .integer(Int64($0.held.count)),
                    ]
                }),
        ]
    }
}
