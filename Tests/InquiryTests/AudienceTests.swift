import Because
import Foundation
import LedgerSamples
import Testing

@testable import Inquiry
@testable import Letters

/// Nobody sees what is not listed for them, in any form of an answer.
struct AudienceTests {
    /// What a subject sees, written down apart from the program's table: `RECORD: FIELD`.
    private static let seenBySubject: Set<String> = {
        let decision = [
            "occurred", "summary", "rationale.text", "alternatives[0].label", "alternatives[0].reason",
            "confidence.value", "output.text", "output.digest", "output.media", "output.bytes", "model.provider",
            "model.requested", "model.served",
        ]
        var places = decision + ["alternatives[1].label", "alternatives[1].reason"]
        for input in ["inputs[0]", "inputs[11]"] {
            places += ["name", "text", "digest", "media", "bytes", "as_of"].map { "\(input).\($0)" }
        }
        places += (decision + ["none_cited"]).map { "same: \($0)" }
        let facts = [
            "attempt": ["summary"], "action first": ["reversible_until", "summary", "reason"],
            "action": ["reversible_until", "summary", "reason"],
            "oversight requested": ["deadline", "role", "reason"], "oversight given": ["role", "reason"],
            "outcome": ["summary"], "appeal opened": ["channel", "deadline", "grounds", "reason"],
            "appeal of others": ["channel", "deadline", "reason"], "appeal decided": ["channel", "reason"],
            "correction shown": ["was", "is", "reason"], "correction own input": ["was", "is", "reason"],
            "correction hidden": [], "correction of an object": [], "correction of nothing": [],
            "explanation own": ["template", "template_digest", "channel", "language", "text", "digest"],
            "incident opened": [], "incident reported": [],
        ]
        for (record, fields) in facts { places += (fields + ["occurred"]).map { "\(record): \($0)" } }
        return Set(places)
    }()

    /// What an operator does not see.
    private static func isHiddenFromOperator(_ place: String) -> Bool {
        place.hasSuffix(": person") || place.hasSuffix(": seconds_open")
    }

    private static func isSeen(_ place: String, by audience: Audience) -> Bool {
        switch audience {
        case .subject: seenBySubject.contains(place)
        case .operator: !isHiddenFromOperator(place)
        case .auditor: true
        }
    }

    /// Every form of every answer, without what a form puts between the letters of a value.
    private static func forms(_ ledger: CanaryLedger, for audience: Audience) throws -> [(name: String, text: String)] {
        let seen = try ledger.explanation().seen(by: audience)
        let others = try ["same", "other", "nobody"].map { try ledger.explanation($0).seen(by: audience) }
        var answers = [
            ("why", seen.answer(showsDifference: true)), ("why not", seen.answer(whyNot: "CANARY")),
            ("against itself", seen.answer(against: seen)),
        ]
        for other in others {
            answers.append(("against \(other.id)", seen.answer(against: other)))
        }
        var forms = answers.flatMap { name, answer in
            [
                ("\(name), text", answer.terminalText(width: 110, usesColour: false)),
                ("\(name), narrow", answer.terminalText(width: 48, usesColour: true)),
                ("\(name), Markdown", answer.markdown), ("\(name), JSON", answer.json.string()),
            ]
        }
        forms += [
            ("JSON", seen.json.string()), ("PROV", seen.prov.string()), ("description", "\(seen)"),
            ("\(audience) twice", seen.seen(by: .auditor).json.string()),
        ]
        // A letter is for a subject, whatever explanation it is made of.
        if audience == .subject {
            for template in try LetterTemplate.names.map(LetterTemplate.init(named:)) + [everyName] {
                for format in Letter.Format.allCases {
                    let letter = try Letter(ledger.explanation(), template: template, format: format)
                    forms.append(("letter \(template.name ?? "")", letter.text))
                }
            }
        }
        return forms.map { ($0.0, $0.1.filter { !$0.isWhitespace && $0 != "\\" && $0 != "|" }) }
    }

