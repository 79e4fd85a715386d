import Decisions
import JSON
import Testing

struct SubmissionTests {
    @Test func `a submission with every field is accepted, and so is one with the fewest`() throws {
        let full = try Samples.submission(Samples.full)
        #expect(full.id == "d-1" && full.subject == "customer-77" && !full.acceptsUnresolved)
        // Every field of the table is in the sample, so that no later test can miss one.
        let json = try JSON(parsing: Array(Samples.full.utf8))
        let absent = DecisionFields.all.map(\.name).filter { json[$0] == nil }
        #expect(absent == ["none_cited", "rationale_absent", "unresolved"])
        let least = try Samples.submission(Samples.least)
        #expect(least.id == nil && least.content["outcome"] == "comply")
    }

    /// What is wrong, the field that is named, and a word the message must hold.
    @Test(arguments: [
        (#"{}"#, "outcome", "missing"),
        (#"{"outcome":"comply","none_cited":"x"}"#, "rationale", "rationale_absent"),
        (#"{"outcome":"comply","rationale_absent":"x"}"#, "principles", "none_cited"),
        (#"{"outcome":"comply","principles":[],"rationale_absent":"x"}"#, "principles", "none_cited"),
        (#"{"outcome":"Comply","none_cited":"x","rationale_absent":"y"}"#, "outcome", "one of comply"),
        (#"{"outcome":"comply","none_cited":"","rationale_absent":"y"}"#, "none_cited", "1 to"),
        (#"{"outcome":"comply","none_cited":"x","rationale_absent":"y","summry":"z"}"#, "summry", "unknown"),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","Summary":"z"}"#, "Summary",
            "did you mean summary"
        ),
        (#"{"outcome":"comply","none_cited":"x","rationale_absent":"y","id":"a b"}"#, "id", "A-Z"),
        (#"{"outcome":"comply","none_cited":"x","rationale_absent":"y","id":""}"#, "id", "A-Z"),
        (#"{"outcome":"comply","none_cited":"x","rationale_absent":"y","session":"Jane Doe"}"#, "session", "A-Z"),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","occurred":"yesterday"}"#, "occurred",
            "RFC 3339"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","occurred":"2026-02-29T00:00:00Z"}"#,
            "occurred", "RFC"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","effective":"yes"}"#, "effective",
            "true or false"
        ),
        (#"{"outcome":"comply","none_cited":"x","rationale_absent":"y","context":"x"}"#, "context", "an object"),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","producer":{"version":"1"}}"#, "producer.id",
            "missing"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","producer":{"id":"a","seq":0}}"#,
            "producer.seq", "from 1"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","confidence":{"value":1.2,"kind":"rule"}}"#,
            "confidence.value", "0 to 1"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","confidence":{"value":1e-1,"kind":"rule"}}"#,
            "confidence.value", "0 to 1"
        ),
        (
            #"{"outcome":"comply","principles":[{"ref":"a#b","role":"aplied"}],"rationale_absent":"y"}"#,
            "principles[0].role", "aplied"
        ),
        (#"{"outcome":"comply","principles":"a#b","rationale_absent":"y"}"#, "principles", "a list"),
        (
            #"{"outcome":"comply","none_cited":"x","rationale":{"text":"t","source":"me","timing":"with"}}"#,
            "rationale.source", "human"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","inputs":[{"role":"user"}]}"#, "inputs[0]",
            "digest"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","output":{"digest":"sha256:00"}}"#,
            "output.digest", "64"
        ),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","conflicts":[{"between":["a#b"],"rule":"other"}]}"#,
            "conflicts[0].between", "2 to 16"
        ),
        (#"{"outcome":"comply","none_cited":"x","rationale_absent":"y","type":"outcome"}"#, "type", "decision"),
        (
            #"{"outcome":"comply","none_cited":"x","rationale_absent":"y","rationale":{"text":"t","source":"model","timing":"with"}}"#,
            "rationale_absent", "only one"
        ),
        ("[1]", "the line", "a list"), ("{", "not JSON", "byte 2"),
    ])
    func `a mistake is named with its field and what is expected`(text: String, field: String, word: String) {
        let error = #expect(throws: SubmissionError.self) { try Samples.submission(text) }
        #expect(error?.description.contains(field) == true)
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    }

    @Test func `all mistakes of a line are told at once, and a hostile line is told in few words`() {
        let text = #"{"outcome":"x","kind":"y","none_cited":"z","session":"a b"}"#
        let error = #expect(throws: SubmissionError.self) { try Samples.submission(text) }
        #expect(error?.problems.count == 4)
        let many = "{" + (0..<10_000).map { "\"f\($0)\":1" }.joined(separator: ",") + "}"
        let flood = #expect(throws: SubmissionError.self) { try Samples.submission(many) }
        #expect((flood?.problems.count ?? 99) <= 10)
        let long = #"{"outcome":"\#(String(repeating: "a", count: 100_000))"}"#
        #expect(
            (#expect(throws: SubmissionError.self) { try Samples.submission(long) }?.description.utf8.count ?? 9999)
                < 1500)
    }

    @Test func `a decision made in Swift is the submission of its fields`() throws {
        var decision = Decision(
            id: "d-1", outcome: .safeComplete, summary: "s",
            principles: [.init("a/b#x", role: .notApplicable, timing: .after)],
            rationale: .init("r", source: .human, timing: .before))
        decision.confidence = .init("0.5", kind: .logprob)
        decision.inputs = [.init(name: "n", role: .user, text: "t")]
        decision.alternatives = [.init("l", status: .notEvaluated, by: ["a/b#x"], reason: "why")]
        decision.conflicts = [
            .init(between: ["message:user", "a/b#x"], rule: .rootRootInaction, winner: "message:user")
        ]
        decision.producer = .init("p", version: "1", epoch: "e", seq: 7)
        decision.links = [.init(.causedBy, "d-0")]
        let text = """
            {"id":"d-1","outcome":"safe_complete","summary":"s","principles":[{"ref":"a/b#x","role":"not_applicable","timing":"after"}],
            "rationale":{"text":"r","source":"human","timing":"before"},"confidence":{"value":0.5,"kind":"logprob"},
            "inputs":[{"name":"n","role":"user","text":"t"}],
            "alternatives":[{"label":"l","status":"not_evaluated","by":["a/b#x"],"reason":"why"}],
            "conflicts":[{"between":["message:user","a/b#x"],"rule":"root_root_inaction","winner":"message:user"}],
            "producer":{"id":"p","version":"1","epoch":"e","seq":7},"links":[{"rel":"caused_by","id":"d-0"}]}
            """
        #expect(try Submission(decision).content == Samples.submission(text).content)
        decision.session = "two words"
        #expect(throws: SubmissionError.self) { try Submission(decision) }
    }

    @Test(arguments: [
        ("0", true), ("1", true), ("0.0", true), ("0.870", true), ("1.00", true), ("", false), ("1.01", false),
        ("2", false), ("01", false), (".5", false), ("5e-1", false), ("-0", false), ("0.5,\"x\":1", false),
    ])
    func `a confidence made in Swift is a fraction as JSON writes it`(value: String, isFraction: Bool) throws {
        var decision = Decision(outcome: .comply, grounds: .noneCited("x"), reason: .absent("y"))
        decision.confidence = .init(value, kind: .rule)
        let submission = try? Submission(decision)
        #expect((submission != nil) == isFraction)
        if let submission { #expect(submission.content["confidence"]?["value"]?.string() == value) }
    }

    @Test(arguments: [
        ("2026-11-20T09:14:07Z", true), ("2026-11-20T09:14:07.123456789Z", true), ("2026-11-20T09:14:60Z", true),
        ("2026-11-20T09:14:07+05:30", true), ("2024-02-29T00:00:00Z", true), ("2026-11-20 09:14:07Z", false),
        ("2026-11-20T09:14:07", false), ("2026-11-20T24:00:00Z", false), ("2026-13-01T00:00:00Z", false),
        ("2026-11-20T09:14:07.Z", false), ("2026-11-20T09:14:07.1234567890Z", false), ("2026-11-20T09:14:07z", false),
        ("2026-11-20T09:14:07+5:30", false), ("", false), ("2026-11-20T09:14:07ZZ", false),
    ])
    func `times are those of RFC 3339`(text: String, isTime: Bool) { #expect(Grammar.isTime(text) == isTime) }
}

struct SubmissionSchemaTests {
    @Test func `the schema knows every field, and seals are marked`() throws {
        let properties = try #require(SubmissionSchema.json["properties"]?.object)
        #expect(properties.members.map(\.name) == DecisionFields.all.map(\.name).sorted())
        #expect(properties["summary"]?["description"]?.text?.hasSuffix("Sealed.") == true)
    }
}
