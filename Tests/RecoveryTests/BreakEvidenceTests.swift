import Because
import Foundation
import Testing

/// What somebody kept of a ledger before it was continued after a declared break.
struct BreakEvidenceTests {
    private static let origin = "acme.example/decisions"

    /// A ledger that had 22 entries, is put back to 12 under a head that knows `known`, and was continued.
    private struct Continued {
        let scratch: Scratch
        /// The signed checkpoint of each size from 2 to 22.
        var notes: [UInt64: [UInt8]] = [:]
        let key: SigningKey

        init(known: UInt64 = 22) async throws {
            scratch = try Scratch()
            try await scratch.makeLedger(0)
            key = try KeyFile.read(at: scratch.ledger + "/key")
            for size in UInt64(2)...22 {
                if size > 2 { try await scratch.record(Int(size)..<Int(size + 1)) }
                notes[size] = try BreakEvidenceTests.note(of: scratch.ledger)
                if size == 12 { try scratch.copy(scratch.ledger, scratch.file("backup")) }
                if size == known { try scratch.copy(scratch.ledger + "/head", scratch.file("head")) }
            }
            try scratch.copy(scratch.file("backup"), scratch.ledger)
            try scratch.copy(scratch.file("head"), scratch.ledger + "/head")
            _ = try await Recovery(folder: scratch.ledger).run(reason: "a backup was restored")
            try await scratch.record(50..<53)
        }
    }

    private static func note(of folder: String) throws -> [UInt8] {
        try Ledger.open(at: folder, for: .reading).read { $0.note.bytes }
    }

    private static func verify(
        _ scratch: Scratch, against bytes: [UInt8], key: VerifierKey? = nil, policy: Policy? = nil
    ) async throws -> VerificationReport {
        try await Verification(
            folder: scratch.ledger, key: key, against: EarlierEvidence(parsing: bytes), policy: policy
        ).run()
    }

    /// The one finding of the comparison.
    private static func finding(_ report: VerificationReport) throws -> Finding {
        let findings = report.findings.of(.consistency)
        return try #require(findings.count == 1 ? findings[0] : nil, "\(findings)")
    }

    private static func isCode(_ code: String, _ report: VerificationReport) throws -> Bool {
        let status: Int32 = code == "against_continued" ? 0 : code == "against_unproven" ? 1 : 2
        #expect(report.exitStatus == status, "\(report.text)")
        return try finding(report).code == code
    }

