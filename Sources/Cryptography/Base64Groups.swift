/// Base64url by whole groups, on memory that the caller has: for what is read a million times a second.
enum Base64Groups {
    /// For each value of 12 bits its two digits, in the order in which they stand in memory.
    /// Immutable once made, and never freed.
    nonisolated(unsafe) static let pairs: UnsafePointer<UInt16> = {
        let pairs = UnsafeMutablePointer<UInt16>.allocate(capacity: 4096)
        for value in 0..<4096 {
            let (first, second) = (Base64.urlDigits[value >> 6], Base64.urlDigits[value & 63])
            pairs[value] = UInt16(littleEndian: UInt16(first) | UInt16(second) << 8)
        }
        return UnsafePointer(pairs)
    }()

    /// For each place in a group and each byte, the bits that the digit adds to the 24 of the group; a foreign byte sets
    /// one above them. Immutable once made, and never freed.
    nonisolated(unsafe) static let values: UnsafePointer<UInt32> = {
        let values = UnsafeMutablePointer<UInt32>.allocate(capacity: 4 * 256)
        values.update(repeating: foreign, count: 4 * 256)
        for (value, digit) in Base64.urlDigits.enumerated() {
            for place in 0..<4 { values[place * 256 + Int(digit)] = UInt32(value) << UInt32(18 - 6 * place) }
        }
        return UnsafePointer(values)
    }()

    static let foreign: UInt32 = 1 << 31
}

extension Base64 {
    /// Decodes whole groups of base64url, four digits to three bytes, into `output`, which needs one byte more than
    /// three for each group. `false` when a digit is foreign; `output` holds anything then.
    public static func decodeGroups(
        _ text: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let count = text.count / 4
        precondition(output.count > 3 * count, "the last group is written with a byte behind it")
        let values = Base64Groups.values
        var seen: UInt32 = 0
        for group in 0..<count {
            let bits =
                values[Int(text[4 * group])] | values[256 + Int(text[4 * group + 1])]
                | values[512 + Int(text[4 * group + 2])] | values[768 + Int(text[4 * group + 3])]
            seen |= bits
            output.storeBytes(of: (bits << 8).bigEndian, toByteOffset: 3 * group, as: UInt32.self)
        }
        return seen & Base64Groups.foreign == 0
    }
}

extension Digest {
    /// Characters of the unpadded base64url text.
    public static let base64URLLength = 43

    /// Whether the 43 bytes at `text` are what `base64URL` writes. Nothing is decoded and nothing allocated: a digest that
    /// is known is compared with text, a foreign spelling of which never fits.
    public func isWritten(at text: UnsafeRawPointer) -> Bool {
        let pairs = Base64Groups.pairs
        return withUnsafeBytes { bytes in
            var difference: UInt32 = 0
            for group in 0..<10 {
                let bits =
                    UInt32(bytes[3 * group]) << 16 | UInt32(bytes[3 * group + 1]) << 8 | UInt32(bytes[3 * group + 2])
                let digits = UInt32(pairs[Int(bits >> 12)]) | UInt32(pairs[Int(bits & 4095)]) << 16
                difference |=
                    UInt32(littleEndian: text.loadUnaligned(fromByteOffset: 4 * group, as: UInt32.self)) ^ digits
            }
            let bits = UInt32(bytes[30]) << 16 | UInt32(bytes[31]) << 8
            let (first, second) = (pairs[Int(bits >> 12)], pairs[Int(bits & 4095)])
            difference |= UInt32(text.loadUnaligned(fromByteOffset: 40, as: UInt16.self) ^ first)
            difference |= UInt32(
                text.load(fromByteOffset: 42, as: UInt8.self) ^ UInt8(truncatingIfNeeded: UInt16(littleEndian: second)))
            return difference == 0
        }
    }
}
