import JSON

/// The body of an ordinary decision, read word by word: what `OrdinaryDecision` says of it.
///
/// Every function takes the place where something begins and returns the place after it, or -1 for what is refused.
struct OrdinaryBody {
    let bytes: UnsafeRawBufferPointer
    /// The end of the body. The envelope goes on for more than 90 bytes behind it.
    let end: Int
    var digests: [Int]
    var unknownCitations: [Range<Int>]
    var knownCitationCount = 0
    var producer: OrdinaryDecision.Producer?

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

    private mutating func object(_ start: Int, depth: Int, isProducer: Bool = false, _ known: KnownCitation) -> Int {
        let knownCount = known(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        if knownCount > 0 {
            knownCitationCount += 1
            return start + knownCount
        }
        guard depth <= Self.depthLimit else { return Self.refused }
        if bytes[start + 1] == UInt8(ascii: "}") { return start + 2 }
        var object = OpenObject(isProducer: isProducer)
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
        if let id = object.id, let number = object.number {
            producer = .init(id: id, epoch: object.epoch, number: number)
        }
        return index + 1
    }

    /// What the members so far say of an object.
    private struct OpenObject {
        /// Whether it is the `producer` of the body, of which the three below are noted.
        let isProducer: Bool
        var id: Range<Int>?
        var epoch: Range<Int>?
        var number: Int64?
        var lastName = Name()
        var isFlat = true
        var hasReference = false
    }

    private mutating func member(_ start: Int, _ object: inout OpenObject, depth: Int, _ known: KnownCitation) -> Int {
        guard start < end, bytes[start] == UInt8(ascii: "\"") else { return Self.refused }
        let colon = string(start)
        guard colon > 0, colon + 1 < end, bytes[colon] == UInt8(ascii: ":") else { return Self.refused }
        let name = Name(start + 1..<colon - 1, bytes)
        // ASCII names in ascending order are in canonical order, and none stands twice. The empty name comes before all.
        guard precedes(object.lastName, name) else { return Self.refused }
        object.lastName = name
        let start = colon + 1
        let isText = bytes[start] == UInt8(ascii: "\"")
        object.isFlat = object.isFlat && isText
        switch name.head {
        case Name.digests: return sealed(start)
        case Name.ref where isText: object.hasReference = true
        case Name.producer where depth == 1 && name.range.count == 8 && bytes[start] == UInt8(ascii: "{"):
            return self.object(start, depth: 2, isProducer: true, known)
        default: break
        }
        let after = value(start, depth: depth + 1, known)
        if object.isProducer, after > 0 { note(name, start..<after, isText: isText, in: &object) }
        return after
    }

    /// Notes who numbered the decision, and how.
    private func note(_ name: Name, _ value: Range<Int>, isText: Bool, in object: inout OpenObject) {
        switch name.head {
        case Name.id where isText: object.id = value.lowerBound + 1..<value.upperBound - 1
        case Name.epoch where isText: object.epoch = value.lowerBound + 1..<value.upperBound - 1
        case Name.number where bytes[value.lowerBound] &- UInt8(ascii: "0") < 10:
            object.number = integer(value.lowerBound).number
        default: break
        }
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
}

extension OrdinaryBody {
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
    private func precedes(_ left: Name, _ right: Name) -> Bool {
        if left.head != right.head { return left.head < right.head }
        guard left.range.count > 8, right.range.count > 8 else { return left.range.count < right.range.count }
        return bytes[left.range].lexicographicallyPrecedes(bytes[right.range])
    }

    /// The name of a member, of which up to eight bytes are compared at once: few are longer.
    private struct Name {
        var range = 0..<0
        /// The first eight bytes, or as many as there are and zeros behind, in the order in which they are compared.
        var head: UInt64 = 0

        init() {}

        /// Behind a name lies more than eight bytes of the body and the envelope.
        @inline(__always)
        init(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
            let word = EightBytes(bytes, at: range.lowerBound).word.byteSwapped
            self.range = range
            head = range.count < 8 ? word & ~(.max >> UInt64(8 * range.count)) : word
        }

        // Names hold no zeros, so those of less than eight bytes are whole in their head.
        static let digests: UInt64 = 0x5f73_6400_0000_0000
        static let ref: UInt64 = 0x7265_6600_0000_0000
        static let id: UInt64 = 0x6964_0000_0000_0000
        static let epoch: UInt64 = 0x6570_6f63_6800_0000
        static let number: UInt64 = 0x7365_7100_0000_0000
        static let producer: UInt64 = 0x7072_6f64_7563_6572
    }
}
