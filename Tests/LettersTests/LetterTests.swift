import Because
import Foundation
import LedgerSamples
import Testing

/// A ledger in which things are recorded, and letters about them.
private struct Writing {
    private let folder: Scratch
    let ledger: Ledger

    init(contact: String? = nil) async throws {
        folder = try Scratch()
        ledger = try await SampleLedger.create(in: folder)
        _ = try await ledger.register(Sample.specification())
        if let contact { try await ledger.setContact(Contact(contact)) }
    }

    func record(_ line: String) async throws { _ = try await ledger.record([Sample.submission(line)])[0].get() }

    func letter(_ template: String, _ id: String = "d-1", format: Letter.Format = .text) throws -> Letter {
        try Letter(
            ledger.index.explain(id), template: LetterTemplate(Array(template.utf8), name: "test"), format: format)
    }
}

struct LetterTests {
    private static let decision = """
        {"id":"d-1","outcome":"safe_complete","summary":"Refused & <explained>","subject":"Ann","effective":false,
        "principles":[{"ref":"acme/rules#privacy","role":"applied"},{"ref":"acme/rules#honesty","role":"considered"}],
        "rationale":{"text":"First.\\nSecond.","source":"model","timing":"with"},"confidence":{"value":0.50,"kind":"logprob"},
        "inputs":[{"name":"request","role":"user","text":"Please.","of_subject":true},{"name":"prompt","role":"system","text":"SECRET"}],
        "producer":{"id":"agent"},"context":{"x":"SECRET"},"notes":"SECRET"}
        """

    /// A template, and what it becomes.
    private static let table: [(template: String, letter: String)] = [
        ("{{outcome}}: {{summary}}", "safe complete: Refused & <explained>"),
        ("{{ id }} {{effective}} {{confidence.value}}", "d-1 no 0.50"),
        ("{{rationale.text}}", "First. Second."),
        ("{{#rationale.text.lines}}\n> {{.}}\n{{/rationale.text.lines}}\n", "> First.\n> Second.\n"),
        ("{{#rationale.text}}{{#lines}}[{{.}}]{{/lines}}{{/rationale.text}}", "[First.][Second.]"),
        (
            "{{#principles}}{{title}} ({{role}}, {{id}});{{/principles}}",
            "Protect privacy (applied, d-1);Be honest (considered, d-1);"
        ),
        ("{{#summary}}yes{{/summary}}{{^summary}}no{{/summary}}", "yes"),
        ("{{#occurred}}yes{{/occurred}}{{^occurred}}no{{/occurred}}", "no"), ("{{! nothing\nat all }}x", "x"),
        (
            "{{#inputs}}{{name}}={{text}};{{/inputs}}",
            "request=Please.;[withheld (subject): inputs.name]=[withheld (subject): inputs.text];"
        ),
        ("{{#alternatives}}{{label}}{{/alternatives}}", "[not recorded: alternatives.label]"),
        ("{{#alternatives}}{{label}}{{/alternatives}}{{^alternatives}}none{{/alternatives}}", "none"),
        (
            "{{#reason}}{{text}} [{{mark}}];{{/reason}}",
            "First. Second. [recorded];stated by the model together with the output; a statement, not checked by anybody here [recorded];"
        ),
        ("{{#gone}}{{text}}{{/gone}}", ""),
        ("{{model.served}} {{output.text}}", "[not recorded: model.served] [not recorded: output.text]"),
        ("{{sender.name}}, {{contact}}", "[not recorded: sender.name], Office, 1 Street"),
        ("\n\n{{id}}\r\n", "\n\nd-1\r\n"), ("", ""), ("no tag } } { x", "no tag } } { x"),
    ]

    @Test(arguments: table)
    func `a template is filled with what is on record, and with nothing else`(template: String, letter: String)
        async throws
    {
        let writing = try await Writing(contact: "Office,\n1 Street")
        try await writing.record(Self.decision)
        #expect(try writing.letter(template).text == letter)
    }

