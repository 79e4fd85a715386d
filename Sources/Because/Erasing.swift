import Glibc

/// What an erasure did, and what it could not reach.
public struct ErasureSummary: Sendable {
    /// What was erased, by record.
    public internal(set) var erased: [ErasedRecord] = []
    /// Erasures on record of a record of which nothing was left to erase.
    public internal(set) var before: [RecordedErasure] = []
    /// Whether anything of it may still lie in files of the ledger.
    public internal(set) var scrubbing: Scrubbing = .done
    /// Copies in the ledger's folder that were not erased from, and why.
    public internal(set) var unreached: [String] = []

    public init(scrubbing: Scrubbing = .done) { self.scrubbing = scrubbing }

    /// What no ledger can reach.
    public static let outside =
        "copies outside the ledger's folder are not reached: backups, exports, and proof files that disclose a value"
}

extension Ledger {
    /// Seconds that an erasure waits for readers at earlier moments.
    public static let scrubbingPatience = 10.0

    /// Erases values of the record with this id for good: out of the log, its WAL and free pages, and the index. The entry that
    /// says so keeps every proof valid.
    ///
    /// What was erased before is no error, and recorded no second time. Committed is what the summary lists, also where
    /// scrubbing is still due: it is done when the ledger is opened next, or by `scrub`.
    public func erase(
        _ id: String, _ fields: ErasedFields = .all, _ grounds: ErasureGrounds,
        patience: Double = Ledger.scrubbingPatience
    ) async throws -> ErasureSummary {
        var summary = ErasureSummary()
        do {
            if let erased = try await commitErasure(of: id, fields, grounds) {
                summary.erased = [erased]
            } else {
                summary.before = try await BlockingPool.run { try self.erasures(of: id) }
            }
        } catch RecordError.erasure(.unknownRecord) { throw try await unknown(id) }
        summary.scrubbing = try await scrub(patience: patience)
        return summary
    }

    /// Erases everything sealed of a person: of decisions about them, and of what was recorded later about these; also in the
    /// ledgers that this one continues after a break, where their folder still takes it.
    public func erase(
        subject: String, _ grounds: ErasureGrounds, patience: Double = Ledger.scrubbingPatience
    ) async throws -> ErasureSummary {
        var summary = ErasureSummary()
        do { summary.erased = try await commitErasure(ofSubject: subject, grounds) } catch {
            // Something may have been committed before it failed.
            _ = try? await scrub(patience: patience)
            throw error
        }
        summary.scrubbing = try await scrub(patience: patience)
        try await eraseBefore(subject, grounds, patience, &summary)
        return summary
    }

    /// Erases what is past the maximum of its class, but for what is held.
    public func retain(
        acceptsClock: Bool = false, patience: Double = Ledger.scrubbingPatience
    ) async throws -> (run: RetentionRun, scrubbing: Scrubbing) {
        let run: RetentionRun
        do { run = try await commitRetention(acceptsClock: acceptsClock) } catch {
            _ = try? await scrub(patience: patience)
            throw error
        }
        return (run, try await scrub(patience: patience))
    }

    /// Clears away, from every file of the folder, what is left of values that were erased.
    public func scrub(patience: Double = Ledger.scrubbingPatience) async throws -> Scrubbing {
        try await BlockingPool.run { try self.scrubFiles(patience: patience) }
    }

    func scrubFiles(patience: Double) throws -> Scrubbing {
        try scrub(patience: patience) { folder == nil ? nil : try index.scrub(through: $0) }
    }

    private func erasures(of id: String) throws -> [RecordedErasure] {
        try read { view in try view.number(ofID: id).map { try view.erasures(of: [$0]) } ?? [] }
    }

    /// Whose id this may have been: erasing takes a whole id.
    private func unknown(_ id: String) async throws -> any Error {
        try await BlockingPool.run {
            if let ledger = self.previousLedger(), (try? ledger.read { try $0.number(ofID: id) }) != nil {
                return ErasureElsewhere(id: id, folder: ledger.folder ?? "previous")
            }
            do {
                let meant = try self.read { view in try view.provenEntry(try view.number(matching: id)).id }
                return InquiryError.unknownID(id, nearest: [meant])
            } catch { return error }
        }
    }

    private func eraseBefore(
        _ subject: String, _ grounds: ErasureGrounds, _ patience: Double, _ summary: inout ErasureSummary
    ) async throws {
        guard continuation != nil, let folder else { return }
        let previous = LedgerFolder(path: folder).previous
        guard previous.isThere else { return }
        do {
            let ledger = try Ledger.open(at: previous.path, places: LedgerPlaces(keyring: places.keyring))
            do {
                let before = try await ledger.erase(subject: subject, grounds, patience: patience)
                summary.erased += before.erased
                summary.unreached += before.unreached
                if case .due = before.scrubbing { summary.scrubbing = before.scrubbing }
                await ledger.close()
            } catch {
                await ledger.close()
                throw error
            }
        } catch {
            summary.unreached.append(
                "\(previous.path), the ledger before the break, was not searched: \(error); remove that folder where it must go"
            )
        }
    }
}

/// A record that lies in the ledger before a break.
public struct ErasureElsewhere: Error, CustomStringConvertible {
    let id: String
    let folder: String

    public var description: String { "\(id) is in the ledger before the break, \(folder)" }

    public var hint: String {
        "because erase --ledger \(folder) erases it there; where that ledger takes nothing any more, remove its folder"
    }
}
