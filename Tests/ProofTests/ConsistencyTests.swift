import Because
import Foundation
import GRDB
import Testing

/// Today's log against what was kept of it elsewhere.
struct ConsistencyTests {
    /// A ledger of five entries in `l`, closed, with a copy of it at three entries in `early`.
    private static func grown() async throws -> Scratch {
        let scratch = try Scratch()
        let ledger = try await scratch.ledger()
        try await ledger.decide(["a", "b"])
        await ledger.close()
        try scratch.copy("l", to: "early")
        try await record(["c", "d"], in: "l", of: scratch)
        return scratch
    }

    private static func record(_ ids: [String], in name: String, of scratch: Scratch) async throws {
        let ledger = try Ledger.open(at: scratch.folder(name))
        try await ledger.decide(ids)
        await ledger.close()
    }

    /// The four forms in which somebody may have kept the newest checkpoint of a ledger.
    private static func evidence(_ name: String, of scratch: Scratch) async throws -> [[UInt8]] {
        let ledger = try Ledger.open(at: scratch.folder(name), for: .recording)
        let proof = try await ledger.prove(1)
        let note = try ledger.read { $0.note.bytes }
        await ledger.close()
        return [note, proof.file.bytes, proof.file.evidence.proof.bytes, try scratch.bytes("\(name)/head")]
    }

    private static func verify(
        _ name: String, of scratch: Scratch, against bytes: [UInt8], key: VerifierKey? = nil
    ) async throws -> VerificationReport {
        try await Verification(
            folder: scratch.folder(name), key: key, against: EarlierEvidence(parsing: bytes)
        ).run()
    }

    private static func codes(_ report: VerificationReport) -> [String] {
        report.findings.of(.consistency).map(\.code)
    }

    @Test func `a log that grew, or stayed the same, goes on from every form of evidence`() async throws {
        let scratch = try await Self.grown()
        for (folder, sentence) in [("early", "the first 3 of 5 entries"), ("l", "the log is the same: 5 entries")] {
            for bytes in try await Self.evidence(folder, of: scratch) {
                let report = try await Self.verify("l", of: scratch, against: bytes)
                #expect(Self.codes(report) == ["against_extends"] && report.exitStatus == 0)
                #expect(report.verdict(.consistency) == .holds)
                #expect(report.text.contains("consistency    holds") && report.text.contains(sentence))
                #expect(report.json["verdicts"]?["consistency"]?["verdict"] == "holds")
            }
        }
        let plain = try await Verification(folder: scratch.folder("l")).run()
        #expect(!plain.text.contains("consistency") && plain.json["verdicts"]?["consistency"] == nil)
    }

