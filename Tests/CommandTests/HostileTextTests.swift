import Because
import Foundation
import Testing

/// Text of records, documents and arguments never moves a cursor, hides or reorders what stands beside it.
struct HostileTextTests {
    /// ESC, CSI, OSC, BEL, backspace, carriage return, DEL, C1, bidi overrides and isolates, zero width, tags, separators.
    private static let scalars: [UInt32] = [
        0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028,
        0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF, 0xFFF9, 0xE0001, 0xE0041,
    ]

    private static let hostile =
        "a" + String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) })) + "[2J\nb"

    /// The characters of `text` that a terminal would obey. Line ends are the command's own.
    private func obeyed(_ text: String) -> [String] {
        text.unicodeScalars.filter { ($0.value < 0x20 && $0 != "\n") || Self.scalars.contains($0.value) }
            .map { "U+" + String($0.value, radix: 16) }
    }

    /// A decision with the text in every field that takes free text.
    private func hostileDecision(_ id: String) -> String {
        let text = JSON.string(Self.hostile).string()
        return """
            {"id":"\(id)","outcome":"refuse","summary":\(text),"principles":[{"ref":"acme/rules#protect-privacy",\
            "role":"applied"},{"ref":\(text),"role":"considered"}],"unresolved":"accept",\
            "rationale":{"text":\(text),"source":"model","timing":"with"},\
            "alternatives":[{"label":\(text),"status":"rejected","by":[\(text)],"reason":\(text)}],\
            "conflicts":[{"between":["message:user",\(text)],"rule":"other","winner":\(text),"note":\(text)}],\
            "inputs":[{"name":\(text),"text":\(text)}],"output":{"text":\(text)},"subject":\(text),"notes":\(text),\
            "context":{\(text):\(text)}}
            """
    }

    private func hostileLedger() throws -> TestLedger {
        let ledger = try TestLedger()
        let rules =
            "# Title \(Self.hostile.replacing("\n", with: " ").replacing("\r", with: " ")) {#hostile}\n\n\(Self.hostile)\n"
        for version in ["2", "3"] {
            let file = try ledger.file("hostile.md", (rules + version).utf8)
            let added = try ledger.run("spec", "add", file, "--id", "acme/hostile", "--version", version)
            try #require(added.status == 0, "\(added.errors)")
        }
        let first = hostileDecision("h1")
        let second =
            decision("h2", ref: "acme/hostile@2#hostile").dropLast()
            + ",\"links\":[{\"rel\":\"revises\",\"id\":\"h1\"}]}"
        let recorded = try ledger.run("record", input: "\(first)\n\(second)")
        try #require(recorded.status == 0, "\(recorded.errors)")
        return ledger
    }

    private static let questions = [
        ["why", "h1"], ["why", "h1", "--markdown"], ["why", "h1", "--json"], ["why", "h2", "--diff"],
        ["why", "h2", "--markdown", "--diff"], ["find"], ["find", "--json"], ["find", "--scan"],
        ["find", "type:specification"],
        ["show", "h1"], ["show", "h1", "--json"], ["status"], ["verify"], ["verify", "--json"], ["export"],
        ["spec", "list"],
        ["spec", "show", "acme/hostile"], ["index", "rebuild"],
    ]

    @Test func `no answer in a pipe holds a character that a terminal would obey`() throws {
        let ledger = try hostileLedger()
        for arguments in Self.questions {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 0, "\(arguments): \(answer.errors)")
            #expect(obeyed(answer.output).isEmpty && obeyed(answer.errors).isEmpty, "\(arguments)")
        }
        // What was recorded is there all the same.
        let value = try ledger.run("why", "h1", "--json").value
        #expect(value["decision"]?["summary"]?.text?.unicodeScalars.elementsEqual(Self.hostile.unicodeScalars) == true)
    }

    @Test func `no answer on a terminal does, not even where a pipe gets exact words`() throws {
        let ledger = try hostileLedger()
        let exact = [
            ["show", "2"], ["spec", "show", "acme/hostile#hostile"],
            ["spec", "diff", "acme/hostile@2", "acme/hostile@3"],
        ]
        for arguments in Self.questions + exact {
            let answer = try Because.run(
                arguments, environment: ["BECAUSE_LEDGER": ledger.path, "NO_COLOR": "1"], terminal: Terminal())
            #expect(answer.status == 0, "\(arguments): \(answer.errors)")
            // The terminal itself makes CR LF of a line end.
            #expect(obeyed(answer.output.replacing("\r\n", with: "\n")).isEmpty, "\(arguments)")
            #expect(obeyed(answer.errors).isEmpty)
        }
    }

    @Test func `colour is for terminals that want it`() throws {
        let ledger = try hostileLedger()
        let environment = ["BECAUSE_LEDGER": ledger.path, "NO_COLOR": ""]
        let coloured = try Because.run(["why", "h2"], environment: environment, terminal: Terminal())
        #expect(coloured.bytes.contains(0x1B))
        let sequences = coloured.output.matches(of: /\u{1B}(.{0,3})/).map { String($0.output.1) }
        #expect(Set(sequences).isSubset(of: ["[1m", "[2m", "[0m"]), "\(Set(sequences))")
        #expect(!(try Because.run(["why", "h2"], environment: environment)).bytes.contains(0x1B))
    }

    @Test func `arguments are not echoed as they are`() throws {
        let ledger = try TestLedger()
        // A C string cannot hold a NUL.
        let hostile = Self.hostile.replacing("\0", with: "")
        let table = [
            ["why", hostile], ["show", hostile], ["find", "\(hostile):x"], ["find", "since:\(hostile)"],
            ["find", hostile],
            ["spec", "show", hostile], ["spec", "show", "acme/rules#\(hostile)"], ["spec", "show", "\(hostile)@1"],
            ["spec", "diff", "\(hostile)@1", "acme/rules@1"], ["spec", "activate", "\(hostile)@1"],
            ["spec", "activate", hostile], ["spec", "add", hostile, "--id", "a", "--version", "1"],
            ["spec", "add", "/dev/null", "--id", hostile, "--version", hostile],
            ["spec", "add", "/dev/null", "--id", "a", "--version", "1", "--format", hostile], ["record", hostile],
            ["verify", "--key", hostile], ["verify", "--ledger", hostile], ["status", "--ledger", hostile],
            ["init", "/no/such/\(hostile)", "--origin", "a"], ["init", ledger.path, "--origin", hostile], [hostile],
            ["--\(hostile)"], ["why", "--\(hostile)"], ["find", "--limit", hostile],
        ]
        for arguments in table {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect([1, 64].contains(answer.status), "\(arguments)")
            #expect(answer.bytes.isEmpty && obeyed(answer.errors).isEmpty, "\(arguments): \(answer.errors)")
            #expect(answer.errorLines.allSatisfy { $0.hasPrefix("because: ") }, "\(answer.errors)")
        }
    }

    @Test func `a folder may have any name`() throws {
        let scratch = try Scratch()
        for name in ["Ünïcode 😀", "-v", "file:a?mode=memory", "50% & #1?", Self.hostile.replacing("\0", with: "")] {
            let path = "\(scratch.path)/\(name)"
            let made = try Because.run(["init", path, "--origin", "a"])
            #expect(made.status == 0 && obeyed(made.errors).isEmpty, "\(made.errors)")
            let environment = ["BECAUSE_LEDGER": path]
            #expect(try Because.run(["verify"], environment: environment).status == 0)
            let status = try Because.run(["status"], environment: environment)
            #expect(status.status == 0 && obeyed(status.output).isEmpty)
            #expect(status.lines.count { $0.hasPrefix("ledger ") } == 1)
        }
    }
}
