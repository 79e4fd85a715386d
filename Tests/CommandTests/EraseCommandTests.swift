import Because
import Foundation
import Testing

/// The commands that erase, hold and retain, as a person runs them.
struct EraseCommandTests {
    private static func line(_ id: String, _ subject: String = "customer-77", more: String = "") -> String {
        """
        {"id":"\(id)","outcome":"refuse","summary":"About \(word(id))","none_cited":"none",\
        "rationale":{"text":"Since \(word(id)) said so.","source":"model","timing":"with"},"subject":"\(subject)"\(more)}
        """
    }

    private static func word(_ id: String) -> String { "zq\(id)vkerasure" }

    private func filled(_ ids: String..., more: String = "") throws -> TestLedger {
        let ledger = try TestLedger()
        let answer = try ledger.run("record", input: ids.map { Self.line($0, more: more) }.joined(separator: "\n"))
        try #require(answer.status == 0, "\(answer.errors)")
        _ = try ledger.run("find", "vkerasure")
        return ledger
    }

    /// The files that hold a piece of what is said of a decision, as it is or in base64url.
    private static func files(_ id: String, in folder: String) throws -> [String] {
        let word = Array(Self.word(id).utf8)
        let forms = (0..<3).map { offset in
            let text = Array(Base64.encode([UInt8](repeating: 0x20, count: offset) + word, .url).utf8)
            return Data(text.dropFirst(offset == 0 ? 0 : 4).dropLast(4))
        }
        return try contents(of: folder).filter { _, data in
            (forms + [Data(word.dropFirst(3))]).contains { data.range(of: $0) != nil }
        }.keys.sorted()
    }

    @Test func `a field is erased, and every answer says so`() throws {
        let ledger = try filled("d-1", "d-2")
        #expect(try Self.files("d-1", in: ledger.path) == ["index.sqlite", "log.sqlite"])
        let erased = try ledger.run(
            "erase", "d-1", "--field", "summary", "--field", "rationale", "--basis", "GDPR 17")
        #expect(erased.status == 0, "\(erased.errors)")
        #expect(erased.output.hasPrefix("d-1, entry 2: erased ") && erased.output.hasSuffix("as entry 4 says\n"))
        #expect(erased.errors.contains("backups, exports, and proof files"))
        #expect(try Self.files("d-1", in: ledger.path) == [])
        #expect(try ledger.run("why", "d-1").output.contains("entry 4 says: “GDPR 17”"))
        #expect(try ledger.run("show", "d-1").output.contains("erased by entry 4"))
        let shown = try ledger.run("show", "d-1", "--json").value["erased"]?.items ?? []
        #expect(Set(shown.compactMap { $0["field"]?.text }) == ["summary", "rationale.text"])
        #expect(try ledger.run("verify").status == 0)
        let again = try ledger.run("erase", "d-1", "--field", "summary", "--basis", "x", "--json")
        #expect(again.status == 0)
        #expect(try again.value["erased"]?.items?.isEmpty == true && again.value["before"]?.items?.count == 1)
        let rest = try ledger.run("erase", "d-1", "--all", "--basis", "x", "--json").value
        #expect(rest["scrubbing"] == "done" && rest["erased"]?.items?.first?["fields"]?.items?.count == 2)
    }

