/// A ledger in a folder, opened when something is to be recorded, and again after it could not be reached.
///
/// While another process holds it, its disk is full or it is not there, records are refused as not recorded. It is let go of by `close`.
public actor LedgerInFolder: RecordSink {
    public nonisolated let path: String
    private let places: LedgerPlaces
    private let clock: LedgerClock
    private let patience: Int64
    private var ledger: Ledger?
    /// Why it could not be opened, and when that was tried.
    private var failure: (error: RecordError, at: Int64)?

    /// `patience` is how long it is not tried again after the folder could not be opened.
    public init(
        at path: String, places: LedgerPlaces = LedgerPlaces(), patience: Duration = .zero,
        clock: LedgerClock = .system
    ) {
        self.path = path
        self.places = places
        self.patience = patience.components.seconds * 1_000_000 + patience.components.attoseconds / 1_000_000_000_000
        self.clock = clock
    }

    public func record(_ submissions: [Submission]) async -> [Result<Receipt, RecordError>] {
        let ledger: Ledger
        do { ledger = try await opened() } catch { return submissions.map { _ in .failure(error) } }
        let results = await ledger.record(submissions)
        let isBroken = results.contains { if case .failure(.store) = $0 { true } else { false } }
        // After an error of the store what is on the disk is known only from opening again.
        if isBroken, self.ledger === ledger {
            self.ledger = nil
            await ledger.close()
        }
        return results
    }

    /// Lets go of the ledger. The next record opens it again.
    public func close() async {
        let open = ledger
        ledger = nil
        await open?.close()
    }

    private func opened() async throws(RecordError) -> Ledger {
        if let ledger { return ledger }
        if let failure, clock.elapsed() - failure.at < patience { throw failure.error }
        do {
            // Of two callers at the same time the second waits for the first.
            let opening =
                opening
                ?? Task { [path, places] in
                    try await BlockingPool.run { try Ledger.open(at: path, places: places) }
                }
            self.opening = opening
            let opened = try await opening.value
            self.opening = nil
            if let ledger { return ledger }
            ledger = opened
            failure = nil
            return opened
        } catch {
            opening = nil
            let unreachable = RecordError.unreachable(detail: "\(error)", hint: (error as? LedgerError)?.hint)
            failure = (unreachable, clock.elapsed())
            throw unreachable
        }
    }

    private var opening: Task<Ledger, any Error>?
}
