import Glibc

typealias Bytes = UnsafeBufferPointer<UInt8>

/// One line of a document, judged as CommonMark 0.31 section 2.1 and 2.2 judge it.
///
/// A line ends in LF; a CR before that belongs to the line end. A CR alone is an ordinary byte.
struct Line {
    /// Counted from 1.
    let number: Int
    /// The offset of its first byte in the document.
    let start: Int
    /// The offset where the next line starts.
    let next: Int
    /// Whether CR stands before the line end.
    let hasCarriageReturn: Bool
    /// The columns of white space it starts with; a tab goes on to the next multiple of four.
    let indent: Int
    /// Its bytes without the line end and the spaces and tabs at either end.
    let body: Bytes

    var isBlank: Bool { body.isEmpty }

    /// The line whose bytes, without the LF, are `bytes`.
    init(_ bytes: Bytes, number: Int, start: Int, next: Int) {
        self.number = number
        self.start = start
        self.next = next
        var end = bytes.count
        hasCarriageReturn = end > 0 && bytes[end - 1] == UInt8(ascii: "\r")
        if hasCarriageReturn { end -= 1 }
        var first = 0
        var column = 0
        while first < end, bytes[first].isSpaceOrTab {
            column = bytes[first] == UInt8(ascii: "\t") ? (column / 4 + 1) * 4 : column + 1
            first += 1
        }
        while end > first, bytes[end - 1].isSpaceOrTab { end -= 1 }
        indent = column
        body = Bytes(rebasing: bytes[first..<end])
    }

    /// The line that starts after the first `count` bytes of the body: what stands in a list item or a quote.
    func dropping(_ count: Int) -> Line {
        Line(Bytes(rebasing: body[min(count, body.count)...]), number: number, start: start, next: next)
    }
}

/// The lines of a document in order. What follows the last LF is a line unless it is empty.
struct Lines: Sequence, IteratorProtocol {
    let bytes: Bytes
    private var number = 0
    private var offset = 0

    init(_ bytes: Bytes) { self.bytes = bytes }

    mutating func next() -> Line? {
        guard offset < bytes.count, let base = bytes.baseAddress else { return nil }
        let start = offset
        var end = bytes.count
        offset = end
        if let found = memchr(base + start, Int32(UInt8(ascii: "\n")), end - start) {
            end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            offset = end + 1
        }
        number += 1
        return Line(Bytes(rebasing: bytes[start..<end]), number: number, start: start, next: offset)
    }
}

extension UInt8 {
    var isSpaceOrTab: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    var isASCIILetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

    var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    /// The byte with an ASCII capital made small.
    var lowercased: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }
}

extension UnsafeBufferPointer<UInt8> {
    /// The number of bytes at the start that equal `byte`.
    func run(of byte: UInt8) -> Int {
        var count = 0
        while count < self.count, self[count] == byte { count += 1 }
        return count
    }

    /// The bytes without spaces and tabs at either end.
    var trimmed: UnsafeBufferPointer<UInt8> { Line(self, number: 0, start: 0, next: 0).body }

    /// Whether `needle`, which has no letters, occurs in the bytes.
    func contains(_ needle: StaticString) -> Bool {
        guard let base = baseAddress else { return false }
        var offset = 0
        while offset + needle.utf8CodeUnitCount <= count,
            let found = memchr(base + offset, Int32(needle.utf8Start[0]), count - offset)
        {
            offset = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if Bytes(rebasing: self[offset...]).starts(with: needle) { return true }
            offset += 1
        }
        return false
    }

    /// Whether the bytes start with `prefix`, which is in small letters; capitals count as small ones.
    func starts(with prefix: StaticString) -> Bool {
        prefix.utf8CodeUnitCount <= count
            && (0..<prefix.utf8CodeUnitCount).allSatisfy { self[$0].lowercased == prefix.utf8Start[$0] }
    }

    var string: String { String(decoding: self, as: UTF8.self) }
}
