import Because

/// A vector of few bytes, which stand in the index itself.
struct ByteVector: Sendable {
    let name: String
    let kind: String
    let members: JSONObject
    let isAccepted: Bool
    /// Whether our own half accepts it.
    let accepts: @Sendable () -> Bool

    var json: JSON {
        var object = members
        object["name"] = .string(name)
        object["kind"] = .string(kind)
        object["accepted"] = .bool(isAccepted)
        return .object(object)
    }
}

enum ByteVectors {
    static func all() throws -> [ByteVector] {
        try entries + disclosures + notes() + trees()
    }

    // MARK: Entries

    private static let sample =
        #"{"at":"2026-11-24T20:23:57.536194Z","body":{},"id":"d-1","link":"jo30U3OQeFz7TLE6svOsfqrUCXHQhcY5xIU0tYHu-Oo","n":2,"type":"decision","v":1}"#

    private static var entries: [ByteVector] {
        func lie(_ name: String, _ old: String, _ new: String) -> ByteVector {
            entry("entry-" + name, sample.replacing(old, with: new), isAccepted: false)
        }
        return [
            entry("entry", sample, isAccepted: true),
            entry("entry-of-an-unknown-type", sample.replacing("decision", with: "x"), isAccepted: true),
            entry("entry-with-a-long-body", sized(65_535), isAccepted: true),
            entry("entry-one-byte-too-long", sized(65_536), isAccepted: false),
            lie(
                "members-in-another-order", #"{"at":"2026-11-24T20:23:57.536194Z","body":{}"#,
                #"{"body":{},"at":"2026-11-24T20:23:57.536194Z""#),
            lie("member-missing", #","type":"decision""#, ""),
            lie("member-added", #""v":1}"#, #""v":1,"w":1}"#),
            lie("white-space", #","n":2"#, #", "n":2"#),
            lie("leading-zero", #""n":2"#, #""n":02"#),
            lie("negative-number", #""n":2"#, #""n":-2"#),
            lie("number-beyond-2-to-the-53", #""n":2"#, #""n":9007199254740992"#),
            lie("version-2", #""v":1"#, #""v":2"#),
            lie("version-as-text", #""v":1"#, #""v":"1""#),
            lie("link-too-short", "-Oo\"", "-O\""),
            lie("link-with-bits-set-behind-its-end", "-Oo\"", "-Op\""),
            lie("link-in-the-other-alphabet", "-Oo\"", "+Oo\""),
            lie("id-with-a-slash", "d-1", "d/1"),
            lie("id-empty", "d-1", ""),
            lie("id-of-129-characters", "d-1", String(repeating: "d", count: 129)),
            lie("type-with-a-space", "decision", "dec ision"),
            lie("month-13", "2026-11-24", "2026-13-24"),
            lie("february-30", "2026-11-24", "2026-02-30"),
            lie("hour-24", "T20:", "T24:"),
            lie("second-60", ":57.", ":60."),
            lie("five-decimals", "536194Z", "53619Z"),
            lie("offset-instead-of-z", "536194Z", "536194+00:00"),
            lie("name-twice-in-the-body", #""body":{}"#, #""body":{"a":1,"a":1}"#),
            lie("body-cut-off", #""body":{}"#, #""body":{"#),
            lie("body-empty", #""body":{}"#, #""body":"#),
            lie("lone-surrogate", #""body":{}"#, #""body":{"a":"\ud800"}"#),
            lie(
                "65-levels", #""body":{}"#,
                #""body":"# + String(repeating: "[", count: 65) + String(repeating: "]", count: 65)),
            entry(
                "entry-64-levels",
                sample.replacing(
                    #""body":{}"#,
                    with: #""body":"# + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)),
                isAccepted: true),
            lie("not-a-number", #""body":{}"#, #""body":{"a":NaN}"#),
            entry("entry-and-a-newline", sample + "\n", isAccepted: false),
        ]
    }

    /// The rule that makes an entry of so many bytes.
    private static func sized(_ count: Int) -> (begin: String, times: Int, end: String) {
        let parts = sample.replacing(#""body":{}"#, with: #""body":{"a":"|"}"#).split(separator: "|").map(String.init)
        return (parts[0], count - parts[0].utf8.count - parts[1].utf8.count, parts[1])
    }

    private static func entry(_ name: String, _ rule: (begin: String, times: Int, end: String), isAccepted: Bool)
        -> ByteVector
    {
        let text = rule.begin + String(repeating: "x", count: rule.times) + rule.end
        let members: JSONObject = [
            "rule": [
                "begin": .string(rule.begin), "repeat": "x", "times": .integer(Int64(rule.times)),
                "end": .string(rule.end),
            ]
        ]
        return ByteVector(name: name, kind: "entry", members: members, isAccepted: isAccepted) { isEntry(text) }
    }

    private static func entry(_ name: String, _ text: String, isAccepted: Bool) -> ByteVector {
        ByteVector(name: name, kind: "entry", members: ["text": .string(text)], isAccepted: isAccepted) {
            isEntry(text)
        }
    }

    private static func isEntry(_ text: String) -> Bool {
        (try? Entry(parsing: Array(text.utf8)).body()) != nil
    }

    // MARK: Disclosures

    private static var disclosures: [ByteVector] {
        func vector(_ name: String, _ text: String, _ isAccepted: Bool) -> ByteVector {
            ByteVector(
                name: "disclosure" + name, kind: "disclosure", members: ["text": .string(text)], isAccepted: isAccepted
            ) { Disclosure(parsing: Array(text.utf8)) != nil }
        }
        func list(_ json: String) -> String { Base64.encode(Array(json.utf8), .url) }
        return [
            vector("", list(#"["c2FsdA","notes","n"]"#), true),
            vector("-of-a-number", list(#"["c2FsdA","notes",1]"#), true),
            vector("-of-a-decimal", list(#"["c2FsdA","context",{"a":0.10}]"#), true),
            vector("-padded", "WyJjMkZzZEEiLCJuIiwxXQ==", false),
            vector("-with-bits-set-behind-its-end", "WyJzIiwibiIsMV1", false),
            vector(
                "-in-the-other-alphabet",
                list(#"["c2FsdA","notes","?>?>~~"]"#).replacing("_", with: "/").replacing("-", with: "+"), false),
            vector("-of-two-items", list(#"["c2FsdA","n"]"#), false),
            vector("-of-four-items", list(#"["c2FsdA","n",1,2]"#), false),
            vector("-of-an-object", list(#"{"salt":"c2FsdA"}"#), false),
            vector("-with-a-number-as-salt", list(#"[1,"n",1]"#), false),
            vector("-with-a-number-as-name", list(#"["c2FsdA",1,1]"#), false),
            vector("-named-like-the-list-of-digests", list(#"["c2FsdA","_sd",1]"#), false),
            vector("-cut-off", String(list(#"["c2FsdA","notes","n"]"#).dropLast(4)), false),
            vector("-empty", "", false),
        ]
    }

    // MARK: Notes

    private static func notes() throws -> [ByteVector] {
        let key = Fixed.key(1)
        let root = MerkleTree.root(of: [MerkleTree.leafHash([1])])
        let checkpoint = Checkpoint(origin: Fixed.origin, size: 1, root: root)
        let note = try checkpoint.signed(by: key)
        let good = text(note)
        let cosigned = try note.adding([
            Fixed.key(5, name: "witness.example").cosign(checkpoint.text, time: 1_790_000_000)
        ])
        let line = String(good.split(separator: "\n", omittingEmptySubsequences: false)[4])
        let foreign = line.replacing(Fixed.origin, with: "someone.example") + "\n"
        func vector(_ name: String, _ text: String, _ isAccepted: Bool) -> ByteVector {
            let members: JSONObject = ["text": .string(text), "key": .string(key.verifierKey.text)]
            return ByteVector(name: "note" + name, kind: "note", members: members, isAccepted: isAccepted) {
                let note = try? SignedNote(parsing: Array(text.utf8))
                return (try? note?.trustedCheckpoint(by: [key.verifierKey])) != nil
            }
        }
        func lie(_ name: String, _ old: String, _ new: String) -> ByteVector {
            vector(name, good.replacing(old, with: new), false)
        }
        return [
            vector("", good, true), vector("-cosigned-by-a-stranger", text(cosigned), true),
            vector("-with-100-signatures", good + String(repeating: foreign, count: 99), true),
            vector("-with-101-signatures", good + String(repeating: foreign, count: 100), false),
            lie("-without-its-empty-line", "\n\n", "\n"), lie("-without-its-last-newline", line + "\n", line),
            lie("-without-signatures", line + "\n", ""), lie("-with-a-tab", "\n1\n", "\n1\t\n"),
            lie("-with-a-carriage-return", "\n1\n", "\r\n1\n"), lie("-of-another-size", "\n1\n", "\n2\n"),
            lie("-with-a-leading-zero", "\n1\n", "\n01\n"),
            lie("-of-a-size-beyond-64-bits", "\n1\n", "\n18446744073709551616\n"),
            lie("-of-another-origin", Fixed.origin + "\n", "else.example\n"),
            lie("-with-a-hyphen-for-the-dash", "\u{2014}", "-"), lie("-with-two-spaces", "\u{2014} ", "\u{2014}  "),
            lie("-with-a-plus-in-the-name", "\u{2014} vectors", "\u{2014} vec+tors"),
            vector("-by-an-unknown-key", text(try checkpoint.signed(by: Fixed.key(2))), false),
            vector("-with-the-key-id-of-another-key", try wrongID(checkpoint, key), false),
            vector(
                "-with-a-wrong-signature",
                text(try checkpoint.note(signature: [UInt8](repeating: 7, count: 64), keyID: key.verifierKey.keyID)),
                false),
        ]
    }

    private static func wrongID(_ checkpoint: Checkpoint, _ key: SigningKey) throws -> String {
        text(try checkpoint.note(signature: checkpoint.signature(by: key), keyID: Fixed.key(2).verifierKey.keyID))
    }
}
