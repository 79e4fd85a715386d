/// Why a text is not JSON, and where.
public struct JSONError: Error, Equatable {
    /// The offset of the byte at fault, from 0.
    public let offset: Int
    public let problem: Problem

    public enum Problem: Equatable, Sendable {
        case unexpected(UInt8?, expected: String)
        case duplicateName(String)
        case notUTF8
        case controlCharacter(UInt8)
        case unknownEscape
        case loneSurrogate
        case malformedNumber
        case deeperThan(Int)
    }
}

extension JSON {
    /// Levels of lists and objects that a text may nest.
    public static let depthLimit = 64

    /// Reads exactly one value, with white space around it.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            try JSON(parsing: UnsafeRawBufferPointer(buffer))
        }
    }

    /// Reads exactly one value, with white space around it. `levels` counts the lists and objects around the text, where it
    /// is a part of another.
    public init(parsing bytes: UnsafeRawBufferPointer, insideLevels levels: Int = 0) throws(JSONError) {
        var parser = Parser(bytes: bytes.bindMemory(to: UInt8.self))
        parser.skipWhiteSpace()
        self = try parser.value(depth: levels)
        parser.skipWhiteSpace()
        if parser.index < bytes.count { throw parser.unexpected("the end of the text") }
    }
}

/// A recursive descent over bytes; nesting is bounded by `JSON.depthLimit`.
private struct Parser {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    func unexpected(_ expected: String) -> JSONError { fault(.unexpected(current, expected: expected)) }

    func fault(_ problem: JSONError.Problem) -> JSONError { JSONError(offset: index, problem: problem) }

