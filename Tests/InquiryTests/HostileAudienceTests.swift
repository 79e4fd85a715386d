import Because
import LedgerSamples
import Testing

/// Hostile text in every field that takes text, in the forms that are made for people.
struct HostileAudienceTests {
    private func asked(_ text: String) async throws -> (one: Explanation, other: Explanation) {
        let asking = try await Asking()
        func record(_ json: JSON) async throws {
            _ = try await asking.ledger.record([Sample.submission(json)])[0].get()
        }
        let text = JSON.string(text)
        for id in ["d-1", "d-2"] as [JSON] {
            try await record([
                "id": id, "outcome": "act", "summary": text, "none_cited": text, "subject": text, "notes": text,
                "rationale": ["text": text, "source": "human", "timing": "with"], "context": ["a": text],
                "alternatives": [["label": text, "status": "rejected", "reason": text]],
                "conflicts": [["between": ["message:user", "message:tool"], "rule": "other", "note": text]],
                "inputs": [
                    ["name": text, "text": text, "role": "user", "of_subject": true], ["name": text, "text": text],
                ],
                "output": ["text": text],
            ])
        }
        let facts: [JSON] = [
            [
                "type": "action", "phase": "reversed", "summary": text, "arguments": ["a": text], "recipient": text,
                "cost": text, "evidence": text, "reason": text,
            ],
            ["type": "oversight", "phase": "given", "act": "confirm", "person": text, "reason": text],
            ["type": "outcome", "result": "bad", "source": "human", "value": text, "summary": text],
            ["type": "appeal", "phase": "opened", "by": "subject", "grounds": text, "person": text],
            ["type": "correction", "field": "summary", "was": text, "is": text, "reason": text],
            ["type": "explanation", "audience": "subject", "text": text],
            ["type": "incident", "phase": "opened", "severity": "low", "summary": text],
        ]
        for fact in facts {
            var fact = fact.object ?? [:]
            fact["decision"] = "d-1"
            fact["notes"] = text
            try await record(.object(fact))
        }
        return (try asking.ledger.index.explain("d-1"), try asking.ledger.index.explain("d-2"))
    }

    @Test(arguments: HostileTexts.all)
    func `no audience and no question lets a record act`(text: String) async throws {
        let (one, other) = try await asked(text)
        for audience in Audience.allCases {
            let seen = one.seen(by: audience)
            let answers = [
                seen.answer(), seen.answer(whyNot: text), seen.answer(whyNot: "x"),
                seen.answer(against: other.seen(by: audience)),
            ]
            for answer in answers {
                Self.check(answer.terminalText(width: 80, usesColour: false))
                Self.check(answer.markdown)
                Self.check(answer.json.string(.visible))
            }
            Self.check(seen.json.string(.visible))
            Self.check(seen.prov.string(.visible))
            #expect(try JSON(parsing: seen.prov.bytes(.visible)) == seen.prov)
            #expect(seen.prov["entity"]?["log:output/d-1"]?["prov:value"]?.text?.utf8.elementsEqual(text.utf8) == true)
        }
    }

    private static func check(_ shown: String) {
        for scalar in shown.unicodeScalars where scalar != "\n" {
            #expect(scalar.value >= 0x20 && !JSON.isHidden(scalar), "U+\(String(scalar.value, radix: 16))")
        }
    }
}
