import JSON

/// The body of an ordinary decision, scanned byte by byte: what `DecisionScanner` says of it.
///
/// Every function takes the place where something begins and returns the place after it, or -1 for what is refused.
struct BodyScan {
    let bytes: UnsafeRawBufferPointer
    /// The end of the body. The envelope goes on for more than 90 bytes behind it.
    let end: Int
    var digests: [Int]
    var unknownCitations: [Range<Int>]
    var knownCitationCount = 0
    var producer: DecisionScanner.Producer?

    private static let refused = -1
    /// Levels that bodies of this program come nowhere near.
    private static let depthLimit = 16

    init(bytes: UnsafeRawBufferPointer, end: Int, digests: [Int], unknownCitations: [Range<Int>]) {
        self.bytes = bytes
        self.end = end
        self.digests = digests
        self.unknownCitations = unknownCitations
    }

    typealias KnownCitation = (UnsafeRawBufferPointer) -> Int

    /// Whether the whole body is an object that is accepted.
    mutating func body(_ start: Int, _ known: KnownCitation) -> Bool {
        guard bytes[start] == UInt8(ascii: "{") else { return false }
        return object(start, depth: 1, known) == end
    }

    private mutating func value(_ start: Int, depth: Int, _ known: KnownCitation) -> Int {
        guard start < end else { return Self.refused }
        switch bytes[start] {
        case UInt8(ascii: "\""): return string(start)
        case UInt8(ascii: "{"): return object(start, depth: depth, known)
        case UInt8(ascii: "["): return list(start, depth: depth, known)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return integer(start).after
        case UInt8(ascii: "t"): return word("true", start)
        case UInt8(ascii: "f"): return word("false", start)
        case UInt8(ascii: "n"): return word("null", start)
        default: return Self.refused
        }
    }

