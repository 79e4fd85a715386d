/// A hash of a collection that does not depend on its order, so that two tables are compared without sorting either.
///
/// The hash of each member is keyed anew in every process, so nobody can prepare members that cancel out.
struct MultisetHash: Hashable, Sendable {
    private var sums: (UInt64, UInt64) = (0, 0)
    private(set) var count = 0

    mutating func insert(_ text: String, _ number: UInt64) {
        // The bytes of the text: Swift's strings hash alike where Unicode calls them equal, and K has an equal outside ASCII.
        var text = text
        let (first, second) = text.withUTF8 { bytes in
            var first = Hasher()
            first.combine(0)
            first.combine(bytes: UnsafeRawBufferPointer(bytes))
            first.combine(number)
            var second = Hasher()
            second.combine(1)
            second.combine(number)
            second.combine(bytes: UnsafeRawBufferPointer(bytes))
            return (first, second)
        }
        sums.0 &+= UInt64(bitPattern: Int64(first.finalize()))
        sums.1 &+= UInt64(bitPattern: Int64(second.finalize()))
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
