import Because
import Foundation
import Testing

/// What every command says of a folder that is not as it should be.
struct FaultTests {
    /// Commands that read, and those that write, with what they need.
    private static let readers = [
        ["why", "d1"], ["find"], ["find", "--scan"], ["show", "d1"], ["status"], ["verify"], ["export"],
        ["spec", "list"],
        ["spec", "show", "acme/rules"], ["index", "rebuild"], ["record", "--check"], ["record", "--strict"],
    ]
    private static let writers = [["record"], ["spec", "activate", "acme/rules@1"]]

    /// Runs every command and expects the same end of each.
    private func expect(
        _ path: String, _ commands: [[String]] = readers + writers, status: Int32, error: String, hint: String,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        for arguments in commands {
            let answer = try Because.run(
                arguments, input: (decision("d2") + "\n").utf8, environment: ["BECAUSE_LEDGER": path])
            #expect(
                answer.status == status && answer.bytes.isEmpty, "\(arguments): \(answer.output)",
                sourceLocation: location)
            #expect(
                answer.errorLines == ["because: error: \(error)", "because: hint: \(hint)"], "\(arguments)",
                sourceLocation: location)
        }
    }

    /// The files of a folder but for `lock`, in which a writer says who it is before it looks any further.
    private func truth(of folder: String) throws -> [String: Data] {
        try contents(of: folder).filter { $0.key != "lock" }
    }

    /// The codes of the findings that break something.
    private func broken(_ report: Answer) throws -> [String?] {
        (try report.value["findings"]?.items ?? []).filter { $0["severity"] == "broken" }.map { $0["code"]?.text }
    }

    private static let create = "create a ledger with `because init DIR --origin NAME`"

    @Test func `a folder that is no ledger is told apart, and stays as it was`() throws {
        let scratch = try Scratch()
        let missing = scratch.path + "/missing"
        try expect(missing, status: 1, error: "\(missing) is not a ledger: there is no such folder", hint: Self.create)
        #expect(!FileManager.default.fileExists(atPath: missing))
        let file = try scratch.write("text", to: "file")
        try expect(file, status: 1, error: "\(file) is not a ledger: it is not a folder", hint: Self.create)

        let folder = try Scratch()
        try expect(
            folder.path, status: 1, error: "\(folder.path) is not a ledger: it holds no log.sqlite", hint: Self.create)
        let log = try folder.write("", to: "log.sqlite")
        try expect(
            folder.path, status: 1, error: "\(folder.path) is not a ledger: log.sqlite is empty", hint: Self.create)
        _ = try folder.write(String(repeating: "notes ", count: 1000), to: "log.sqlite")
        try expect(folder.path, status: 1, error: "\(log) is not a ledger: it is no SQLite database", hint: Self.create)
        #expect(try truth(of: folder.path).keys.sorted() == ["log.sqlite"])
    }

    @Test func `another program's database is told apart, and stays as it was`() throws {
        let ledger = try TestLedger()
        _ = try ledger.run("find")
        let scratch = try Scratch()
        // The ledger's own index is a SQLite database, and no log.
        try FileManager.default.copyItem(atPath: ledger.path + "/index.sqlite", toPath: scratch.path + "/log.sqlite")
        let before = try contents(of: scratch.path)
        try expect(
            scratch.path, status: 1,
            error: "\(scratch.path) is not a ledger: log.sqlite is the database of another program", hint: Self.create)
        #expect(try contents(of: scratch.path)["log.sqlite"] == before["log.sqlite"])
    }

    @Test func `a ledger of a later format is refused with both versions, unread`() throws {
        let ledger = try TestLedger()
        // `PRAGMA user_version` is the big-endian number at byte 60 of a SQLite database.
        try ledger.patch("log.sqlite", at: 60, [0, 0, 0, 9])
        let before = try truth(of: ledger.path)
        try expect(
            ledger.path, status: 1, error: "the ledger has format 9; this program knows formats up to 1",
            hint: "use the version of because that wrote it, or a later one")
        #expect(try truth(of: ledger.path) == before)
    }

    @Test func `without its key a ledger can be read and not written`() throws {
        let ledger = try TestLedger()
        _ = try ledger.run("record", input: decision("d1"))
        let key = ledger.path + "/key"
        let hint = "restore the key file of this ledger, or point to where it lies"
        try FileManager.default.moveItem(atPath: key, toPath: key + ".away")
        try expect(
            ledger.path, Self.writers, status: 1,
            error: "the signing key \(key) cannot be used: No such file or directory", hint: hint)
        for arguments in Self.readers where arguments != ["record", "--strict"] {
            let answer = try Because.run(arguments, environment: ["BECAUSE_LEDGER": ledger.path])
            #expect(answer.status == 0, "\(arguments): \(answer.errors)")
        }
        try Data("no key\n".utf8).write(to: URL(fileURLWithPath: key))
        chmod(key, 0o600)
        let unreadable = try ledger.run("record", input: decision("d2"))
        #expect(
            unreadable.status == 1 && unreadable.errorLines.last == "because: hint: \(hint)", "\(unreadable.errors)")
        try FileManager.default.removeItem(atPath: key)
        try FileManager.default.moveItem(atPath: key + ".away", toPath: key)
        chmod(key, 0o644)
        try expect(
            ledger.path, Self.writers, status: 1,
            error: "the signing key \(key) cannot be used: others may read it (mode 644); run chmod 600", hint: hint)
        chmod(key, 0o600)
        #expect(try ledger.run("record", input: decision("d2")).status == 0)
    }

    @Test func `another ledger's key is refused, and another auditor's key is a finding`() throws {
        let ledger = try TestLedger()
        let scratch = try Scratch()
        let made = try Because.run(["init", scratch.path + "/other", "--origin", TestLedger.origin])
        let otherKey = try #require(made.lines.first)
        let key = try #require(try ledger.run("status", "--json").value["key"]?.text)
        let verified = try ledger.run("verify", "--key", otherKey, "--json")
        #expect(verified.status == 2)
        let findings = try verified.value["findings"]?.items ?? []
        #expect(findings.contains { $0["code"] == "key_differs" && $0["entry"] == 0 }, "\(verified.output)")

        try FileManager.default.removeItem(atPath: ledger.path + "/key")
        try FileManager.default.copyItem(atPath: scratch.path + "/other/key", toPath: ledger.path + "/key")
        try expect(
            ledger.path, Self.writers, status: 1,
            error: "the signing key is \(otherKey); this ledger was made with \(key)",
            hint: "use the key that `because init` made for this ledger")
        #expect(try ledger.run("verify", "--key", key).status == 0)
    }

    @Test func `an older copy of the database is noticed by the head, and nothing is written`() throws {
        let ledger = try TestLedger()
        _ = try ledger.run("record", input: decision("d1"))
        let older = try TestLedger(copyOf: ledger.path)
        let branch = try TestLedger(copyOf: ledger.path)
        _ = try ledger.run("record", input: [decision("d2"), decision("d3")].joined(separator: "\n"))
        try older.replace("head", by: ledger)
        let before = try truth(of: older.path)
        try expect(
            older.path, Self.writers, status: 2,
            error:
                "the database has 3 entries, but 5 were signed before: it was rolled back or replaced by an older copy",
            hint:
                "nothing was written. Put the newest copy back, or declare the break with because recover; keep both, they are evidence"
        )
        let verified = try older.run("verify", "--json")
        #expect(verified.status == 2)
        #expect(try broken(verified) == ["rolled_back"])
        #expect(try truth(of: older.path) == before)

        // Another history of the same size: a copy went on by itself.
        _ = try branch.run("record", input: [decision("x2"), decision("x3")].joined(separator: "\n"))
        try branch.replace("head", by: ledger)
        try expect(
            branch.path, Self.writers, status: 2,
            error: "another history of 5 entries was signed before: the database was replaced",
            hint:
                "nothing was written. Put the newest copy back, or declare the break with because recover; keep both, they are evidence"
        )
        #expect(try broken(branch.run("verify", "--json")) == ["forked"])
    }

    @Test func `a head that is missing or behind is made anew by the next writer`() throws {
        let ledger = try TestLedger()
        let behind = try Data(contentsOf: URL(fileURLWithPath: ledger.path + "/head"))
        _ = try ledger.run("record", input: decision("d1"))
        for head in [nil, Data(), behind] {
            let file = URL(fileURLWithPath: ledger.path + "/head")
            try? FileManager.default.removeItem(at: file)
            try head?.write(to: file)
            #expect(try ledger.run("verify").status == 0)
            #expect(try ledger.run("why", "d1").status == 0)
            #expect(try ledger.run("record", input: decision("d1")).value["status"] == "duplicate")
            let size = try ledger.run("status", "--json").value["size"]?.integer
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            #expect(text.contains("\(TestLedger.origin)\n\(size ?? 0)\n"))
        }
    }

    @Test func `a head that holds something else is not overwritten, and can be taken away knowingly`() throws {
        let ledger = try TestLedger()
        let file = URL(fileURLWithPath: ledger.path + "/head")
        try Data("noise".utf8).write(to: file)
        let refused = try ledger.run("record", input: decision("d1"))
        #expect(refused.status == 2 && refused.errors.contains("holds no checkpoint that this ledger's key signed"))
        #expect(try broken(ledger.run("verify", "--json")) == ["head_foreign"])
        #expect(try Data(contentsOf: file) == Data("noise".utf8))
        try FileManager.default.removeItem(at: file)
        #expect(try ledger.run("record", input: decision("d1")).status == 0)
    }
}
