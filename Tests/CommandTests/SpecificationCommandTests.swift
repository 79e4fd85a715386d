import Because
import Foundation
import Testing

/// `because init` and `because spec`.
struct SpecificationCommandTests {
    @Test func `a new ledger prints its key, and the folder holds it alone`() throws {
        let scratch = try Scratch()
        // A slash at the end is how shells complete names.
        for path in [scratch.path + "/a", scratch.path + "/b/"] {
            let made = try Because.run(["init", path, "--origin", TestLedger.origin])
            #expect(made.status == 0)
            #expect(try VerifierKey(parsing: try #require(made.lines.first)).name.text == TestLedger.origin)
            #expect(
                made.errors
                    == "because: created \(path); keep the key above where the ledger is not, to verify with it later\n"
            )
            #expect(try contents(of: path).keys.sorted() == ["head", "key", "lock", "log.sqlite"])
            let attributes = try FileManager.default.attributesOfItem(atPath: path + "/key")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try Because.run(["verify", "--ledger", path, "--key", made.lines[0]]).status == 0)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["a", "b"])
    }

    @Test func `a ledger is not created where something is, nor with a name that is none`() throws {
        let scratch = try Scratch()
        let ledger = try TestLedger()
        let before = try contents(of: ledger.path)
        let file = try scratch.write("text", to: "file")
        let table: [(path: String, origin: String, error: String, hint: String)] = [
            (ledger.path, "a", "\(ledger.path) exists already", "choose another folder; a ledger is never overwritten"),
            (
                scratch.path, "a", "\(scratch.path) exists already",
                "choose another folder; a ledger is never overwritten"
            ),
            (file, "a", "\(file) exists already", "choose another folder; a ledger is never overwritten"),
            (
                scratch.path + "/no/ledger", "a",
                "\"\(scratch.path)/no/ledger\" cannot be created: the folder that is to hold it is not there",
                "create that folder first, or name another place"
            ),
            (
                file + "/ledger", "a",
                "\"\(file)/ledger\" cannot be created: the folder that is to hold it is not there",
                "create that folder first, or name another place"
            ),
            (
                "", "a", "\"\" cannot be created: the folder that is to hold it is not there",
                "create that folder first, or name another place"
            ),
        ]
        for (path, origin, error, hint) in table {
            let answer = try Because.run(["init", path, "--origin", origin])
            #expect(answer.status == 1 && answer.bytes.isEmpty)
            #expect(answer.errorLines == ["because: error: \(error)", "because: hint: \(hint)"])
        }
        for origin in ["", "a b", "a+b", "a\nb", "a\u{1B}[2J", "a\u{A0}b", String(repeating: "a", count: 256)] {
            let answer = try Because.run(["init", scratch.path + "/x", "--origin", origin])
            #expect(answer.status == 1 && answer.bytes.isEmpty, "\(origin)")
            #expect(answer.errorLines.count == 2 && answer.errorLines[0].hasSuffix(" cannot name a ledger"))
            #expect(answer.errorLines[1].hasPrefix("because: hint: use a name like acme.example/decisions"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["file"])
        #expect(try contents(of: ledger.path) == before)
    }

    @Test func `a document is found again, and other words need a version of their own`() throws {
        let ledger = try TestLedger()
        let file = try ledger.file("rules.md", TestLedger.rules.utf8)
        let again = try ledger.run("spec", "add", file, "--id", "acme/rules", "--version", "1")
        #expect(again.status == 0 && again.errors.isEmpty)
        #expect(again.output.hasPrefix("acme/rules@1: 4 sections, was registered before, as entry 1, sha256 "))

        let other = try ledger.file("other.md", (TestLedger.rules + "More.\n").utf8)
        let refused = try ledger.run("spec", "add", other, "--id", "acme/rules", "--version", "1")
        #expect(refused.status == 1 && refused.errors.contains("give it a version of its own"))
        #expect(try ledger.run("spec", "add", other, "--id", "acme/rules", "--version", "2", "--inactive").status == 0)
        #expect(try inForce(ledger) == ["1"])
        #expect(
            try ledger.run("spec", "activate", "acme/rules@2").output == "acme/rules@2 is in force from entry 3 on\n")
        #expect(try inForce(ledger) == ["2"])
        let known = try ledger.run("spec", "add", file, "--id", "acme/rules", "--version", "1")
        #expect(
            known.errors == "because: it is not in force; because spec activate acme/rules@1 puts it in force\n")
        #expect(try inForce(ledger) == ["2"])
    }

    private func inForce(_ ledger: TestLedger) throws -> [String?] {
        try ledger.run("spec", "list", "--json").values.filter { $0["in_force"] == true }.map { $0["version"]?.text }
    }

    @Test func `what is no document is refused with the line at fault`() throws {
        let ledger = try TestLedger()
        let table: [(bytes: [UInt8], format: String?, error: String)] = [
            ([], nil, "the document has no heading; start each section with `# Title`"),
            (Array("text".utf8), nil, "the document has no heading; start each section with `# Title`"),
            (Array("# A\n\n\u{1B}\n".utf8) + [0xFF], nil, "line 4 is not valid UTF-8; save the document as UTF-8"),
            (
                [0xEF, 0xBB, 0xBF] + Array("# A".utf8), nil,
                "the document starts with a byte order mark; save it as UTF-8 without one"
            ),
            (
                Array("# A {#a}\n# B {#a}\n".utf8), nil,
                "the section id \"a\" stands on line 1 and again on line 2; give each section its own"
            ),
            (Array("[]".utf8), "json", "the list is empty; list at least one section"),
        ]
        for (bytes, format, error) in table {
            let file = try ledger.file("document", bytes)
            let answer = try Because.run(
                ["spec", "add", file, "--id", "a", "--version", "1"] + (format.map { ["--format", $0] } ?? []),
                environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 1 && answer.bytes.isEmpty)
            #expect(answer.errorLines.first == "because: error: \(file): \(error)")
            #expect(answer.errorLines.last?.hasPrefix("because: hint: it was read as ") == true)
        }
        let names = try ledger.run("spec", "add", ledger.file("a", "# A".utf8), "--id", "a b", "--version", "1")
        #expect(names.status == 1 && names.errors.contains("\"a b\" is no name of a document"))
        let format = try ledger.run("spec", "add", "-", "--id", "a", "--version", "1", "--format", "pdf")
        #expect(format.status == 64 && format.errors.contains("pdf is none of model-spec, markdown, json"))
    }

    @Test(.enabled(if: ModelSpec.isThere, ModelSpec.absence))
    func `the released texts are listed, shown word for word, and compared`() throws {
        let ledger = try ModelSpec.ledger()
        let listed = try ledger.run("spec", "list", "--json").values
        #expect(listed.map { $0["version"]?.text } == ModelSpec.versions.map(\.0))
        #expect(listed.map { $0["sections"]?.integer } == ModelSpec.versions.map { Int64($0.1) })
        #expect(listed.map { $0["in_force"] } == [false, false, false, true])
        let text = try ledger.run("spec", "list")
        #expect(text.lines.count == 4 && text.lines.count { $0.contains("  in force  ") } == 1)
        for (version, count) in ModelSpec.versions {
            #expect(try ledger.run("spec", "show", "openai/model-spec@\(version)").lines.count == count)
        }

        // In a pipe the words are exact: their digest is the one that citations carry.
        let words = try ledger.run("spec", "show", "openai/model-spec@2025-12-18r2#protect_privacy")
        let cited = try ledger.run("find", "principle:protect_privacy", "--limit", "1", "--json").value["id"]?.text
        let answer = try ledger.run("why", try #require(cited), "--json").value
        let digests = answer["principles"]?.items?.map { $0["words"]?["section_digest"]?.text } ?? []
        #expect(digests.contains(SHA256.digest(of: words.bytes).base64URL))

        let same = try ledger.run("spec", "diff", "openai/model-spec@2025-12-18", "openai/model-spec@2025-12-18")
        #expect(same.lines.last == "0 added, 0 removed, 0 changed authority, 0 changed words, 80 unchanged")
        let label = try ledger.run("spec", "diff", "openai/model-spec@2025-12-18", "openai/model-spec@2025-12-18r2")
        #expect(label.lines.last == "0 added, 0 removed, 0 changed authority, 1 changed words, 79 unchanged")
        let diff = try ledger.run("spec", "diff", "openai/model-spec@2025-04-11", "openai/model-spec@2025-10-27")
        #expect(diff.lines.contains("added      love_humanity (user)  Love humanity"))
        #expect(diff.lines.contains("authority  comply_with_laws: platform to system (of the same rank)"))
        #expect(
            diff.lines.last?.hasPrefix("12 added, 5 removed, 19 changed authority, ") == true,
            "\(diff.lines.last ?? "")")
    }

    @Test func `a name that is mistyped is answered with what there is`() throws {
        let ledger = try TestLedger()
        let table: [(arguments: [String], status: Int32, lines: [String])] = [
            (
                ["show", "acme/rules#protect-privcy"], 1,
                ["error: acme/rules@1 has no section \"protect-privcy\"; nearest: protect-privacy"]
            ),
            (
                ["show", "acme/rule"], 1,
                ["error: no version of acme/rule is in force", "hint: because spec list shows what is registered"]
            ),
            (
                ["diff", "acme/rules@1", "acme/rules@2"], 1,
                ["error: acme/rules@2 is not registered", "hint: registered are acme/rules@1"]
            ),
            (["activate", "acme/rules@2"], 1, ["error: acme/rules has no registered version \"2\""]),
            (
                ["activate", "acme/rules"], 64,
                [
                    "error: The value 'acme/rules' is invalid for '<name>': write document@version, such as acme/rules@1",
                    "hint: because --help lists the commands, because COMMAND --help its options",
                ]
            ),
        ]
        for (arguments, status, lines) in table {
            let answer = try Because.run(["spec"] + arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == status && answer.bytes.isEmpty)
            #expect(answer.errorLines == lines.map { "because: " + $0 })
        }
    }
}
