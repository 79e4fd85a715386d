import Because
import Foundation
import Testing

/// Every command over real input, from the first to the last.
@Suite(.enabled(if: ModelSpec.isThere, ModelSpec.absence))
struct SessionTests {
    @Test func `the released texts are registered with all their sections`() throws {
        let making = try ModelSpec.making
        for (index, (answer, (version, count))) in zip(making.added, ModelSpec.versions).enumerated() {
            #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
            #expect(
                answer.output.hasPrefix(
                    "openai/model-spec@\(version): \(count) sections, registered as entry \(index + 1), sha256 "),
                "\(answer.output)")
        }
    }

    @Test func `all decisions are recorded in their order, each with a receipt`() throws {
        let recorded = try ModelSpec.making.recorded
        #expect(recorded.status == 0 && recorded.errors.isEmpty, "\(recorded.errors)")
        let receipts = try recorded.values
        #expect(receipts.count == ModelSpec.decisionCount)
        for (index, receipt) in receipts.enumerated() {
            #expect(receipt["id"]?.text == "model-spec-" + String("000\(index)".suffix(4)))
            #expect(receipt["n"]?.integer == Int64(ModelSpec.firstDecision + index))
            #expect(receipt["status"] == "recorded")
            #expect(Digest(base64URL: receipt["leaf"]?.text ?? "") != nil)
            #expect(receipt.object?.members.map(\.name) == ["id", "leaf", "n", "root", "size", "status"])
        }
        // Recording them again finds every one.
        let again = try ModelSpec.ledger().run("record", ModelSpec.decisions)
        #expect(again.status == 0)
        for (first, second) in zip(receipts, try again.values) {
            #expect(second["status"] == "duplicate" && second["n"] == first["n"] && second["leaf"] == first["leaf"])
        }
    }

    @Test func `an answer says the same as JSON, as Markdown and on a terminal`() throws {
        let ledger = try ModelSpec.ledger()
        let json = try ledger.run("why", "model-spec-0001", "--json").value
        #expect(json["format"] == "because-answer/1" && json["id"] == "model-spec-0001" && json["n"] == 6)
        let submitted = try JSON(
            parsing: Array(try #require(try lines(of: ModelSpec.decisions).dropFirst().first).utf8))
        var content = try #require(submitted.object)
        content["id"] = nil
        #expect(json["decision"] == .object(content))

        let text = try ledger.run("why", "model-spec-0001")
        let markdown = try ledger.run("why", "model-spec-0001", "--markdown")
        #expect(text.status == 0 && markdown.status == 0 && text.errors.isEmpty && markdown.errors.isEmpty)
        let words = [
            "COMPLY", "Follow all applicable instructions", "staying professional and helpful", "does not show",
        ]
        for word in words {
            #expect(text.output.contains(word) && markdown.output.contains(word), "\(word)")
        }
        #expect(text.lines.allSatisfy { $0.count <= 80 })
        #expect(markdown.output.hasPrefix("# COMPLY "))
        // The beginning of an id will do while it is the only one.
        #expect(try ledger.run("why", "model-spec-018", "--json").status == 1)
        #expect(try ledger.run("why", "model-spec-0188", "--json").value["id"] == "model-spec-0188")
    }

    @Test func `pages of a search join to the whole, newest first`() throws {
        let ledger = try ModelSpec.ledger()
        for scan in [false, true] {
            var ids: [String] = []
            var cursor: [String] = []
            repeat {
                let page = try Because.run(
                    ["find", "--limit", "50", "--json"] + cursor + (scan ? ["--scan"] : []),
                    environment: ["BECAUSE_LEDGER": ledger.path])
                ids += try page.values.compactMap { $0["id"]?.text }
                cursor =
                    page.errorLines.first { $0.contains("--cursor") }
                    .map { ["--cursor", String($0.split(separator: " ").last ?? "")] } ?? []
            } while !cursor.isEmpty && ids.count < 500
            #expect(ids == (0..<189).reversed().map { "model-spec-" + String("000\($0)".suffix(4)) })
        }
        let refusals = try ledger.run("find", "outcome:refuse", "principle:protect_privacy", "--json").values
        #expect(!refusals.isEmpty)
        for hit in refusals {
            #expect(hit["outcome"] == "refuse")
            #expect(hit["principles"]?.items?.contains { $0.text?.hasSuffix("#protect_privacy") == true } == true)
        }
        let nothing = try ledger.run("find", "outcome:escalate")
        #expect(nothing.status == 0 && nothing.bytes.isEmpty && nothing.errors.contains("because: nothing was found\n"))
    }

    @Test func `an entry is shown by its id, the beginning of it, and its number`() throws {
        let ledger = try ModelSpec.ledger()
        let shown = try ["model-spec-0042", "\(ModelSpec.firstDecision + 42)"].map {
            try ledger.run("show", $0, "--json")
        }
        #expect(shown[0].output == shown[1].output && shown[0].status == 0)
        let value = try shown[0].value
        let entry = Array(try #require(value["entry"]?.text).utf8)
        #expect(value["leaf"]?.text == MerkleTree.leafHash(entry).base64URL)
        #expect(value["proof"]?.text?.hasPrefix("c2sp.org/tlog-proof@v1\n") == true)
        for disclosure in value["disclosures"]?.items ?? [] {
            let text = try #require(disclosure["disclosure"]?.text)
            let digest = SHA256.digest(of: Array(text.utf8)).base64URL
            #expect(disclosure["digest"]?.text == digest)
            #expect(value["entry"]?.text?.contains(digest) == true)
        }
        #expect(try ledger.run("show", "0").output.contains("ledger because:ledger"))
        let missing = try ledger.run("show", "9999")
        #expect(missing.status == 1 && missing.errorLines == ["because: error: there is no entry 9999"])
        let unknown = try ledger.run("show", "model-spec-00420")
        #expect(unknown.status == 1)
        #expect(unknown.errorLines.last?.hasPrefix("because: hint: similar ids: ") == true)
        #expect(unknown.errorLines.last?.contains("model-spec-0042") == true, "\(unknown.errors)")
    }

    @Test func `status, verify and the index agree on what there is`() throws {
        let ledger = try ModelSpec.ledger()
        let size = Int64(ModelSpec.firstDecision + ModelSpec.decisionCount)
        let before = try ledger.run("status", "--json").value
        #expect(before["size"] == .integer(size) && before["origin"] == .string(TestLedger.origin))
        #expect(before["in_force"]?.items?.map { $0["version"]?.text } == ["2025-12-18r2"])
        #expect(before["indexed"] == nil)

        let rebuilt = try ledger.run("index", "rebuild")
        #expect(rebuilt.status == 0 && rebuilt.bytes.isEmpty)
        #expect(rebuilt.errors == "because: the index holds \(size) entries\n")
        #expect(try ledger.run("status", "--json").value["indexed"] == .integer(size))
        #expect(try ledger.run("status").output.contains("index       holds every entry"))

        let key = try #require(before["key"]?.text)
        let report = try ledger.run("verify", "--json", "--key", key)
        #expect(report.status == 0 && report.errors.isEmpty)
        let value = try report.value
        #expect(value["exit_status"] == 0 && value["size"] == .integer(size) && value["findings"] == [])
        for (aspect, verdict) in value["verdicts"]?.object?.members.map({ ($0.name, $0.value["verdict"]) }) ?? [] {
            #expect(verdict == "holds", "\(aspect)")
        }
        #expect(value["verdicts"]?.object?.members.count == 6)
    }

    @Test func `an export recorded into a new ledger gives the same decisions and the same answers`() throws {
        let ledger = try ModelSpec.ledger()
        let export = try ledger.run("export")
        #expect(export.status == 0 && export.errors.isEmpty)
        let scratch = try Scratch()
        let copy = scratch.path + "/copy"
        #expect(try Because.run(["init", copy, "--origin", "other.example/log"]).status == 0)
        let recorded = try Because.run(["record", "--ledger", copy], input: export.bytes)
        #expect(recorded.status == 0, "\(recorded.errors)")
        #expect(recorded.errorLines == ["because: passed over 1 of the old ledger about itself: ledger"])
        #expect(try Because.run(["verify", "--ledger", copy]).status == 0)

        let other = try Because.run(["export", "--ledger", copy])
        let bodies = try [export, other].map { try decisions($0) }
        #expect(bodies[0].count == ModelSpec.decisionCount && bodies[0] == bodies[1])
        for id in ["model-spec-0000", "model-spec-0077", "model-spec-0188"] {
            var answers = try [ledger.path, copy].map { path in
                try #require(Because.run(["why", id, "--json", "--ledger", path]).value.object)
            }
            for index in answers.indices {
                for name in ["at", "n", "proof", "statements"] { answers[index][name] = nil }
            }
            #expect(JSON.object(answers[0]) == .object(answers[1]))
        }
        // Once more adds nothing.
        let again = try Because.run(["record", "--ledger", copy], input: export.bytes)
        #expect(again.status == 0)
        #expect(try again.values.allSatisfy { $0["status"] == "duplicate" })
    }

    /// The decisions of an export, opened: by id, what was submitted.
    private func decisions(_ export: Answer) throws -> [String: String] {
        var decisions: [String: String] = [:]
        for line in try export.values {
            let entry = try Entry(parsing: Array(try #require(line["entry"]?.text).utf8))
            guard entry.type == "decision" else { continue }
            let disclosures = (line["disclosures"]?.items ?? []).compactMap {
                $0.text.flatMap { Disclosure(parsing: Array($0.utf8)) }
            }
            let revealed = RevealedRecord(body: try #require(entry.body().object), disclosures: disclosures)
            #expect(revealed.missing.isEmpty)
            decisions[entry.id] = JSON.object(revealed.content).string()
        }
        return decisions
    }

    private func lines(of file: String) throws -> [String] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
