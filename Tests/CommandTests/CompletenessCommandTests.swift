import Because
import Foundation
import Testing

/// What an intake declares of lines that it refused, and what `because completeness` makes of runs.
struct CompletenessCommandTests {
    private func numbered(_ id: String, _ producer: String, _ seq: Int) -> String {
        #"{"id":"\#(id)","outcome":"act","none_cited":"n","rationale_absent":"r","producer":{"id":"\#(producer)","epoch":"e","seq":\#(seq)}}"#
    }

    @Test func `refused lines are declared in the name of a producer, and no receipt is printed for that`() throws {
        let ledger = try TestLedger()
        let input = [numbered("a", "agent", 1), "{}", numbered("b", "agent", 2), "[]"].joined(separator: "\n")
        let answer = try ledger.run("record", "--declare-loss", "agent", "--epoch", "e", input: input)
        #expect(answer.status == 1)
        #expect(try answer.values.map { $0["id"]?.text } == ["a", "b"])
        #expect(
            answer.errorLines.suffix(2) == [
                "because: declared in the name of agent: entry 4", "because: 2 lines were refused",
            ])
        #expect(
            try ledger.run("completeness").lines == [
                "1 run of 1 producer: 0 complete (0 closed), 0 with a gap, 1 cannot be told",
                "agent run e: cannot tell: decisions without a number are declared lost: 2 rejected",
                "    declared lost: 2 rejected",
            ])
        // A run of its own where none is named; nothing where nothing was refused.
        _ = try ledger.run("record", "--declare-loss", "intake", input: "{}")
        #expect(try ledger.run("completeness", "--producer", "intake").lines.count == 3)
        let good = try ledger.run("record", "--declare-loss", "agent", input: numbered("c", "agent", 3))
        #expect(good.status == 0 && good.errorLines.isEmpty)
    }

    @Test(arguments: [
        (["--epoch", "e"], "--epoch goes with --declare-loss"),
        (["--declare-loss", "p", "--check"], "--declare-loss records beside refused lines"),
        (["--declare-loss", "p", "--strict"], "--declare-loss records beside refused lines"),
    ])
    func `options that mean nothing together are refused`(options: [String], says: String) throws {
        let ledger = try TestLedger()
        let answer = try Because.run(
            ["record"] + options, input: "{}".utf8, environment: ["BECAUSE_LEDGER": ledger.path])
        #expect(answer.status == 64 && answer.errors.contains(says))
    }

    @Test func `a producer that cannot be one is named`() throws {
        let answer = try TestLedger().run("record", "--declare-loss", "no id", input: "{}")
        #expect(answer.status == 1 && answer.errors.contains("producer.id: found"))
    }

    @Test func `runs of one verdict are shown alone, under what there is of each`() throws {
        let ledger = try TestLedger()
        let lines = [
            numbered("a", "whole", 1), numbered("b", "holed", 2), numbered("c", "closed", 1),
            #"{"type":"producer","event":"close","producer":{"id":"closed","epoch":"e"},"count":1}"#,
            #"{"type":"producer","event":"open","producer":{"id":"new","epoch":"e"}}"#,
        ]
        _ = try ledger.run("record", input: lines.joined(separator: "\n"))
        let summary = "4 runs of 4 producers: 2 complete (1 closed), 1 with a gap, 1 cannot be told"
        let all = try ledger.run("completeness").lines
        #expect(all.first == summary && all.count == 5)
        for (only, shown) in [
            ("gap", ["holed run e: gap: of 1 to 2, 1 is missing"]),
            ("cannot_tell", ["new run e: cannot tell: no decision of the run has a number"]),
            (
                "complete",
                [
                    "closed run e: complete up to 1, and the run is closed",
                    "whole run e: complete up to 1, and the run is not closed, so what comes after cannot be told",
                ]
            ),
        ] { #expect(try ledger.run("completeness", "--only", only).lines == [summary] + shown) }
        let json = try ledger.run("completeness", "--only", "gap", "--json")
        #expect(try json.values.map { $0["producer"]?.text } == ["holed"])
        #expect(try ledger.run("completeness", "--only", "perhaps").status == 64)
        #expect(try TestLedger().run("completeness").errorLines == ["because: no producer numbers its decisions"])
    }

    @Test func `why says what completeness says`() throws {
        let ledger = try TestLedger()
        let lines = [
            numbered("a", "agent", 1), numbered("d", "agent", 4),
            #"{"type":"producer","event":"gap","producer":{"id":"agent","epoch":"e"},"first":2,"last":2,"reason":"r"}"#,
            #"{"type":"producer","event":"close","producer":{"id":"agent","epoch":"e"},"count":3}"#,
        ]
        _ = try ledger.run("record", input: lines.joined(separator: "\n"))
        let verdict = "gap: of 1 to 4, 3 is missing; 2 is declared lost by the producer"
        #expect(try ledger.run("completeness").lines.contains("agent run e: \(verdict)"))
        let why = try ledger.run("why", "a", "--json").value
        #expect(why["completeness"]?["verdict"] == "gap" && why["completeness"]?["declared"] == [[2, 2]])
        #expect(why["completeness"]?["remarks"] == ["closed with 3 decisions, and went on to 4"])
        #expect(
            why["statements"]?.items?.contains { $0["text"]?.text == "by the index, agent: \(verdict)" } == true)
    }
}
