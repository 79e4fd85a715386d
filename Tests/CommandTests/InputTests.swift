import Because
import Foundation
import Testing

/// How `record` reads its input.
struct InputTests {
    @Test func `blank lines, CR LF and a last line without its end are read as people write them`() throws {
        let ledger = try TestLedger()
        let input =
            "\n  \r\n" + decision("d1") + "\r\n\t\n" + decision("d2") + "\n\n   " + decision("d3") + "  \r\n{\n"
            + decision("d4")
        let answer = try ledger.run("record", input: input)
        #expect(try answer.values.map { $0["id"]?.text } == ["d1", "d2", "d3", "d4"])
        // Lines are counted as an editor counts them.
        #expect(answer.errorLines.first?.hasPrefix("because: error: line 8: not JSON") == true, "\(answer.errors)")
        #expect(answer.status == 1)
    }

    @Test func `an empty input records nothing and is no error`() throws {
        let ledger = try TestLedger()
        for input in ["", "\n", " \r\n\n"] {
            let answer = try ledger.run("record", input: input)
            #expect(answer.status == 0 && answer.bytes.isEmpty && answer.errors.isEmpty)
        }
    }

    @Test func `the same id with the same content is recorded once, whatever its layout`() throws {
        let ledger = try TestLedger()
        let first = try ledger.run("record", input: decision("d1")).value
        #expect(first["status"] == "recorded")
        let layout = decision("d1").replacing(",", with: " ,\t").replacing("refuse", with: #"ref\u0075se"#)
        let other = decision("d2")
        let again = try ledger.run("record", input: [layout, other, other, decision("d1")].joined(separator: "\n"))
        #expect(again.status == 0)
        let receipts = try again.values
        #expect(receipts.map { $0["status"]?.text } == ["duplicate", "recorded", "duplicate", "duplicate"])
        for receipt in [receipts[0], receipts[3]] {
            #expect(receipt["n"] == first["n"] && receipt["leaf"] == first["leaf"])
        }
        #expect(receipts[1]["n"] == receipts[2]["n"] && receipts[1]["leaf"] == receipts[2]["leaf"])
        #expect(try ledger.run("find", "outcome:refuse", "--json").lines.count == 2)
    }

    @Test func `the same id with other content is refused with where the first stands`() throws {
        let ledger = try TestLedger()
        _ = try ledger.run("record", input: decision("d1"))
        let hint =
            "because: hint: an entry is never changed; record what is new under an id of its own, with a link to the first"
        let input = [
            decision("d1", summary: "Sent it"), decision("d2"), decision("d2", summary: "Sent it"), decision("d3"),
        ]
        let answer = try ledger.run("record", input: input.joined(separator: "\n"))
        #expect(answer.status == 1)
        #expect(
            answer.errorLines == [
                "because: error: line 1: id: d1 was recorded with other content, as entry 2", hint,
                "because: error: line 3: id: d2 was recorded with other content, as entry 3", hint,
                "because: 2 lines were refused",
            ])
        #expect(try answer.values.map { $0["id"]?.text } == ["d2", "d3"])
        #expect(try ledger.run("why", "d1", "--json").value["id"] == "d1")
    }

    @Test func `several files are read in their order, and each problem names its file`() throws {
        let ledger = try TestLedger()
        let first = try ledger.file("a.ndjson", (decision("a") + "\n{}\n").utf8)
        let second = try ledger.file("b.ndjson", ("\n[]\n" + decision("b")).utf8)
        let answer = try ledger.run("record", first, second)
        #expect(try answer.values.map { $0["id"]?.text } == ["a", "b"])
        #expect(answer.errorLines.contains { $0.hasPrefix("because: error: \(first):2: outcome: missing") })
        #expect(answer.errorLines.contains { $0.hasPrefix("because: error: \(second):2: the line: found a list") })
        #expect(answer.errorLines.last == "because: 2 lines were refused")
        #expect(answer.status == 1)
        // A dash is standard input; a file that is missing is noticed before anything is recorded.
        #expect(try ledger.run("record", "-", input: decision("c")).value["id"] == "c")
        let missing = try ledger.run("record", first, "/no/such/file")
        #expect(missing.status == 1 && missing.bytes.isEmpty)
        #expect(missing.errorLines == ["because: error: /no/such/file cannot be read: No such file or directory"])
        let folder = try ledger.run("record", ledger.path)
        #expect(folder.status == 1 && folder.errorLines.last == "because: hint: name a file")
    }

    @Test func `a line of 1 MiB is recorded and one byte more is passed over`() throws {
        let ledger = try TestLedger()
        let limit = 1 << 20
        let frame = decision("d1", summary: "").utf8.count
        let longest = decision("d1", summary: String(repeating: "x", count: limit - frame))
        #expect(longest.utf8.count == limit)
        let longer = decision("d2", summary: String(repeating: "x", count: limit - frame + 1))
        let answer = try ledger.run("record", input: [longest, longer, decision("d3")].joined(separator: "\n"))
        #expect(try answer.values.map { $0["id"]?.text } == ["d1", "d3"])
        #expect(
            answer.errorLines == [
                "because: error: line 2: longer than 1048576 bytes; the line was passed over",
                "because: hint: keep large content elsewhere, and record its digest", "because: 1 line was refused",
            ])

        // What was recorded can be exported and recorded again, although base64 makes it longer.
        let copy = try TestLedger()
        let export = try ledger.run("export")
        #expect(export.lines.contains { $0.utf8.count > limit })
        let again = try copy.run("record", input: export.output)
        #expect(again.status == 0, "\(again.errors)")
        #expect(
            try copy.run("why", "d1", "--json").value["decision"] == ledger.run("why", "d1", "--json").value["decision"]
        )
    }

    @Test func `a line of 2 GB is passed over without being kept`() throws {
        let ledger = try TestLedger()
        let child = try ledger.start("record")
        child.write(line: decision("before"))
        _ = try #require(child.readLine())
        let memory = try #require(child.peakMemory)
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<2048 { #expect(child.write(chunk)) }
        child.write(line: "")
        child.write(line: decision("after"))
        let receipt = try JSON(parsing: Array(try #require(child.readLine()).utf8))
        #expect(receipt["id"] == "after")
        let grown = try #require(child.peakMemory) - memory
        #expect(grown < 32 << 20, "\(grown) bytes more than before the line")
        child.closeInput()
        #expect(child.wait() == 1)
        #expect(child.errorText.contains("because: error: line 2: longer than 1048576 bytes; the line was passed over"))
    }

    @Test func `ten thousand lines that are bad or long cost little`() throws {
        let ledger = try TestLedger()
        let child = try ledger.start("record")
        let lines = String(repeating: "{}\n[\n\n", count: 5000) + decision("last") + "\n"
        let writing = child.feed(lines.utf8, thenCloses: true)
        #expect(child.readLine()?.contains("\"last\"") == true)
        writing.wait()
        #expect(child.readLine() == nil)
        #expect(child.wait() == 1)
        #expect(child.errorText.contains("because: error: line 14999: not JSON"))
        #expect(child.errorText.hasSuffix("because: 10000 lines were refused\n"))
    }
}