    @Test func `blanks are listed once each, in the order of the letter, and say why`() async throws {
        let writing = try await Writing()
        try await writing.record(Self.decision)
        let letter = try writing.letter(
            "{{output.text}}{{sender.date}}{{output.text}}{{#inputs}}{{name}}{{/inputs}}{{^conflicts}}-{{/conflicts}}{{#conflicts}}{{rule}}{{/conflicts}}{{summary}}"
        )
        #expect(
            letter.blanks.map(\.description) == [
                "[not recorded: output.text]", "[not recorded: sender.date]", "[withheld (subject): inputs.name]",
                "[not recorded: conflicts]",
            ])
        for blank in letter.blanks where blank.name != "conflicts" { #expect(letter.text.contains("\(blank)")) }
        #expect(
            letter.json["blanks"]?.items?.count == 4 && letter.json["digest"]?.text == "sha256:\(letter.digest.hex)")
    }

    private static let faults: [(template: String, says: String)] = [
        ("{{nothing}}", "line 1 of the template: there is no field nothing here"),
        ("a\nb {{sumary}}", "line 2 of the template: there is no field sumary here"),
        ("{{producer.id}}", "line 1 of the template: there is no field producer.id here"),
        ("{{context}}", "line 1 of the template: there is no field context here"),
        ("{{notes}}", "line 1 of the template: there is no field notes here"),
        ("{{rationale}}", "line 1 of the template: there is no field rationale here"),
        ("\n{{title}}", "line 2 of the template: there is no field title here"),
        ("{{principles}}", "line 1 of the template: principles is a list: {{#principles}} … {{/principles}}"),
        (
            "{{summary.lines}}",
            "line 1 of the template: summary.lines is a list: {{#summary.lines}} … {{/summary.lines}}"
        ),
        ("{{.}}", "line 1 of the template: there is no field . here"),
        ("{{#principles}}{{.}}{{/principles}}", "line 1 of the template: there is no field . here"),
        ("x\n{{#summary}}\ny", "line 2 of the template: the section summary is not closed by {{/summary}}"),
        ("{{/summary}}", "line 1 of the template: {{/summary}} closes a section that is not open"),
        (
            "{{#summary}}\n{{#kind}}\n{{/summary}}",
            "line 3 of the template: {{/summary}} stands where {{/kind}} is due, opened in line 2"
        ),
        ("\n\n{{summary", "line 3 of the template: a tag is not closed by }}"),
        ("{{>part}}", "line 1 of the template: partials are not read: a letter is one file"),
        ("{{<part}}{{/part}}", "line 1 of the template: inheritance is not read: a letter is one file"),
        ("{{$block}}{{/block}}", "line 1 of the template: blocks are not read: a letter is one file"),
        ("{{=<% %>=}}", "line 1 of the template: the delimiters are always {{ and }}"),
        ("{{%CONTENT_TYPE:HTML}}", "line 1 of the template: pragmas are not read"),
        ("{{{summary}}}", "line 1 of the template: {{name}} puts a value in as it is; {{{name}}} is not read"),
        ("{{&summary}}", "line 1 of the template: {{name}} puts a value in as it is; {{&name}} is not read"),
        ("{{upper(summary)}}", "line 1 of the template: transforms and lambdas are not read"),
        (
            "{{#principles}}{{#inputs}}{{/inputs}}{{/principles}}",
            "line 1 of the template: a list within another list is not read"
        ),
        ("{{}}", "line 1 of the template: \u{201C}\u{201D} is no name of a field"),
        ("{{a b}}", "line 1 of the template: \u{201C}a b\u{201D} is no name of a field"),
        ("{{.summary}}", "line 1 of the template: \u{201C}.summary\u{201D} is no name of a field"),
        (
            String(repeating: "{{#summary}}", count: 9),
            "line 1 of the template: more than 8 sections stand within each other"
        ),
        (String(repeating: "x", count: LetterTemplate.byteLimit + 1), "the template has more than 65536 bytes"),
    ]

    @Test(arguments: faults)
    func `what a template may not hold is refused, with its line and what to do`(template: String, says: String) throws
    {
        let error = #expect(throws: LetterError.self) { try LetterTemplate(Array(template.utf8), name: nil) }
        #expect(error?.description == says)
        #expect(error?.hint.isEmpty == false)
    }

    @Test func `near names are offered, and a template that is no text is refused`() throws {
        #expect(throws: LetterError.unknownField("sumary", line: 1, nearest: ["summary"])) {
            try LetterTemplate(Array("{{sumary}}".utf8), name: nil)
        }
        #expect(throws: LetterError.templateNotText) { try LetterTemplate([0xFF], name: nil) }
        let error = #expect(throws: LetterError.self) { try LetterTemplate(named: "plian") }
        #expect(error?.hint == "did you mean plain?")
    }

    /// Tags in any order: what is read is filled, what is not is refused in a line that is there.
    @Test func `any template is either read or refused`() async throws {
        let writing = try await Writing()
        try await writing.record(Self.decision)
        let explanation = try writing.ledger.index.explain("d-1")
        let parts = [
            "{{", "}}", "{", "}", "\n", "\r\n", " ", "#", "/", "^", "!", ".", "é", "\u{2028}", "summary", "principles",
            "title", "lines",
            "{{summary}}", "{{#summary}}", "{{/summary}}", "{{^summary}}", "{{#principles}}", "{{/principles}}",
            "{{title}}",
            "{{#summary.lines}}", "{{/summary.lines}}", "{{.}}", "{{!", "{{>x}}",
        ]
        var random = SplitMix(seed: 7)
        var readCount = 0
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in parts.randomElement(using: &random) ?? ""
            }.joined()
            do throws(LetterError) {
                let template = try LetterTemplate(Array(text.utf8), name: nil)
                let letter = try Letter(explanation, template: template)
                #expect(!letter.text.contains("SECRET"), "\(text)")
                readCount += 1
            } catch {
                if case .template(_, let line) = error {
                    #expect(1...(1 + text.utf8.count { $0 == UInt8(ascii: "\n") }) ~= line, "\(text)")
                }
                #expect(!error.description.isEmpty && !error.hint.isEmpty)
            }
        }
        #expect(readCount > 200)
    }

    @Test func `the templates that come with the program are the files in templates`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "templates")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(LetterTemplate.names.map { "\($0).txt" }))
        for name in LetterTemplate.names {
            let file = try Data(contentsOf: folder.appending(path: "\(name).txt"))
            #expect(try LetterTemplate(named: name).text.utf8.elementsEqual(file), "\(name)")
        }
    }

    @Test(arguments: LetterTemplate.names)
    func `each template that comes says what is there, what is not, whom to write to and that it is no advice`(
        name: String
    ) async throws {
        let writing = try await Writing(contact: "complaints@acme.example")
        try await writing.record(Self.decision)
        try await writing.record(
            #"{"id":"least","outcome":"comply","none_cited":"no rule fits","rationale_absent":"nobody asked"}"#)
        for id in ["d-1", "least"] {
            let letter = try Letter(writing.ledger.index.explain(id), template: LetterTemplate(named: name))
            #expect(letter.text.replacing("\n", with: " ").contains("This letter is not legal advice."))
            #expect(letter.text.contains("complaints@acme.example") && letter.text.contains(Sample.origin))
            #expect(!letter.text.contains("SECRET") && !letter.text.contains("{{") && !letter.text.contains("&amp;"))
            #expect(letter.blanks.contains { $0.name == "sender.name" })
        }
        let letter = try Letter(writing.ledger.index.explain("d-1"), template: LetterTemplate(named: name))
        #expect(letter.text.contains("> First.\n> Second.\n") && letter.text.contains("Refused & <explained>"))
    }
}

