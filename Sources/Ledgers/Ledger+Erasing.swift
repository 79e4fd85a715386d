import Cryptography
import Decisions
import JSON
import Storage
import Synchronization

extension Ledger {
    /// Bytes of the basis of an erasure or hold.
    public static let basisByteLimit = 4096

    /// Records that are erased in one transaction.
    static let erasureStretch = 256

    /// Takes values of the record with this id out of the ledger, together with the entry that says so; `nil` where all of them
    /// were erased before, and nothing is recorded.
    ///
    /// It is committed when this returns. What is left in files is due to be scrubbed: `Ledger.scrub`.
    public func commitErasure(
        of id: String, _ fields: ErasedFields, _ grounds: ErasureGrounds
    ) async throws(RecordError) -> ErasedRecord? {
        try Self.check(basis: grounds.basis)
        return try await erase(grounds.reason) { planner in
            guard let number = try planner.view.number(ofID: id) else { throw RecordError.erasure(.unknownRecord(id)) }
            return [try planner.planned(number, fields, grounds)].compactMap(\.self)
        }.first
    }

    /// Takes out everything that is sealed of a person: of decisions about them, and of what was recorded later about these.
    ///
    /// It is refused as a whole where a hold or a minimum keeps any of it. Many records are erased in several transactions, each
    /// whole or absent; the same call again erases the rest.
    public func commitErasure(
        ofSubject subject: String, _ grounds: ErasureGrounds
    ) async throws(RecordError) -> [ErasedRecord] {
        try Self.check(basis: grounds.basis)
        guard let writer else { throw .ledgerIsReadOnly }
        let code = HMACSHA256.code(of: Array(subject.utf8), key: writer.subjectKey)
        var erased: [ErasedRecord] = []
        // What is recorded about the person meanwhile is erased as well; it ends although somebody never stops.
        for round in 0..<3 {
            let found: SubjectRecords
            do { found = try SubjectRecords(code, in: self) } catch { throw RecordError(reading: error) }
            if found.isEmpty { break }
            if round == 0 { try checkAll(found, grounds, writer) }
            // Once a decision is not linked to the person any more, nothing leads to what was said about it: that goes first.
            for stretch in found.facts.stretches(of: Self.erasureStretch) {
                erased += try await erase(grounds.reason) { try $0.planned(all: stretch, grounds) }
            }
            for stretch in found.linked.stretches(of: Self.erasureStretch) {
                erased += try await erase(grounds.reason) { planner in
                    let late = try SubjectRecords.facts(
                        about: stretch, in: planner.view, found.size..<planner.view.size)
                    return try planner.planned(all: late + stretch, grounds)
                }
            }
        }
        return erased
    }

    /// Throws where something keeps any of it from being erased, before the first is.
    private func checkAll(
        _ found: SubjectRecords, _ grounds: ErasureGrounds, _ writer: Writer
    ) throws(RecordError) {
        do {
            try read { view in
                let planner = try ErasurePlanner(view, now: writer.now, writer: writer)
                for number in found.facts + found.linked {
                    try planner.check(ErasableRecord(number, in: view), despitesMinimum: grounds.despitesMinimum)
                }
            }
        } catch { throw RecordError(reading: error) }
    }

    /// Commits what `choose` chooses, in one transaction.
    func erase(
        _ reason: ErasurePlanner.Reason, beginning first: Draft? = nil,
        _ choose: @escaping @Sendable (ErasurePlanner) throws -> [(ErasableRecord, [ErasableRecord.Value])]
    ) async throws(RecordError) -> [ErasedRecord] {
        guard let writer else { throw .ledgerIsReadOnly }
        let planned = Mutex<[(record: ErasedRecord, draftCount: Int)]>([])
        let receipts = try await writer.submit { snapshot, now in
            let planner = try ErasurePlanner(self.view(snapshot), now: now, writer: writer)
            var drafts = [first].compactMap(\.self)
            for (record, values) in try choose(planner) where !values.isEmpty {
                let own = planner.drafts(record, values, reason)
                drafts += own
                let erased = ErasedRecord(
                    id: record.id, number: record.number, type: record.type, fields: values.map(\.path), entry: 0)
                planned.withLock { $0.append((erased, own.count)) }
            }
            return drafts
        }.get()
        var rest = receipts.dropFirst(first == nil ? 0 : 1)
        return planned.withLock { $0 }.map { planned in
            var record = planned.record
            record.entry = rest.first?.number ?? 0
            rest = rest.dropFirst(planned.draftCount)
            return record
        }
    }

    static func check(basis: String) throws(RecordError) {
        let isBlank = basis.allSatisfy(\.isWhitespace)
        guard !isBlank, basis.utf8.count <= basisByteLimit else {
            throw .erasure(.basis(byteCount: isBlank ? 0 : basis.utf8.count, limit: basisByteLimit))
        }
    }
}

extension ErasureGrounds {
    fileprivate var reason: ErasurePlanner.Reason { .init(basis: basis, despitesMinimum: despitesMinimum) }
}

extension ErasurePlanner {
    /// What `fields` means of an entry, once it was found that it may go; `nil` where nothing of it is there any more.
    fileprivate func planned(
        _ number: UInt64, _ fields: ErasedFields, _ grounds: ErasureGrounds
    ) throws -> (ErasableRecord, [ErasableRecord.Value])? {
        let record = try ErasableRecord(number, in: view)
        let values = try values(of: record, fields)
        guard !values.isEmpty else { return nil }
        try check(record, despitesMinimum: grounds.despitesMinimum)
        return (record, values)
    }

    fileprivate func planned(
        all numbers: [UInt64], _ grounds: ErasureGrounds
    ) throws -> [(ErasableRecord, [ErasableRecord.Value])] {
        try numbers.compactMap { number in
            let record = try ErasableRecord(number, in: view)
            guard !record.values.isEmpty else { return nil }
            try check(record, despitesMinimum: grounds.despitesMinimum)
            return (record, record.values)
        }
    }
}

extension [UInt64] {
    func stretches(of count: Int) -> [[UInt64]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
