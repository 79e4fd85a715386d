/// Which characters of a string are written as escapes.
public enum JSONEscaping: Sendable {
    /// Those of RFC 8785 section 3.2.2.2 and no other: the form that is hashed.
    case canonical
    /// Also DEL, the C1 controls, line separators and the characters that reorder or hide text, so that JSON printed
    /// to a terminal shows what it holds. It reads back as the same value.
    case visible
}

extension JSON {
    /// The text of the value with members in canonical order and no white space (RFC 8785).
    ///
    /// A decimal is written as it was submitted, so only a value without decimals is canonical in full.
    public func bytes(_ escaping: JSONEscaping = .canonical) -> [UInt8] {
        var output: [UInt8] = []
        append(to: &output, escaping)
        return output
    }

    /// The text of the value, as `bytes` writes it.
    public func string(_ escaping: JSONEscaping = .canonical) -> String {
        String(decoding: bytes(escaping), as: UTF8.self)
    }

    /// Appends the text of the value to `output`.
    public func append(to output: inout [UInt8], _ escaping: JSONEscaping = .canonical) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let bool): output.append(contentsOf: (bool ? "true" : "false").utf8)
        case .integer(let number): output.append(contentsOf: String(number).utf8)
        case .decimal(let text): output.append(contentsOf: text.utf8)
        case .string(let text): JSON.append(text, to: &output, escaping)
        case .array(let items):
            output.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                item.append(to: &output, escaping)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSON.append(member.name, to: &output, escaping)
                output.append(UInt8(ascii: ":"))
                member.value.append(to: &output, escaping)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Appends `text` as a JSON string, with its quotes.
    public static func append(_ text: String, to output: inout [UInt8], _ escaping: JSONEscaping = .canonical) {
        output.append(UInt8(ascii: "\""))
        if escaping == .visible, text.unicodeScalars.contains(where: isHidden) {
            for scalar in text.unicodeScalars {
                if isHidden(scalar) { appendEscape(scalar, to: &output) } else { append(scalar, to: &output) }
            }
        } else {
            var text = text
            text.withUTF8 { appendCanonical($0, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Whether a character changes how a terminal shows its neighbours, or is not seen itself.
    ///
    /// DEL, the C1 controls, line separators, annotations, and all that Unicode calls default ignorable but the sixteen
    /// selectors that choose between forms of a sign or emoji: the other 240 have been used to smuggle text.
    public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x7F: false
        case 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164: true
        case 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        var text = String(scalar)
        text.withUTF8 { appendCanonical($0, to: &output) }
    }

    private static func appendEscape(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        for unit in UTF16.encode(scalar) ?? .init() { appendEscape(unit: unit, to: &output) }
    }

    private static func appendEscape(unit: UInt16, to output: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        output.append(contentsOf: "\\u".utf8)
        output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
        output.append(contentsOf: digits.utf8)
    }

    /// Copies runs that need no escape whole; most strings are one run.
    private static func appendCanonical(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var start = 0
        for (index, byte) in text.enumerated()
        where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            output.append(contentsOf: text[start..<index])
            start = index + 1
            switch byte {
            case 0x08: output.append(contentsOf: "\\b".utf8)
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0C: output.append(contentsOf: "\\f".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
            default: appendEscape(unit: UInt16(byte), to: &output)
            }
        }
        output.append(contentsOf: text[start...])
    }
}
