/// A hash of a collection that does not depend on its order, so that two tables are compared without sorting either.
///
/// It is two sums of 64 bits, over the two halves of each member's SipHash under a key that is drawn when the process first
/// needs it. Different collections have equal sums only where the hashes of what differs happen to cancel out. To whoever
/// prepared the file, who cannot know a key that is drawn later and never leaves the process, these hashes are as good as
/// random, whatever they chose: about 1 chance in 2^128 a run, and no run tells them anything for the next. Hashes without
/// a key could be searched for members that cancel out, however long they are.
struct MultisetHash: Hashable, Sendable {
    private var sums: (UInt64, UInt64) = (0, 0)
    private(set) var count = 0

    private static let key = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    /// Adds a text of one table, as its bytes, and the number of its entry.
    mutating func insert(_ text: UnsafeRawBufferPointer, _ number: UInt64) {
        var hash = SipHash(key: Self.key)
        // The number first, as one word: what follows is as long as it is, and its length closes the hash.
        hash.add(number)
        let (first, second) = hash.finish(with: text)
        sums.0 &+= first
        sums.1 &+= second
        count += 1
    }

    mutating func formUnion(_ other: MultisetHash) {
        sums.0 &+= other.sums.0
        sums.1 &+= other.sums.1
        count += other.count
    }

    static func == (left: MultisetHash, right: MultisetHash) -> Bool {
        left.sums == right.sums && left.count == right.count
    }

    func hash(into hasher: inout Hasher) { hasher.combine(sums.0) }
}
