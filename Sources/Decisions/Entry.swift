public import Cryptography
public import JSON
import Merkle

/// The types of entries that this version writes or reads. A later type still verifies.
public enum EntryType {
    public static let ledger = "ledger"
    public static let specification = "specification"
    public static let decision = "decision"
    public static let erasure = "erasure"
    public static let hold = "hold"
    public static let retention = "retention"
    public static let incident = "incident"
    public static let key = "key"
    public static let administration = "administration"
}

/// One entry of the log: the envelope, read from canonical bytes that are never written again.
public struct Entry: Sendable {
    /// The greatest number of bytes of an entry: what an entry bundle of C2SP tlog-tiles can hold.
    public static let byteLimit = 65_535
    /// The version of the entry format.
    public static let version: Int64 = 1

    /// The bytes that are stored and hashed.
    public let bytes: [UInt8]
    /// The ledger's clock when the entry was made.
    public let at: Timestamp
    public let id: String
    /// The leaf hash of the entry before; of the first, the hash of the empty tree.
    public let link: Digest
    public let number: UInt64
    public let type: String
    private let bodyRange: Range<Int>

    /// The body, as it stands in the entry.
    public var bodyBytes: ArraySlice<UInt8> { bytes[bodyRange] }

    /// The body, read as JSON.
    public func body() throws(EntryError) -> JSON {
        do { return try JSON(parsing: Array(bodyBytes)) } catch { throw .bodyNotJSON(error) }
    }

    /// The leaf hash of the entry (RFC 6962 section 2.1).
    public var leaf: Digest { MerkleTree.leafHash(bytes) }

    /// Makes the canonical bytes of an entry. `body` is canonical already, `id` and `type` fit their grammar.
    ///
    /// Throws when the entry would be larger than `byteLimit`.
    public static func bytes(
        number: UInt64, at: Timestamp, type: String, id: String, link: Digest, body: [UInt8]
    ) throws(EntryError) -> [UInt8] {
        precondition(Grammar.isID(id) && Grammar.isID(type), "an id and a type need no escape")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.count + id.utf8.count + 160)
        bytes.append(contentsOf: "{\"at\":\"".utf8)
        bytes.append(contentsOf: at.bytes)
        bytes.append(contentsOf: "\",\"body\":".utf8)
        bytes.append(contentsOf: body)
        bytes.append(contentsOf: ",\"id\":\"".utf8)
        bytes.append(contentsOf: id.utf8)
        bytes.append(contentsOf: "\",\"link\":\"".utf8)
        link.withUnsafeBytes { Base64.append($0, .url, to: &bytes) }
        bytes.append(contentsOf: "\",\"n\":".utf8)
        bytes.append(contentsOf: String(number).utf8)
        bytes.append(contentsOf: ",\"type\":\"".utf8)
        bytes.append(contentsOf: type.utf8)
        bytes.append(contentsOf: "\",\"v\":1}".utf8)
        guard bytes.count <= byteLimit else { throw .tooLarge(got: bytes.count, limit: byteLimit) }
        return bytes
    }

    /// Reads the envelope of stored bytes.
    ///
    /// Canonical JSON leaves one spelling: `at` and `body` open the text, and `id`, `link`, `n`, `type` and `v` close it.
    /// Their grammars hold no quote and no backslash, so reading from both ends is exact and leaves the body alone.
    public init(parsing bytes: [UInt8]) throws(EntryError) {
        guard bytes.count <= Self.byteLimit else { throw .tooLarge(got: bytes.count, limit: Self.byteLimit) }
        var head = bytes[...]
        guard head.removePrefix("{\"at\":\""), let at = Timestamp(head.prefix(Timestamp.textLength)) else {
            throw .malformed("the entry does not begin with its time")
        }
        head = head.dropFirst(Timestamp.textLength)
        guard head.removePrefix("\",\"body\":") else { throw .malformed("no body follows the time") }
        guard head.removeSuffix("\",\"v\":1}") else {
            throw .malformed("the entry does not end with version 1 of the format")
        }
        let type = head.removeLastText()
        guard head.removeSuffix(",\"type\":\"") else { throw .malformed("no type stands before the version") }
        let number = head.removeLastNumber()
        guard head.removeSuffix("\",\"n\":"), let number else { throw .malformed("no number stands before the type") }
        let link = Digest(base64URL: head.removeLastText())
        guard head.removeSuffix("\",\"link\":\""), let link else {
            throw .malformed("no link stands before the number")
        }
        let id = head.removeLastText()
        guard head.removeSuffix(",\"id\":\""), Grammar.isID(id), Grammar.isID(type) else {
            throw .malformed("no id stands after the body")
        }
        self.bytes = bytes
        self.at = at
        self.id = id
        self.link = link
        self.number = number
        self.type = type
        bodyRange = head.startIndex..<head.endIndex
    }
}

/// Why bytes are not an entry.
public enum EntryError: Error, Equatable {
    case malformed(String)
    case bodyNotJSON(JSONError)
    case tooLarge(got: Int, limit: Int)
}

extension EntryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let detail): detail
        case .bodyNotJSON(let error): "the body is not JSON: \(error)"
        case .tooLarge(let got, let limit):
            "the entry would be \(got) bytes; at most \(limit) fit. Shorten lists or cite fewer sections"
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func removePrefix(_ prefix: StaticString) -> Bool {
        let matches = prefix.withUTF8Buffer { starts(with: $0) }
        if matches { self = dropFirst(prefix.utf8CodeUnitCount) }
        return matches
    }

    fileprivate mutating func removeSuffix(_ suffix: StaticString) -> Bool {
        let matches = suffix.withUTF8Buffer { self.suffix($0.count).elementsEqual($0) }
        if matches { self = dropLast(suffix.utf8CodeUnitCount) }
        return matches
    }

    /// Takes the text back to the quote before it.
    fileprivate mutating func removeLastText() -> String {
        let start = lastIndex(of: UInt8(ascii: "\"")).map { $0 + 1 } ?? startIndex
        let text = String(decoding: self[start...], as: UTF8.self)
        self = self[..<start]
        return text
    }

    /// Takes the integer at the end, unless it has a leading zero or is no integer below 2^53.
    fileprivate mutating func removeLastNumber() -> UInt64? {
        let start = (lastIndex { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) } ?? startIndex - 1) + 1
        let digits = self[start...]
        self = self[..<start]
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self)).flatMap { $0 <= UInt64(JSON.integerLimit) ? $0 : nil }
    }
}