    mutating func skipWhiteSpace() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    mutating func value(depth: Int) throws(JSONError) -> JSON {
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte:
            return try number()
        default: throw unexpected("a value")
        }
    }

    mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let matches = word.withUTF8Buffer { expected in
            index + expected.count <= bytes.count
                && expected.indices.allSatisfy { bytes[index + $0] == expected[$0] }
        }
        guard matches else { throw unexpected("true, false or null") }
        index += word.utf8CodeUnitCount
        return value
    }

    mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= JSON.depthLimit else { throw fault(.deeperThan(JSON.depthLimit)) }
        let start = index
        index += 1
        var members: [JSONObject.Member] = []
        skipWhiteSpace()
        if current == UInt8(ascii: "}") {
            index += 1
            return JSONObject()
        }
        while true {
            guard current == UInt8(ascii: "\"") else { throw unexpected("a member name in quotes") }
            let name = try string()
            skipWhiteSpace()
            guard current == UInt8(ascii: ":") else { throw unexpected("':'") }
            index += 1
            skipWhiteSpace()
            members.append(JSONObject.Member(name: name, value: try value(depth: depth)))
            skipWhiteSpace()
            if current == UInt8(ascii: "}") { break }
            guard current == UInt8(ascii: ",") else { throw unexpected("',' or '}'") }
            index += 1
            skipWhiteSpace()
        }
        index += 1
        // Checked once for all members: checking each against those before it would let one long line hold a core for hours.
        do { return try JSONObject(members) } catch {
            throw JSONError(offset: start, problem: .duplicateName(error.name))
        }
    }

    mutating func array(depth: Int) throws(JSONError) -> [JSON] {
        guard depth <= JSON.depthLimit else { throw fault(.deeperThan(JSON.depthLimit)) }
        index += 1
        var items: [JSON] = []
        skipWhiteSpace()
        if current == UInt8(ascii: "]") {
            index += 1
            return items
        }
        while true {
            items.append(try value(depth: depth))
            skipWhiteSpace()
            if current == UInt8(ascii: "]") { break }
            guard current == UInt8(ascii: ",") else { throw unexpected("',' or ']'") }
            index += 1
            skipWhiteSpace()
        }
        index += 1
        return items
    }

    mutating func digits() -> Int {
        let start = index
        while let byte = current, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { index += 1 }
        return index - start
    }

    mutating func number() throws(JSONError) -> JSON {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        let whole = index
        let count = digits()
        guard count == 1 || count > 1 && bytes[whole] != UInt8(ascii: "0") else { throw fault(.malformedNumber) }
        var isInteger = true
        if current == UInt8(ascii: ".") {
            isInteger = false
            index += 1
            guard digits() > 0 else { throw fault(.malformedNumber) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            guard digits() > 0 else { throw fault(.malformedNumber) }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard isInteger, text != "-0", let number = Int64(text), number.magnitude <= JSON.integerLimit
        else { return .decimal(text) }
        return .integer(number)
    }

    /// Reads a string from its opening to its closing quote.
    mutating func string() throws(JSONError) -> String {
        index += 1
        let start = index
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                let text = try text(UnsafeBufferPointer(rebasing: bytes[start..<index]), at: start)
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw fault(.controlCharacter(byte)) }
            index += 1
        }
        throw unexpected("a closing quote")
    }

    /// Goes on with a string that holds escapes, whose plain beginning started at `start`.
    mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var buffer = Array(bytes[start..<index])
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                let text = try text(buffer, at: start)
                index += 1
                return text
            }
            guard byte >= 0x20 else { throw fault(.controlCharacter(byte)) }
            if byte == UInt8(ascii: "\\") {
                index += 1
                try escape(into: &buffer)
            } else {
                buffer.append(byte)
                index += 1
            }
        }
        throw unexpected("a closing quote")
    }

    /// Reads what follows a backslash.
    mutating func escape(into buffer: inout [UInt8]) throws(JSONError) {
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(bytes[index])
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            index += 1
            buffer.append(contentsOf: String(try escapedScalar()).utf8)
            return
        default: throw fault(.unknownEscape)
        }
        index += 1
    }

    /// Reads the four digits after `\u`, and the second half of a surrogate pair with them.
    mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let start = index
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, current == UInt8(ascii: "\\"), index + 1 < bytes.count,
            bytes[index + 1] == UInt8(ascii: "u")
        else { throw JSONError(offset: start, problem: .loneSurrogate) }
        index += 2
        let low = try codeUnit()
        guard 0xDC00...0xDFFF ~= low,
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw JSONError(offset: start, problem: .loneSurrogate) }
        return scalar
    }

    mutating func codeUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw fault(.unknownEscape) }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }

    func text(_ bytes: some Sequence<UInt8>, at offset: Int) throws(JSONError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self)
        else { throw JSONError(offset: offset, problem: .notUTF8) }
        return text
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String { "byte \(offset + 1): \(problem)" }
}

extension JSONError.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpected(nil, let expected): "the text ends where \(expected) is expected"
        case .unexpected(let byte?, let expected):
            "\(JSONError.Problem.name(of: byte)) stands where \(expected) is expected"
        case .duplicateName(let name): "the member \(JSONError.Problem.quoted(name)) stands twice in one object"
        case .notUTF8: "a string is not valid UTF-8"
        case .controlCharacter(let byte):
            "a string holds the raw control character \(JSONError.Problem.name(of: byte)); write it as an escape"
        case .unknownEscape: "a backslash is followed by no JSON escape"
        case .loneSurrogate: "an escape is half of a surrogate pair"
        case .malformedNumber: "a number is not written as JSON writes numbers"
        case .deeperThan(let limit): "lists and objects nest deeper than \(limit) levels"
        }
    }

    /// The beginning of a name in quotes, with what a terminal would hide as escapes.
    private static func quoted(_ name: String) -> String {
        let start = String(name.unicodeScalars.prefix(80))
        return JSON.string(start.utf8.count < name.utf8.count ? start + "…" : name).string(.visible)
    }

    private static func name(of byte: UInt8) -> String {
        if 0x20..<0x7F ~= byte { return "'\(Unicode.Scalar(byte))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "the byte 0x\(digits.count == 1 ? "0" : "")\(digits)"
    }
}
