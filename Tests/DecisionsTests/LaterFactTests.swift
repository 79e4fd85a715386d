import Cryptography
import Decisions
import JSON
import Testing

/// A record of each type and phase, with every member that it can have.
enum FactSamples {
    static let digest = "sha256:" + String(repeating: "0a", count: 32)

    /// A text by what it records.
    static let all: [String] = [
        #"{"type":"attempt","decision":"d","kind":"act","summary":"s","producer":{"id":"p","version":"1","epoch":"e","seq":4}}"#,
        #"{"type":"action","decision":"d","phase":"attempted","summary":"s","tool":"mail","arguments":{"to":["a",1.50]}}"#,
        #"{"type":"action","decision":"d","phase":"dispatched","action":"a-1","tool":"mail","effect":"send","reversibility":"one_way","reversible_until":"2026-11-20T09:14:07Z","arguments_digest":"\#(digest)","recipient":"r","cost":"c","producer":{"id":"p"}}"#,
        #"{"type":"action","decision":"d","phase":"observed","status":"confirmed","agrees":true,"evidence":"e","evidence_digest":"\#(digest)"}"#,
        #"{"type":"action","decision":"d","phase":"reversed","reason":"r"}"#,
        #"{"type":"oversight","decision":"d","phase":"requested","shown":"\#(digest)","deadline":"2026-11-20T09:14:07Z","default":"deny","role":"supervisor"}"#,
        #"{"type":"oversight","decision":"d","phase":"given","act":"override","reason":"r","request":"o-1","seconds_open":12,"person":"P","role":"supervisor"}"#,
        #"{"type":"outcome","decision":"d","result":"bad","source":"affected","summary":"s","measure":"days","value":"14","evidence_digest":"\#(digest)"}"#,
        #"{"type":"appeal","decision":"d","phase":"opened","by":"subject","grounds":"g","channel":"mail","deadline":"2026-11-20T09:14:07Z","person":"P"}"#,
        #"{"type":"appeal","decision":"d","phase":"decided","appeal":"x-1","result":"reversed","decided_by":"human","reason":"r","person":"P"}"#,
        #"{"type":"correction","decision":"d","field":"inputs.0.text","was":"w","is":"i","reason":"r","by":"human"}"#,
        #"{"type":"explanation","decision":"d","audience":"subject","template":"t","template_digest":"\#(digest)","channel":"mail","language":"en","within_deadline":true,"text":"t","digest":"\#(digest)"}"#,
        #"{"type":"incident","phase":"opened","severity":"high","summary":"s","deadline":"2026-11-20T09:14:07Z","decision":"d"}"#,
        #"{"type":"incident","phase":"reported","incident":"i-1","authority":"a","summary":"s"}"#,
        #"{"type":"incident","phase":"closed","incident":"i-1","summary":"s"}"#,
        #"{"type":"producer","event":"open","producer":{"id":"p","epoch":"e","version":"1"},"previous_epoch":"e0","previous_count":7}"#,
        #"{"type":"producer","event":"heartbeat","producer":{"id":"p","epoch":"e"},"count":4}"#,
        #"{"type":"producer","event":"close","producer":{"id":"p","epoch":"e"},"count":0}"#,
        #"{"type":"producer","event":"gap","producer":{"id":"p","epoch":"e"},"first":3,"last":3,"reason":"r"}"#,
        #"{"type":"producer","event":"loss","producer":{"id":"p","epoch":"e"},"lost":{"sampled":1,"rejected":2,"overflowed":3,"dropped_attributes":4}}"#,
    ]

    static func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }
}

struct LaterFactTests {
    @Test func `the samples have every type, and every field of its own`() throws {
        for type in RecordType.all.dropFirst() {
            let samples = try FactSamples.all.map(FactSamples.json).filter { $0["type"]?.text == type.name }
            let names = Set(samples.flatMap { $0.object?.members.map(\.name) ?? [] })
            let shared: Set = ["id", "occurred", "session", "trace", "span", "links", "notes", "context", "producer"]
            #expect(Set(type.fields.map(\.name)).subtracting(shared).subtracting(names).isEmpty, "\(type.name)")
        }
    }

