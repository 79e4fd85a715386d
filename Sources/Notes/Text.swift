/// Reads bytes line by line. Every line, also the last, ends in a newline.
struct LineReader {
    private(set) var rest: ArraySlice<UInt8>
    /// The number of the line read last, from 1.
    private(set) var number = 0

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next line without its newline, or `nil` when no newline is left.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        number += 1
        return rest[..<end]
    }
}

extension UInt64 {
    /// The number written in `digits`: ASCII, decimal, no sign, no leading zero.
    init?(decimal digits: ArraySlice<UInt8>) {
        guard let first = digits.first, digits.count <= 20, digits.count == 1 || first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.init(String(decoding: digits, as: UTF8.self))
    }
}

extension ArraySlice<UInt8> {
    /// What follows `prefix`, or `nil` when that does not come first.
    func dropping(_ prefix: String) -> ArraySlice<UInt8>? {
        starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
    }
}
