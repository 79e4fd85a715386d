import Because
import Foundation
import Testing

/// One process records; others are told so, or answer meanwhile.
struct TwoProcessesTests {
    @Test func `a line typed by hand is answered before the input ends`() throws {
        let ledger = try TestLedger()
        let child = try ledger.start("record")
        for number in 0..<3 {
            child.write(line: decision("d\(number)"))
            let receipt = try JSON(parsing: Array(try #require(child.readLine()).utf8))
            #expect(receipt["n"]?.integer == Int64(TestLedger.ownCount + number))
            #expect(receipt["id"]?.text == "d\(number)")
        }
        child.closeInput()
        #expect(child.readLine() == nil)
        #expect(child.wait() == 0)
        #expect(child.errorText == "")
    }

    @Test func `a second writer is refused with what to do, and everything else answers meanwhile`() throws {
        let ledger = try TestLedger()
        let holder = try ledger.start("record")
        holder.write(line: decision("d1"))
        _ = try #require(holder.readLine())

        let attempts: [[String]] = [
            ["record"], ["record", "--strict"], ["spec", "activate", "acme/rules@1"],
            [
                "spec", "add", try ledger.file("rules2.md", "# Rules\n\nMore.\n".utf8), "--id", "acme/rules",
                "--version", "2",
            ],
        ]
        for arguments in attempts {
            let second = try Because.run(
                arguments, input: (decision("d2") + "\n").utf8, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(second.status == 1 && second.bytes.isEmpty, "\(arguments)")
            let lines = second.errorLines
            #expect(
                lines.first == "because: error: the ledger is held for writing by another process "
                    + "(process \(holder.pid), because record): \(ledger.path)/lock", "\(second.errors)")
            #expect(
                lines.dropFirst().first
                    == "because: hint: stop the other process or record through it; reading is possible meanwhile")
        }
        let questions = [
            ["why", "d1"], ["why", "d1", "--json"], ["find", "outcome:refuse"], ["find", "customer", "--scan"],
            ["verify"], ["status"], ["show", "d1"], ["export"], ["spec", "list"],
            ["spec", "show", "acme/rules#obey-the-law"],
            ["index", "rebuild"], ["record", "--check", try ledger.file("more", (decision("d3") + "\n").utf8)],
        ]
        for arguments in questions {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 0, "\(arguments): \(answer.errors)")
        }

        // The holder was not disturbed, and what it records next is found at once.
        holder.write(line: decision("d2"))
        _ = try #require(holder.readLine())
        #expect(try ledger.run("find", "id:d2", "--json").value["id"] == "d2")
        holder.closeInput()
        #expect(holder.wait() == 0)
        #expect(try ledger.run("record", input: decision("d3")).status == 0)
        #expect(try ledger.run("verify").status == 0)
    }

    @Test func `many readers and a writer do not disturb each other`() throws {
        let ledger = try TestLedger()
        let writer = try ledger.start("record")
        let readers = try (0..<6).map { number in
            let commands = [["find", "customer", "--json"], ["verify", "--json"], ["export"]]
            return try Because.start(commands[number % 3], environment: ["BECAUSE_LEDGER": ledger.path])
        }
        let input = (0..<500).map { decision("d\($0)") + "\n" }.joined()
        let writing = writer.feed(input.utf8, thenCloses: true)
        for reader in readers { reader.closeInput() }
        for reader in readers {
            _ = reader.readToEnd()
            #expect(reader.wait() == 0, "\(reader.errorText)")
        }
        let receipts = writer.readToEnd().count { $0 == UInt8(ascii: "\n") }
        writing.wait()
        #expect(writer.wait() == 0 && receipts == 500)
        #expect(try ledger.run("find", "customer", "--limit", "1000", "--json").lines.count == 500)
        #expect(try ledger.run("verify").status == 0)
    }
}
