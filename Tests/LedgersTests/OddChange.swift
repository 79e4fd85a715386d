import Because
import Decisions
import StorageTesting
import Testing

/// One thing about a decision that recording never writes, or what lies beside it.
struct OddChange: Sendable, CustomTestStringConvertible {
    let what: String
    let change: @Sendable (inout MemoryContents, UInt64) throws -> Void

    var testDescription: String { what }

    /// A change of the entry's bytes: what stands there first becomes something else.
    private static func bytes(_ old: String, _ new: String) -> OddChange {
        OddChange(what: "\(old) becomes \(new)") { contents, entry in
            var bytes = try #require(contents.entries[entry])
            guard let range = bytes.firstRange(of: Array(old.utf8)) else { return }
            bytes.replaceSubrange(range, with: Array(new.utf8))
            contents.entries[entry] = bytes
        }
    }

    /// A change of the values that lie beside the entry.
    private static func sealed(
        _ what: String, _ change: @escaping @Sendable (inout [Int: [UInt8]]) -> Void
    ) -> OddChange {
        OddChange(what: what) { contents, entry in change(&contents.disclosures[entry, default: [:]]) }
    }

    /// The first sealed value becomes another, and the entry holds its digest.
    private static func resealed(_ list: String) -> OddChange {
        OddChange(what: "the first value is \(list)") { contents, entry in
            let old = try #require(contents.disclosures[entry]?[0])
            let new = Array(Base64.encode(Array(list.utf8), .url).utf8)
            contents.disclosures[entry]?[0] = new
            var bytes = try #require(contents.entries[entry])
            guard let range = bytes.firstRange(of: Array(SHA256.digest(of: old).base64URL.utf8)) else { return }
            bytes.replaceSubrange(range, with: SHA256.digest(of: new).base64URL.utf8)
            contents.entries[entry] = bytes
        }
    }

    private static let salt = "AAAAAAAAAAAAAAAAAAAAAA"

    static let all: [OddChange] = spellings + citations + producers + values + subjects

