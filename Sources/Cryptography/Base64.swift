/// Base64 in the two alphabets that the formats use (RFC 4648).
public enum Base64 {
    /// Which alphabet, and whether `=` pads the last group.
    public enum Alphabet: Sendable {
        /// Section 4, padded: signed notes and checkpoints.
        case standard
        /// Section 5, unpadded: entries and disclosures.
        case url
    }

    /// The text of `bytes`.
    public static func encode(_ bytes: UnsafeRawBufferPointer, _ alphabet: Alphabet) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { encode(bytes, alphabet, into: $0) }
    }

    /// The text of `bytes`.
    public static func encode(_ bytes: [UInt8], _ alphabet: Alphabet) -> String {
        bytes.withUnsafeBytes { encode($0, alphabet) }
    }

    /// Appends the text of `bytes` to `output`.
    public static func append(_ bytes: UnsafeRawBufferPointer, _ alphabet: Alphabet, to output: inout [UInt8]) {
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: (bytes.count + 2) / 3 * 4))
        let written = output.withUnsafeMutableBufferPointer {
            encode(bytes, alphabet, into: UnsafeMutableBufferPointer(rebasing: $0[start...]))
        }
        output.removeLast(output.count - start - written)
    }

    /// The bytes that `text` stands for, or `nil` when it is not exactly what `encode` writes for some bytes:
    /// a foreign character, wrong padding, or set bits beyond the last byte.
    public static func decode(_ text: [UInt8], _ alphabet: Alphabet) -> [UInt8]? {
        var digits = text[...]
        if alphabet == .standard {
            guard text.count % 4 == 0 else { return nil }
            for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
        }
        guard digits.count % 4 != 1, alphabet == .url || text.count - digits.count == (4 - digits.count % 4) % 4
        else { return nil }
        let values = alphabet == .url ? urlValues : standardValues
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        // Bits left over belong to no byte; two texts for the same bytes would make a second identity.
        guard bits & (1 << UInt32(count) - 1) == 0 else { return nil }
        return bytes
    }

    private static func encode(
        _ bytes: UnsafeRawBufferPointer, _ alphabet: Alphabet, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        (alphabet == .url ? urlDigits : standardDigits).withUnsafeBufferPointer { digits in
            var index = 0
            var written = 0
            while index + 3 <= bytes.count {
                let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
                output[written] = digits[Int(group >> 18)]
                output[written + 1] = digits[Int(group >> 12 & 63)]
                output[written + 2] = digits[Int(group >> 6 & 63)]
                output[written + 3] = digits[Int(group & 63)]
                index += 3
                written += 4
            }
            let rest = bytes.count - index
            guard rest > 0 else { return written }
            let group = UInt32(bytes[index]) << 16 | (rest == 2 ? UInt32(bytes[index + 1]) << 8 : 0)
            output[written] = digits[Int(group >> 18)]
            output[written + 1] = digits[Int(group >> 12 & 63)]
            written += 2
            if rest == 2 {
                output[written] = digits[Int(group >> 6 & 63)]
                written += 1
            }
            guard alphabet == .standard else { return written }
            for _ in rest..<3 {
                output[written] = UInt8(ascii: "=")
                written += 1
            }
            return written
        }
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardDigits = Array((letters + "+/").utf8)
    static let urlDigits = Array((letters + "-_").utf8)
    private static let standardValues = values(of: standardDigits)
    private static let urlValues = values(of: urlDigits)

    private static func values(of digits: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }
}

/// Hexadecimal digits (RFC 4648 section 8), lower case as key IDs are written.
public enum Hexadecimal {
    /// Two lower-case digits a byte.
    public static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { output in
            for (index, byte) in bytes.enumerated() {
                output[index * 2] = digits[Int(byte >> 4)]
                output[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }

    /// Two lower-case digits a byte.
    public static func encode(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { encode($0) } }

    /// The bytes that `text` stands for, or `nil` unless it is pairs of digits, in either case.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(of: digits[index]), let low = value(of: digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
