import Glibc

/// The header `Retry-After` (RFC 9110 section 10.2.3): a number of seconds, or a date.
enum RetryAfter {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The seconds from `now`, in seconds since 1970; `nil` where the text is neither.
    static func seconds(_ text: String, now: Int = time(nil)) -> Int? {
        if let seconds = number(text[...]) { return seconds }
        // Sun, 06 Nov 1994 08:49:37 GMT
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = number(words[1]), 1...31 ~= day,
            let month = months.firstIndex(of: String(words[2])), let year = number(words[3]), 1970...9999 ~= year
        else { return nil }
        let clock = words[4].split(separator: ":").map { number($0) ?? .max }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60 else { return nil }
        var date = tm()
        date.tm_year = Int32(year - 1900)
        date.tm_mon = Int32(month)
        date.tm_mday = Int32(day)
        return max(0, timegm(&date) + clock[0] * 3600 + clock[1] * 60 + clock[2] - now)
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }
}
