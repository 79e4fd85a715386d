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
    private let probes: Set<UInt64>
    private var leaves: [Digest] = []
    private var storedTile: StoredTile?
    private var storedLeaves: [Digest] = []
    /// Entries that are there under the tile that is being filled.
    private var presentCount = 0
    private var nextCheckpoint = 0
    private var disclosures: [UInt64: [StoredDisclosure]] = [:]

    init(
        _ range: Range<UInt64>, snapshot: any StoreSnapshot, history: SpecificationHistory, subjectKey: [UInt8],
        checkpoints: [StoredCheckpoint], keys: KeyHistory?, probes: Set<UInt64>
    ) {
        self.snapshot = snapshot
        self.history = history
        self.subjectKey = subjectKey
        self.checkpoints = checkpoints
        self.keys = keys
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
        add(.integrity, number, "entry_missing", "entry \(number) is missing: it was deleted")
        segment.lastLeaf = nil
        append(storedLeaf(number) ?? MerkleTree.emptyRoot, number)
    }

    mutating func check(_ number: UInt64, _ bytes: [UInt8]) throws {
        let leaf = MerkleTree.leafHash(bytes)
        let changed = storedLeaf(number).map { $0 != leaf } ?? false && tileIsWhole(number)
        do {
            let entry = try Entry(parsing: bytes)
            checkPlace(entry, number, leaf: leaf, isChanged: changed)
            if entry.number == number { try checkBody(entry) }
        } catch let error as EntryError {
            add(.integrity, number, "entry_unreadable", "entry \(number) was changed: \(error)")
        }
        segment.lastLeaf = leaf
        presentCount += 1
        append(leaf, number)
    }

    /// The number, the link and the clock of an entry, and its hash against the tile.
    mutating func checkPlace(_ entry: Entry, _ number: UInt64, leaf: Digest, isChanged: Bool) {
        segment.identities.insert(entry.id, number)
        if entry.number != number {
            return add(.integrity, number, "entry_misplaced", misplaced(number, holds: entry))
        }
        if number == segment.range.lowerBound { segment.firstLink = entry.link }
        if isChanged {
            add(
                .integrity, number, "entry_changed",
                "entry \(number) does not have the hash that its tile holds: its bytes were changed after it was recorded"
            )
        }
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

    /// Says what it looks like when the row of one number holds the entry of another.
    private func misplaced(_ number: UInt64, holds entry: Entry) -> String {
        let other = (try? snapshot.entry(entry.number)).flatMap { try? Entry(parsing: $0) }
        let likeness =
            switch other?.number {
            case number?: "the two were swapped"
            case entry.number?: "entry \(entry.number) was copied over it"
            default:
                entry.number > number
                    ? "entries before it were deleted and the rest moved down" : "an entry was inserted before it"
            }
        return "the row of entry \(number) holds entry \(entry.number): \(likeness)"
    }

    /// The hash that the tile holds for an entry, where the tile is full and stored.
    mutating func storedLeaf(_ number: UInt64) -> Digest? {
        let offset = Int(number % UInt64(Tile.width))
        if offset == 0 {
            storedTile = try? snapshot.tile(level: 0, number: number / UInt64(Tile.width))
            storedLeaves =
                storedTile.map { tile in
                    stride(from: 0, to: tile.hashes.count, by: 32).compactMap { Digest(tile.hashes[$0..<$0 + 32]) }
                } ?? []
        }
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
            checkSignature(checkpoints[nextCheckpoint])
            segment.atCheckpoints.append((checkpoints[nextCheckpoint], segment.tree))
            nextCheckpoint += 1
        }
        if probes.contains(number + 1) { segment.atProbes.append((number + 1, segment.tree)) }
    }

    /// A full tile against the leaves it is to hold; a leaf that differs was reported with its entry.
    mutating func checkTile(_ number: UInt64) {
        let root = MerkleTree.root(of: leaves)
        segment.tileRoots.append(root)
        let first = number * UInt64(Tile.width)
        if let storedTile {
            if storedLeaves == leaves, storedTile.root != root {
                add(
                    .integrity, first, "tile_changed",
                    "the tile over entries \(first) to \(first + 255) holds a wrong root")
            }
        } else if presentCount == Tile.width {
            add(
                .integrity, first, "tile_missing",
                "the tile over entries \(first) to \(first + 255) is missing or unreadable")
        }
        leaves.removeAll(keepingCapacity: true)
        presentCount = 0
    }

    mutating func checkSignature(_ stored: StoredCheckpoint) {
        guard let keys, !keys.signed(stored) else { return }
        segment.findings.add(
            Finding(
                .signatures, entry: stored.size - 1, "signature_wrong",
                "the checkpoint of \(stored.size) entries was not signed by the log's key: it or its signature was changed, or another key signed it"
            ))
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