    private static let spellings: [OddChange] = [
        bytes(#""body":{"#, #""body":{ "#), bytes(#""outcome""#, #""outc\u006fme""#),
        bytes(#""outcome""#, #""outcomf""#),
        bytes(#""model""#, #""m\/el""#), bytes(#""role":"#, #""role" :"#), bytes(#""with""#, "\"w\u{e4}th\""),
        bytes(#""body":{"#, #""body":{"":1,"#), bytes(#""body":{"#, #""body":{"A":-1,"#),
        bytes(#""body":{"#, #""body":{"A":{"ref":"r"},"#), bytes(#""body":{"#, #""body":{"A":1.5,"#),
        bytes(#""body":{"#, #""body":{"A":[{"ref":"r","x":[]}],"#), bytes(#""body":{"#, #""body":{"A":1,"A":1,"#),
        bytes(#""body":{"#, #""body":{"A":{"_sd":[]},"#), bytes(#""body":{"#, #""body":{"A":{"_sd":"x"},"#),
        bytes(#""type":"decision""#, #""type":"incident""#), bytes(#""type":"decision""#, #""type":"later""#),
        bytes(#""v":1"#, #""v":2"#), bytes(#""n":"#, #""n":1"#), bytes(#""n":"#, #""n":0"#),
        bytes(#"{"at":"20"#, #"{"at":"19"#), bytes(#"{"at":"20"#, #"{"at":"21"#), bytes("Z\",\"body\"", "z\",\"body\""),
        bytes(#","id":"d-"#, #","id":"e-"#), bytes(#","id":"d-"#, #","id":"d "#),
    ]

    private static let citations: [OddChange] = [
        bytes(#""authority":"root""#, #""authority":"user""#), bytes(#""authority":"root","#, ""),
        bytes(#""authority":"root""#, #""authority":1"#), bytes(#""ref":"acme/rules@1#"#, #""ref":"acme/rules@2#"#),
        bytes(#""ref":"acme/rules@1#privacy"#, #""ref":"acme/rules@1#honesty"#),
        bytes(#""ref":"acme/rules@1#"#, #""ref":"acme/rules#"#), bytes(#""section_digest":""#, #""section_digest":"A"#),
        bytes(#""section_digest":""#, #""title":"t","section_digest":""#),
        bytes(#""document_digest":""#, #""document_digest":"","e":""#),
        OddChange(what: "the words of the citation are others") { contents, entry in
            var bytes = try #require(contents.entries[entry])
            guard let mark = bytes.firstRange(of: Array(#""section_digest":""#.utf8)) else { return }
            bytes.replaceSubrange(
                mark.upperBound..<mark.upperBound + 43, with: SHA256.digest(of: "other words").base64URL.utf8)
            contents.entries[entry] = bytes
        },
    ]

    private static let producers: [OddChange] = [
        bytes(#""seq":"#, #""seq":9"#), bytes(#""seq":"#, #""seq":-"#), bytes(#""seq":"#, #""seq":0"#),
        bytes(#""seq":"#, #""seq":1234567890123456"#), bytes(#""epoch":"e""#, #""epoch":"f""#),
        bytes(#""epoch":"e","#, ""), bytes(#""epoch":"e""#, #""epoch":3"#), bytes(#""id":"agent""#, #""id":"agents""#),
        bytes(#""id":"agent""#, #""id":{"seq":1}"#), bytes(#""producer":"#, #""producfr":"#),
        bytes(#""version":"1.0""#, #""version":[{"id":"x","seq":2}]"#),
    ]

    private static let values: [OddChange] = [
        sealed("the first value is gone") { $0[0] = nil }, sealed("all values are gone") { $0 = [:] },
        sealed("a value too many") { $0[$0.count] = Array("x".utf8) },
        sealed("a value far behind") { $0[2000] = Array("x".utf8) },
        sealed("the first two are swapped") { ($0[0], $0[1]) = ($0[1], $0[0]) },
        sealed("the first moved") { ($0[0], $0[1], $0[2]) = (nil, $0[0], $0[1]) },
        sealed("a value is empty") { $0[0] = [] }, sealed("a byte more") { $0[0]?.append(UInt8(ascii: "A")) },
        OddChange(what: "a digest is spelled in another way") { contents, entry in
            var bytes = try #require(contents.entries[entry])
            guard let mark = bytes.firstRange(of: Array(#""_sd":[""#.utf8)) else { return }
            // The last character of 43 stands for four bits and two zeros: the next one has these bits set.
            bytes[mark.upperBound + 42] += 1
            contents.entries[entry] = bytes
        },
        OddChange(what: "a sealed place is no digest") { contents, entry in
            var bytes = try #require(contents.entries[entry])
            guard let mark = bytes.firstRange(of: Array(#""_sd":[""#.utf8)) else { return }
            bytes[mark.upperBound + 20] = UInt8(ascii: "\"")
            contents.entries[entry] = bytes
        },
    ]

    private static let subjects: [OddChange] = [
        resealed(#"["\#(salt)","subject","somebody"]"#), resealed(#"["\#(salt)","subject",7]"#),
        resealed(#"["\#(salt)","subjects","somebody"]"#), resealed(#"["\#(salt)","s\u0075bject","somebody"]"#),
        resealed(#"["\#(salt)","\u0073ubject","somebody"]"#), resealed(#"["\#(salt)","subjec\u0074","somebody"]"#),
        resealed(#"["\#(salt)", "subject","somebody"]"#), resealed(#"[ "\#(salt)","subject","somebody"]"#),
        resealed(#"["","subject","somebody somewhere else"]"#), resealed(#"["AAAAAAAA","subject","AAAAAAAAA"]"#),
        resealed(#"["AAAAAAAA","subject","\",\"notes\"..."]"#), resealed(#"["\#(salt)"#),
        resealed(#"{"\#(salt)":"subject"}"#), resealed(#"["\u0041AAAAAAAAAAAAAAAA","subject","x"]"#),
        OddChange(what: "the table of subjects is empty") { contents, _ in contents.subjects = [:] },
    ]
}
