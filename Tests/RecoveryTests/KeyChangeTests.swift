import Because
import Foundation
import Testing

struct KeyChangeTests {
    /// A ledger that had three keys: changed after 5 decisions, revoked after 10, with 15 in all.
    private static func changed(_ scratch: Scratch) async throws -> [VerifierKey] {
        let first = try await scratch.makeLedger(5)
        var keys = [first]
        for (numbers, isRevocation) in [(5..<10, false), (10..<15, true)] {
            let ledger = try Ledger.open(at: scratch.ledger)
            keys.append(
                try await KeyRotation(of: ledger, from: .folder).run(isRevocation: isRevocation, reason: "why").key)
            try await Scratch.record(numbers, in: ledger)
            await ledger.close()
        }
        return keys
    }

    @Test func `a ledger goes on under its new key, in the same process and the next`() async throws {
        let scratch = try Scratch()
        let keys = try await Self.changed(scratch)
        try await scratch.record(15..<17)
        let ledger = try Ledger.open(at: scratch.ledger, for: .reading)
        #expect(ledger.firstKey == keys[0])
        try ledger.read { view in
            #expect(view.keys.keys == keys)
            #expect(view.key == keys[2])
            #expect(view.keys.terms.map(\.announcedAt) == [0, 7, 13])
            #expect(view.keys.terms.map(\.revokedAt) == [nil, 13, nil])
            #expect(view.keys.key(ofSize: 8) == keys[0], "the old key signs the checkpoint that announces the new one")
            #expect(view.keys.key(ofSize: 9) == keys[1])
            // Both keys signed the checkpoint of the change.
            let stored = try #require(try view.checkpoint(atMost: 8))
            let note = try view.note(of: stored)
            #expect(try note.verified(by: [keys[0]]).signatures.count == 1)
            #expect(try note.verified(by: [keys[1]]).signatures.count == 1)
        }
        #expect(try await ledger.evidence(for: 3).checked.checkpoint.log == keys[2])
    }

    @Test func `whoever knows any of the keys can verify, and whoever knows another is told so`() async throws {
        let scratch = try Scratch()
        for key in try await Self.changed(scratch) {
            let report = try await scratch.verify(key: key)
            #expect(report.exitStatus == 0)
            #expect(report.notices.contains("key_revoked"))
        }
        let stranger = try SigningKey.generate(name: "acme.example/decisions", randomness: .system).verifierKey
        let report = try await scratch.verify(key: stranger)
        #expect(report.exitStatus == 2)
        #expect(report.broken.isSuperset(of: ["key_differs", "signature_wrong"]))
    }

    @Test func `the reason for a change is sealed`() async throws {
        let scratch = try Scratch()
        _ = try await Self.changed(scratch)
        let ledger = try Ledger.open(at: scratch.ledger, for: .reading)
        let shown = try await ledger.evidence(for: 13).checked
        #expect(shown.disclosures.map(\.name) == ["reason"])
        #expect(!String(decoding: shown.entry.bytes, as: UTF8.self).contains("why"))
        #expect(try shown.entry.body()["revoked"] == true)
    }

    @Test(arguments: [
        ("UPDATE signatures SET signature = zeroblob(64) WHERE size = 8", 7),
        ("DELETE FROM signatures WHERE size = 14", 13),
        ("UPDATE checkpoints SET signature = zeroblob(64) WHERE size = 8", 7),
        ("DELETE FROM checkpoints WHERE size = 8", 7),
        ("UPDATE checkpoints SET root = zeroblob(32) WHERE size = 14", 13),
    ])
    func `a change of keys that nobody signed is no change, and is named`(sql: String, entry: UInt64) async throws {
        let scratch = try Scratch()
        _ = try await Self.changed(scratch)
        try scratch.tamper(sql)
        let report = try await scratch.verify()
        #expect(report.exitStatus == 2)
        #expect(report.findings.all.contains { $0.code == "key_change_broken" && $0.entry == entry })
        let error = #expect(throws: LedgerError.self) { try Ledger.open(at: scratch.ledger) }
        #expect(error?.isBrokenEvidence == true)
    }

