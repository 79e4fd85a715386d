import Cryptography
import Decisions
import Merkle
import Notes
import Storage

/// Checks the entries of one segment.
struct SegmentChecker {
    let snapshot: any StoreSnapshot
    let history: SpecificationHistory
    let checkpoints: [StoredCheckpoint]
    var segment: EntrySegment
    /// What is read faster than the rest, and given the same verdict.
    var plain: PlainEntries
    let sealed: SealedRows
    let isLocked: Bool
    let keys: KeyHistory?
    /// The size of the newest checkpoint: what lies beyond was never signed.
    let signedSize: UInt64
    /// The sizes within the segment whose root is asked for.
    private let probes: Set<UInt64>
    private var nextCheckpoint = 0
    /// Whether the row before holds the entry of another number.
    var isAfterMisplaced = false
    // Of the tile that is being filled:
    var leaves: [Digest] = []
    var storedTile: StoredTile?
    /// Entries that are there.
    private var presentCount = 0
    /// Places whose entries were reported already.
    var reported = Set<Int>()

    init(
        _ range: Range<UInt64>, snapshot: any StoreSnapshot, start: LogVerification.Start,
        checkpoints: [StoredCheckpoint], reader: SegmentReader
    ) {
        self.snapshot = snapshot
        history = start.history
        sealed = reader.sealed
        isLocked = start.isLocked
        plain = PlainEntries(known: reader.known, isUsed: start.readsPlainEntries)
        self.checkpoints = checkpoints
        keys = start.keys
        signedSize = start.newest?.size ?? 0
        probes = start.probes.filter { range.contains($0 &- 1) }
        segment = EntrySegment(range: range)
        leaves.reserveCapacity(Tile.width)
    }

    mutating func run() throws -> EntrySegment {
        if !isLocked { try sealed.read(segment.range, snapshot) }
        var expected = segment.range.lowerBound
        var disorder: StoreError?
        try snapshot.entries(segment.range) { number, bytes in
            // Pages that do not hold together can give rows in any order, and the tree below counts on this one. What the
            // store itself finds wrong with later rows says more.
            guard disorder == nil, number >= expected, segment.range.contains(number) else {
                let detail = "entry \(number) comes where entry \(expected) was due"
                disorder = disorder ?? .damaged(detail: detail)
                return
            }
            while expected < number {
                skip(expected)
                expected += 1
            }
            check(number, bytes)
            expected += 1
        }
        if let disorder { throw disorder }
        while expected < segment.range.upperBound {
            skip(expected)
            expected += 1
        }
        plain.report(into: &segment)
        return segment
    }

    mutating func add(_ aspect: Aspect, _ entry: UInt64, _ code: String, _ message: String) {
        segment.findings.add(Finding(aspect, entry: entry, code, message))
    }

    /// A number without an entry. A leaf that nothing hashes to stands in, so that the tree keeps its shape.
    mutating func skip(_ number: UInt64) {
        let why = number < signedSize ? "it was deleted" : "none was signed, and a row was added beyond it"
        add(.integrity, number, "entry_missing", "entry \(number) is missing: \(why)")
        segment.lastLeaf = nil
        append(storedLeaf(number) ?? MerkleTree.emptyRoot, number)
    }

    private mutating func check(_ number: UInt64, _ bytes: UnsafeRawBufferPointer) {
        let leaf = MerkleTree.leafHash(bytes)
        readTile(over: number)
        if !checkPlain(number, bytes) { checkFully(number, Array(bytes)) }
        segment.lastLeaf = leaf
        presentCount += 1
        append(leaf, number)
    }

    private mutating func checkFully(_ number: UInt64, _ bytes: [UInt8]) {
        do {
            let entry = try Entry(parsing: bytes)
            checkPlace(entry, number)
            isAfterMisplaced = entry.number != number
            if !isAfterMisplaced { checkBody(entry) }
        } catch {
            report(number, "entry_unreadable", "entry \(number) was changed: \(error)")
        }
    }

    /// Adds what is wrong with the whole of an entry, so that its hash need not be named as well.
    private mutating func report(_ number: UInt64, _ code: String, _ message: String) {
        reported.insert(Int(number % UInt64(Tile.width)))
        add(.integrity, number, code, message)
    }

    /// The number, the link and the clock of an entry.
    mutating func checkPlace(_ entry: Entry, _ number: UInt64) {
        var id = entry.id
        id.withUTF8 { segment.identities.insert(UnsafeRawBufferPointer($0), number) }
        if entry.number != number {
            let likeness = likeness(number, holds: entry)
            return report(
                number, "entry_misplaced", "the row of entry \(number) holds entry \(entry.number): \(likeness)")
        }
        if number == segment.range.lowerBound { segment.firstLink = entry.link }
        if let previous = segment.lastLeaf, previous != entry.link {
            add(
                .integrity, number, "link_broken",
                "entry \(number) links to another entry \(number - 1) than the one that is there: entry \(number - 1) was changed or replaced"
            )
        }
        if let last = segment.lastTime, entry.at < last {
            add(
                .integrity, number, "clock_backwards",
                "entry \(number) is dated \(entry.at), before the entry that precedes it")
        }
        if segment.firstTime == nil { segment.firstTime = entry.at }
        segment.lastTime = entry.at
        segment.counts[entry.type, default: 0] += 1
    }

    /// What it looks like when the row of one number holds the entry of another.
    private func likeness(_ number: UInt64, holds entry: Entry) -> String {
        let other = (try? snapshot.entry(entry.number)).flatMap { try? Entry(parsing: $0) }
        if other?.number == number { return "the two were swapped" }
        if other?.bytes == entry.bytes { return "it is a copy of entry \(entry.number)" }
        if !isAfterMisplaced, segment.lastLeaf == entry.link { return "the number in it was changed" }
        return entry.number > number
            ? "entries before it were deleted and the rest moved down"
            : "an entry was inserted before it and the rest moved up"
    }

    mutating func append(_ leaf: Digest, _ number: UInt64) {
        let root = segment.tree.append(leaf, completing: Tile.height)
        leaves.append(leaf)
        if let root {
            checkTile(number / UInt64(Tile.width), root, isPresent: presentCount == Tile.width)
            leaves.removeAll(keepingCapacity: true)
            presentCount = 0
        }
        while nextCheckpoint < checkpoints.count, checkpoints[nextCheckpoint].size == number + 1 {
            let checkpoint = checkpoints[nextCheckpoint]
            segment.atCheckpoints.append((checkpoint, isSigned(checkpoint), segment.tree))
            nextCheckpoint += 1
        }
        if !probes.isEmpty, probes.contains(number + 1) { segment.atProbes.append((number + 1, segment.tree)) }
    }

    /// Whether the key of its size signed a checkpoint; `nil` where no key is known.
    private mutating func isSigned(_ stored: StoredCheckpoint) -> Bool? {
        guard let keys else { return nil }
        if keys.signed(stored) { return true }
        add(
            .signatures, stored.size - 1, "signature_wrong",
            "the checkpoint of \(stored.size) entries was not signed by the log's key: it or its signature was changed, or another key signed it"
        )
        return false
    }
}
