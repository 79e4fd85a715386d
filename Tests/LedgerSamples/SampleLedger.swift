public import Ledgers
public import Notes
import SQLiteStorage
public import Storage

/// Ledgers made of samples: with fixed keys, clocks and randomness, so that each run writes the same bytes.
public enum SampleLedger {
    /// A ledger in `folder`, which is empty: log, head and key as the command makes them.
    public static func create(
        in folder: Scratch, key: SigningKey = Sample.key, clock: SampleClock = SampleClock()
    ) async throws -> Ledger {
        try KeyFile.create(key, at: folder.path + "/key")
        return try await Ledger.create(
            in: SQLiteStore.create(in: folder.path, subjectKey: Sample.subjectKey), folder: folder.path,
            signing: signing(in: folder, key: key), clock: clock.clock, randomness: SampleRandomness().source)
    }

    /// Opens the ledger in `folder` for recording.
    public static func open(
        in folder: Scratch, key: SigningKey = Sample.key, clock: SampleClock = SampleClock()
    ) throws -> Ledger {
        try Ledger.open(
            SQLiteStore.open(in: folder.path, for: .writing), folder: folder.path,
            signing: signing(in: folder, key: key), clock: clock.clock)
    }

    /// What signs in the ledger of `folder`, with the head file there.
    public static func signing(
        in folder: Scratch, key: SigningKey = Sample.key, acceptsClockJump: Bool = false
    ) throws -> Ledger.Signing {
        Ledger.Signing(
            key: key, head: try HeadFile(path: folder.path + "/head", isWritable: true),
            acceptsClockJump: acceptsClockJump)
    }

    /// A ledger in memory; its head lies in `folder`.
    public static func create(
        in store: any Store, head folder: Scratch, clock: SampleClock = SampleClock()
    ) async throws -> Ledger {
        try await Ledger.create(
            in: store, signing: signing(in: folder), clock: clock.clock, randomness: SampleRandomness().source)
    }

    /// Records the first version of the rules and decisions `numbers`, `batch` to a commit.
    public static func fill(_ ledger: Ledger, _ numbers: Range<Int>, batch: Int = 50) async throws {
        _ = try await ledger.register(Sample.specification())
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: batch) {
            let submissions = try (start..<min(start + batch, numbers.upperBound)).map { try Sample.decision($0) }
            for result in await ledger.record(submissions) { _ = try result.get() }
        }
    }
}