    @Test
    func `each checkpoint of the ledger before is extended or lost, with the number of its entries that are lost`()
        async throws
    {
        let continued = try await Continued()
        for (size, note) in continued.notes {
            let report = try await Self.verify(continued.scratch, against: note)
            let finding = try Self.finding(report)
            #expect(
                finding.message.contains("is of \(Self.origin), which this ledger continues after a declared break"))
            if size <= 12 {
                #expect(try Self.isCode("against_continued", report))
                #expect(report.verdict(.consistency) == .holds && finding.message.contains("none of its entries was"))
            } else {
                #expect(try Self.isCode("against_lost", report))
                #expect(report.verdict(.consistency) == .broken)
                let count = size == 13 ? "one" : "\(size - 12)"
                #expect(finding.message.contains("\(count) of its \(size) entries w"))
                #expect(finding.message.contains(size == 13 ? "entry 12" : "entries 12 to \(size - 1)"))
                #expect(finding.message.contains("the very checkpoint that the declaration names") == (size == 22))
            }
        }
    }

    @Test func `a proof file, a tlog-proof and a head are compared as well`() async throws {
        let continued = try await Continued()
        let before = try Ledger.open(at: continued.scratch.file("backup"))
        let proof = try await before.prove(3)
        await before.close()
        let kept = try [
            proof.file.bytes, proof.file.evidence.proof.bytes,
            Array(Data(contentsOf: URL(fileURLWithPath: continued.scratch.file("backup/head")))),
        ]
        for bytes in kept {
            #expect(try Self.isCode("against_continued", await Self.verify(continued.scratch, against: bytes)))
        }
        let head = Array(try Data(contentsOf: URL(fileURLWithPath: continued.scratch.file("head"))))
        #expect(try Self.isCode("against_lost", await Self.verify(continued.scratch, against: head)))
    }

    @Test func `what is gone beyond what the declaration names is said`() async throws {
        let continued = try await Continued(known: 18)
        for (size, code) in [(12, "against_continued"), (15, "against_lost"), (18, "against_lost")]
            as [(UInt64, String)]
        {
            let note = try #require(continued.notes[size])
            #expect(try Self.isCode(code, await Self.verify(continued.scratch, against: note)), "\(size)")
        }
        let report = try await Self.verify(continued.scratch, against: #require(continued.notes[22]))
        #expect(try Self.isCode("against_undeclared", report))
        let message = try Self.finding(report).message
        #expect(
            message.contains(
                "6 were declared lost, entries 12 to 17; 4 are gone that nothing declares, entries 18 to 21"))
    }

    @Test func `another history of the ledger before, and what nobody signed, are told from its own`() async throws {
        let continued = try await Continued()
        let root = MerkleTree.leafHash([1])
        for size in [1, 5, 12] as [UInt64] {
            let note = try Checkpoint(origin: Self.origin, size: size, root: root).signed(by: continued.key)
            let report = try await Self.verify(continued.scratch, against: note.bytes)
            #expect(try Self.isCode("against_forked", report))
            #expect(report.text.contains("says nothing of another history"))
            let stranger = try SigningKey.generate(name: Self.origin, randomness: .system)
            let other = try Checkpoint(origin: Self.origin, size: size, root: root).signed(by: stranger)
            #expect(try Self.isCode("against_other_log", await Self.verify(continued.scratch, against: other.bytes)))
        }
        let good = String(decoding: try #require(continued.notes[9]), as: UTF8.self)
        let changed = Array(good.replacing("\n9\n", with: "\n8\n").utf8)
        #expect(try Self.isCode("against_unsigned", await Self.verify(continued.scratch, against: changed)))
    }

    @Test func `without the ledger before, only its last good and its lost checkpoint can be told`() async throws {
        let continued = try await Continued()
        try FileManager.default.removeItem(atPath: continued.scratch.ledger + "/previous")
        for (size, note) in continued.notes {
            let report = try await Self.verify(continued.scratch, against: note)
            let code = size == 12 ? "against_continued" : size == 22 ? "against_lost" : "against_unproven"
            #expect(try Self.isCode(code, report), "\(size)")
            if size < 12 { #expect(report.text.contains("it is not in the folder `previous`")) }
            if 12 < size, size < 22 { #expect(report.text.contains("nothing shows who signed it")) }
            // Whoever knows the key of the ledger before can judge what was signed.
            let text = "log \(continued.key.verifierKey.text)\nlog \(try Self.key(continued.scratch))\nquorum none\n"
            let policy = try Policy(parsing: Array(text.utf8))
            let known = try await Self.verify(continued.scratch, against: note, policy: policy)
            #expect(try Self.isCode(size > 12 ? "against_lost" : code, known), "\(size)")
        }
        let fork = try Checkpoint(origin: Self.origin, size: 12, root: MerkleTree.leafHash([1])).signed(
            by: continued.key)
        #expect(try Self.isCode("against_unproven", await Self.verify(continued.scratch, against: fork.bytes)))
        let policy = try Policy(
            parsing: Array(
                "log \(continued.key.verifierKey.text)\nlog \(try Self.key(continued.scratch))\nquorum none\n".utf8))
        #expect(
            try Self.isCode("against_forked", await Self.verify(continued.scratch, against: fork.bytes, policy: policy))
        )
    }

    private static func key(_ scratch: Scratch) throws -> String {
        try Ledger.open(at: scratch.ledger, for: .reading).firstKey.text
    }

    @Test func `an auditor who gives the key of the ledger before is told of the break, not of a fork`() async throws {
        let continued = try await Continued()
        for (size, code) in [(12, "against_continued"), (22, "against_lost")] as [(UInt64, String)] {
            let report = try await Self.verify(
                continued.scratch, against: #require(continued.notes[size]), key: continued.key.verifierKey)
            #expect(try Self.finding(report).code == code)
            #expect(report.broken.contains("key_differs"), "the ledger of today has another key")
        }
    }

    @Test func `through two breaks the evidence is compared with the ledger that it is of`() async throws {
        let continued = try await Continued()
        let (scratch, second) = (continued.scratch, try Self.note(of: continued.scratch.ledger))
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        #expect(try await Recovery(folder: scratch.ledger).run(reason: "again").origin == "\(Self.origin)/3")
        let expected: [([UInt8], String)] = try [
            (second, "against_continued"), (#require(continued.notes[7]), "against_continued"),
            (#require(continued.notes[22]), "against_lost"),
        ]
        for (note, code) in expected {
            #expect(try Self.isCode(code, await Self.verify(scratch, against: note)))
        }
        let report = try await Self.verify(scratch, against: expected[1].0)
        #expect(report.text.contains("which \(Self.origin)/2 continues after a declared break, and this ledger that"))

        try FileManager.default.removeItem(atPath: scratch.ledger + "/previous/previous")
        #expect(try Self.isCode("against_unproven", await Self.verify(scratch, against: expected[1].0)))
        #expect(try Self.isCode("against_lost", await Self.verify(scratch, against: expected[2].0)))
        #expect(try Self.isCode("against_continued", await Self.verify(scratch, against: second)))

        try FileManager.default.removeItem(atPath: scratch.ledger + "/previous")
        let cut = try await Self.verify(scratch, against: expected[1].0)
        #expect(try Self.isCode("against_unproven", cut))
        #expect(cut.text.contains("by its name a ledger before \(Self.origin)/2"))
        let other = try Checkpoint(origin: "other.example", size: 1, root: MerkleTree.emptyRoot).signed(
            by: SigningKey.generate(name: "other.example", randomness: .system))
        #expect(try Self.isCode("against_other_log", await Self.verify(scratch, against: other.bytes)))
    }

    @Test func `of a ledger that was forked, the other history is known as such`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(3)
        try scratch.copy(scratch.ledger, scratch.file("other"))
        try await scratch.record(3..<6)
        let (fork, early) = (try Self.note(of: scratch.ledger), try Self.note(of: scratch.file("other")))
        try scratch.copy(scratch.ledger + "/head", scratch.file("head"))
        try scratch.copy(scratch.file("other"), scratch.ledger)
        try await scratch.record(10..<13)
        let own = try Self.note(of: scratch.ledger)
        try scratch.copy(scratch.file("head"), scratch.ledger + "/head")
        #expect(try await Recovery(folder: scratch.ledger).run(reason: "x").continuation.what == .forked)
        for (note, code) in [(early, "against_continued"), (own, "against_continued"), (fork, "against_lost")] {
            #expect(try Self.isCode(code, await Self.verify(scratch, against: note)))
        }
        #expect(try await Self.verify(scratch, against: fork).text.contains("is of another history"))
    }

    @Test func `of a ledger that was damaged nothing goes on but what is good`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(6)
        let note = try Self.note(of: scratch.ledger)
        try scratch.tamper(
            "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), 'refuse', 'comply') AS BLOB) WHERE n = 4")
        #expect(try await Recovery(folder: scratch.ledger).run(reason: "x").continuation.what == .damaged)
        let report = try await Self.verify(scratch, against: note)
        #expect(try Self.isCode("against_lost", report))
        #expect(report.text.contains("8 of its 8 entries were declared lost"))
        // What the next ledger says of this one is lost where its own first entry is.
        try scratch.tamper("UPDATE entries SET bytes = CAST(bytes || ' ' AS BLOB) WHERE n = 1")
        _ = try await Recovery(folder: scratch.ledger).run(reason: "y")
        #expect(try Self.isCode("against_unproven", await Self.verify(scratch, against: note)))
    }

    @Test(arguments: [
        ("a/2", 2, ["a": true, "a/2": false, "a/3": false, "a/1": false, "b": false, "a/02": false, "": false]),
        ("a", 1, ["a": false, "a/2": false]),
        ("a/4", 4, ["a": true, "a/2": true, "a/3": true, "a/+3": false, "a/4": false]),
        ("x/y", 3, ["x/y": true, "x/y/2": true, "x": false]),
    ])
    func `a name says whether its ledger may come before`(origin: String, epoch: Int, names: [String: Bool]) {
        let continuation = Continuation(origin: origin, epoch: epoch, what: .keyLost, lastGood: nil, lost: nil)
        for (name, isBefore) in names { #expect(continuation.follows(name) == isBefore, "\(name)") }
    }
}
