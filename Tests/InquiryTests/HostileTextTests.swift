import Because
import LedgerSamples
import Testing

/// Records that try to be more than text.
struct HostileTextTests {
    static let texts = HostileTexts.all

    private func explanation(_ text: String) async throws -> Explanation {
        let asking = try await Asking()
        let json: JSON = [
            "id": "d-1", "outcome": "act", "summary": .string(text), "none_cited": .string(text),
            "rationale": ["text": .string(text), "source": "model", "timing": "with"],
            "alternatives": [["label": .string(text), "status": "rejected", "reason": .string(text)]],
            "inputs": [["name": .string(text), "text": .string(text)]], "output": ["text": .string(text)],
        ]
        _ = try await asking.ledger.record([Sample.submission(json)])[0].get()
        return try asking.ledger.index.explain("d-1")
    }

    @Test(arguments: texts)
    func `no form of an answer lets a record act`(text: String) async throws {
        let explanation = try await explanation(text)
        for width in [0, 20, 48, 80, 1000] {
            let shown = explanation.answer().terminalText(width: width, usesColour: false)
            for scalar in shown.unicodeScalars where scalar != "\n" {
                #expect(scalar.value >= 0x20 && !JSON.isHidden(scalar), "U+\(String(scalar.value, radix: 16))")
            }
            let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
            // What begins at the left is ours: the headline and the titles of sections.
            let titles = lines.dropFirst().compactMap { $0.first == " " || $0.isEmpty ? nil : $0 }
            let isWrapped = lines.firstIndex(of: "") ?? 0
            for title in titles.dropFirst(max(0, isWrapped - 1)) {
                #expect(Self.titles.contains { title.hasPrefix($0) }, "\(title)")
            }
        }
        let colourful = explanation.answer().terminalText(width: 80, usesColour: true)
        let codes = colourful.split(separator: "\u{1B}").dropFirst().map { $0.prefix(3) }
        #expect(codes.allSatisfy { ["[1m", "[2m", "[0m"].contains($0) })

        // JSON keeps every character, and is one line.
        let line = explanation.json.bytes()
        #expect(!line.contains(UInt8(ascii: "\n")))
        let read = try JSON(parsing: line)
        #expect(read["decision"]?["output"]?["text"]?.text?.utf8.elementsEqual(text.utf8) == true)
        #expect(read["decision"]?["id"] == nil && read["format"] == "because-answer/1")
    }

    private static let titles = [
        "Decided", "Because", "Reason", "Instead of", "Conflict", "It read", "It gave", "After", "Gone", "Not said",
        "Proof", "Note",
    ]

    @Test(arguments: texts)
    func `in Markdown nothing of a record is markup`(text: String) async throws {
        let markdown = try await explanation(text).answer().markdown
        for line in markdown.split(separator: "\n") {
            var rest = line.unicodeScalars[...]
            // Our own marks at the beginning of a line, then of the statement's mark at the end.
            for prefix in ["# ", "## ", "- ", "> "] where String(rest).hasPrefix(prefix) {
                rest = rest.dropFirst(prefix.unicodeScalars.count)
                break
            }
            if let mark = String(rest).firstMatch(of: /\*\[[a-z ]+\]\*$/) {
                rest = rest.dropLast(mark.output.unicodeScalars.count)
            }
            var isEscaped = false
            #expect(!String(rest).hasPrefix("    "), "\(line)")
            if String(rest).hasPrefix("&#32;") { rest = rest.dropFirst(5) }
            for scalar in rest {
                if isEscaped {
                    isEscaped = false
                } else if scalar == "\\" {
                    isEscaped = true
                } else {
                    #expect(!"`*_{}[]<>()#+!|&~=$^@".unicodeScalars.contains(scalar), "\(line)")
                    #expect(scalar.value >= 0x20 && !JSON.isHidden(scalar))
                }
            }
            #expect(!isEscaped, "\(line)")
        }
    }

    @Test func `a very long text is shown whole, wrapped`() async throws {
        let text = String(repeating: "word\u{1B} ", count: 40_000) + String(repeating: "x", count: 40_000)
        let asking = try await Asking()
        let json: JSON = [
            "id": "d-1", "outcome": "act", "none_cited": "none",
            "rationale": ["text": .string(text), "source": "model", "timing": "with"],
        ]
        _ = try await asking.ledger.record([Sample.submission(json)])[0].get()
        let shown = try asking.ledger.index.explain("d-1").answer().terminalText(width: 80, usesColour: false)
        #expect(shown.utf8.count > text.utf8.count)
        #expect(shown.split(separator: "\n").allSatisfy { $0.utf8.count < 200 })
        #expect(!shown.utf8.contains(0x1B))
    }
}
