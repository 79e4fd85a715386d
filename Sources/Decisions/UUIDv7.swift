public import Cryptography

/// Ids for entries that come without one: UUID version 7 (RFC 9562 section 5.7), which sort by the time they were made.
public enum UUIDv7 {
    /// The id made of a moment and 74 random bits, in lower-case hexadecimal with hyphens.
    public static func make(at time: Timestamp, randomness: Randomness) -> String {
        let milliseconds = UInt64(max(0, time.microseconds) / 1000)
        var bytes =
            (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - $0 * 8)) } + randomness.bytes(10)
        bytes[6] = 0x70 | bytes[6] & 0x0F
        bytes[8] = 0x80 | bytes[8] & 0x3F
        let digits = Array(Hexadecimal.encode(bytes))
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(digits[$0]) }.joined(separator: "-")
    }
}
