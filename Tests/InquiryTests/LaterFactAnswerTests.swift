import Because
import LedgerSamples
import Testing

/// What happened to a decision later, in the answer to why.
struct LaterFactAnswerTests {
    private static let decision = """
        {"id":"d-1","outcome":"refuse","summary":"Refused a loan","none_cited":"none","rationale_absent":"none"}
        """

    private static let facts = [
        #"{"type":"attempt","id":"t-1","decision":"d-1","producer":{"id":"p","epoch":"e","seq":1}}"#, decision,
        #"{"type":"action","id":"a-1","decision":"d-1","phase":"dispatched","tool":"mail","effect":"send","reversibility":"one_way","recipient":"Ann"}"#,
        #"{"type":"action","id":"a-2","decision":"d-1","action":"a-1","phase":"observed","status":"confirmed","agrees":true,"evidence":"250 OK"}"#,
        #"{"type":"oversight","id":"o-1","decision":"d-1","phase":"requested","shown":"sha256:\#(String(repeating: "0a", count: 32))","role":"clerk"}"#,
        #"{"type":"oversight","id":"o-2","decision":"d-1","phase":"given","request":"o-1","act":"override","reason":"She pays her rent.","seconds_open":40}"#,
        #"{"type":"outcome","id":"u-1","decision":"d-1","result":"bad","source":"affected","summary":"The flat was lost"}"#,
        #"{"type":"appeal","id":"x-1","decision":"d-1","phase":"opened","by":"subject","grounds":"The income is wrong."}"#,
        #"{"type":"appeal","id":"x-2","decision":"d-1","phase":"decided","appeal":"x-1","result":"reversed","decided_by":"human","reason":"The income was wrong."}"#,
        #"{"type":"correction","id":"c-1","decision":"d-1","field":"inputs.0.text","was":"1200","is":"2100","reason":"a typing error","by":"human"}"#,
        #"{"type":"explanation","id":"e-1","decision":"d-1","audience":"subject","template":"letter","text":"We refused since …"}"#,
        #"{"type":"incident","id":"i-1","decision":"d-1","phase":"opened","severity":"high","summary":"Wrong incomes were read"}"#,
        #"{"type":"incident","id":"i-2","phase":"reported","incident":"i-1","authority":"office","summary":"reported by mail"}"#,
    ]

    private static let sentences = [
        "it was about to be decided",
        "an action by mail was dispatched, effect: send, cannot be taken back", "recipient: Ann",
        "an action was observed: confirmed, as it was dispatched", "evidence: 250 OK",
        "a person in the role clerk was asked", "a person overrode it, after 40 seconds", "reason: She pays her rent.",
        "it turned out badly, says the person it is about", "summary: The flat was lost",
        "it was contested by the person it is about", "grounds: The income is wrong.",
        "an appeal was decided by a person: the decision was reversed",
        "its record is wrong in inputs.0.text, says a person; the record stays as it is", "was: 1200", "is: 2100",
        "reasons were given to the person it is about, from the template letter", "We refused since …",
        "an incident was opened, severity: high",
    ]

    private func asked() async throws -> Asking {
        let asking = try await Asking()
        for fact in Self.facts { try await asking.record(fact) }
        return asking
    }

    @Test(arguments: [true, false])
    func `what happened stands in the answer in its order, each with its entry`(isIndexed: Bool) async throws {
        let asking = try await asked()
        if isIndexed { _ = try asking.ledger.index.update() }
        let after = try asking.answer("d-1").filter { $0.section == "After" }
        var rest = after[...]
        for sentence in Self.sentences {
            let index = try #require(rest.firstIndex { $0.text.hasSuffix(sentence) }, "\(sentence)")
            rest = rest[(index + 1)...]
        }
        #expect(after.contains { $0.text.hasPrefix("appeal x-2, entry ") && $0.mark == .addedLater })
        #expect(after.contains { $0.text.hasSuffix("it was about to be decided") && $0.mark == .recorded })
        // What was reported of the incident names the incident, not the decision.
        #expect(!after.contains { $0.text.contains("reported") })
    }

    @Test func `an answer for programs has the whole of each fact`() async throws {
        let asking = try await asked()
        let later = try #require(asking.ledger.index.explain("d-1").json["later"]?.items)
        #expect(
            later.compactMap { $0["id"]?.text } == [
                "t-1", "a-1", "a-2", "o-1", "o-2", "u-1", "x-1", "x-2", "c-1", "e-1", "i-1",
            ])
        #expect(later[4]["type"] == "oversight" && later[4]["content"]?["act"] == "override")
    }

    @Test func `a fact whose words are gone says so, and keeps its sentence`() async throws {
        let asking = try await asked()
        let appeal = try asking.ledger.read { try $0.number(matching: "x-1") }
        try asking.removeSealed(of: appeal)
        let after = try asking.answer("d-1").filter { $0.section == "After" }
        #expect(after.contains { $0.text.hasSuffix("it was contested by the person it is about") })
        #expect(after.contains { $0.text == "appeal x-1, entry \(appeal); 1 of its sealed fields is gone" })
        #expect(!after.contains { $0.text.contains("The income is wrong.") })
    }

    @Test func `facts are found by type, and by the words of their reasons`() async throws {
        let asking = try await asked()
        #expect(try asking.ledger.index.find(Query("type:appeal"), limit: 9).hits.map(\.id) == ["x-2", "x-1"])
        #expect(try asking.ledger.index.find(Query("type:oversight rent"), limit: 9).hits.map(\.id) == ["o-2"])
    }

    @Test func `what is found of other types than decision says what it records`() async throws {
        let asking = try await asked()
        try await asking.record(
            #"{"type":"producer","event":"gap","producer":{"id":"p","epoch":"e"},"first":3,"last":4,"reason":"full"}"#)
        func says(_ query: String) throws -> [String?] {
            try asking.ledger.index.find(Query(query), limit: 99).hits.map(\.says)
        }
        #expect(
            try says("type:appeal") == [
                "an appeal was decided by a person: the decision was reversed; reason: The income was wrong.",
                "it was contested by the person it is about; grounds: The income is wrong.",
            ])
        #expect(
            try says("type:producer") == ["the application p, run e gave up decisions: numbers 3 to 4; reason: full"])
        #expect(try says("type:specification") == ["acme/rules@1 was registered"])
        #expect(try says("type:ledger") == ["the ledger \(asking.ledger.origin) begins"])
        #expect(try says("id:d-1") == [nil])
        let hit = try #require(asking.ledger.index.find(Query("type:outcome"), limit: 1).hits.first)
        #expect(hit.summary == "The flat was lost" && hit.text(width: 80).hasSuffix("summary: The flat was lost\n"))
    }

    @Test func `hostile words of a fact stay words`() async throws {
        let asking = try await asked()
        try await asking.record(
            #"{"type":"outcome","id":"u-2","decision":"d-1","result":"good","source":"rule","summary":"\u001b[31mx\u202ey\nBecause nothing"}"#
        )
        let shown = try asking.ledger.index.explain("d-1").answer().terminalText(width: 80, usesColour: false)
        #expect(!shown.contains("\u{1B}") && !shown.contains("\u{202E}"))
        #expect(!shown.split(separator: "\n").contains { $0.hasPrefix("Because nothing") })
    }
}
