import Because
import Foundation
import Testing

/// What every command has in common: help, streams, exit statuses.
struct UsageTests {
    private static let commands = [
        [], ["init"], ["spec"], ["spec", "add"], ["spec", "list"], ["spec", "show"], ["spec", "diff"],
        ["spec", "activate"],
        ["record"], ["why"], ["find"], ["show"], ["status"], ["verify"], ["export"], ["index"], ["index", "rebuild"],
        ["contact"], ["contact", "set"], ["contact", "show"], ["letter"], ["bench"], ["erase"], ["hold"],
        ["hold", "place"], ["hold", "release"], ["hold", "list"], ["retention"], ["retention", "set"],
        ["retention", "list"], ["retain"], ["stats"], ["report"],
    ]

    @Test(arguments: commands)
    func `help that is asked for is an answer`(command: [String]) throws {
        for arguments in [command + ["--help"], command + ["-h"], ["help"] + command] {
            let help = try Because.run(arguments)
            #expect(help.status == 0 && help.errors.isEmpty)
            #expect(help.output.contains("USAGE: because") && help.output.hasSuffix("\n"))
            #expect(!help.bytes.contains(0x1B))
        }
    }

    @Test func `every command is named by the help`() throws {
        let help = try Because.run([]).output
        for command in Self.commands.compactMap(\.first) { #expect(help.contains("\n  \(command) ")) }
        let version = try Because.run(["--version"])
        #expect(version.status == 0 && version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test(arguments: [
        ["frob"], ["init"], ["init", "x"], ["why"], ["why", "a", "b"], ["why", "a", "--for", "x"],
        ["letter", "a"], ["contact", "set"], ["why", "--json", "--markdown", "a"], ["show"],
        ["find", "--limit", "0"], ["find", "--limit", "10001"], ["find", "--limit", "x"], ["find", "--cursor", "x"],
        ["find", "outcom:refuse"], ["find", "outcome:"], ["find", "\"open"], ["find", "since:yesterday"],
        ["find", "--"],
        ["find", "-", "-"], ["verify", "--key", "x"], ["verify", "--frob"], ["spec", "add"],
        ["spec", "diff", "a", "b"],
        ["spec", "frob"], ["index", "frob"], ["bench", "--size", "1"], ["record", "--frob"],
        ["report"], ["report", "a", "b"], ["stats", "a"],
    ])
    func `a question that cannot be read ends with 64, what is wrong and what to do`(arguments: [String]) throws {
        let ledger = try TestLedger()
        let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
        // Nothing to look for is everything.
        if arguments == ["find", "--"] { return #expect(answer.status == 0) }
        #expect(answer.status == 64 && answer.bytes.isEmpty, "\(answer.output)")
        #expect(answer.errorLines.count == 2, "\(answer.errors)")
        #expect(answer.errorLines[0].hasPrefix("because: error: ") && answer.errorLines[1].hasPrefix("because: hint: "))
    }

    @Test(
        arguments: commands.filter {
            ![[], ["init"], ["spec"], ["index"], ["contact"], ["bench"], ["hold"], ["retention"]].contains($0)
        })
    func `a command without a ledger says how to name one`(command: [String]) throws {
        let operands = [
            "spec add": ["/dev/null", "--id", "a", "--version", "1"], "spec show": ["a"], "spec diff": ["a@1", "a@2"],
            "spec activate": ["a@1"], "why": ["a"], "show": ["a"], "erase": ["a", "--all", "--basis", "x"],
            "hold place": ["a", "--basis", "x"], "hold release": ["a", "--basis", "x"],
            "retention set": ["a", "--max", "1d"], "report": ["/nowhere/a.html"],
            "contact set": ["a"], "letter": ["a", "--template", "plain"],
        ]
        let arguments = command + (operands[command.joined(separator: " ")] ?? [])
        for environment in [[:], ["BECAUSE_LEDGER": ""]] {
            let answer = try Because.run(arguments, environment: environment)
            if command == ["spec", "add"] {
                #expect(answer.status == 1)
                continue
            }
            #expect(answer.status == 64 && answer.bytes.isEmpty)
            #expect(
                answer.errorLines == [
                    "because: error: no ledger is named",
                    "because: hint: use --ledger DIR, or set BECAUSE_LEDGER to the folder",
                ])
        }
    }

    @Test func `a named folder stands before the environment, and relative names work`() throws {
        let ledger = try TestLedger()
        let answer = try Because.run(
            ["status", "--json", "--ledger", ledger.path], environment: ["BECAUSE_LEDGER": "/no/such/ledger"])
        #expect(answer.status == 0)
        #expect(try ledger.run("status", "--json").output == answer.output)
    }