struct LetterTextTests {
    private static let template = """
        Summary: {{summary}}
        {{#rationale.text.lines}}
        > {{.}}
        {{/rationale.text.lines}}
        {{#alternatives}}
        - {{label}} {{reason}}
        {{/alternatives}}
        {{#inputs}}
        - {{name}}: {{text}}
        {{/inputs}}
        {{#it_gave}}
        - {{text}}
        {{/it_gave}}
        {{none_cited}}
        """

    private func letter(_ text: String, _ format: Letter.Format) async throws -> String {
        let writing = try await Writing()
        let json: JSON = [
            "id": "d-1", "outcome": "act", "summary": .string(text), "none_cited": .string(text),
            "rationale": ["text": .string(text), "source": "model", "timing": "with"],
            "alternatives": [["label": .string(text), "status": "rejected", "reason": .string(text)]],
            "inputs": [["name": .string(text), "text": .string(text), "role": "user", "of_subject": true]],
            "output": ["text": .string(text)],
        ]
        _ = try await writing.ledger.record([Sample.submission(json)])[0].get()
        return try writing.letter(Self.template, format: format).text
    }

    @Test(
        arguments: HostileTexts.all + [
            "{{summary}}", "{{#inputs}}", "{{{id}}}", "}}", "a\n\nIf you disagree, pay at once",
        ])
    func `a text of a record is text in a letter, whatever it holds`(text: String) async throws {
        for format in Letter.Format.allCases {
            let letter = try await letter(text, format)
            for scalar in letter.unicodeScalars where scalar != "\n" {
                #expect(scalar.value >= 0x20 && !JSON.isHidden(scalar), "U+\(String(scalar.value, radix: 16))")
            }
            // Each line begins as the template has it; a value makes no line of its own but in a quotation.
            for line in letter.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                #expect(["Summary: ", "> ", "- "].contains { line.hasPrefix($0) }, "\(line)")
            }
            if format == .text, text.contains("<") { #expect(letter.contains("<") && !letter.contains("&amp;lt;")) }
        }
    }

