import Because
import Foundation
import Testing

/// What `record` says of lines that are no decisions.
struct BadLineTests {
    private static let ground =
        #""outcome":"refuse","principles":[{"ref":"acme/rules#obey-the-law","role":"applied"}],"rationale":{"text":"x","source":"model","timing":"with"}"#

    /// A decision with one more member.
    private static func with(_ member: String) -> [UInt8] { Array("{\(ground),\(member)}".utf8) }

    /// A decision with something else in place of a part of it.
    private static func with(_ part: String, as other: String) -> [UInt8] {
        Array("{\(ground.replacing(part, with: other))}".utf8)
    }

    private static let oneObject = "a line holds one JSON object, in UTF-8 and without line ends of its own"
    private static let accepts =
        "because spec show DOCUMENT lists its sections; \"unresolved\":\"accept\" records what does not resolve"

    /// Lines, what is said of each, and the hint.
    private static let table: [(line: [UInt8], message: String, hint: String?)] = [
        (Array("refuse".utf8), "not JSON: byte 1: 'r' stands where a value is expected", oneObject),
        (Array("{".utf8), "not JSON: byte 2: the text ends where a member name in quotes is expected", oneObject),
        (Array("{}{}".utf8), "not JSON: byte 3: '{' stands where the end of the text is expected", oneObject),
        (
            [0xEF, 0xBB, 0xBF] + Array("{}".utf8), "not JSON: byte 1: the byte 0xEF stands where a value is expected",
            "the input begins with a byte order mark; write it as UTF-8 without one"
        ),
        (
            [0xFF, 0xFE, 0x7B, 0x00], "not JSON: byte 1: the byte 0xFF stands where a value is expected",
            "the input begins with a byte order mark; write it as UTF-8 without one"
        ),
        ([0], "not JSON: byte 1: the byte 0x00 stands where a value is expected", oneObject),
        (
            Array("{\"id\":\"a".utf8) + [0] + Array("\"}".utf8),
            "not JSON: byte 9: a string holds the raw control character the byte 0x00; write it as an escape", oneObject
        ),
        (
            Array("{\"id\":\"a".utf8) + [0xC3] + Array("\"}".utf8), "not JSON: byte 8: a string is not valid UTF-8",
            oneObject
        ),
        (
            Array("{\"id\":\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8),
            "not JSON: byte 8: a string is not valid UTF-8", oneObject
        ),
        (
            Array(#"{"id":"\ud800"}"#.utf8), "not JSON: byte 10: an escape is half of a surrogate pair", oneObject
        ),
        (
            Array(#"{"id":"\udc00\ud800"}"#.utf8), "not JSON: byte 10: an escape is half of a surrogate pair", oneObject
        ),
        (
            with(#""outcome":"comply""#), "not JSON: byte 1: the member \"outcome\" stands twice in one object",
            oneObject
        ),
        (
            with(#""context":\#(String(repeating: "[", count: 100_000))"#),
            "not JSON: byte \(with("").count + 73): lists and objects nest deeper than 64 levels", oneObject
        ),
        (Array("[]".utf8), "the line: found a list; expected an object with a decision", nil),
        (Array("17".utf8), "the line: found an integer; expected an object with a decision", nil),
        (Array("null".utf8), "the line: found null; expected an object with a decision", nil),
        (
            Array("{}".utf8),
            "outcome: missing; expected one of comply, safe_complete, refuse, clarify, modify, act, defer, escalate, "
                + "abstain, error; principles: missing; expected at least one section invoked, or \"none_cited\" with "
                + "the reason; rationale: missing; expected an object, or \"rationale_absent\" with the reason", nil
        ),
        (
            with("refuse", as: "reject"),
            "outcome: found \"reject\"; expected one of comply, safe_complete, refuse, clarify, modify, act, defer, "
                + "escalate, abstain, error", nil
        ),
        (with(#""sumary":"x""#), "sumary: unknown field; did you mean summary?", nil),
        (with(#""principels":[]"#), "principels: unknown field; did you mean principles?", nil),
        (with(#""Summary":"x""#), "Summary: unknown field; did you mean summary?", nil),
        (with(#""roleOfAi":"sole""#), "roleOfAi: unknown field; did you mean role_of_ai?", nil),
        (with(#""weather":"x""#), "weather: unknown field; put what is your own under context", nil),
        (with(#""":"x""#), ": unknown field; put what is your own under context", nil),
        (
            with("\"timing\":\"with\"", as: #""tming":"with""#),
            "rationale.tming: unknown field; did you mean timing?; rationale.timing: missing; expected one of before, "
                + "with, after", nil
        ),
        (
            with(#""type":"verdict""#),
            "type: found \"verdict\"; expected one of decision, attempt, action, oversight, outcome, appeal, correction, explanation, incident, producer; without a type it is a decision",
            nil
        ),
        (with(#""id":"a b""#), "id: found \"a b\"; expected an id: 1 to 128 of A-Z a-z 0-9 . _ : -", nil),
        (with(#""id":"""#), "id: found \"\"; expected an id: 1 to 128 of A-Z a-z 0-9 . _ : -", nil),
        (
            with(#""id":"because:ledger""#),
            "id: because:ledger begins with because:, as only the ledger's own entries do", nil
        ),
        (with(#""summary":"""#), "summary: found \"\"; expected a text of 1 to 1048576 bytes", nil),
        (with(#""summary":null"#), "summary: found null; expected a text of 1 to 1048576 bytes", nil),
        (
            with(#""session":"a b""#),
            "session: found \"a b\"; expected a code: 1 to 256 of A-Z a-z 0-9 . _ : - / @ + # ~", nil
        ),
        (with(#""tools":"x""#), "tools: found \"x\"; expected a list", nil),
        (
            with(#""occurred":"yesterday""#),
            "occurred: found \"yesterday\"; expected a time such as 2026-11-20T09:14:07Z (RFC 3339)", nil
        ),
        (
            with(#""occurred":"2026-02-30T09:14:07Z""#),
            "occurred: found \"2026-02-30T09:14:07Z\"; expected a time such as 2026-11-20T09:14:07Z (RFC 3339)", nil
        ),
        (
            with(#""confidence":{"value":1e400,"kind":"rule"}"#),
            "confidence.value: found 1e400; expected a number from 0 to 1, such as 0.87", nil
        ),
        (
            with(#""confidence":{"value":\#(String(repeating: "9", count: 200_000)),"kind":"rule"}"#),
            "confidence.value: found \(String(repeating: "9", count: 40)); expected a number from 0 to 1, such as 0.87",
            nil
        ),
        (
            with(#""producer":{"id":"x","seq":99999999999999999999}"#),
            "producer.seq: found 99999999999999999999; expected an integer from 1 to 9007199254740991", nil
        ),
        (
            with(#""producer":{"id":"x","seq":9007199254740992}"#),
            "producer.seq: found 9007199254740992; expected an integer from 1 to 9007199254740991", nil
        ),
        (
            with(#""producer":{"id":"x","seq":-1}"#),
            "producer.seq: found -1; expected an integer from 1 to 9007199254740991", nil
        ),
        (
            with(#""inputs":[{"role":"user"}]"#),
            "inputs[0]: missing; expected at least one of name, text and digest", nil
        ),
        (
            with(#""none_cited":"none""#), "none_cited: found a reason beside principles; expected only one of the two",
            nil
        ),
        (
            with("obey-the-law", as: "obey-the-lw"),
            "principles[0].ref: acme/rules@1 has no section \"obey-the-lw\"; nearest: obey-the-law", accepts
        ),
        (
            with("acme/rules#", as: "acme/rule#"),
            "principles[0].ref: no document \"acme/rule\" is registered; nearest: acme/rules", accepts
        ),
        (
            with("acme/rules#", as: "acme/rules@2#"),
            "principles[0].ref: acme/rules has no version \"2\"; registered: 1", accepts
        ),
        (
            with("acme/rules#", as: ""),
            "principles[0].ref: \"obey-the-law\" names no section; write document@version#section or document#section",
            accepts
        ),
        (
            with(#""\u001b[2J\u202e\u009b31m\u0007":1"#),
            "⟨U+001B⟩[2J⟨U+202E⟩⟨U+009B⟩31m⟨U+0007⟩: unknown field; put what is your own under context", nil
        ),
        (
            with("refuse", as: #"\u001b]0;x\u0007\n\u2066"#),
            "outcome: found \"\\u001b]0;x\\u0007\\n\\u2066\"; expected one of comply, safe_complete, refuse, clarify, "
                + "modify, act, defer, escalate, abstain, error", nil
        ),
        (
            Array(#"{"entry":"{}"}"#.utf8), "the entry does not begin with its time", nil
        ),
    ]

    @Test func `each bad line is named with its number, and the good ones around them are recorded in order`() throws {
        let ledger = try TestLedger()
        var input: [UInt8] = []
        var expected: [String] = []
        for (index, row) in Self.table.enumerated() {
            input += decision("good-\(index)").utf8 + [0x0A] + row.line + [0x0A]
            expected.append("because: error: line \(2 * index + 2): \(row.message)")
            if let hint = row.hint { expected.append("because: hint: \(hint)") }
        }
        expected.append("because: \(Self.table.count) lines were refused")
        let answer = try ledger.run("record", bytes: input)
        for (said, expected) in zip(answer.errorLines, expected) { #expect(said == expected) }
        #expect(answer.errorLines.count == expected.count)
        #expect(answer.status == 1)
        #expect(try answer.values.map { $0["id"]?.text } == Self.table.indices.map { "good-\($0)" })

        // `--check` says the same of the same lines, and no receipt.
        let fresh = try TestLedger()
        let checked = try fresh.run("record", "--check", bytes: input)
        let summary = "because: standard input: \(Self.table.count) would be recorded, \(Self.table.count) refused"
        #expect(checked.errorLines == expected.dropLast() + [summary, expected[expected.count - 1]])
        #expect(checked.status == 1 && checked.bytes.isEmpty)
    }
}
