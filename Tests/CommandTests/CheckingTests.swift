import Because
import Foundation
import Testing

/// `record --check` and `record --strict`.
struct CheckingTests {
    @Test func `a check says what would be refused and changes no byte of the folder`() throws {
        let ledger = try TestLedger()
        _ = try ledger.run("record", input: decision("d1"))
        let before = try contents(of: ledger.path)
        let input = [
            decision("d1"), decision("d1", summary: "Sent it"), decision("d2"), decision("d2"),
            decision("d2", summary: "Sent it"), decision("d3", ref: "acme/rules#no"), "x",
        ].joined(separator: "\n")
        let file = try ledger.file("input", input.utf8)
        for arguments in [["record", "--check"], ["record", "--check", file], ["record", "--check", "--strict"]] {
            let answer = try Because.run(
                arguments, input: input.utf8, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 1 && answer.bytes.isEmpty)
            let place = arguments.contains(file) ? "\(file):" : "line "
            #expect(
                answer.errorLines.filter { $0.contains("error:") } == [
                    "because: error: \(place)2: id: d1 was recorded with other content, as entry 2",
                    "because: error: \(place)5: id: d2 stands earlier in the input with other content",
                    "because: error: \(place)6: principles[0].ref: acme/rules@1 has no section \"no\"",
                    "because: error: \(place)7: not JSON: byte 1: 'x' stands where a value is expected",
                ], "\(answer.errors)")
            let name = arguments.contains(file) ? file : "standard input"
            #expect(answer.errorLines.contains("because: \(name): 3 would be recorded, 4 refused"))
            #expect(try contents(of: ledger.path) == before)
        }
        let good = try ledger.run("record", "--check", input: decision("d2"))
        #expect(good.status == 0 && good.bytes.isEmpty)
        #expect(good.errors == "because: standard input: 1 would be recorded, 0 refused\n")
        #expect(try contents(of: ledger.path) == before)
    }

    @Test(arguments: [false, true])
    func `a strict record writes nothing when one line is bad`(isFile: Bool) throws {
        let ledger = try TestLedger()
        let before = try contents(of: ledger.path)
        // The bad line is the last of many, far behind the first batch.
        let lines = (0..<1500).map { decision("d\($0)") }
        func record(_ lines: [String]) throws -> Answer {
            let input = lines.joined(separator: "\n")
            guard isFile else { return try ledger.run("record", "--strict", input: input) }
            return try ledger.run("record", "--strict", ledger.file("input", input.utf8))
        }
        let refused = try record(lines + ["{}"])
        #expect(refused.status == 1 && refused.bytes.isEmpty)
        #expect(refused.errorLines.last == "because: 1 line was refused, so nothing was recorded")
        #expect(refused.errors.contains("1501: outcome: missing"))
        #expect(try contents(of: ledger.path) == before)

        let recorded = try record(lines)
        #expect(recorded.status == 0 && recorded.errors.isEmpty)
        #expect(try recorded.values.map { $0["id"]?.text } == (0..<1500).map { "d\($0)" })
        #expect(try recorded.values.map { $0["n"]?.integer } == (2..<1502).map { Int64($0) })
    }

    @Test func `an input that registers what it cites passes the check`() throws {
        let ledger = try TestLedger()
        let second = try ledger.file("rules.md", TestLedger.rules.replacing("## Obey", with: "## Always obey").utf8)
        #expect(try ledger.run("spec", "add", second, "--id", "acme/rules", "--version", "2").status == 0)
        _ = try ledger.run("record", input: decision("d1", ref: "acme/rules#always-obey-the-law"))
        #expect(try ledger.run("spec", "activate", "acme/rules@1").status == 0)
        _ = try ledger.run("record", input: decision("d2", ref: "acme/rules#obey-the-law"))
        let export = try ledger.run("export").output

        let scratch = try Scratch()
        let other = scratch.path + "/other"
        #expect(try Because.run(["init", other, "--origin", "acme.example/copy"]).status == 0)
        let checked = try Because.run(["record", "--check", "--ledger", other], input: export.utf8)
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.errorLines == ["because: standard input: 5 would be recorded, 0 refused"])
        // Out of its order it does not.
        let reversed = export.split(separator: "\n").reversed().joined(separator: "\n")
        #expect(try Because.run(["record", "--check", "--ledger", other], input: reversed.utf8).status == 1)
        let recorded = try Because.run(["record", "--strict", "--ledger", other], input: export.utf8)
        #expect(recorded.status == 0 && recorded.lines.count == 5, "\(recorded.errors)")
        #expect(try Because.run(["verify", "--ledger", other]).status == 0)
    }
}
