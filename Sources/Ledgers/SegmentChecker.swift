import Cryptography
import Decisions
import JSON
import Merkle
import Notes
import Storage

/// Checks the entries of one segment.
struct SegmentChecker {
    let snapshot: any StoreSnapshot
    let history: SpecificationHistory
    let subjectKey: [UInt8]
    let checkpoints: [StoredCheckpoint]
    private(set) var segment: EntrySegment
    let keys: KeyHistory?
    /// The size of the newest checkpoint: what lies beyond was never signed.
    let signedSize: UInt64
    /// The sizes whose root is asked for.
    private let probes: Set<UInt64>
    private var leaves: [Digest] = []
    private var storedTile: StoredTile?
    private var storedLeaves: [Digest] = []
    /// Entries that are there under the tile that is being filled.
    private var presentCount = 0
    private var nextCheckpoint = 0
    private var disclosures: [UInt64: [StoredDisclosure]] = [:]
    /// Whether the row before holds the entry of another number.
    private var isAfterMisplaced = false
    /// Places in the tile that is read whose entries were reported already.
    private var reported = Set<Int>()

    init(
        _ range: Range<UInt64>, snapshot: any StoreSnapshot, history: SpecificationHistory, subjectKey: [UInt8],
        checkpoints: [StoredCheckpoint], keys: KeyHistory?, signedSize: UInt64, probes: Set<UInt64>
    ) {
        self.snapshot = snapshot
        self.history = history
        self.subjectKey = subjectKey
        self.checkpoints = checkpoints
        self.keys = keys
        self.signedSize = signedSize
        self.probes = probes
        segment = EntrySegment(range: range)
    }

    mutating func run() throws -> EntrySegment {
        try readDisclosures()
        var expected = segment.range.lowerBound
        var entries: [(UInt64, [UInt8])] = []
        try snapshot.entries(segment.range) { number, bytes in
            entries.append((number, Array(bytes)))
        }
        for (number, bytes) in entries {
            // Pages that do not hold together can give rows in any order, and the tree below counts on this one.
            guard number >= expected, segment.range.contains(number) else {
                throw StoreError.damaged(detail: "entry \(number) comes where entry \(expected) was due")
            }
            while expected < number {
                skip(expected)
                expected += 1
            }
            try check(number, bytes)
            expected += 1
        }
        while expected < segment.range.upperBound {
            skip(expected)
            expected += 1
        }
        return segment
    }

