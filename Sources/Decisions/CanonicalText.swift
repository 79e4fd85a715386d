import JSON

/// Strings of JSON as bytes, with their quotes, as canonical JSON writes them (RFC 8785 section 3.2.2.2).
enum CanonicalText {
    /// The text between the quotes of a canonical string.
    static func decode(_ literal: ArraySlice<UInt8>) -> String {
        if literal.contains(UInt8(ascii: "\\")), let text = (try? JSON(parsing: Array(literal)))?.text { return text }
        return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
    }

    /// What a scan of a string found.
    struct Scan {
        /// Where its closing quote stands.
        let end: Int
        let hasEscapes: Bool
        let isASCII: Bool
    }

    /// Looks for the quote that closes the string whose first byte is at `start`; `nil` where there is none, or a raw control
    /// character before it. Eight bytes at a time: most of what is recorded is text.
    static func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Scan? {
        var index = start
        var hasEscapes = false
        var beyondASCII: UInt64 = 0
        while index < bytes.count {
            while index + 8 <= bytes.count {
                // The bytes after a special one are looked at one by one.
                let eight = EightBytes(UnsafeRawBufferPointer(bytes), at: index)
                if eight.special != 0 { break }
                beyondASCII |= eight.beyondASCII
                index += 8
            }
            var steps = 0
            while index < bytes.count, steps < 8 {
                let byte = bytes[index]
                if byte == 0x22 { return Scan(end: index, hasEscapes: hasEscapes, isASCII: beyondASCII == 0) }
                guard byte >= 0x20 else { return nil }
                if byte == 0x5C {
                    hasEscapes = true
                    index += 1
                    steps += 1
                }
                beyondASCII |= UInt64(byte & 0x80)
                index += 1
                steps += 1
            }
        }
        return nil
    }
}
