import Because
import Foundation
import Testing

/// Answers and letters for the people that a decision is about, and for whom they can contest it with.
struct PeopleTests {
    private static let line = """
        {"id":"d1","outcome":"refuse","summary":"Refused a loan","subject":"Ann","none_cited":"n","session":"CANARY",\
        "rationale":{"text":"The income is low.","source":"rule","timing":"with"},"context":{"note":"CANARY"},\
        "inputs":[{"name":"instructions","role":"system","text":"CANARY"}]}
        """

    private func made() throws -> TestLedger {
        let ledger = try TestLedger()
        #expect(try ledger.run("record", input: Self.line).status == 0)
        return ledger
    }

    @Test func `an answer for a subject has nothing of others, and ends with how to contest it`() throws {
        let ledger = try made()
        let contact = "Acme, Complaints\n1 High Street"
        for form in [[], ["--json"], ["--markdown"], ["--not", "approve"], ["--against", "d1"], ["--prov"]] {
            let answer = try Because.run(
                ["why", "d1", "--for", "subject"] + form, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 0 && !answer.output.contains("CANARY"), "\(form): \(answer.output)")
        }
        let before = try ledger.run("why", "d1", "--for", "subject")
        let last = try #require(before.output.split(separator: "\n\n").last)
        #expect(last.hasPrefix("Contest     how to contest it: not recorded") && last.contains("decision d1"))
        #expect(try ledger.run("contact", "set", contact).status == 0)
        for form in [[], ["--not", "approve"], ["--against", "d1"]] {
            let answer = try Because.run(
                ["why", "d1", "--for", "subject"] + form, environment: ["BECAUSE_LEDGER": ledger.path])
            let last = try #require(answer.output.split(separator: "\n\n").last)
            #expect(last.hasPrefix("Contest     | Acme, Complaints") && last.contains("| 1 High Street"), "\(last)")
            #expect(last.contains(TestLedger.origin))
        }
        #expect(try ledger.run("why", "d1").output.contains("Contest     | Acme, Complaints"))
        #expect(try !ledger.run("why", "d1").output.contains("how to contest it"))
        #expect(try ledger.run("why", "d1", "--for", "operator").output.contains("CANARY"))
        #expect(try ledger.run("why", "d1", "--for", "everybody").status == 64)
        #expect(try ledger.run("why", "d1", "--prov", "--json").status == 64)
        #expect(try ledger.run("why", "nobody", "--for", "subject").status == 1)
    }

    @Test func `a contact stands in entry 0, is replaced by a later entry, and status shows the one in force`() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/ledger"
        let made = try Because.run(["init", path, "--origin", "acme.example/x", "--contact", "First"])
        #expect(made.status == 0)
        func run(_ arguments: String...) throws -> Answer {
            try Because.run(arguments, environment: ["BECAUSE_LEDGER": path])
        }
        #expect(try run("contact", "show").output == "First\n")
        #expect(try run("contact", "show", "--json").value["n"] == 0)
        #expect(try run("contact", "set", "Second\nof two lines").value["n"] == 1)
        #expect(try run("contact", "show").output == "Second\nof two lines\n")
        #expect(try run("status", "--json").value["contact"]?["text"] == "Second\nof two lines")
        #expect(try run("status").lines.contains("contact     Second"))
        #expect(try run("verify").status == 0)
        #expect(try run("show", "0").output.contains("First"))
    }

    @Test func `a ledger without a contact says so`() throws {
        let ledger = try TestLedger()
        let shown = try ledger.run("contact", "show")
        #expect(shown.status == 1 && shown.errors.contains("because contact set TEXT records one"))
        #expect(try ledger.run("contact", "show", "--json").output == "null\n")
    }

    @Test(arguments: ["", " \n ", "a\u{1B}[2J", "a\r\nb", "tab\tbed", "a\u{202E}b", "zero\u{200B}", "\u{7F}", "long"])
    func `what could act on a screen is no contact`(text: String) throws {
        let ledger = try TestLedger()
        let text = text == "long" ? String(repeating: "x", count: 1025) : text
        let answer = try ledger.run("contact", "set", text)
        #expect(answer.status == 64 && answer.errorLines.count == 2, "\(answer.errors)")
        #expect(
            answer.errors.unicodeScalars.allSatisfy {
                $0 == "\n" || (0x20..<0x7F ~= $0.value) || $0.value > 0xFFFF || $0 == "\u{201C}"
            })
        let made = try Because.run(["init", ledger.path + "-other", "--origin", "acme.example/x", "--contact", text])
        #expect(made.status == 64 && !FileManager.default.fileExists(atPath: ledger.path + "-other"))
        #expect(try ledger.run("status", "--json").value["size"] == 2)
    }

    @Test func `a letter is written, its blanks are listed, and it goes on record after it is there`() throws {
        let ledger = try made()
        let letter = try ledger.run("letter", "d1", "--template", "plain")
        #expect(letter.status == 0 && letter.output.contains("> The income is low."))
        #expect(letter.output.contains("[not recorded: contact]"))
        #expect(letter.errorLines.contains("because: blank: [not recorded: sender.name]"))
        let template = try ledger.file("mine.txt", "{{outcome}} & {{summary}}\n".utf8)
        let output = template + ".letter"
        let issued = try ledger.run("letter", "d1", "--template", template, "--output", output, "--issue")
        #expect(issued.status == 0 && issued.output.isEmpty && issued.errors.contains("issued, as entry 3, letter-"))
        #expect(try String(contentsOfFile: output, encoding: .utf8) == "refuse & Refused a loan\n")
        #expect(
            try ledger.run("letter", "d1", "--template", template, "--issue").errors.contains(
                "issued before, as entry 3"))
        let later = try ledger.run("why", "d1", "--json").value["later"]?.items?.first
        #expect(later?["type"] == "explanation" && later?["content"]?["template"] == "mine.txt")
        #expect(
            try ledger.run("letter", "d1", "--template", template, "--json").value["text"]
                == "refuse & Refused a loan\n")
        #expect(try ledger.run("verify").status == 0)
    }

    @Test func `a letter that could not be written is not on record`() throws {
        let ledger = try made()
        let size = try ledger.run("status", "--json").value["size"]
        for arguments in [
            ["--output", "/no/such/folder/letter", "--issue"], ["--template", "/", "--issue"],
            ["--template", "nothing", "--issue"],
        ] {
            let template = arguments.contains("--template") ? [] : ["--template", "plain"]
            let answer = try Because.run(
                ["letter", "d1"] + template + arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 1 || answer.status == 64, "\(answer.errors)")
        }
        let full = try Child(
            "/bin/sh", ["-c", "'\(Because.program)' letter d1 --template plain --issue > /dev/full"],
            environment: ["BECAUSE_LEDGER": ledger.path])
        full.closeInput()
        #expect(full.wait() == 1)
        let broken = try ledger.file("broken.txt", "one\n{{nothing}}".utf8)
        let answer = try ledger.run("letter", "d1", "--template", broken, "--issue")
        #expect(answer.status == 1 && answer.errors.contains("line 2 of the template: there is no field nothing here"))
        #expect(try ledger.run("letter", "nobody", "--template", "plain").status == 1)
        #expect(try ledger.run("letter", "d1", "--template", "plain", "--json", "--issue").status == 64)
        #expect(try ledger.run("status", "--json").value["size"] == size)
    }
}