    mutating func readDisclosures() throws {
        var read: [UInt64: [StoredDisclosure]] = [:]
        try snapshot.disclosures(segment.range) { number, ordinal, text in
            read[number, default: []].append(StoredDisclosure(ordinal: ordinal, text: Array(text)))
        }
        disclosures = read
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

    mutating func check(_ number: UInt64, _ bytes: [UInt8]) throws {
        let leaf = MerkleTree.leafHash(bytes)
        readTile(over: number)
        do {
            let entry = try Entry(parsing: bytes)
            checkPlace(entry, number)
            isAfterMisplaced = entry.number != number
            if !isAfterMisplaced { try checkBody(entry) }
        } catch let error as EntryError {
            report(number, "entry_unreadable", "entry \(number) was changed: \(error)")
        }
        segment.lastLeaf = leaf
        presentCount += 1
        append(leaf, number)
    }

    /// Adds what is wrong with the whole of an entry, so that its hash need not be named as well.
    private mutating func report(_ number: UInt64, _ code: String, _ message: String) {
        reported.insert(Int(number % UInt64(Tile.width)))
        add(.integrity, number, code, message)
    }

    /// The number, the link and the clock of an entry.
    mutating func checkPlace(_ entry: Entry, _ number: UInt64) {
        segment.identities.insert(entry.id, number)
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

    /// Reads the tile that begins with an entry, where it is full and stored.
    private mutating func readTile(over number: UInt64) {
        guard number % UInt64(Tile.width) == 0 else { return }
        storedTile = try? snapshot.tile(level: 0, number: number / UInt64(Tile.width))
        storedLeaves =
            storedTile.map { tile in
                stride(from: 0, to: tile.hashes.count, by: 32).compactMap { Digest(tile.hashes[$0..<$0 + 32]) }
            } ?? []
        reported = []
    }

    /// The hash that the tile holds for an entry.
    private mutating func storedLeaf(_ number: UInt64) -> Digest? {
        readTile(over: number)
        let offset = Int(number % UInt64(Tile.width))
        return offset < storedLeaves.count ? storedLeaves[offset] : nil
    }

    /// Whether the tile over an entry that differs from it has its own root. One that has not was changed itself, and says
    /// nothing about entries.
    private mutating func tileIsWhole(_ number: UInt64) -> Bool {
        guard let storedTile, storedTile.root != MerkleTree.root(of: storedLeaves) else { return true }
        add(
            .integrity, number / UInt64(Tile.width) * UInt64(Tile.width), "tile_changed",
            "the tile over entry \(number) does not have the root that stands beside it: its hashes were changed")
        storedLeaves = []
        return false
    }

    mutating func append(_ leaf: Digest, _ number: UInt64) {
        segment.tree.append(leaf)
        leaves.append(leaf)
        if leaves.count == Tile.width { checkTile(number / UInt64(Tile.width)) }
        while nextCheckpoint < checkpoints.count, checkpoints[nextCheckpoint].size == number + 1 {
            let checkpoint = checkpoints[nextCheckpoint]
            segment.atCheckpoints.append((checkpoint, isSigned(checkpoint), segment.tree))
            nextCheckpoint += 1
        }
        if probes.contains(number + 1) { segment.atProbes.append((number + 1, segment.tree)) }
    }

    /// A full tile against the leaves it is to hold. Where the two differ, the tile's own root tells which of them changed.
    mutating func checkTile(_ number: UInt64) {
        let root = MerkleTree.root(of: leaves)
        segment.tileRoots.append(root)
        let first = number * UInt64(Tile.width)
        let name = "the tile over entries \(first) to \(first + 255)"
        if let storedTile {
            let differing = leaves.indices.filter { leaves[$0] != storedLeaves[$0] }
            if differing.isEmpty {
                if storedTile.root != root { add(.integrity, first, "tile_changed", "\(name) holds a wrong root") }
            } else if storedTile.root != MerkleTree.root(of: storedLeaves) {
                // It was changed itself, and says nothing about entries.
                add(.integrity, first, "tile_changed", "\(name) does not have the root that stands beside its hashes")
            } else {
                for offset in differing where !reported.contains(offset) {
                    let entry = first + UInt64(offset)
                    add(
                        .integrity, entry, "entry_changed",
                        "entry \(entry) does not have the hash that its tile holds: its bytes were changed after it was recorded"
                    )
                }
            }
        } else if presentCount == Tile.width {
            add(.integrity, first, "tile_missing", "\(name) is missing or unreadable")
        }
        leaves.removeAll(keepingCapacity: true)
        presentCount = 0
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

extension SegmentChecker {
    /// What the body says: sealed fields against disclosures, citations against specifications, a producer's numbers.
    mutating func checkBody(_ entry: Entry) throws {
        let body: JSON
        do { body = try entry.body() } catch {
            return add(.integrity, entry.number, "entry_unreadable", "entry \(entry.number) was changed: \(error)")
        }
        checkSealed(entry, body)
        checkCitations(entry, body)
        if entry.type == EntryType.decision, let producer = body["producer"], let id = producer["id"]?.text,
            let number = producer["seq"]?.integer
        {
            segment.producers[ProducerRun(producer: id, epoch: producer["epoch"]?.text), default: .init()].insert(
                number)
        }
        switch entry.type {
        case EntryType.specification: segment.own.specifications.append(entry.number)
        case EntryType.key: segment.own.keyChanges.append(entry.number)
        default: break
        }
        if entry.type == EntryType.erasure, let erasure = Erasure(body, entry: entry.number) {
            segment.erasures.append(erasure)
        }
    }

    mutating func checkSealed(_ entry: Entry, _ body: JSON) {
        let digests = SealedFields.digests(in: body)
        let stored = disclosures.removeValue(forKey: entry.number) ?? []
        segment.sealedCount += stored.count
        var present = Set<Int>()
        for disclosure in stored {
            guard disclosure.ordinal < digests.count else {
                add(
                    .sealedFields, entry.number, "sealed_value_extra",
                    "sealed value \(disclosure.ordinal) of entry \(entry.number) belongs to no field of the entry")
                continue
            }
            present.insert(disclosure.ordinal)
            guard SHA256.digest(of: disclosure.text) == digests[disclosure.ordinal] else {
                add(
                    .sealedFields, entry.number, "sealed_value_changed",
                    "sealed value \(disclosure.ordinal) of entry \(entry.number) does not have the digest in the entry: it was changed"
                )
                continue
            }
            checkSubject(disclosure, entry.number)
        }
        for (ordinal, digest) in digests.enumerated() where !present.contains(ordinal) {
            segment.missing.append((entry.number, digest))
        }
    }

    mutating func checkSubject(_ stored: StoredDisclosure, _ number: UInt64) {
        guard let disclosure = Disclosure(parsing: stored.text), disclosure.name == "subject",
            let text = disclosure.value.text
        else { return }
        segment.subjects.insert(HMACSHA256.code(of: Array(text.utf8), key: subjectKey).hex, number)
    }

    mutating func checkCitations(_ entry: Entry, _ body: JSON) {
        for (ref, citation) in Decisions.Citation.all(in: body) {
            segment.citationCount += 1
            if let problem = history.problem(with: citation, ref: ref, at: entry.number) {
                add(.citations, entry.number, "citation_broken", "entry \(entry.number) cites \(ref): \(problem)")
            }
        }
    }
}