    @Test func `a person is erased, and is nobody that the ledger knows`() throws {
        let ledger = try filled("d-1", "d-2")
        _ = try ledger.run("record", input: Self.line("d-3", "customer-78"))
        let erased = try ledger.run("erase", "--subject", "customer-77", "--basis", "GDPR 17")
        #expect(erased.status == 0 && erased.lines.count == 2, "\(erased.errors)")
        for id in ["d-1", "d-2"] { #expect(try Self.files(id, in: ledger.path) == []) }
        #expect(try ledger.run("find", "subject:customer-77").output.isEmpty)
        #expect(try !ledger.run("find", "subject:customer-78").output.isEmpty)
        let again = try ledger.run("erase", "--subject", "customer-77", "--basis", "GDPR 17")
        #expect(again.status == 0 && again.errors.contains("nothing is found by this person"))
        #expect(try ledger.run("verify").status == 0)
    }

    @Test func `a hold beats an erasure, and is listed and released`() throws {
        let ledger = try filled("d-1")
        let hold = try ledger.run("hold", "place", "d-1", "--basis", "Case \u{202E}12").lines[0]
        let refused = try ledger.run("erase", "d-1", "--all", "--basis", "x")
        #expect(refused.status == 1 && refused.errors.contains("is held: by entry 3"))
        #expect(refused.errors.contains("because hold release \(hold)") && !refused.errors.contains("\u{202E}"))
        let listed = try ledger.run("hold", "list")
        #expect(listed.output.hasPrefix("\(hold) on d-1, entry 2\n") && !listed.output.contains("\u{202E}"))
        #expect(try ledger.run("hold", "list", "--json").value["basis"] == "Case \u{202E}12")
        #expect(try ledger.run("hold", "release", hold, "--basis", "Over").status == 0)
        #expect(try ledger.run("hold", "list").output.isEmpty)
        #expect(try ledger.run("hold", "list", "--all").output.contains("released by entry 4"))
        #expect(try ledger.run("erase", "d-1", "--all", "--basis", "x").status == 0)
        #expect(try ledger.run("verify").status == 0)
    }

    @Test func `classes say how long, a dry run lists, and a run is on record`() throws {
        let ledger = try filled("d-1", more: #","retention":"now""#)
        let empty = try ledger.run("retain", "--dry-run")
        #expect(empty.status == 0 && empty.output.isEmpty)
        #expect(try ledger.run("retention", "set", "long", "--min", "180d", "--max", "104w", "--default").status == 0)
        #expect(try ledger.run("retention", "set", "now", "--max", "0s").output == "now: kept at most 0s\n")
        #expect(
            try ledger.run("retention", "list").output
                == "long: kept at least 180d, at most 728d; default\nnow: kept at most 0s\n")
        let dry = try ledger.run("retain", "--dry-run")
        #expect(dry.output.contains("d-1, entry 2, decision"))
        #expect(try ledger.run("status", "--json").value["size"] == 5)
        let run = try ledger.run("retain", "--json")
        #expect(try run.status == 0 && run.value["n"] == 5 && run.value["erased"]?.items?.first?["id"] == "d-1")
        #expect(try Self.files("d-1", in: ledger.path) == [])
        #expect(try ledger.run("why", "d-1").output.contains("its time was over"))
        _ = try ledger.run("record", input: Self.line("d-2"))
        let early = try ledger.run("erase", "d-2", "--all", "--basis", "x")
        #expect(early.status == 1 && early.errors.contains("--despite-minimum"))
        #expect(try ledger.run("erase", "d-2", "--all", "--basis", "x", "--despite-minimum").status == 0)
        #expect(try ledger.run("verify").status == 0)
    }

    @Test(arguments: [
        (["erase"], "name the id of a record, or --subject"), (["erase", "d-1"], "--field, once or more, or --all"),
        (["erase", "d-1", "--all"], "--basis says on what basis"),
        (["erase", "d-1", "--all", "--field", "x", "--basis", "x"], "--field, once or more, or --all"),
        (["erase", "d-1", "--all", "--subject", "x", "--basis", "x"], "name the id of a record, or --subject"),
        (["erase", "--subject", "x", "--all", "--basis", "x"], "--subject erases everything"),
        (["erase", "--resume", "d-1"], "--resume stands alone"),
        (["hold", "place", "--basis", "x"], "name the id of a record, or --subject"),
        (["retention", "set", "a", "--max", "2y"], "2y is no time"),
        (["retention", "set", "a", "--max", "99999999999d"], "is no time"),
    ]) func `what makes no sense is a question of usage`(arguments: [String], says: String) throws {
        let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": "/nowhere"])
        #expect(answer.status == 64 && answer.errors.contains(says), "\(answer.errors)")
    }

    @Test func `what cannot be done is said with what to do`() throws {
        let ledger = try filled("d-1")
        let cases: [([String], String, String)] = [
            (["erase", "d-9", "--all", "--basis", "x"], "no entry has the id d-9", "because find"),
            (["erase", "d", "--all", "--basis", "x"], "no entry has the id d", "similar ids: d-1"),
            (["erase", "d-1", "--field", "notes", "--basis", "x"], "has no sealed field notes", "it has: "),
            (["erase", "d-1", "--all", "--basis", " "], "the basis is empty", "say in a sentence"),
            (["erase", "because:ledger", "--all", "--basis", "x"], "has no sealed fields", "stays"),
            (["hold", "place", "d-9", "--basis", "x"], "no entry has the id d-9", "whole id"),
            (["hold", "release", "d-1", "--basis", "x"], "no hold in force is on d-1", "because hold list"),
            (["retention", "set", "a", "--min", "2d", "--max", "1d"], "the minimum is longer", "such as"),
        ]
        for (arguments, error, hint) in cases {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 1 && answer.bytes.isEmpty, "\(arguments)")
            #expect(answer.errorLines[0].contains(error) && answer.errorLines[1].contains(hint), "\(answer.errors)")
        }
        let holder = try ledger.start("record")
        holder.write(line: decision("d2"))
        _ = try #require(holder.readLine())
        let second = try ledger.run("erase", "d-1", "--all", "--basis", "x")
        #expect(second.status == 1 && second.errors.contains("held for writing by another process"))
    }

