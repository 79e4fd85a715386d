import Dispatch
import Glibc
import Merkle
import Storage
import Synchronization

/// Reads a whole log on all cores: each takes the next segment as soon as it is done with one, and whoever finishes the
/// segment that is due joins it to those before. Beside the segments one core checks the pages and one adds up the tables.
final class LogScan: Sendable {
    /// What lies beside the entries.
    struct Beside: Sendable {
        var damage: [String] = []
        var tables = TableChecker.Sums()
    }

    private let store: any Store
    private let start: LogVerification.Start
    private let progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)?
    private let state: Mutex<State>

    fileprivate enum BesideTask: Sendable {
        case pages, tables
    }

    fileprivate struct State: Sendable {
        var merger: SegmentMerger
        var beside = Beside()
        /// What keeps everything from being read.
        var failure: (any Error)?
        /// What no core was given yet, the longest last.
        var besides: [BesideTask] = [.tables, .pages]
        /// The first entry that no core was given, and the segments from there on that some entry is known to follow.
        var first: UInt64 = 0
        var segmentCount: UInt64 = 0
        /// Pieces that were handed out, and those of them that are done but wait for one before them.
        var pieceCount = 0
        var joinedCount = 0
        var done: [Int: Piece] = [:]
    }

    /// A part of the log, in its order.
    fileprivate enum Piece: Sendable {
        case segment(EntrySegment)
        /// Whole segments without a single entry.
        case gap(Range<UInt64>)
    }

    init(
        of store: any Store, _ start: LogVerification.Start, joining merger: SegmentMerger,
        progress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)?
    ) {
        self.store = store
        self.start = start
        self.progress = progress
        state = Mutex(State(merger: merger))
    }

    /// Reads everything. It blocks until done.
    func run() throws -> (merger: SegmentMerger, beside: Beside) {
        DispatchQueue.concurrentPerform(iterations: DispatchQueue.cores) { _ in work() }
        return try state.withLock { state in
            if let failure = state.failure { throw failure }
            return (state.merger, state.beside)
        }
    }

    private func work() {
        while let task = state.withLock({ $0.besides.popLast() }) {
            switch task {
            case .pages: checkPages()
            case .tables: addTables()
            }
        }
        let reader = SegmentReader(start)
        while let (piece, range) = nextSegment() {
            let segment = check(range, reader)
            state.withLock { $0.finish(piece, .segment(segment), progress: progress, total: start.size) }
        }
    }

    private func checkPages() {
        do {
            let damage = try store.read { try $0.mediumDamage() }
            state.withLock { $0.beside.damage = damage }
        } catch {
            // Said before whatever else fails.
            state.withLock { $0.failure = error }
        }
    }

    /// Adds up the tables of ids and subjects. What cannot be read is looked at again once the entries were.
    private func addTables() {
        let tables = try? store.read { snapshot in
            let sizeNow = max(start.size, try snapshot.size())
            let checker = TableChecker(snapshot: snapshot, size: start.size, sizeNow: sizeNow)
            return try TableChecker.Sums(identities: checker.identities(), subjects: checker.subjects())
        }
        if let tables { state.withLock { $0.beside.tables = tables } }
    }
}

extension LogScan {
    /// Segments for which one entry that is there is looked for at a time.
    private static let wave = UInt64(max(1, DispatchQueue.cores) * 2)

    /// The next segment, and its place among all pieces; `nil` after the last.
    private func nextSegment() -> (piece: Int, range: Range<UInt64>)? {
        state.withLock { state -> (piece: Int, range: Range<UInt64>)? in
            let (total, width) = (start.size, EntrySegment.width)
            guard state.failure == nil, state.first < total else { return nil }
            if state.segmentCount == 0 {
                // A row far beyond the rest must not keep the verification busy with what is not there.
                let next: UInt64
                do { next = max(state.first, try nextEntry(from: state.first, to: total) / width * width) } catch {
                    state.failure = error
                    return nil
                }
                if next > state.first {
                    state.finish(state.pieceCount, .gap(state.first..<next), progress: progress, total: total)
                    state.pieceCount += 1
                }
                state.first = next
                state.segmentCount = min(Self.wave, (total - next + width - 1) / width)
                guard state.segmentCount > 0 else { return nil }
            }
            let range = state.first..<min(state.first + width, total)
            state.first = range.upperBound
            state.segmentCount -= 1
            state.pieceCount += 1
            return (state.pieceCount - 1, range)
        }
    }

    /// The number of the first entry that is there, from `first` on; `total` where none is.
    private func nextEntry(from first: UInt64, to total: UInt64) throws -> UInt64 {
        struct Found: Error { let number: UInt64 }
        do {
            try store.read { try $0.entries(first..<total) { number, _ in throw Found(number: number) } }
            return total
        } catch let found as Found { return found.number } catch is StoreError {
            // Damage is found again, and named, by whoever reads the segment.
            return first
        }
    }

    private func check(_ range: Range<UInt64>, _ reader: SegmentReader) -> EntrySegment {
        do {
            return try store.read { snapshot in
                var checkpoints: [StoredCheckpoint] = []
                var size = range.lowerBound + 1
                while let next = try snapshot.checkpoint(atLeast: size), next.size <= range.upperBound {
                    checkpoints.append(next)
                    size = next.size + 1
                }
                if let newest = start.newest, newest.size > size - 1, range.contains(newest.size - 1) {
                    checkpoints.append(newest)
                }
                var checker = SegmentChecker(
                    range, snapshot: snapshot, start: start, checkpoints: checkpoints, reader: reader)
                return try checker.run()
            }
        } catch {
            // Damage of the file itself: the whole segment is unreadable, and the rest of the log is still looked at.
            var segment = EntrySegment(range: range)
            let entries = "entries \(range.lowerBound) to \(range.upperBound - 1)"
            segment.findings.add(
                Finding(
                    .integrity, entry: range.lowerBound, "entries_unreadable", "\(entries) cannot be read: \(error)"))
            for _ in range { segment.tree.append(MerkleTree.emptyRoot) }
            return segment
        }
    }
}

extension LogScan.State {
    /// Takes a piece that is done, and joins all that are due.
    fileprivate mutating func finish(
        _ place: Int, _ piece: LogScan.Piece, progress: ((UInt64, UInt64) -> Void)?, total: UInt64
    ) {
        done[place] = piece
        while let due = done.removeValue(forKey: joinedCount) {
            joinedCount += 1
            switch due {
            case .gap(let range): merger.skip(range)
            case .segment(let segment):
                merger.add(segment)
                progress?(segment.range.upperBound, total)
            }
        }
    }
}

/// What one core keeps from segment to segment.
struct SegmentReader {
    let known: KnownCitations
    let sealed: SealedRows

    init(_ start: LogVerification.Start) {
        known = KnownCitations(start.history)
        sealed = SealedRows(subjectKey: start.subjectKey)
    }
}

extension DispatchQueue {
    /// Processors that work can be spread over.
    static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
