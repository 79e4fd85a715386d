/// A SHA-256 digest: 32 bytes, kept in four words so that a tree of them needs no heap.
public struct Digest: Hashable, Sendable {
    @usableFromInline var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// The number of bytes in a digest.
    public static let byteCount = 32

    init() {}

    /// The digest held in `bytes`, or `nil` unless there are exactly 32 of them.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
    }

    /// The digest held in `bytes`, or `nil` unless there are exactly 32 of them.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    /// The digest written as unpadded base64url (43 characters), or `nil` when `text` is anything else.
    public init?(base64URL text: some StringProtocol) {
        guard let bytes = Base64.decode(Array(text.utf8), .url) else { return nil }
        self.init(bytes)
    }

    /// The digest written as 64 hexadecimal digits, or `nil` when `text` is anything else.
    public init?(hex text: some StringProtocol) {
        guard text.utf8.count == 64, let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes)
    }

    /// Calls `body` with the 32 bytes.
    @inlinable
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: words, body)
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Unpadded base64url (RFC 4648 section 5), 43 characters.
    public var base64URL: String { withUnsafeBytes { Base64.encode($0, .url) } }

    /// Padded base64 (RFC 4648 section 4), 44 characters, as signed notes write it.
    public var base64: String { withUnsafeBytes { Base64.encode($0, .standard) } }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { withUnsafeBytes { Hexadecimal.encode($0) } }

    public static func == (left: Digest, right: Digest) -> Bool {
        left.words.0 == right.words.0 && left.words.1 == right.words.1 && left.words.2 == right.words.2
            && left.words.3 == right.words.3
    }

    public func hash(into hasher: inout Hasher) {
        // A digest is uniform already: one word of it spreads a hash table as well as four.
        hasher.combine(words.0)
    }
}

extension Digest: CustomStringConvertible {
    public var description: String { base64URL }
}

extension Digest: Comparable {
    /// Orders digests by their bytes.
    public static func < (left: Digest, right: Digest) -> Bool {
        let l = left.words
        let r = right.words
        if l.0 != r.0 { return l.0.bigEndian < r.0.bigEndian }
        if l.1 != r.1 { return l.1.bigEndian < r.1.bigEndian }
        if l.2 != r.2 { return l.2.bigEndian < r.2.bigEndian }
        return l.3.bigEndian < r.3.bigEndian
    }
}
