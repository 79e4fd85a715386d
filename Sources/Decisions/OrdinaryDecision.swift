/// Reads the stored bytes of an ordinary decision without building anything of them.
///
/// Ordinary is what this program writes: ASCII without escapes or white space, the names of each object in ascending order,
/// integers from 0. Anything else is refused, and `Entry` and `JSON`, which read more, are for it. What is accepted they
/// accept too, and find the same in it, but for one thing: the 43 characters of the link and of each text under `_sd` are
/// stepped over unread. Whoever uses what was read holds each against the digest that should stand there, and drops it all if
/// one differs.
///
/// A ledger is nearly all ordinary decisions, and a tree of JSON for each cost eight times as much as to hash it.
public struct OrdinaryDecision {
    public private(set) var at = Timestamp(microseconds: 0)
    public private(set) var number: UInt64 = 0
    /// Where the id stands.
    public private(set) var id = 0..<0
    /// Where the 43 characters of the link begin.
    public private(set) var link = 0
    /// Where the texts under `_sd` begin, in the order of `SealedFields.digests(in:)`.
    public private(set) var digests: [Int] = []
    /// How many citations `knownCitation` knew.
    public private(set) var knownCitationCount = 0
    /// Flat objects with a `ref` that were not known: citations, or something else.
    public private(set) var unknownCitations: [Range<Int>] = []
    /// Who numbered the decision, where it was numbered.
    public private(set) var producer: Producer?

    /// `producer.id`, `.epoch` and `.seq` of a body: where the texts stand, and the number.
    public struct Producer: Sendable {
        public let id: Range<Int>
        public let epoch: Range<Int>?
        public let number: Int64
    }

    public init() {}

    /// Reads an entry; `false` when it is no ordinary decision, and then the rest says nothing.
    ///
    /// `knownCitation` is asked at each object: how many bytes from there are one whole object that was found to be a
    /// citation before, with texts as its only members, or 0.
    public mutating func read(
        _ bytes: UnsafeRawBufferPointer, knownCitation: (UnsafeRawBufferPointer) -> Int
    ) -> Bool {
        digests.removeAll(keepingCapacity: true)
        unknownCitations.removeAll(keepingCapacity: true)
        guard let body = envelope(bytes) else { return false }
        var text = OrdinaryBody(
            bytes: bytes, end: body.upperBound, digests: digests, unknownCitations: unknownCitations)
        digests = []
        unknownCitations = []
        let isWhole = text.body(body.lowerBound, knownCitation)
        swap(&digests, &text.digests)
        swap(&unknownCitations, &text.unknownCitations)
        knownCitationCount = text.knownCitationCount
        producer = text.producer
        return isWhole
    }

    /// Reads the envelope as `Entry` does, from both ends, and returns where the body stands.
    private mutating func envelope(_ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        let head = Self.opening.utf8CodeUnitCount + Timestamp.textLength
        let body = head + Self.beforeBody.utf8CodeUnitCount
        // What is fixed, the link and one character each of the body, the id and the number.
        guard bytes.count > body + 93, bytes.count <= Entry.byteLimit, bytes.has(Self.opening, at: 0),
            let at = Timestamp(bytes: UnsafeRawBufferPointer(rebasing: bytes[Self.opening.utf8CodeUnitCount..<head])),
            bytes.has(Self.beforeBody, at: head)
        else { return nil }
        var end = bytes.count - Self.closing.utf8CodeUnitCount
        guard bytes.has(Self.closing, at: end), let number = bytes.number(before: &end) else { return nil }
        end -= Self.beforeNumber.utf8CodeUnitCount
        guard end > body + 60, bytes.has(Self.beforeNumber, at: end) else { return nil }
        let link = end - 43
        end = link - Self.beforeLink.utf8CodeUnitCount
        guard bytes.has(Self.beforeLink, at: end) else { return nil }
        let idEnd = end
        while end > body, Grammar.isIDByte(bytes[end - 1]) { end -= 1 }
        let id = end..<idEnd
        end -= Self.beforeID.utf8CodeUnitCount
        guard 1...128 ~= id.count, end > body, bytes.has(Self.beforeID, at: end) else { return nil }
        (self.at, self.number, self.id, self.link) = (at, number, id, link)
        return body..<end
    }

    private static let opening: StaticString = "{\"at\":\""
    private static let beforeBody: StaticString = "\",\"body\":"
    private static let beforeID: StaticString = ",\"id\":\""
    private static let beforeLink: StaticString = "\",\"link\":\""
    private static let beforeNumber: StaticString = "\",\"n\":"
    private static let closing: StaticString = ",\"type\":\"decision\",\"v\":1}"
}

extension UnsafeRawBufferPointer {
    /// Whether `text` stands at `offset`, where that many bytes are.
    fileprivate func has(_ text: StaticString, at offset: Int) -> Bool {
        for index in 0..<text.utf8CodeUnitCount where self[offset + index] != text.utf8Start[index] { return false }
        return true
    }

    /// The integer below 2^53 that ends at `end`, which is moved before it.
    fileprivate func number(before end: inout Int) -> UInt64? {
        let last = end
        var number: UInt64 = 0
        var scale: UInt64 = 1
        while end > 0, last - end < 16, case let digit = self[end - 1] &- UInt8(ascii: "0"), digit < 10 {
            number += UInt64(digit) * scale
            scale *= 10
            end -= 1
        }
        guard end < last, last - end == 1 || self[end] != UInt8(ascii: "0"), number < 1 << 53 else { return nil }
        return number
    }
}
