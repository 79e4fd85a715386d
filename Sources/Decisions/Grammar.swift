/// The spellings of what stays clear in an entry.
public enum Grammar {
    /// Characters that an id may hold, in words for messages.
    public static let idDescription = "1 to 128 of A-Z a-z 0-9 . _ : -"
    /// Characters that a code may hold, in words for messages.
    public static let codeDescription = "1 to 256 of A-Z a-z 0-9 . _ : - / @ + # ~"

    /// Whether `text` can name an entry.
    public static func isID(_ text: String) -> Bool { text.utf8.count <= 128 && isMade(text.utf8, of: idBytes) }

    /// Whether the bytes of a text can name an entry.
    static func isID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.count <= 128 && isMade(bytes, of: idBytes) }

    /// Whether the bytes of a text can be a code.
    static func isCode(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count <= 256 && isMade(bytes, of: codeBytes)
    }

    /// Whether `text` can be a code: the name of a model, a producer, a tool, a session.
    public static func isCode(_ text: String) -> Bool { text.utf8.count <= 256 && isMade(text.utf8, of: codeBytes) }

    /// Whether `text` is a time of RFC 3339 with its offset, at most nine digits after the second.
    public static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard 20...35 ~= bytes.count, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            1...12 ~= month, day >= 1, day <= dayCount(month: month, year: year), hour < 24, minute < 60, second <= 60
        else { return false }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            guard 1...9 ~= digits.count else { return false }
            rest = rest.dropFirst(1 + digits.count)
        }
        return isOffset(Array(rest))
    }

    private static func isOffset(_ bytes: [UInt8]) -> Bool {
        if bytes == [UInt8(ascii: "Z")] { return true }
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hour = number(bytes[1..<3]), let minute = number(bytes[4..<6])
        else { return false }
        return hour < 24 && minute < 60
    }

    /// Whether `text` is a SHA-256 digest as containers write it: `sha256:` and 64 lower-case hexadecimal digits.
    public static func isContentDigest(_ text: String) -> Bool {
        text.hasPrefix("sha256:") && text.utf8.count == 71
            && text.utf8.dropFirst(7).allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }

    static func dayCount(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return digits.isEmpty ? nil : number
    }

    private static func isMade(_ bytes: some Collection<UInt8>, of allowed: [Bool]) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { allowed[Int($0)] }
    }

    /// Whether an id may hold a byte.
    @inline(__always)
    static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static let idBytes = table(".:_-")
    private static let codeBytes = table(".:_-/@+#~")

    private static func table(_ punctuation: String) -> [Bool] {
        var table = [Bool](repeating: false, count: 256)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for byte in (letters + punctuation).utf8 { table[Int(byte)] = true }
        return table
    }
}