    @Test(arguments: HostileTexts.all)
    func `in Markdown nothing of a record is markup`(text: String) async throws {
        for line in try await letter(text, .markdown).split(separator: "\n") {
            var rest = line.unicodeScalars[...]
            for prefix in ["Summary: ", "> ", "- "] where String(rest).hasPrefix(prefix) {
                rest = rest.dropFirst(prefix.unicodeScalars.count)
                break
            }
            var isEscaped = false
            for scalar in String(rest).replacing("&#32;", with: "").unicodeScalars {
                if isEscaped {
                    isEscaped = false
                } else if scalar == "\\" {
                    isEscaped = true
                } else {
                    #expect(!"`*_{}[]<>()#+!|&~=$^@".unicodeScalars.contains(scalar), "\(line)")
                }
            }
        }
    }

    @Test func `a very long text stands in its letter, with the lines beyond the limit in the last`() async throws {
        let text = try await letter(String(repeating: "line\n", count: 20_000), .text)
        #expect(text.split(separator: "\n").count { $0.hasPrefix("> ") } == 500)
        #expect(text.count { $0 == "l" } > 60_000)
    }
}

struct IssuingTests {
    @Test func `an issued letter goes on record by its digests, once`() async throws {
        let writing = try await Writing()
        try await writing.record(
            #"{"id":"d-1","outcome":"refuse","none_cited":"n","rationale_absent":"n","subject":"Ann"}"#)
        let letter = try writing.letter("{{outcome}}")
        let first = try await writing.ledger.record(letter.issued)
        #expect(first.status == .recorded)
        let again = try await writing.ledger.record(letter.issued)
        #expect(again.status == .duplicate && again.number == first.number)
        let content = try #require(writing.ledger.index.explain("d-1").json["later"]?.items?.first?["content"])
        #expect(content["audience"] == "subject" && content["template"] == "test")
        #expect(content["digest"]?.text == "sha256:\(SHA256.digest(of: "refuse").hex)")
        #expect(content["template_digest"]?.text == "sha256:\(SHA256.digest(of: "{{outcome}}").hex)")
        // Another letter about the same decision is another fact.
        let other = try await writing.ledger.record(writing.letter("{{outcome}}!").issued)
        #expect(other.status == .recorded)
    }
}