    @Test func `every earlier checkpoint of a log is extended, at every size`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.ledger()
        var notes = [try ledger.read { $0.note.bytes }]
        for number in 1..<20 {
            try await ledger.decide(["d\(number)"])
            notes.append(try ledger.read { $0.note.bytes })
        }
        await ledger.close()
        for (index, note) in notes.enumerated() {
            let report = try await Self.verify("l", of: scratch, against: note)
            #expect(Self.codes(report) == ["against_extends"], "size \(index + 1)")
        }
    }

    @Test func `an older copy that was put back is named, with the entries that are gone`() async throws {
        let scratch = try await Self.grown()
        for bytes in try await Self.evidence("l", of: scratch) {
            let report = try await Self.verify("early", of: scratch, against: bytes)
            #expect(Self.codes(report) == ["against_rolled_back"] && report.exitStatus == 2)
            #expect(report.verdict(.consistency) == .broken)
            #expect(report.findings.all.contains { $0.message.contains("entries 3 to 4 are gone") && $0.entry == 3 })
            #expect(report.findings.of(.integrity).isEmpty, "only the evidence tells")
        }
    }

    @Test func `entries that were cut off are told from an older copy`() async throws {
        let scratch = try await Self.grown()
        let note = try await Self.evidence("l", of: scratch)[0]
        let queue = try DatabaseQueue(path: scratch.folder("l/log.sqlite"))
        try await queue.write { database in
            for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \"\(name)\"")
            }
            try database.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM entries WHERE n = 4")
        }
        try queue.close()
        let report = try await Self.verify("l", of: scratch, against: note)
        #expect(Self.codes(report) == ["against_rolled_back"])
        #expect(report.text.contains("cut off at its end"))
    }

    @Test func `two histories are named, at the same size and below it`() async throws {
        let scratch = try await Self.grown()
        try await Self.record(["x", "y"], in: "early", of: scratch)
        for bytes in try await Self.evidence("l", of: scratch) {
            let report = try await Self.verify("early", of: scratch, against: bytes)
            #expect(Self.codes(report) == ["against_forked"] && report.exitStatus == 2)
            #expect(report.text.contains("same size, other root"))
        }
        try await Self.record(["z"], in: "early", of: scratch)
        for bytes in try await Self.evidence("l", of: scratch) {
            let report = try await Self.verify("early", of: scratch, against: bytes)
            #expect(Self.codes(report) == ["against_forked"] && report.text.contains("the first 5 of 6 entries"))
        }
    }

    @Test func `another log is named, by its origin and by its key`() async throws {
        let scratch = try await Self.grown()
        for (name, origin) in [("other", "other.example/log"), ("same", Samples.origin)] {
            let ledger = try await scratch.ledger(name, origin: origin)
            try await ledger.decide(["a"])
            await ledger.close()
            for bytes in try await Self.evidence(name, of: scratch) {
                let report = try await Self.verify("l", of: scratch, against: bytes)
                #expect(Self.codes(report) == ["against_other_log"] && report.exitStatus == 2, "\(name)")
            }
        }
    }

    @Test func `evidence whose signature is wrong says nothing about the log`() async throws {
        let scratch = try await Self.grown()
        let text = String(decoding: try await Self.evidence("early", of: scratch)[0], as: UTF8.self)
        let changed = Array(text.replacing("\n3\n", with: "\n4\n").utf8)
        let report = try await Self.verify("l", of: scratch, against: changed)
        #expect(Self.codes(report) == ["against_unsigned"] && report.exitStatus == 2)
    }

    /// Nothing that the log's key can sign brings the comparison down.
    @Test(arguments: [0, 1, 4, 5, 6, 1 << 62, .max] as [UInt64])
    func `a root that the log never had is told from one that it had, at any size`(size: UInt64) async throws {
        let scratch = try await Self.grown()
        let key = try KeyFile.read(at: scratch.folder("l/key"))
        let root = MerkleTree.leafHash([1])
        let note = try Checkpoint(origin: Samples.origin, size: size, root: root).signed(by: key)
        let report = try await Self.verify("l", of: scratch, against: note.bytes)
        #expect(Self.codes(report) == [size > 5 ? "against_rolled_back" : "against_forked"])
        #expect(report.exitStatus == 2 && report.json["exit_status"] == 2)
        let empty = try Checkpoint(origin: Samples.origin, size: 0, root: MerkleTree.emptyRoot).signed(by: key)
        #expect(Self.codes(try await Self.verify("l", of: scratch, against: empty.bytes)) == ["against_extends"])
    }

    @Test func `the key that the auditor gives judges the evidence`() async throws {
        let scratch = try await Self.grown()
        let key = try Ledger.open(at: scratch.folder("l"), for: .reading).firstKey
        let note = try await Self.evidence("early", of: scratch)[0]
        #expect(Self.codes(try await Self.verify("l", of: scratch, against: note, key: key)) == ["against_extends"])
        let other = try SigningKey.generate(name: Samples.origin, randomness: .system).verifierKey
        let report = try await Self.verify("l", of: scratch, against: note, key: other)
        #expect(Self.codes(report) == ["against_other_log"] && report.exitStatus == 2)
    }

    @Test func `a torn slot of a head file is passed over`() async throws {
        let scratch = try await Self.grown()
        var head = try scratch.bytes("l/head")
        let good = try #require(String(decoding: head.prefix(1024), as: UTF8.self).contains("\n5\n") ? 0 : 1)
        // The slot that is not the newest loses half of what it holds, or one bit.
        let slot = (1 - good) * 1024
        head[slot + 150] ^= 1
        #expect(Self.codes(try await Self.verify("l", of: scratch, against: head)) == ["against_extends"])
        for offset in 100..<1024 { head[slot + offset] = 0 }
        #expect(Self.codes(try await Self.verify("l", of: scratch, against: head)) == ["against_extends"])
    }

    // MARK: Keys that changed

    /// The ledger `l` after its key was replaced, and its copy from before in `early`.
    private static func rotated(records ids: [String] = ["e"]) async throws -> Scratch {
        let scratch = try await grown()
        let ledger = try Ledger.open(at: scratch.folder("l"))
        let next = try SigningKey.generate(name: Samples.origin, randomness: .system)
        _ = try await ledger.rotateKey(to: next)
        try await ledger.decide(ids)
        await ledger.close()
        try FileManager.default.removeItem(atPath: scratch.folder("l/key"))
        try KeyFile.create(next, at: scratch.folder("l/key"))
        return scratch
    }

    @Test func `evidence from before a change of keys still counts`() async throws {
        let scratch = try await Self.rotated()
        for bytes in try await Self.evidence("early", of: scratch) + Self.evidence("l", of: scratch) {
            let report = try await Self.verify("l", of: scratch, against: bytes)
            #expect(Self.codes(report) == ["against_extends"])
        }
    }

    @Test func `a copy from before a change of keys is found out by a proof file, which leads to the new key`()
        async throws
    {
        let scratch = try await Self.rotated()
        let evidence = try await Self.evidence("l", of: scratch)
        let report = try await Self.verify("early", of: scratch, against: evidence[1])
        #expect(Self.codes(report) == ["against_rolled_back", "against_rolled_back"])
        let note = try await Self.verify("early", of: scratch, against: evidence[0])
        #expect(Self.codes(note) == ["against_other_log"])
        #expect(note.text.contains("this ledger is from before a change of keys"))
    }

    @Test func `a history that the old key went on signing is named as such`() async throws {
        let scratch = try await Self.rotated(records: ["e", "f"])
        try await Self.record(["x", "y", "z", "v"], in: "early", of: scratch)
        let report = try await Self.verify("l", of: scratch, against: Self.evidence("early", of: scratch)[0])
        #expect(Self.codes(report) == ["against_forked"])
        #expect(report.text.contains("when it was the turn of"))
    }
}