    /// A template that asks for all that can be asked for.
    private static var everyName: LetterTemplate {
        get throws(LetterError) {
            var text = ""
            for (name, kind) in LetterFields.names.sorted(by: { $0.key < $1.key }) {
                if case .list(let members) = kind {
                    text += "{{#\(name)}}" + members.keys.sorted().map { "{{\($0)}} " }.joined() + "{{/\(name)}}\n"
                } else {
                    text += "{{\(name)}} {{#\(name).lines}}{{.}}{{/\(name).lines}}\n"
                }
            }
            return try LetterTemplate(Array(text.utf8), name: "every name")
        }
    }

    @Test(arguments: Audience.allCases)
    func `no canary of a withheld field is in any form of an answer, and those of the others are`(
        audience: Audience
    ) async throws {
        let ledger = try await CanaryLedger()
        let all = ledger.canaries.all
        #expect(all.count > 300 && Set(all.map(\.needle)).count == all.count)
        for (name, text) in try Self.forms(ledger, for: audience) {
            // Answers for auditors compare with decisions about others.
            for canary in all where !Self.isSeen(canary.place, by: audience) {
                #expect(!text.contains(canary.needle), "\(canary.place) is in \(name) for \(audience)")
            }
            if audience == .operator {
                #expect(!text.contains("thepersonitself") && !text.contains("somebodyelse"), "\(name)")
            }
            guard name == "JSON" else { continue }
            for canary in all where Self.isSeen(canary.place, by: audience) && audience == .subject {
                #expect(text.contains(canary.needle), "\(canary.place) is not in \(name) for \(audience)")
            }
        }
        let json = try ledger.explanation().json.string()
        for canary in all { #expect(json.contains(canary.needle), "\(canary.place)") }
    }

    @Test func `each field of each record is listed for an audience, and nothing else is`() {
        for type in RecordType.all {
            let table = AudienceTable.tables[type.name] ?? [:]
            let paths = Self.leaves(type.fields, "")
            #expect(paths.filter { table[$0] == nil }.isEmpty, "of \(type.name), not listed")
            let unknown = table.keys.filter { !paths.contains($0) && !$0.hasPrefix("producer.") }
            #expect(unknown.isEmpty, "of \(type.name), no field")
        }
        #expect(Set(AudienceTable.tables.keys) == Set(RecordType.all.map(\.name)))
    }

    private static func leaves(_ fields: [Field], _ prefix: String) -> [String] {
        fields.flatMap { field in
            switch field.shape {
            case .object(let inner): leaves(inner, prefix + field.name + ".")
            case .list(.object(let inner), _): leaves(inner, prefix + field.name + "[].")
            default: [prefix + field.name]
            }
        }
    }

    /// A record of a later version, with members and a type that nobody here knows.
    @Test func `what no table knows is for auditors alone`() {
        let table = AudienceTable.tables["decision"] ?? [:]
        let record: JSONObject = [
            "outcome": "act", "later": "CANARY1", "rationale": ["text": "seen", "later": "CANARY2"],
            "inputs": [["role": "user", "of_subject": true, "text": "seen", "later": ["deep": "CANARY3"]]],
        ]
        for audience in Audience.allCases {
            var view = AudienceView(for: audience, .init(registered: []))
            let shown = JSON.object(view.shown(record, table)).string()
            #expect(shown.contains("CANARY") == (audience == .auditor))
            #expect(shown.contains(#""outcome":"act""#) && shown.contains(#""text":"seen""#))
            #expect(view.withheld.contains(AudienceView.unknownMember) == (audience < .auditor))
            var nothing = AudienceView(for: audience, .init(registered: []))
            #expect(nothing.shown(record, [:]).isEmpty == (audience < .auditor))
        }
    }

    @Test func `what is left out is said, by name and with its mark`() async throws {
        let ledger = try await CanaryLedger()
        let seen = try ledger.explanation().seen(by: .subject)
        let said = seen.answer().sections.flatMap { section in section.statements.map { (section.title, $0) } }
        let withheld = said.filter { $0.1.mark == .withheldFromSubject }
        let whole = try #require(withheld.first { $0.0 == "Withheld" }).1.text
        for name in ["conflicts (between, note, winner)", "context", "producer", "inputs (as of, bytes", "subject"] {
            #expect(whole.contains(name), "\(whole)")
        }
        #expect(withheld.contains { $0.1.text == "7 other records that refer to this decision" }, "\(withheld)")
        #expect(withheld.contains { $0.0 == "It read" && $0.1.text == "its content is not shown" })
        #expect(withheld.contains { $0.0 == "After" && $0.1.text.contains("arguments") })
        let json = seen.json
        #expect(json["audience"] == "subject" && json["withheld_records"] == 7)
        #expect(json["withheld"]?.items?.contains("inputs[].text") == true)
        #expect(json["completeness"] == ["verdict": "withheld"])
        // What is withheld is not said to be absent.
        let absent = json["not_recorded"]?.items?.compactMap(\.text) ?? []
        #expect(!absent.contains("producer"))
        #expect(!said.contains { $0.1.mark == .notRecorded && $0.1.text.contains("application") })
    }

    @Test func `an auditor's answer is that without an audience`() async throws {
        let ledger = try await CanaryLedger()
        let explanation = try ledger.explanation()
        #expect(explanation.seen(by: .auditor).json == explanation.json)
        #expect(explanation.json["audience"] == nil && explanation.json["withheld"] == nil)
        #expect(
            explanation.answer(for: .auditor).terminalText(width: 80, usesColour: false) == explanation.description)
    }

