import Because
import Foundation
import Testing

/// A validator of JSON Schema that knows nothing of this program: the jsonschema package of Python.
private enum SchemaValidator {
    static let isThere = run("/usr/bin/env", "python3", "-c", "import jsonschema") == 0

    private static let schema = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "schema/decision.schema.json").path

    private static let script = """
        import json, sys, jsonschema
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for line in sys.stdin:
            print(1 if validator.is_valid(json.loads(line)) else 0)
        """

    /// Which lines the validator takes.
    static func validated(_ lines: [String]) throws -> [Bool] {
        let child = try Child("/usr/bin/env", ["python3", "-W", "ignore", "-c", script, schema])
        let writing = child.feed(lines.map { $0 + "\n" }.joined().utf8, thenCloses: true)
        let output = String(decoding: child.readToEnd(), as: UTF8.self)
        writing.wait()
        #expect(child.wait() == 0, "\(child.errorText)")
        return output.split(separator: "\n").map { $0 == "1" }
    }
}

/// The published JSON Schema, beside `record --check`.
@Suite(.enabled(if: SchemaValidator.isThere, "needs python3 with the jsonschema package"))
struct SchemaDifferentialTests {
    /// Which lines `record --check` takes.
    private func checked(_ lines: [String], _ ledger: TestLedger) throws -> [Bool] {
        let answer = try ledger.run("record", "--check", input: lines.joined(separator: "\n"))
        let refused = answer.errorLines.compactMap { line -> Int? in
            guard line.hasPrefix("because: error: line ") else { return nil }
            return Int(line.dropFirst(21).prefix { $0.isNumber })
        }
        return lines.indices.map { !refused.contains($0 + 1) }
    }

    private static let required =
        #""outcome":"refuse","principles":[{"ref":"acme/rules#obey-the-law","role":"applied"}],"rationale":{"text":"x","source":"model","timing":"with"}"#

    /// Members beside the required ones.
    private static let good = [
        #""id":"a.b:c_d-1""#, #""type":"decision""#, #""occurred":"2026-02-28T23:59:60.123456789+05:30""#,
        #""occurred":"2026-11-20T09:14:07Z""#, #""kind":"respond""#, #""summary":"é\u0000\ud83d\ude00""#,
        #""alternatives":[]"#,
        #""alternatives":[{"label":"x","status":"not_evaluated","by":["acme/rules#obey-the-law"],"reason":"y"}]"#,
        #""alternatives_complete":true"#,
        #""conflicts":[{"between":["message:user","acme/rules#obey-the-law"],"rule":"other","winner":"message:user"}]"#,
        #""confidence":{"value":0,"kind":"rule"}"#, #""confidence":{"value":1,"kind":"rule"}"#,
        #""confidence":{"value":0.870,"kind":"calibrated"}"#, #""confidence":{"value":1.0,"kind":"logprob"}"#,
        #""inputs":[{"name":"x"},{"text":"x","role":"retrieved","trusted":false,"as_of":"2026-11-20T09:14:07Z"}]"#,
        #""inputs":[{"digest":"sha256:\#(String(repeating: "0a", count: 32))","bytes":0,"media":"image/png"}]"#,
        #""output":{}"#,
        #""output":{"text":"x","bytes":9007199254740991}"#, #""model":{"provider":"a","requested":"b","served":"c"}"#,
        #""prompt":{"name":"a","version":"1","digest":"sha256:\#(String(repeating: "f", count: 64))"}"#,
        #""tools":["a/b@1"]"#,
        #""producer":{"id":"a","version":"1","epoch":"e","seq":1}"#, #""session":"a+b#c~d""#, #""subject":"a b""#,
        #""role_of_ai":"advisory""#, #""effective":false"#, #""links":[{"rel":"caused_by","id":"because:ledger"}]"#,
        #""unresolved":"accept""#, #""notes":"x""#, #""context":{"a":[1,{"b":null}],"c":1e5}"#,
    ]

