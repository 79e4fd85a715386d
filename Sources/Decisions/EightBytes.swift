/// Eight bytes of a text in one word, so that each takes an eighth of the looking: the first is in the lowest bits.
///
/// Marks are the high bits of the bytes that are meant. Of several marks only the first is certain, since a subtraction
/// borrows from the bytes above.
struct EightBytes {
    let word: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs = ones << 7

    @inline(__always)
    init(_ word: UInt64) { self.word = word }

    /// Those from `offset` on, where that many bytes must be.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Marks what ends the plain part of a JSON string: quotes, backslashes and control characters.
    @inline(__always)
    var special: UInt64 {
        of(UInt8(ascii: "\"")) | of(UInt8(ascii: "\\")) | (word &- Self.ones &* 0x20) & ~word & Self.highs
    }

    /// Marks what is no ASCII.
    @inline(__always)
    var beyondASCII: UInt64 { word & Self.highs }

    /// Marks the bytes that are `byte`.
    @inline(__always)
    func of(_ byte: UInt8) -> UInt64 {
        let difference = word ^ Self.ones &* UInt64(byte)
        return (difference &- Self.ones) & ~difference & Self.highs
    }

    /// The place of the first mark, of which there must be one.
    @inline(__always)
    static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount / 8 }
}