    @Test func `the names of erased fields are not guessed from what is withheld`() async throws {
        let ledger = try await CanaryLedger()
        let number = try ledger.explanation().number
        try ledger.asking.removeSealed(of: number)
        let answer = try ledger.explanation().answer(for: .subject)
        let read = try #require(answer.sections.first { $0.title == "It read" }).statements
        #expect(read.contains { $0.text == "its content is gone" && $0.mark == .missing })
        #expect(read.contains { $0.text == "its content is not shown" } == false)
    }
}

extension AudienceTests {
    @Test func `the table in AUDIENCES says what the program shows`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "schema/AUDIENCES.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- audiences: begin -->\n"))
        let end = try #require(text.range(of: "<!-- audiences: end -->", range: begin.upperBound..<text.endIndex))
        let want = Self.rows.joined(separator: "\n") + "\n"
        #expect(text[begin.upperBound..<end.lowerBound] == want, "between the two markers belongs:\n\(want)")
    }

    /// What a later fact has as every record has it is listed once, with the decision.
    private static var rows: [String] {
        var rows: [String] = []
        for type in RecordType.all {
            let common = [
                "id", "type", "occurred", "session", "trace", "span", "links[]", "notes", "context", "producer",
            ]
            for path in leaves(type.fields, "") {
                let isCommon = common.contains { path == $0 || path.hasPrefix($0 + ".") }
                if type.name == EntryType.decision || !isCommon { rows.append(row(type.name, path)) }
            }
        }
        return ["| Record | Field | Subject | Operator |", "|---|---|---|---|"] + rows
    }

    private static func row(_ type: String, _ path: String) -> String {
        let permission = AudienceTable.tables[type]?[path] ?? .auditor
        let subject = permission.audience == .subject ? permission.condition.map(words) ?? "yes" : ""
        return "| `\(type)` | `\(path)` | \(subject) | \(permission.audience <= .operator ? "yes" : "") |"
    }

    private static func words(_ condition: Permission.Condition) -> String {
        switch condition {
        case .ownInput: "own input"
        case .registered: "registered words"
        case .beside(let name, let words): "`\(name)` is \(words.map { "`\($0)`" }.joined(separator: " or "))"
        case .correctsShownField: "`field` is shown"
        }
    }
}