    @Test func `a thief who announces a key of his own cannot sign as the key before`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(5)
        let key = try KeyFile.read(at: scratch.ledger + "/key").verifierKey
        let thief = try SigningKey.generate(name: key.name.text, randomness: .system)
        // The thief's database: the same entries, an entry that announces his key, signed by it alone.
        let ledger = try Ledger.open(at: scratch.ledger)
        _ = try await ledger.rotateKey(to: thief)
        await ledger.close()
        try scratch.tamper(
            "UPDATE checkpoints SET signature = (SELECT signature FROM signatures WHERE size = 8) WHERE size = 8")
        let report = try await scratch.verify(key: key)
        #expect(report.broken.isSuperset(of: ["key_change_broken", "signature_wrong"]))
    }

    @Test func `a change that was cut short after the commit is finished by the next opening`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(3)
        let successor = try SigningKey.generate(name: "acme.example/decisions", randomness: .system)
        try KeyFile.create(successor, at: scratch.ledger + "/key.new")
        let ledger = try Ledger.open(at: scratch.ledger)
        _ = try await ledger.rotateKey(to: successor)
        await ledger.close()
        // The process ended before the file took its place.
        try await scratch.record(3..<5)
        #expect(try KeyFile.read(at: scratch.ledger + "/key").verifierKey == successor.verifierKey)
        #expect(!FileManager.default.fileExists(atPath: scratch.ledger + "/key.new"))
        #expect(try await scratch.verify().exitStatus == 0)
    }

    @Test func `a change that was cut short before the commit changes nothing, and can be made again`() async throws {
        let scratch = try Scratch()
        let first = try await scratch.makeLedger(3)
        let unused = try SigningKey.generate(name: "acme.example/decisions", randomness: .system)
        try KeyFile.create(unused, at: scratch.ledger + "/key.new")
        try await scratch.record(3..<4)
        let ledger = try Ledger.open(at: scratch.ledger)
        #expect(try ledger.read { $0.keys.keys } == [first])
        let key = try await KeyRotation(of: ledger, from: .folder).run().key
        await ledger.close()
        #expect(key != unused.verifierKey)
        try await scratch.record(4..<5)
        #expect(try await scratch.verify(key: key).exitStatus == 0)
    }

    @Test func `the policy of the ledger names the new key, and keeps what a person wrote`() async throws {
        let scratch = try Scratch()
        let first = try await scratch.makeLedger(2)
        let witness = try SigningKey.generate(name: "w.example", randomness: .system).cosignatureKey
        let text = "# mine\nlog \(first)\nwitness w \(witness) https://w.example\nquorum w\n"
        let path = scratch.ledger + "/policy"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let ledger = try Ledger.open(at: scratch.ledger)
        let changed = try await KeyRotation(of: ledger, from: .folder).run()
        #expect(changed.remark?.contains("the witnesses need it too") == true)
        let now = text.replacing("witness w", with: "log \(changed.key)\nwitness w")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == now)
        try Data("nonsense\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await KeyRotation(of: ledger, from: .folder).run().remark?.contains("does not name") == true)
        await ledger.close()
        try await scratch.record(2..<3)
        #expect(try await scratch.verify().broken == [])
    }

    @Test func `the key before cannot record any more`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(3)
        try scratch.copy(scratch.ledger + "/key", scratch.file("old-key"))
        let ledger = try Ledger.open(at: scratch.ledger)
        _ = try await KeyRotation(of: ledger, from: .folder).run()
        await ledger.close()
        let error = #expect(throws: LedgerError.self) {
            try Ledger.open(at: scratch.ledger, places: LedgerPlaces(key: .file(scratch.file("old-key"))))
        }
        guard case .wrongKey = error else { return #expect(Bool(false), "\(error as Any)") }
    }

    @Test func `records that arrive while the key changes are each signed by the right one`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(2)
        let ledger = try Ledger.open(at: scratch.ledger)
        await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<40 {
                group.addTask { try await Scratch.record(100 + caller..<101 + caller, in: ledger) }
                if caller % 10 == 5 {
                    group.addTask { _ = try await KeyRotation(of: ledger, from: .folder).run() }
                }
            }
            // Two changes at once follow on one another or are refused; none may break the ledger.
            while let result = await group.nextResult() {
                if case .failure(let error) = result {
                    #expect(error is RecordError || error is LedgerError || error is StoreError)
                }
            }
        }
        await ledger.close()
        try await scratch.record(200..<203)
        #expect(try await scratch.verify().exitStatus == 0)
    }

    @Test(arguments: ["another.example/log", "acme.example/decisions/2"])
    func `a key of another name cannot follow`(name: String) async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(1)
        let ledger = try Ledger.open(at: scratch.ledger)
        let other = try SigningKey.generate(name: name, randomness: .system)
        await #expect(throws: RecordError.self) { try await ledger.rotateKey(to: other) }
        let same = try KeyFile.read(at: scratch.ledger + "/key")
        await #expect(throws: RecordError.self) { try await ledger.rotateKey(to: same) }
        await #expect(throws: RecordError.self) {
            try await ledger.rotateKey(
                to: try SigningKey.generate(name: "acme.example/decisions", randomness: .system),
                reason: String(repeating: "x", count: Ledger.reasonByteLimit + 1))
        }
        try await Scratch.record(50..<51, in: ledger)
        await ledger.close()
        #expect(try await scratch.verify().exitStatus == 0)
    }
}
