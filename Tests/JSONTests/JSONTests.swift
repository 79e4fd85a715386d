import Foundation
import Testing

@testable import JSON

private func parse(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

struct JSONParserTests {
    @Test(arguments: [
        ("null", "null"), (" true ", "true"), ("[]", "[]"), ("{ }", "{}"), ("-12", "-12"), ("[1, 2 ,3]", "[1,2,3]"),
        ("0.870", "0.870"), ("1e2", "1e2"), ("-0", "-0"), ("9007199254740991", "9007199254740991"),
        ("9007199254740992", "9007199254740992"), (#""\u0041\/\n""#, #""A/\n""#),
        (#""\ud83d\ude00""#, "\"😀\""), (#"{"b":1,"a":{"d":[],"c":""}}"#, #"{"a":{"c":"","d":[]},"b":1}"#),
        (#""\u007f\u001F""#, "\"\u{7f}\\u001f\""),
    ])
    func `a text has its canonical text`(text: String, canonical: String) throws {
        #expect(try parse(text).string() == canonical)
        #expect(try parse(canonical) == parse(text))
    }

    @Test func `only plain integers below 2 to the 53 are integers`() throws {
        #expect(try parse("9007199254740991") == .integer(9_007_199_254_740_991))
        for text in ["9007199254740992", "1.0", "1e3", "-0", "123456789012345678901234567890"] {
            #expect(try parse(text) == .decimal(text))
        }
    }

    /// The example of RFC 8785 section 3.2.3.
    @Test func `names sort by their UTF-16 code units`() throws {
        let text = #"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#
        let order = try #require(parse(text).object).members.map(\.value)
        #expect(order == [2, 4, 6, 7, 1, 5, 3])
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "[1,]", "[1 2]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "01", "-", "1.",
        ".5", "1e",
        "+1", "\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
        "\"a\nb\"", "1 2",
        "[1]]", "\u{FEFF}1", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "'a'", "NaN", "Infinity", "\"\u{0}\"",
        "/**/1",
    ])
    func `a text that is not JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    ])
    func `a string that is not UTF-8 is refused`(bytes: [UInt8]) {
        #expect(throws: JSONError(offset: 1, problem: .notUTF8)) { try JSON(parsing: bytes) }
    }

    @Test func `nesting is bounded`() throws {
        let limit = JSON.depthLimit
        _ = try parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
        for open in ["[", "{\"a\":"] {
            #expect(throws: JSONError.self) { try parse(String(repeating: open, count: 1_000_000)) }
        }
    }

    @Test func `composed and decomposed letters are different texts`() throws {
        #expect(try parse("\"\u{e9}\"") != parse("\"e\u{301}\""))
        let both = try parse("{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(both["\u{e9}"] == 1 && both["e\u{301}"] == 2)
    }

    @Test func `an error says where and what`() {
        #expect(throws: JSONError(offset: 0, problem: .duplicateName("a"))) { try parse(#"{"a":1,"a":2}"#) }
        let error = #expect(throws: JSONError.self) { try parse("[1;2]") }
        #expect(error?.description == "byte 3: ';' stands where ',' or ']' is expected")
    }

    @Test func `every truncation of a text is refused, and no byte of it can make the parser trap`() throws {
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\n",{"b":null}],"c":true,"é":"😀"}"#.utf8)
        _ = try JSON(parsing: text)
        for count in 0..<text.count { #expect(throws: JSONError.self) { try JSON(parsing: Array(text[..<count])) } }
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var broken = text
                broken[index] = byte
                if let value = try? JSON(parsing: broken) { #expect(try JSON(parsing: value.bytes()) == value) }
            }
        }
    }

    @Test func `Foundation reads the same values`() throws {
        let texts = [
            #"{"a":[1,2,{"b":"\u00e9\t"}],"z":"\ud83d\ude00"}"#, #"["\"\\\/\b\f\n\r\t"]"#, "[true,false,null]",
        ]
        for text in texts {
            let ours = try JSONSerialization.jsonObject(with: Data(parse(text).bytes())) as? NSObject
            let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSObject
            #expect(ours == theirs)
        }
    }
}

struct JSONWriterTests {
    @Test func `every control character is escaped as RFC 8785 says and comes back`() throws {
        for value in UInt8(0)..<0x20 {
            let json = JSON.string("a\(Unicode.Scalar(value))b")
            let bytes = json.bytes()
            #expect(bytes.allSatisfy { $0 >= 0x20 })
            #expect(try JSON(parsing: bytes) == json)
        }
    }

    @Test func `visible text holds no character that hides or reorders others`() throws {
        let hostile: [UInt32] = [
            0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xAD, 0x61C, 0x200B, 0x200E, 0x202A, 0x202E, 0x2028, 0x2066, 0x2069, 0xFEFF,
            0xE0041,
        ]
        for value in hostile {
            let scalar = try #require(Unicode.Scalar(value))
            let json = JSON.object(["x\(scalar)": .string("a\(scalar)\"b\u{1b}[31m")])
            let text = json.string(.visible)
            #expect(!text.unicodeScalars.contains { JSON.isHidden($0) || $0.value < 0x20 })
            #expect(try parse(text) == json)
        }
        #expect(JSON.string("é 😀 ok").string(.visible) == "\"é 😀 ok\"")
    }
}

struct JSONObjectTests {
    @Test func `members are set, replaced and removed by name`() {
        var object: JSONObject = ["b": 1]
        object["a"] = 2
        object["b"] = 3
        #expect(JSON.object(object).string() == #"{"a":2,"b":3}"#)
        object["a"] = nil
        object["c"] = nil
        #expect(JSON.object(object).string() == #"{"b":3}"#)
        #expect(object["b"] == 3)
    }
}