    @Test(arguments: FactSamples.all)
    func `a record is sealed, and opened again it is what was submitted`(text: String) throws {
        var object = try #require(FactSamples.json(text).object)
        object["id"] = "f-1"
        object["occurred"] = "2026-11-20T09:14:07Z"
        object["session"] = "s"
        object["links"] = [["rel": "caused_by", "id": "z"]]
        object["notes"] = "n"
        object["context"] = ["any": .array([.decimal("1.50")])]
        let submission = try Submission(checking: .object(object))
        #expect(submission.id == "f-1" && submission.type.name == object["type"]?.text)
        let sealed = try submission.sealed(randomness: CountingRandomness().source) { _ in .unresolved(reason: "none") }
        let json = try JSON(parsing: sealed.bytes)
        let body = try #require(json.object)
        #expect(json.bytes() == sealed.bytes)
        #expect(SealedFields.digests(in: json) == sealed.disclosures.map(\.digest))
        let revealed = RevealedRecord(body: body, disclosures: sealed.disclosures, as: submission.type)
        #expect(revealed.content == submission.content && revealed.missing.isEmpty)
        #expect(RevealedRecord(body: body, disclosures: [], as: submission.type).matches(submission.content))
        for field in submission.type.fields where field.isSealed { #expect(body[field.name] == nil, "\(field.name)") }
    }

    @Test(arguments: FactSamples.all)
    func `what is left out or put in wrongly is named`(text: String) throws {
        let object = try #require(FactSamples.json(text).object)
        let type = try #require(object["type"]?.text.flatMap(RecordType.named))
        for field in type.fields where field.isRequired && field.name != "type" {
            var less = object
            less[field.name] = nil
            #expect(problems(less).contains { $0.contains("\(field.name): missing") }, "\(field.name)")
        }
        for member in object.members where member.name != "type" {
            var wrong = object
            wrong[member.name] = .array([.null])
            #expect(problems(wrong).contains { $0.hasPrefix("\(member.name): found a list") }, "\(member.name)")
        }
        var more = object
        more["outcom"] = "x"
        #expect(problems(more).contains { $0.contains("unknown field") })
    }

    @Test(arguments: [
        (#"{"type":"action","decision":"d","phase":"observed"}"#, "status: missing"),
        (
            #"{"type":"action","decision":"d","phase":"attempted","status":"failed"}"#,
            "status: found it beside phase attempted"
        ),
        (#"{"type":"action","decision":"d","phase":"reversed"}"#, "reason: missing"),
        (#"{"type":"oversight","decision":"d","phase":"requested"}"#, "shown: missing"),
        (#"{"type":"oversight","decision":"d","phase":"given","act":"deny"}"#, "reason: missing"),
        (
            #"{"type":"appeal","decision":"d","phase":"decided","result":"upheld","decided_by":"human","reason":"r"}"#,
            "appeal: missing"
        ),
        (
            #"{"type":"appeal","decision":"d","phase":"opened","by":"subject","grounds":"g","result":"upheld"}"#,
            "result: found it beside phase opened"
        ),
        (
            #"{"type":"explanation","decision":"d","audience":"subject"}"#,
            "text: missing; expected at least one of text and digest"
        ),
        (#"{"type":"incident","phase":"opened","summary":"s"}"#, "severity: missing"),
        (#"{"type":"incident","phase":"closed","summary":"s"}"#, "incident: missing"),
        (#"{"type":"attempt","decision":"d","producer":{"id":"p","seq":1}}"#, "producer.epoch: missing"),
        (#"{"type":"producer","event":"close","producer":{"id":"p","epoch":"e"}}"#, "count: missing"),
        (
            #"{"type":"producer","event":"gap","producer":{"id":"p","epoch":"e"},"first":4,"last":3,"reason":"r"}"#,
            "last: found 3; expected at least first, which is 4"
        ),
        (#"{"type":"verdict"}"#, "type: found \"verdict\"; expected one of decision, attempt, action"),
        (#"{"type":7}"#, "type: found 7; expected one of decision, attempt"),
        (#"{"type":"erasure"}"#, "type: found \"erasure\"; expected one of decision"),
    ])
    func `rules beside the tables hold`(text: String, problem: String) throws {
        let object = try #require(FactSamples.json(text).object)
        let found = problems(object)
        #expect(found.contains { $0.hasPrefix(problem) }, "\(found)")
    }

    @Test func `facts made in Swift are those of the submission format`() throws {
        var action = Action(of: "d", .observed, status: .confirmed, tool: "mail", summary: "sent")
        action.circumstances = Circumstances(id: "a", occurred: "2026-11-20T09:14:07Z", producerID: "p")
        action.arguments = ["to": "x"]
        try check(action, ["phase": "observed", "status": "confirmed", "producer": ["id": "p"], "id": "a"])
        try check(Oversight.requested("d", shown: FactSamples.digest), ["shown": .string(FactSamples.digest)])
        try check(Oversight.given("d", .stop, reason: "r", request: "o"), ["act": "stop", "request": "o"])
        try check(Outcome(of: "d", .bad, source: .affected, summary: "s"), ["result": "bad", "source": "affected"])
        try check(Correction(of: "d", field: "rationale.text", right: "r", reason: "x"), ["is": "r"])
        try check(Appeal.opened(against: "d", by: .subject, grounds: "g"), ["phase": "opened"])
        try check(Appeal.decided("x", against: "d", .reversed, by: .human, reason: "r"), ["result": "reversed"])
        try check(IssuedExplanation(of: "d", to: .subject, text: "t"), ["audience": "subject"])
        try check(Incident(.opened, summary: "s", severity: .low), ["severity": "low"])
        try check(
            Attempt(of: "d", by: .init("p", epoch: "e", seq: 3)), ["producer": ["id": "p", "epoch": "e", "seq": 3]])
        try check(
            ProducerEvent.open("p", epoch: "e", after: "e0", count: 7),
            ["previous_epoch": "e0", "previous_count": 7])
        try check(ProducerEvent.heartbeat("p", epoch: "e", count: 2), ["count": 2])
        try check(ProducerEvent.close("p", epoch: "e", count: 2), ["event": "close"])
        try check(ProducerEvent.gap("p", epoch: "e", 2...3, reason: "r"), ["first": 2, "last": 3])
        try check(ProducerEvent.loss("p", epoch: "e", .init(sampled: 9)), ["lost": ["sampled": 9]])
    }

    private func check(
        _ fact: some LaterFact, _ members: JSONObject, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let submission = try Submission(fact)
        #expect(fact.json["type"]?.text == submission.type.name, sourceLocation: sourceLocation)
        for member in members.members {
            #expect(fact.json[member.name] == member.value, "\(member.name)", sourceLocation: sourceLocation)
        }
    }

    private func problems(_ object: JSONObject) -> [String] {
        do { _ = try Submission(checking: .object(object)) } catch { return error.problems.map(\.description) }
        return []
    }
}
