import Cryptography
import Merkle
public import Notes

/// A log as it is published in static files, checked by nobody's word but that of the keys.
///
/// Pure but for the files: every entry is hashed, every tile made again of the entries, the root compared with the signed
/// one, and the numbers, links and clocks inside the entries with one another. What is found names the file at fault.
public struct PublishedLog {
    /// Whose signature is believed.
    public enum Trust: Sendable {
        /// Nobody's: everything else is checked.
        case none
        case keys([VerifierKey])
        case policy(Policy)
    }

    private let files: PublishedFiles
    private let trust: Trust

    public init(_ files: PublishedFiles, trust: Trust) {
        self.files = files
        self.trust = trust
    }

    /// Checks everything. Throws what reading the files throws, and `PublishedLogError` where there is no checkpoint.
    public func check(progress: (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }) throws -> PublishedLogReport {
        guard let bytes = try files.read("checkpoint") else { throw PublishedLogError.noCheckpoint }
        var report = PublishedLogReport()
        report.hasTrust = if case .none = trust { false } else { true }
        guard let checkpoint = readCheckpoint(bytes, &report) else { return report }
        report.checkpoint = checkpoint
        report.isListed = files.paths != nil
        let listing = PublishedListing(files.paths ?? [], size: checkpoint.size)
        var entries = PublishedEntries(files, listing, size: checkpoint.size, report: report)
        let isComplete = try entries.run(progress: progress)
        report = entries.report
        if isComplete {
            var judge = try PublishedTiles(files, size: checkpoint.size, root: checkpoint.root)
            try judge.judge(entries, &report)
        }
        entries.addOrder(to: &report)
        for path in listing.strange {
            report.add(PublishedFinding("file_unknown", path, "\(path) is no tile and no bundle of any log"))
        }
        if listing.laterCount > 0 {
            let files = listing.laterCount == 1 ? "1 file is" : "\(listing.laterCount) files are"
            report.add(
                PublishedFinding(
                    "files_later", "tile", isBroken: false,
                    "\(files) of a larger size than the checkpoint's: a publication is under way or was interrupted"))
        }
        return report
    }

    /// The checkpoint, if its form and signatures hold: without them its size may be anything.
    private func readCheckpoint(_ bytes: [UInt8], _ report: inout PublishedLogReport) -> Checkpoint? {
        do {
            let note = try SignedNote(parsing: bytes)
            switch trust {
            case .none: return try Checkpoint(parsing: note.text)
            case .keys(let keys): report.trusted = try note.trustedCheckpoint(by: keys)
            case .policy(let policy): report.trusted = try policy.evaluate(note)
            }
            return report.trusted?.checkpoint
        } catch {
            report.add(
                PublishedFinding("checkpoint_broken", "checkpoint", "the checkpoint does not hold: \(error)"))
            return nil
        }
    }
}

/// Why a published log cannot be checked.
public enum PublishedLogError: Error, Equatable {
    /// Nothing there says that it is a log.
    case noCheckpoint
}

extension PublishedLogError: CustomStringConvertible {
    public var description: String { "there is no file named checkpoint, so nothing says that this is a log" }
}