    @Test(arguments: [true, false])
    func `the ledger before a break is erased from where it takes it, and named where not`(hasKey: Bool) throws {
        let ledger = try filled("d-1", "d-2")
        // The key that is asked for is lost; the one that the ledger was made with may lie in its folder still.
        let key = ledger.path + "-key"
        if !hasKey { try FileManager.default.removeItem(atPath: ledger.path + "/key") }
        let recovered = try ledger.run("recover", "--reason", "It was lost.", "--key-file", key)
        try #require(recovered.status == 0, "\(recovered.errors)")
        let elsewhere = try ledger.run("erase", "d-1", "--all", "--basis", "x", "--key-file", key + "-2")
        #expect(elsewhere.status == 1 && elsewhere.errorLines[0].contains("d-1 is in the ledger before the break"))
        let erased = try ledger.run(
            "erase", "--subject", "customer-77", "--basis", "GDPR 17", "--key-file", key + "-2")
        #expect(erased.status == (hasKey ? 0 : 1), "\(erased.errors)")
        #expect(erased.lines.count == (hasKey ? 2 : 0))
        #expect(erased.errors.contains("was not searched") == !hasKey)
        #expect(try Self.files("d-1", in: ledger.path + "/previous").isEmpty == hasKey)
        #expect(try ledger.run("verify").status == 0)
    }

    /// What can be seen of an erasure from outside, in its order.
    enum Step: CaseIterable {
        case started, locked, committing, scrubbingIndex, done
    }

    private struct Look {
        let folder: String
        var hadFrames = false

        init(_ folder: String) { self.folder = folder }

        private func size(_ name: String) -> Int? {
            var status = stat()
            return stat("\(folder)/\(name)", &status) == 0 ? Int(status.st_size) : nil
        }

        mutating func hasReached(_ step: Step) -> Bool {
            let frames = size("log.sqlite-wal") ?? 0
            if frames > 0 { hadFrames = true }
            return switch step {
            case .started: true
            case .locked: (try? String(contentsOfFile: folder + "/lock", encoding: .utf8).contains("erase")) == true
            case .committing: hadFrames
            case .scrubbingIndex: size("index.sqlite-journal") != nil
            case .done: hadFrames && frames == 0
            }
        }
    }

    /// A process that is killed at any moment has erased all or nothing, and the next one finishes what it began.
    @Test(arguments: Step.allCases, 0..<6)
    func `a kill at any moment leaves it undone or lets it be finished`(step: Step, further: Int) throws {
        let ledger = try filled("d-1", "d-2", "d-3")
        let child = try ledger.start("erase", "--subject", "customer-77", "--basis", "GDPR 17")
        child.closeInput()
        var look = Look(ledger.path)
        while !look.hasReached(step), !child.hasEnded {}
        // And a few looks more, so that it is not always the same moment.
        for _ in 0..<further * further * 20 { _ = look.hasReached(step) }
        child.kill()
        _ = child.wait()
        // A reader changes nothing of what is due, and finds a ledger that holds.
        let report = try ledger.run("verify", "--json")
        #expect(report.status == 0, "\(report.output)")
        let left = try ["d-1", "d-2", "d-3"].filter { try ledger.run("show", $0).output.contains(Self.word($0)) }
        #expect(left.isEmpty || left.count == 3)
        let resumed = try ledger.run("erase", "--resume")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try ledger.run("status", "--json").value["scrubbing_due"] == nil)
        if left.isEmpty {
            for id in ["d-1", "d-2", "d-3"] { #expect(try Self.files(id, in: ledger.path) == []) }
        }
        #expect(try ledger.run("erase", "--subject", "customer-77", "--basis", "GDPR 17").status == 0)
        for id in ["d-1", "d-2", "d-3"] { #expect(try Self.files(id, in: ledger.path) == []) }
        #expect(try ledger.run("verify").status == 0)
    }
}
