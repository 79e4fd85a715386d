/// The publication of one checkpoint into one folder.
struct Publication {
    let checkpoint: Checkpoint
    /// The checkpoint as it is given out, with what others signed of it.
    let note: SignedNote
    /// The keys of the log, of which one signed what is published already.
    let keys: [VerifierKey]
    /// The entries that the ledger has.
    let ledgerSize: UInt64
    let folder: PublishingFolder
    let read: PublishingFiles.Reading

    /// What was done to the folder.
    struct Outcome: Equatable {
        /// The size that was published before; `nil` for the first publication.
        var earlierSize: UInt64?
        var written = 0
        /// Files that an interrupted run had written.
        var found = 0
        /// Partial tiles and bundles that full ones have replaced.
        var removed = 0
        var isCheckpointNew = false
    }

    func run(
        progress: @escaping (_ what: String, _ done: UInt64, _ total: UInt64) -> Void = { _, _, _ in }
    ) throws -> Outcome {
        let published = try folder.read(PublishingFolder.checkpointName)
        let earlier = try published.map { try earlierCheckpoint($0) }
        var files = PublishingFiles(earlier: earlier, target: checkpoint, read: read)
        var outcome = Outcome(earlierSize: earlier?.size)
        // Nothing is written before all of it was made once, and found to fit the ledger and the folder.
        files.progress = { progress("check", $0, checkpoint.size) }
        let comparison = try files.make { _ = try folder.holds($0) }
        guard comparison == .extends else {
            throw PublishingError.anotherHistory(folder: folder.path, size: earlier?.size ?? 0)
        }
        try folder.create()
        files.progress = { progress("publish", $0, checkpoint.size) }
        _ = try files.make { file in
            if try folder.place(file) { outcome.written += 1 } else { outcome.found += 1 }
        }
        try folder.syncFolders()
        // Every file of the new size is durable under its name. The checkpoint before it still holds for all it names.
        if published != note.bytes {
            try folder.replaceCheckpoint(note.bytes)
            outcome.isCheckpointNew = true
        }
        // Readers see the new size. An interruption from here on leaves some partial tiles to the next run.
        outcome.removed = try folder.sweep(size: checkpoint.size)
        return outcome
    }

    /// What is published already: a checkpoint of this log, no larger than the one that is to follow.
    private func earlierCheckpoint(_ bytes: [UInt8]) throws -> Checkpoint {
        let note: SignedNote
        let earlier: Checkpoint
        do {
            note = try SignedNote(parsing: bytes)
            earlier = try Checkpoint(parsing: note.text)
        } catch { throw PublishingError.unreadableCheckpoint(folder: folder.path, detail: "\(error)") }
        guard earlier.origin.utf8.elementsEqual(checkpoint.origin.utf8) else {
            throw PublishingError.anotherLog(folder: folder.path, got: earlier.origin, want: checkpoint.origin)
        }
        do { _ = try note.trustedCheckpoint(by: keys) } catch {
            throw PublishingError.anotherKey(folder: folder.path, detail: "\(error)")
        }
        guard earlier.size <= ledgerSize else {
            throw PublishingError.beyondLedger(folder: folder.path, size: earlier.size, ledgerSize: ledgerSize)
        }
        guard earlier.size <= checkpoint.size else {
            throw PublishingError.ahead(folder: folder.path, size: earlier.size, publishable: checkpoint.size)
        }
        return earlier
    }
}
