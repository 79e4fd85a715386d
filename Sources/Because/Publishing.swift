import Glibc
import SQLiteStorage

/// Publishes a ledger as static files in the C2SP tlog-tiles layout: entry bundles, tiles, and last the checkpoint.
///
/// One checkpoint is pinned. It is kept for good where the ledger can be held for a moment; while another process
/// records, it is the newest that stays anyway.
public struct Publishing: Sendable {
    public typealias Progress = Verification.Progress

    private let ledger: String
    private let places: LedgerPlaces
    private let destination: String
    private let progress: Progress?

    /// Publishes the ledger in the folder `ledger` into the folder `destination`, which is made where it is not there.
    public init(
        ledger: String, places: LedgerPlaces = LedgerPlaces(), into destination: String, progress: Progress? = nil
    ) {
        self.ledger = ledger
        self.places = places
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
        do { ledger = try Ledger.open(at: self.ledger, places: places) } catch {
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
        let ledger = try Ledger.open(at: self.ledger, for: .reading, places: places)
        // Opening for recording looks at the head; who only reads must.
        if reason != nil, let problem = try ledger.headProblem() { throw problem }
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
}
