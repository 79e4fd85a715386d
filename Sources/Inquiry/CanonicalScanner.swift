/// Reads canonical JSON from its bytes, value by value, without making a tree of it.
///
/// It knows the usual spelling only: no white space, names of plain ASCII in ascending order, strings without escapes, whole
/// numbers from 0, a dozen levels. At anything else it throws, and whoever asked takes `JSON(parsing:)`, which decides. What it
/// accepts, that accepts too and reads the same from it. Whether the bytes are UTF-8 is left to the caller, who is told by
/// `isASCII` whether there is anything to check.
struct CanonicalScanner {
    /// The text is to be read by the parser.
    struct Unusual: Error {}

    let bytes: UnsafeRawBufferPointer
    private(set) var index: Int
    private(set) var isASCII = true

    private static let depthLimit = 12

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        index = 0
    }

    var isAtEnd: Bool { index == bytes.count }

    /// Whether all was read, and it is UTF-8. What is not is for the parser to refuse.
    var hasReadText: Bool { isAtEnd && (isASCII || String(validating: bytes, as: UTF8.self) != nil) }

    /// The byte that the next value begins with; 0 at the end.
    var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func take(_ byte: UInt8) throws(Unusual) {
        guard next == byte else { throw Unusual() }
        index += 1
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    /// Reads a string; the range is that of its content.
    mutating func string() throws(Unusual) -> Range<Int> {
        try take(UInt8(ascii: "\""))
        let start = index
        var all: UInt8 = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                if all >= 0x80 { isASCII = false }
                index += 1
                return start..<index - 1
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\\") else { throw Unusual() }
            all |= byte
            index += 1
        }
        throw Unusual()
    }

    /// Reads a string and returns its content, or passes over a value of another kind.
    mutating func stringIfAny() throws(Unusual) -> Range<Int>? {
        if next == UInt8(ascii: "\"") { return try string() }
        try skip()
        return nil
    }

    /// Reads a whole number from 0 of at most fifteen digits, which a JSON integer can be.
    mutating func integerIfAny() throws(Unusual) -> Int64? {
        guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= next else {
            try skip()
            return nil
        }
        let range = try digits()
        guard range.count <= 15 else { throw Unusual() }
        return range.reduce(0) { $0 * 10 + Int64(bytes[$1] - UInt8(ascii: "0")) }
    }

    private mutating func digits() throws(Unusual) -> Range<Int> {
        let start = index
        while UInt8(ascii: "0")...UInt8(ascii: "9") ~= next { index += 1 }
        guard index - start == 1 || index - start > 1 && bytes[start] != UInt8(ascii: "0") else { throw Unusual() }
        guard next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") else { throw Unusual() }
        return start..<index
    }

    /// Reads an object; `body` is called with each name and reads the value.
    mutating func members(
        _ body: (inout CanonicalScanner, Range<Int>) throws(Unusual) -> Void
    ) throws(Unusual) {
        try take(UInt8(ascii: "{"))
        if takes(UInt8(ascii: "}")) { return }
        var previous = 0..<0
        repeat {
            let wasASCII = isASCII
            isASCII = true
            let name = try string()
            guard isASCII, previous.isEmpty || precedes(previous, name), !name.isEmpty else { throw Unusual() }
            isASCII = wasASCII
            previous = name
            try take(UInt8(ascii: ":"))
            try body(&self, name)
        } while takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "}"))
    }

    /// Reads a list; `body` reads each item.
    mutating func items(_ body: (inout CanonicalScanner) throws(Unusual) -> Void) throws(Unusual) {
        try take(UInt8(ascii: "["))
        if takes(UInt8(ascii: "]")) { return }
        repeat { try body(&self) } while takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "]"))
    }

    /// Passes over one value.
    mutating func skip() throws(Unusual) { try skip(depth: 0) }

    private mutating func skip(depth: Int) throws(Unusual) {
        guard depth < Self.depthLimit else { throw Unusual() }
        switch next {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"):
            try members { (scanner, _) throws(Unusual) in try scanner.skip(depth: depth + 1) }
        case UInt8(ascii: "["): try items { (scanner) throws(Unusual) in try scanner.skip(depth: depth + 1) }
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: _ = try digits()
        }
    }

    private mutating func word(_ word: StaticString) throws(Unusual) {
        guard isEqual(index..<min(index + word.utf8CodeUnitCount, bytes.count), word) else { throw Unusual() }
        index += word.utf8CodeUnitCount
    }

    // MARK: What was read

    func isEqual(_ range: Range<Int>, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount
            && text.withUTF8Buffer { text in text.indices.allSatisfy { bytes[range.lowerBound + $0] == text[$0] } }
    }

    func isEqual(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
        range.count == text.count && text.indices.allSatisfy { bytes[range.lowerBound + $0] == text[$0] }
    }

    /// The text of a range, whose bytes the caller has found to be UTF-8.
    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        for offset in 0..<min(left.count, right.count) {
            let (l, r) = (bytes[left.lowerBound + offset], bytes[right.lowerBound + offset])
            if l != r { return l < r }
        }
        return left.count < right.count
    }
}