    private mutating func object(_ start: Int, depth: Int, _ known: KnownCitation) -> Int {
        let knownCount = known(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        if knownCount > 0 {
            knownCitationCount += 1
            return start + knownCount
        }
        guard depth <= Self.depthLimit else { return Self.refused }
        if bytes[start + 1] == UInt8(ascii: "}") { return start + 2 }
        var object = OpenObject()
        var index = start
        repeat {
            index = member(index + 1, &object, depth: depth, known)
            guard index > 0, index < end else { return Self.refused }
        } while bytes[index] == UInt8(ascii: ",")
        guard bytes[index] == UInt8(ascii: "}") else { return Self.refused }
        if object.hasReference {
            // One that holds more than texts is read by whoever reads everything.
            guard object.isFlat else { return Self.refused }
            unknownCitations.append(start..<index + 1)
        }
        return index + 1
    }

    /// What the members so far say of an object.
    private struct OpenObject {
        var lastName = 0..<0
        var isFlat = true
        var hasReference = false
    }

    private mutating func member(_ start: Int, _ object: inout OpenObject, depth: Int, _ known: KnownCitation) -> Int {
        guard start < end, bytes[start] == UInt8(ascii: "\"") else { return Self.refused }
        let colon = string(start)
        guard colon > 0, colon + 1 < end, bytes[colon] == UInt8(ascii: ":") else { return Self.refused }
        let name = start + 1..<colon - 1
        // ASCII names in ascending order are in canonical order, and none stands twice.
        guard object.lastName.isEmpty || precedes(object.lastName, name), !name.isEmpty else { return Self.refused }
        object.lastName = name
        let isText = bytes[colon + 1] == UInt8(ascii: "\"")
        object.isFlat = object.isFlat && isText
        if name.count == 3 {
            if equal(name, "_sd") { return sealed(colon + 1) }
            object.hasReference = object.hasReference || isText && equal(name, "ref")
        }
        if depth == 1, name.count == 8, equal(name, "producer"), bytes[colon + 1] == UInt8(ascii: "{") {
            return producer(colon + 1, known)
        }
        return value(colon + 1, depth: depth + 1, known)
    }

    private mutating func list(_ start: Int, depth: Int, _ known: KnownCitation) -> Int {
        guard depth <= Self.depthLimit else { return Self.refused }
        if bytes[start + 1] == UInt8(ascii: "]") { return start + 2 }
        var index = start
        repeat {
            index = value(index + 1, depth: depth + 1, known)
            guard index > 0, index < end else { return Self.refused }
        } while bytes[index] == UInt8(ascii: ",")
        return bytes[index] == UInt8(ascii: "]") ? index + 1 : Self.refused
    }

    /// A list of texts of 43 characters, which are left to whoever knows what they should be.
    private mutating func sealed(_ start: Int) -> Int {
        guard bytes[start] == UInt8(ascii: "[") else { return Self.refused }
        var index = start
        repeat {
            guard index + 46 < end, bytes[index + 1] == UInt8(ascii: "\""), bytes[index + 45] == UInt8(ascii: "\"")
            else { return Self.refused }
            digests.append(index + 2)
            index += 46
        } while bytes[index] == UInt8(ascii: ",")
        return bytes[index] == UInt8(ascii: "]") ? index + 1 : Self.refused
    }

    /// The object under `producer`, and what it says of the decision's number.
    private mutating func producer(_ start: Int, _ known: KnownCitation) -> Int {
        let after = object(start, depth: 2, known)
        guard after > 0 else { return Self.refused }
        var id: Range<Int>?
        var epoch: Range<Int>?
        var number: Int64?
        // Accepted, so this finds each name with its value, text by text.
        var index = start + 1
        while index < after - 1 {
            let colon = string(index)
            let name = index + 1..<colon - 1
            let isText = bytes[colon + 1] == UInt8(ascii: "\"")
            guard isText || bytes[colon + 1] &- UInt8(ascii: "0") < 10 else { return Self.refused }
            let next = isText ? string(colon + 1) : integer(colon + 1).after
            if equal(name, "id"), isText { id = colon + 2..<next - 1 }
            if equal(name, "epoch"), isText { epoch = colon + 2..<next - 1 }
            if equal(name, "seq"), !isText { number = integer(colon + 1).number }
            index = next + 1
        }
        if let id, let number { producer = .init(id: id, epoch: epoch, number: number) }
        return after
    }
}

extension BodyScan {
    /// A string of ASCII without escapes, eight bytes at a time: the envelope lies behind the body, so they are there.
    private func string(_ start: Int) -> Int {
        var index = start + 1
        while index < end {
            let eight = EightBytes(bytes, at: index)
            let stops = eight.special | eight.beyondASCII
            guard stops != 0 else {
                index += 8
                continue
            }
            index += EightBytes.first(stops)
            return index < end && bytes[index] == UInt8(ascii: "\"") ? index + 1 : Self.refused
        }
        return Self.refused
    }

    /// An integer from 0 that JSON's limit of 2^53 - 1 holds.
    private func integer(_ start: Int) -> (number: Int64, after: Int) {
        var index = start
        var number: Int64 = 0
        while index < end, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10, index - start < 16 {
            number = number * 10 + Int64(digit)
            index += 1
        }
        let isPlain = index - start == 1 || bytes[start] != UInt8(ascii: "0")
        // A fraction, an exponent or a 17th digit is no end of a value, and is refused by what looks for one.
        return isPlain && number <= JSON.integerLimit ? (number, index) : (0, Self.refused)
    }

    private func word(_ word: StaticString, _ start: Int) -> Int {
        let range = start..<start + word.utf8CodeUnitCount
        return range.upperBound < end && equal(range, word) ? range.upperBound : Self.refused
    }

    private func equal(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where bytes[range.lowerBound + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// Whether one name comes before another in the order of their bytes.
    private func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        let (first, second) = (head(left), head(right))
        if first != second { return first < second }
        guard left.count > 8, right.count > 8 else { return left.count < right.count }
        return bytes[left].lexicographicallyPrecedes(bytes[right])
    }

    /// Up to eight bytes of a name, in the order in which they are compared. Those of the envelope lie behind.
    private func head(_ name: Range<Int>) -> UInt64 {
        let word = EightBytes(bytes, at: name.lowerBound).word.byteSwapped
        return name.count < 8 ? word & ~(.max >> UInt64(8 * name.count)) : word
    }
}
