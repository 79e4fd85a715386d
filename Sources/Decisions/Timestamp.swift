/// A moment of the ledger's clock: microseconds since 1970, written as RFC 3339 in UTC with six decimals.
public struct Timestamp: Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted. From year 0000 to 9999.
    public let microseconds: Int64

    /// Characters of the text.
    public static let textLength = 27

    /// The moment `microseconds` after 1970-01-01T00:00:00Z; years beyond 9999 are not written by any clock we meet.
    public init(microseconds: Int64) {
        precondition(Self.range.contains(microseconds), "a clock outside the years 0000 to 9999")
        self.microseconds = microseconds
    }

    /// The moment that `text` names, or `nil` unless it is exactly what `description` writes.
    public init?(_ text: some Collection<UInt8>) {
        let bytes = Array(text)
        guard let moment = bytes.withUnsafeBytes({ Timestamp(bytes: $0) }) else { return nil }
        self = moment
    }

    /// The moment that a time of RFC 3339 names, whatever its offset; what is finer than a microsecond is dropped.
    public init?(rfc3339 text: String) {
        guard Grammar.isTime(text) else { return nil }
        let bytes = Array(text.utf8)
        let isLeap = bytes[17] == UInt8(ascii: "6")
        let fraction = bytes[19] == UInt8(ascii: ".") ? bytes[20...].prefix { Self.digits.contains($0) } : []
        let six = fraction.prefix(6) + repeatElement(UInt8(ascii: "0"), count: max(0, 6 - fraction.count))
        // A leap second, which this clock does not count, is the one after it.
        let seconds = isLeap ? Array("59".utf8) : Array(bytes[17..<19])
        guard let local = Timestamp(bytes[..<17] + seconds + [UInt8(ascii: ".")] + six + [UInt8(ascii: "Z")])
        else { return nil }
        var offset: Int64 = isLeap ? -1 : 0
        if bytes.last != UInt8(ascii: "Z") {
            let zone = bytes.suffix(6)
            let minutes = (Grammar.number(zone.dropFirst().prefix(2)) ?? 0) * 60 + (Grammar.number(zone.suffix(2)) ?? 0)
            offset += Int64(zone.first == UInt8(ascii: "-") ? -minutes : minutes) * 60
        }
        let moment = local.microseconds - offset * 1_000_000
        guard Self.range.contains(moment) else { return nil }
        microseconds = moment
    }

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// The moment that the text in `bytes` names, or `nil` unless it is exactly what `description` writes.
    init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.textLength, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "."), bytes[26] == UInt8(ascii: "Z")
        else { return nil }
        var areDigits = true
        func number(_ range: Range<Int>) -> Int {
            var number = 0
            for index in range {
                let digit = bytes[index] &- UInt8(ascii: "0")
                areDigits = areDigits && digit < 10
                number = number * 10 + Int(digit)
            }
            return number
        }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second, fraction) = (number(11..<13), number(14..<16), number(17..<19), number(20..<26))
        guard areDigits, 1...12 ~= month, day >= 1, day <= Grammar.dayCount(month: month, year: year), hour < 24,
            minute < 60, second < 60
        else { return nil }
        let seconds = Self.days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
        microseconds = Int64(seconds) * 1_000_000 + Int64(fraction)
    }

    private static let range: ClosedRange<Int64> = -62_167_219_200_000_000...253_402_300_799_999_999

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        // Years begin in March, so that the leap day is the last of its year; eras have 400 years.
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let days = days + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    /// The 27 bytes of the text, such as `2026-11-20T09:14:07.120331Z`.
    public var bytes: [UInt8] {
        let (days, time) = microseconds.quotientAndFloorRemainder(86_400_000_000)
        let (year, month, day) = Self.date(days: Int(days))
        let seconds = Int(time / 1_000_000)
        var bytes = [UInt8](repeating: 0, count: Self.textLength)
        func write(_ number: Int, _ range: Range<Int>, _ after: Character) {
            var number = number
            for index in range.reversed() {
                bytes[index] = UInt8(ascii: "0") + UInt8(number % 10)
                number /= 10
            }
            bytes[range.upperBound] = after.asciiValue ?? 0
        }
        write(year, 0..<4, "-")
        write(month, 5..<7, "-")
        write(day, 8..<10, "T")
        write(seconds / 3600, 11..<13, ":")
        write(seconds / 60 % 60, 14..<16, ":")
        write(seconds % 60, 17..<19, ".")
        write(Int(time % 1_000_000), 20..<26, "Z")
        return bytes
    }
}

extension Int64 {
    fileprivate func quotientAndFloorRemainder(_ divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Timestamp: Comparable, CustomStringConvertible {
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