    @Test func `nothing but answers reaches standard output, and no escape`() throws {
        let ledger = try TestLedger()
        _ = try ledger.run("record", input: decision("d1"))
        for arguments in [
            ["why", "d1"], ["why", "d1", "--markdown"], ["find"], ["show", "d1"], ["status"], ["verify"], ["export"],
            ["spec", "list"], ["spec", "show", "acme/rules"], ["index", "rebuild"],
        ] {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 0, "\(answer.errors)")
            #expect(!answer.bytes.contains(0x1B) && !answer.errors.utf8.contains(0x1B))
            #expect(!answer.output.contains("because: "))
            #expect(answer.errorLines.allSatisfy { $0.hasPrefix("because: ") && !$0.contains("error") })
        }
        #expect(try ledger.run("verify").errors.contains("--key checks it against the one you kept"))
        for arguments in [
            ["verify", "--json"], ["status", "--json"], ["why", "d1", "--json"], ["show", "d1", "--json"],
        ] {
            _ = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path]).value
        }
    }

    @Test func `a reader that leaves ends the command quietly`() throws {
        let ledger = try TestLedger()
        // Far more than a pipe holds, so that the command still writes when the reader has left.
        let long = String(repeating: "long ", count: 200)
        _ = try ledger.run("record", input: (0..<300).map { decision("d\($0)", summary: long) }.joined(separator: "\n"))
        for arguments in [["export"], ["find", "--limit", "300"], ["find", "--limit", "300", "--json"]] {
            for ignoresSignal in [false, true] {
                let command = ([Because.program] + arguments).map { "'\($0)'" }.joined(separator: " ")
                let trap = ignoresSignal ? "trap '' PIPE; " : ""
                let shell = try Child(
                    "/bin/sh", ["-c", "{ \(trap)\(command); echo \"status $?\" >&2; } | head -n 1"],
                    environment: ["BECAUSE_LEDGER": ledger.path, "COLUMNS": "2000"])
                shell.closeInput()
                #expect(shell.readToEnd().count { $0 == UInt8(ascii: "\n") } == 1)
                #expect(shell.wait() == 0)
                let said = shell.errorText.split(separator: "\n").filter {
                    !$0.hasPrefix("because: found by the index")
                }
                #expect(said == [ignoresSignal ? "status 1" : "status 141"], "\(shell.errorText)")
            }
        }
        // A recorder whose receipts nobody reads leaves a ledger that holds.
        let recorder = try Child(
            "/bin/sh", ["-c", "'\(Because.program)' record | head -n 1"], environment: ["BECAUSE_LEDGER": ledger.path])
        let writing = recorder.feed((0..<3000).map { decision("e\($0)") + "\n" }.joined().utf8, thenCloses: true)
        #expect(recorder.readLine()?.contains("\"e0\"") == true)
        writing.wait()
        #expect(recorder.wait() == 0 && recorder.errorText.isEmpty)
        #expect(try ledger.run("verify").status == 0)
    }

    @Test func `descriptors that are closed or full are said, and no file of the ledger takes their place`() throws {
        let ledger = try TestLedger()
        let input = try ledger.file("input", (decision("d1") + "\n").utf8)
        let table: [(command: String, status: String, error: String?)] = [
            ("record '\(input)' >&-", "1", "the answer cannot be written: Bad file descriptor"),
            ("record '\(input)' > /dev/full", "1", "the answer cannot be written: No space left on device"),
            ("record <&-", "1", "the input cannot be read: Bad file descriptor"),
            ("record < /", "1", "the input cannot be read: Is a directory"),
            ("export > /dev/full", "1", "the answer cannot be written: No space left on device"),
            ("status > /dev/full", "1", "the answer cannot be written: No space left on device"),
            ("verify <&- >&- 2>&-", "1", nil), ("verify <&- 2>&- > /dev/null", "0", nil),
            ("record '\(input)' 2>&- > /dev/null", "0", nil),
            ("record --strict < '\(input)' <&-", "1", "the input cannot be set aside: Bad file descriptor"),
        ]
        for (command, status, error) in table {
            let script = "'\(Because.program)' \(command); echo $? >&9"
            let shell = try Child(
                "/bin/sh", ["-c", "exec 9>&1; \(script)"], environment: ["BECAUSE_LEDGER": ledger.path])
            shell.closeInput()
            #expect(String(decoding: shell.readToEnd(), as: UTF8.self).hasSuffix("\(status)\n"), "\(command)")
            if let error {
                #expect(shell.errorText.hasPrefix("because: error: \(error)\n"), "\(command): \(shell.errorText)")
            }
        }
        #expect(try ledger.run("verify").status == 0)
        #expect(try ledger.run("record", input).value["status"] == "duplicate")
        let head = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/head"))
        #expect(head.starts(with: TestLedger.origin.utf8) && head.count == 2048)
    }
}
