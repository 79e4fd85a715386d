import Glibc
import SQLiteStorage

/// Publishes a ledger as static files in the C2SP tlog-tiles layout: entry bundles, tiles, and last the checkpoint.
///
/// One checkpoint is pinned. It is kept for good where the ledger can be held for a moment; while another process
/// records, it is the newest that stays anyway.
public struct Publishing: Sendable {
    public typealias Progress = Verification.Progress

    private let ledger: String
    private let destination: String
    private let progress: Progress?

    /// Publishes the ledger in the folder `ledger` into the folder `destination`, which is made where it is not there.
    public init(ledger: String, into destination: String, progress: Progress? = nil) {
        self.ledger = ledger
        self.destination = destination
        self.progress = progress
    }

    /// Publishes. Throws before anything is written when ledger and folder do not fit.
    public func run() async throws -> PublishingSummary {
        try checkDestination()
        let reason = try await keepNewest()
        return try await BlockingPool.run { try publish(unkept: reason) }
    }

    /// The folder may lie in the ledger's, but must not give out the ledger itself.
    private func checkDestination() throws {
        guard let inner = realpath(ledger, nil) else { return }
        defer { free(inner) }
        guard let outer = realpath(destination, nil) else { return }
        defer { free(outer) }
        let folder = String(cString: outer)
        if (String(cString: inner) + "/").hasPrefix(folder == "/" ? "/" : folder + "/") {
            throw PublishingError.exposesLedger(folder: destination)
        }
    }

    /// Keeps the newest checkpoint, and lets go of the ledger at once so that others can record. Returns why it could not.
    private func keepNewest() async throws -> String? {
        let ledger: Ledger
        do { ledger = try Ledger.open(at: self.ledger) } catch {
            switch error as? LedgerError {
            case .store(.heldByAnotherProcess), .store(.readOnly), .key: return "\(error)"
            default: throw error
            }
        }
        do { _ = try await ledger.keepCheckpoint() } catch {
            await ledger.close()
            throw error
        }
        await ledger.close()
        return nil
    }

    private func publish(unkept reason: String?) throws -> PublishingSummary {
        let ledger = try Ledger.open(at: self.ledger, for: .reading)
        if reason != nil { try checkHead(of: ledger) }
        let (pinned, note, view) = try ledger.read { view in
            guard let pinned = try view.lastingCheckpoint() else {
                throw PublishingError.noLastingCheckpoint(size: view.size, reason: reason ?? "none was kept")
            }
            return (pinned, try view.note(of: pinned), (size: view.size, keys: view.keys))
        }
        let checkpoint = Checkpoint(origin: ledger.origin, size: pinned.size, root: pinned.root)
        // What is given out must not be lost to a power cut.
        try ledger.sync()
        let publication = Publication(
            checkpoint: checkpoint, note: note, keys: view.keys.keys, ledgerSize: view.size,
            folder: try PublishingFolder(destination)
        ) { body in try ledger.read { try body($0.snapshot) } }
        let outcome = try publication.run { progress?($0, $1, $2) }
        return PublishingSummary(
            folder: destination, checkpoint: checkpoint, note: note, key: view.keys.key(ofSize: pinned.size),
            ledgerSize: view.size, reason: reason, outcome: outcome)
    }

    /// Refuses to publish what is older than the `head` file, or another history, as opening for recording does.
    private func checkHead(of ledger: Ledger) throws {
        let path = LedgerFolder(path: self.ledger).head
        guard access(path, F_OK) == 0 else { return }
        let head = try HeadFile(path: path, isWritable: false)
        var reading = HeadFile.Reading(head.notes(), keys: try ledger.read { $0.keys.keys })
        if reading.foreign != nil {
            // The key may have changed between the two reads; the log is at least as new as the head in the second.
            reading = HeadFile.Reading(head.notes(), keys: try ledger.read { $0.keys.keys })
        }
        if let foreign = reading.foreign { throw LedgerError.foreignHead(size: foreign.size) }
        guard let trusted = reading.trusted else { return }
        try ledger.read { view in
            guard trusted.size <= view.size else {
                throw LedgerError.rolledBack(size: view.size, headSize: trusted.size)
            }
            guard try view.snapshot.tree(ofSize: trusted.size).root == trusted.root else {
                throw LedgerError.forked(size: trusted.size)
            }
        }
    }
}
