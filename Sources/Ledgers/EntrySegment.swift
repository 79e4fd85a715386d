import Cryptography
import Decisions
import Merkle
import Storage

/// The numbers of the entries that others are checked by.
struct OwnEntries: Sendable, Equatable {
    var specifications: [UInt64] = []
    var keyChanges: [UInt64] = []
}

/// What one aligned run of entries says by itself. Segments are checked on all cores; what joins them is checked afterwards.
struct EntrySegment {
    /// Entries in a segment: 16 tiles of leaf hashes.
    static let width: UInt64 = 4096

    /// Numbered from `start`, up to the end of the segment or of the log.
    let range: Range<UInt64>
    var findings = Findings()
    /// The tree of this segment's entries alone. It is aligned, so its subtrees are subtrees of the whole.
    var tree = Frontier()
    /// The checkpoints of its sizes, whether the log's key signed each, and the subtrees there.
    var atCheckpoints: [(checkpoint: StoredCheckpoint, isSigned: Bool?, subtrees: Frontier)] = []
    /// The subtrees after those of its sizes whose root was asked for.
    var atProbes: [(size: UInt64, subtrees: Frontier)] = []
    /// Roots of the full tiles of leaf hashes.
    var tileRoots: [Digest] = []
    var firstLink: Digest?
    var lastLeaf: Digest?
    var firstTime: Timestamp?
    var lastTime: Timestamp?
    var identities = MultisetHash()
    var subjects = MultisetHash()
    var missing: [(entry: UInt64, digest: Digest)] = []
    var erasures: [Erasure] = []
    var own = OwnEntries()
    var producers: [ProducerRun: SequenceSet] = [:]
    var citationCount = 0
    var sealedCount = 0
    var counts: [String: Int] = [:]

    /// Adds that an entry is about a subject, where it says so.
    mutating func insertSubject(_ code: Digest?, _ number: UInt64) {
        code?.withUnsafeBytes { subjects.insert($0, number) }
    }
}

extension Frontier {
    /// Adds the leaves of a tree that begins where this one ends, at a multiple of its greatest subtree.
    mutating func append(_ other: Frontier) {
        var hashes = other.hashes[...]
        for level in (0..<64).reversed() where other.size >> UInt64(level) & 1 == 1 {
            append(subtree: hashes.removeFirst(), level: level)
        }
    }
}