    private static let bad = [
        #""id":"a b""#, #""id":"""#, #""id":"because:x""#, #""id":1"#,
        #""id":"\#(String(repeating: "a", count: 129))""#,
        #""type":"attempt""#, #""occurred":"2026-11-20""#, #""occurred":"2026-13-20T09:14:07Z""#,
        #""occurred":"2026-11-20T09:14:07""#, #""occurred":"2026-11-20T09:14:07.1234567890Z""#,
        #""occurred":"2026-11-20T24:00:00Z""#, #""occurred":"2026-11-20t09:14:07z""#, #""kind":"think""#,
        #""summary":"""#,
        #""summary":null"#, #""summary":["x"]"#, #""none_cited":"x""#, #""rationale_absent":"x""#,
        #""alternatives":{}"#,
        #""alternatives":[{"label":"x"}]"#, #""alternatives":[{"label":"x","status":"rejected","by":"a#b"}]"#,
        #""conflicts":[{"between":["message:user"],"rule":"other"}]"#,
        #""conflicts":[{"between":["message:user","message:tool"],"rule":"coin"}]"#,
        #""confidence":{"value":1.5,"kind":"rule"}"#, #""confidence":{"value":-0.1,"kind":"rule"}"#,
        #""confidence":{"value":"0.5","kind":"rule"}"#, #""confidence":{"value":0.5}"#, #""inputs":[{}]"#,
        #""inputs":[{"role":"user"}]"#, #""inputs":[{"name":"x","bytes":-1}]"#, #""inputs":[{"name":"x","trusted":1}]"#,
        #""output":{"digest":"sha256:0a"}"#, #""output":{"digest":"sha256:\#(String(repeating: "A", count: 64))"}"#,
        #""output":[]"#, #""model":"x""#, #""model":{"name":"x"}"#, #""tools":["a b"]"#, #""tools":[""]"#,
        #""producer":{}"#,
        #""producer":{"id":"a","seq":0}"#, #""producer":{"id":"a","seq":1.5}"#,
        #""producer":{"id":"a","seq":9007199254740992}"#,
        #""session":"é""#, #""subject":"""#, #""role_of_ai":"all""#, #""effective":"no""#,
        #""links":[{"rel":"likes","id":"a"}]"#, #""links":[{"rel":"parent"}]"#, #""unresolved":"refuse""#,
        #""context":[]"#,
        #""sumary":"x""#, #""":"x""#,
    ]

    /// Whole lines that are no decisions for both.
    private static let badLines = [
        "[]", "null", "1", "\"x\"", "{}", "{\"outcome\":\"refuse\"}",
        #"{"outcome":"reject","none_cited":"x","rationale_absent":"x"}"#, #"{"none_cited":"x","rationale_absent":"x"}"#,
        #"{"outcome":"refuse","principles":[],"rationale_absent":"x"}"#,
        #"{"outcome":"refuse","principles":"x","rationale_absent":"x"}"#,
        #"{"outcome":"refuse","principles":[{"role":"applied"}],"rationale_absent":"x"}"#,
        #"{"outcome":"refuse","none_cited":"x","rationale":{"text":"x","source":"god","timing":"with"}}"#,
        #"{"outcome":"refuse","none_cited":"x","rationale":{"text":"x","source":"model"}}"#,
        #"{"outcome":"refuse","none_cited":"x","rationale":"x"}"#,
    ]

    private static let goodLines = [
        "{\(required)}", #"{"outcome":"error","none_cited":"x","rationale_absent":"x"}"#,
        #"{"outcome":"defer","principles":[],"none_cited":"x","rationale_absent":"x"}"#,
    ]

    /// What a schema cannot say: these it takes, and the ledger does not.
    private static let beyondSchema = [
        #""outcome":"comply""#, #""occurred":"2026-02-30T09:14:07Z""#, #""confidence":{"value":1e-1,"kind":"rule"}"#,
        #""confidence":{"value":0.123456789012345678901,"kind":"rule"}"#, #""producer":{"id":"a","seq":1.0}"#,
        #""subject":"\#(String(repeating: "é", count: 600))""#,
        #""alternatives":[{"label":"x","status":"rejected","by":["nowhere"]}]"#,
    ]

    private static func line(_ member: String) -> String { "{\(required),\(member)}" }

    @Test func `what the schema takes and refuses, the ledger takes and refuses`() throws {
        let good = Self.good.map(Self.line) + Self.goodLines
        let bad = Self.bad.map(Self.line) + Self.badLines
        let lines = good + bad
        let schema = try SchemaValidator.validated(lines)
        let ledger = try checked(lines, TestLedger())
        try #require(schema.count == lines.count)
        for (index, line) in lines.enumerated() {
            #expect(schema[index] == (index < good.count), "the schema: \(line)")
            #expect(ledger[index] == (index < good.count), "the ledger: \(line)")
        }
    }

    @Test func `what a schema cannot say is said by the ledger alone`() throws {
        let lines = Self.beyondSchema.map(Self.line)
        let schema = try SchemaValidator.validated(lines)
        let ledger = try checked(lines, TestLedger())
        for (index, line) in lines.enumerated() { #expect(schema[index] && !ledger[index], "\(line)") }
    }

    @Test(.enabled(if: ModelSpec.isThere, ModelSpec.absence))
    func `every decision drawn from the Model Spec fits the schema`() throws {
        let lines = try String(contentsOfFile: ModelSpec.decisions, encoding: .utf8).split(separator: "\n").map(
            String.init)
        #expect(try SchemaValidator.validated(lines) == lines.map { _ in true })
    }
}
