import JSON

/// Text from outside, made harmless for a terminal: what would move the cursor, hide or reorder its neighbours is spelled out.
public enum VisibleText {
    /// One line: line ends and tabs become spaces.
    public static func line(_ text: String) -> String { visible(text, keepsLines: false) }

    /// Keeps line ends.
    public static func lines(_ text: String) -> String { visible(text, keepsLines: true) }

    private static func visible(_ text: String, keepsLines: Bool) -> String {
        // As bytes: a view of scalars copies all that it holds whenever a text is appended.
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        let lineEnd = UInt8(ascii: keepsLines ? "\n" : " ")
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: if !isAfterReturn { output.append(lineEnd) }
            case 0x0D: output.append(lineEnd)
            case 0x09: output.append(UInt8(ascii: " "))
            case ..<0x20: spell(scalar, into: &output)
            default:
                if JSON.isHidden(scalar) {
                    spell(scalar, into: &output)
                } else {
                    output.append(contentsOf: UTF8.encode(scalar) ?? .init())
                }
            }
            isAfterReturn = scalar.value == 0x0D
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func spell(_ scalar: Unicode.Scalar, into output: inout [UInt8]) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        output.append(contentsOf: "\u{27E8}U+\(padded)\u{27E9}".utf8)
    }

    /// Columns that a character takes on a terminal.
    static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0.value == 0xFE0F }) {
            return 2
        }
        switch scalar.value {
        case ..<0x300: return 1
        case 0x300...0x36F, 0x20D0...0x20FF: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// Columns that a text of one line takes on a terminal.
    public static func width(_ line: String) -> Int { line.reduce(0) { $0 + width($1) } }

    /// The lines of `text`, none wider than `width` columns. A longer word is broken.
    static func wrapped(_ text: String, width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrappedLine($0, width: max(8, width)) }
    }

    private static func wrappedLine(_ line: Substring, width limit: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        var width = 0
        for word in line.split(separator: " ") {
            let wordWidth = word.reduce(0) { $0 + self.width($1) }
            if width > 0, width + 1 + wordWidth > limit {
                lines.append(current)
                (current, width) = ("", 0)
            }
            if width > 0 {
                current += " "
                width += 1
            }
            for character in word {
                if width + self.width(character) > limit {
                    lines.append(current)
                    (current, width) = ("", 0)
                }
                current.append(character)
                width += self.width(character)
            }
        }
        return lines + [current]
    }
}
