public import Cryptography
import Decisions
import Merkle
public import Notes
import Storage

/// The time stamps of the trees that hold an entry. What is in a tree was there when the tree was stamped.
public struct TimestampCoverage: Sendable, Hashable {
    /// The earliest that holds: it says most about when the entry was there.
    public fileprivate(set) var first: CheckedTimestamp?
    /// The newest that holds.
    public fileprivate(set) var last: CheckedTimestamp?
    /// How many were looked at and do not hold.
    public fileprivate(set) var failureCount = 0

    /// The first, and the last where it is of a later time.
    public var all: [CheckedTimestamp] {
        guard let first, let last else { return [] }
        return last.time > first.time ? [first, last] : [first]
    }

    /// No time stamp.
    public init() {}
}

extension LedgerView {
    /// The time stamps of checkpoints of at least `size` entries, by authorities whose certificates are not checked.
    ///
    /// What is given holds wholly: the token, the log's signature of the checkpoint, and its root in this tree. Only as
    /// many are verified as it takes to find the first and the last.
    public func timestamps(atLeast size: UInt64) throws(LedgerError) -> TimestampCoverage {
        var coverage = TimestampCoverage()
        var candidates: [(token: TimestampToken, checkpoint: StoredCheckpoint)] = []
        do {
            for stamped in try snapshot.attestedSizes() where (size...self.size).contains(stamped) {
                let stored = try snapshot.checkpoint(atMost: stamped)
                for timestamp in try snapshot.timestamps(of: stamped) {
                    guard let stored, stored.size == stamped, let token = try? TimestampToken(parsing: timestamp.token)
                    else {
                        coverage.failureCount += 1
                        continue
                    }
                    candidates.append((token, stored))
                }
            }
        } catch { throw .store(error) }
        candidates.sort { ($0.token.microseconds, $0.checkpoint.size) < ($1.token.microseconds, $1.checkpoint.size) }
        guard let first = candidates.firstIndex(where: { isHolding($0, &coverage, \.first) }) else { return coverage }
        coverage.last = coverage.first
        _ = candidates[(first + 1)...].lastIndex { isHolding($0, &coverage, \.last) }
        return coverage
    }

    private func isHolding(
        _ candidate: (token: TimestampToken, checkpoint: StoredCheckpoint), _ coverage: inout TimestampCoverage,
        _ place: WritableKeyPath<TimestampCoverage, CheckedTimestamp?>
    ) -> Bool {
        let stored = candidate.checkpoint
        guard let note = try? note(of: stored), let checkpoint = try? Checkpoint(parsing: note.text),
            let checked = try? candidate.token.checked(of: checkpoint, trusting: nil),
            (try? TreeReader(snapshot: snapshot).builder(size: stored.size).root) == stored.root
        else {
            coverage.failureCount += 1
            return false
        }
        coverage[keyPath: place] = checked
        return true
    }

    /// The newest kept checkpoint with this imprint; `nil` where none has it.
    public func checkpoint(withImprint imprint: Digest) throws(LedgerError) -> Checkpoint? {
        var kept: [StoredCheckpoint] = []
        do { try snapshot.checkpoints { if $0.isKept { kept.append($0) } } } catch {
            throw .store(error as? StoreError ?? .io(detail: "\(error)"))
        }
        return kept.lazy.reversed()
            .map { Checkpoint(origin: self.checkpoint.origin, size: $0.size, root: $0.root) }
            .first { $0.timestampImprint == imprint }
    }
}
