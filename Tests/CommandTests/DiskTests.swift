import Because
import Foundation
import Testing

/// Disks that are full, folders that may not be written, and bytes that were changed.
struct DiskTests {
    @Test(.enabled(if: Tmpfs.isAvailable, "needs root, to mount a file system of its own"))
    func `receipts that were printed before the disk was full stay true`() throws {
        let disk = try Tmpfs(size: "1m")
        let ledger = try TestLedger(under: disk.path)
        let long = String(repeating: "long ", count: 400)
        let lines = (0..<2000).map { decision("d\($0)", summary: long) }
        let child = try ledger.start("record")
        let writing = child.feed(lines.map { $0 + "\n" }.joined().utf8, thenCloses: true)
        let output = String(decoding: child.readToEnd(), as: UTF8.self)
        writing.wait()
        #expect(child.wait() == 1)
        let errors = child.errorText.split(separator: "\n").map(String.init)
        let receipts = try output.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        // One error, which names the first line that is not in the ledger, not one for each line that follows.
        #expect(errors.count == 3, "\(child.errorText)")
        #expect(errors.first?.hasPrefix("because: error: line \(receipts.count + 1): the disk is full: ") == true)
        #expect(
            errors.dropFirst().first
                == "because: hint: free some space and run the command again; what was acknowledged is safe")
        #expect(
            errors.dropFirst(2).first == "because: nothing after that line was recorded; what has a receipt is safe")

        // Once there is room the same input goes on where it stopped.
        #expect(disk.resize("64m"))
        #expect(try ledger.run("verify").status == 0)
        let again = try ledger.run("record", input: lines.joined(separator: "\n"))
        #expect(again.status == 0, "\(again.errors)")
        let values = try again.values
        #expect(values.count == lines.count)
        for (index, value) in values.enumerated() {
            if index < receipts.count {
                #expect(value["status"] == "duplicate")
                #expect(value["n"] == receipts[index]["n"] && value["leaf"] == receipts[index]["leaf"])
            } else {
                #expect(value["status"] == "recorded")
            }
        }
        #expect(try ledger.run("verify").status == 0)
    }

    @Test(.enabled(if: Tmpfs.isAvailable, "needs root, to mount a file system of its own"))
    func `a ledger that does not fit on the disk is not there in part`() throws {
        let disk = try Tmpfs(size: "32k")
        let made = try Because.run(["init", disk.path + "/ledger", "--origin", "a"])
        #expect(made.status == 1 && made.bytes.isEmpty)
        #expect(made.errorLines.first?.hasPrefix("because: error: the disk is full: ") == true, "\(made.errors)")
        #expect(made.errorLines.last?.hasPrefix("because: hint: free some space") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == [])
        #expect(disk.resize("1m"))
        #expect(try Because.run(["init", disk.path + "/ledger", "--origin", "a"]).status == 0)
    }

    @Test(.enabled(if: WriteProtection.isAvailable, "needs a folder that this user may not write"))
    func `a ledger in a folder that may not be written answers, and refuses to record`() throws {
        let ledger = try TestLedger()
        _ = try ledger.run("record", input: decision("d1"))
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: ledger.path + "/log.sqlite" + suffix)
        }
        let before = try contents(of: ledger.path)
        let protection = try WriteProtection(ledger.path)
        for arguments in [
            ["why", "d1"], ["find", "customer"], ["find", "--scan"], ["show", "d1"], ["status"], ["verify"], ["export"],
            ["spec", "list"],
        ] {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 0 && !answer.bytes.isEmpty, "\(arguments): \(answer.errors)")
        }
        for arguments in [["record"], ["spec", "activate", "acme/rules@1"], ["index", "rebuild"]] {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 1 && answer.bytes.isEmpty)
            #expect(
                answer.errorLines.count == 2 && answer.errors.contains("Read-only") || getuid() != 0, "\(answer.errors)"
            )
            #expect(answer.errors.contains("because: hint: give this user write permission"), "\(answer.errors)")
        }
        let inside = try Because.run(["init", ledger.path + "/inner", "--origin", "a"])
        #expect(inside.status == 1 && inside.errors.contains("may not be written"), "\(inside.errors)")
        withExtendedLifetime(protection) {}
        #expect(try contents(of: ledger.path) == before)
    }

    @Test func `a byte changed in a stored entry is found, with the entry's number`() throws {
        let ledger = try TestLedger()
        let ids = (0..<40).map { "decision-number-\($0)-of-forty" }
        _ = try ledger.run("record", input: ids.map { decision($0) }.joined(separator: "\n"))
        let log = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/log.sqlite"))
        for (index, id) in ids.enumerated() where index % 7 == 0 {
            // In the bytes of the entry the id stands as JSON; in the table of ids it stands alone.
            let place = try #require(log.firstRange(of: Data("\"id\":\"\(id)\"".utf8)))
            let copy = try TestLedger(copyOf: ledger.path)
            try copy.patch("log.sqlite", at: place.lowerBound + 7, [UInt8(ascii: "X")])
            let number = TestLedger.ownCount + index
            let report = try copy.run("verify", "--json")
            #expect(report.status == 2)
            let findings = try report.value["findings"]?.items ?? []
            #expect(findings.contains { $0["entry"]?.integer == Int64(number) && $0["severity"] == "broken" })
            let text = try copy.run("verify")
            #expect(text.status == 2 && text.output.contains("entry \(number)"))
            #expect(text.output.hasSuffix("The evidence does not hold.\n"))
            // Nothing is answered from an entry that cannot be proven.
            for arguments in [["why", id], ["show", "\(number)"], ["export"], ["find", "--scan", "--limit", "100"]] {
                let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": copy.path])
                #expect(answer.status == 2 && !answer.output.contains("Xecision"), "\(arguments): \(answer.errors)")
                #expect(answer.errorLines.last == "because: hint: run `because verify`; it names the entry at fault")
            }
        }
        #expect(try ledger.run("verify").status == 0)
    }

    @Test(arguments: 0..<60)
    func `a byte changed anywhere in the database never gives a wrong answer`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let ledger = try TestLedger(copyOf: try Self.recorded.get().path)
        let size = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/log.sqlite")).count
        let place = Int.random(in: 0..<size, using: &random)
        let value = UInt8.random(in: 0...255, using: &random)
        try ledger.patch("log.sqlite", at: place, [value])
        let sound = try Self.sound.get()
        for (arguments, expected) in sound {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            // A signal would be a negative status.
            #expect([0, 1, 2].contains(answer.status), "byte \(place) = \(value), \(arguments): \(answer.status)")
            if answer.status == 0, answer.output != expected {
                // A sealed value that does not open its field any more is gone, and that is said.
                let isSaid =
                    answer.errors.contains("sealed values of some hits are gone") || answer.output.contains("missing")
                    || arguments.first == "show" && Self.opensLess(answer.output, than: expected)
                #expect(isSaid, "byte \(place) = \(value), \(arguments)")
            } else if answer.status != 0 {
                #expect(!answer.errors.isEmpty || answer.status == 2, "byte \(place) = \(value), \(arguments)")
            }
        }
    }

    /// A ledger with some decisions and an index.
    private static let recorded = Result {
        let ledger = try TestLedger(under: Scratch.forTheRun().path)
        let lines = (0..<30).map { decision("d\($0)") }
        try #require(ledger.run("record", input: lines.joined(separator: "\n")).status == 0)
        return ledger
    }

    /// What it answers.
    /// Whether `show` opens fewer sealed fields, and says nothing else.
    private static func opensLess(_ shown: String, than sound: String) -> Bool {
        guard var less = try? JSON(parsing: Array(shown.utf8)).object,
            var all = try? JSON(parsing: Array(sound.utf8)).object, let some = less["disclosures"]?.items,
            let every = all["disclosures"]?.items
        else { return false }
        (less["disclosures"], all["disclosures"]) = (nil, nil)
        return less == all && some.count < every.count && some.allSatisfy(every.contains)
    }

    private static let sound = Result {
        let ledger = try recorded.get()
        return try [
            ["why", "d7", "--json"], ["find", "--scan", "--json"], ["show", "d7", "--json"], ["verify", "--json"],
        ].map {
            ($0, try Because.run($0, environment: ["BECAUSE_LEDGER": ledger.path]).output)
        }
    }
}
