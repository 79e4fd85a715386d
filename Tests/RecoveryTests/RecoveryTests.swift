import Because
import Foundation
import Testing

struct RecoveryTests {
    /// What befalls a ledger of 20 decisions, of which a copy was made at 10.
    enum Blow: String, CaseIterable, Sendable {
        case olderCopy, endCutOff, otherHistory, entryChanged, entryDeleted, keyLost, keyChangedAndOlderCopy

        var what: Continuation.Break {
            switch self {
            case .olderCopy, .endCutOff, .keyChangedAndOlderCopy: .rolledBack
            case .otherHistory: .forked
            case .entryChanged, .entryDeleted: .damaged
            case .keyLost: .keyLost
            }
        }

        /// Entries that are good: the ledger's own first two, and decisions.
        var goodSize: UInt64 {
            switch self {
            case .olderCopy, .keyChangedAndOlderCopy: 12
            case .endCutOff: 18
            case .otherHistory, .keyLost: 22
            // Only the newest checkpoint of a block stays, so nothing before the entry at fault was signed.
            case .entryChanged, .entryDeleted: 0
            }
        }
    }

    private static func strike(_ blow: Blow, _ scratch: Scratch) async throws {
        try await scratch.makeLedger(10)
        try scratch.copy(scratch.ledger, scratch.file("backup"))
        switch blow {
        case .olderCopy:
            try await scratch.record(10..<20)
            try restore(scratch)
        case .keyChangedAndOlderCopy:
            let ledger = try Ledger.open(at: scratch.ledger)
            _ = try await KeyRotation(of: ledger, from: .folder).run()
            try await Scratch.record(10..<20, in: ledger)
            await ledger.close()
            try restore(scratch)
        case .otherHistory:
            try await scratch.record(10..<20)
            try scratch.copy(scratch.ledger + "/head", scratch.file("head"))
            try scratch.copy(scratch.file("backup"), scratch.ledger)
            try await scratch.record(30..<40)
            try scratch.copy(scratch.file("head"), scratch.ledger + "/head")
        case .endCutOff:
            try await scratch.record(10..<16)
            let keep = Attestation(
                size: 18, root: try Ledger.open(at: scratch.ledger, for: .reading).read { $0.checkpoint.root })
            let ledger = try Ledger.open(at: scratch.ledger)
            try await ledger.attest(keep)
            try await Scratch.record(16..<20, in: ledger)
            await ledger.close()
            try scratch.tamper(
                "DELETE FROM entries WHERE n >= 18; DELETE FROM identities WHERE n >= 18; DELETE FROM sealed WHERE key >= 18 * 2048; DELETE FROM checkpoints WHERE size > 18"
            )
        case .entryChanged:
            try await scratch.record(10..<20)
            try scratch.tamper(
                "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), 'refuse', 'comply') AS BLOB) WHERE n = 7")
        case .entryDeleted:
            try await scratch.record(10..<20)
            try scratch.tamper("DELETE FROM entries WHERE n = 9")
        case .keyLost:
            try await scratch.record(10..<20)
            try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        }
    }

    /// Puts the backup's database under the head that knows more.
    private static func restore(_ scratch: Scratch) throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: scratch.ledger + "/log.sqlite" + suffix)
        }
        try scratch.copy(scratch.file("backup/log.sqlite"), scratch.ledger + "/log.sqlite")
    }

    @Test(arguments: Blow.allCases)
    func `a ledger that was struck refuses to record, says what happened, and goes on after recovery`(blow: Blow)
        async throws
    {
        let scratch = try Scratch()
        try await Self.strike(blow, scratch)
        if ![.entryChanged, .entryDeleted].contains(blow) {
            #expect(throws: LedgerError.self) { try Ledger.open(at: scratch.ledger) }
        }
        if blow != .keyLost { #expect(try await scratch.verify().exitStatus == 2) }

        let outcome = try await Recovery(folder: scratch.ledger).run(reason: "what happened")
        #expect(outcome.continuation.what == blow.what)
        #expect(outcome.continuation.goodSize == blow.goodSize)
        #expect(outcome.origin == "acme.example/decisions/2")
        #expect(outcome.lostSpecifications == [])

        try await scratch.record(50..<53)
        let report = try await scratch.verify(key: outcome.key)
        #expect(report.exitStatus == 0, "\(report.text)")
        #expect(report.notices.contains("declared_break"))
        #expect(report.text.contains("declares a break"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted().contains("ledger.recovered")
                == false)

        let ledger = try Ledger.open(at: scratch.ledger, for: .reading)
        let reason = try await ledger.evidence(for: 0).checked.disclosures
        #expect(reason.map(\.value) == ["what happened"])
        #expect(try await ledger.explain("decision-51").number == 3)
        if blow.what == .damaged {
            // Nothing of a damaged ledger can be proven, so nothing of it is answered.
            await #expect(throws: LedgerError.self) { _ = try await ledger.explain("decision-3") }
            return
        }
        // What the ledger before recorded is still answered, with where it comes from.
        let before = try await ledger.explain("decision-3")
        #expect(
            before.notes.contains { $0.contains("acme.example/decisions, which acme.example/decisions/2 continues") })
    }

    @Test func `where decisions can be contested goes on, and holds for those before the break`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(3)
        let first = try Ledger.open(at: scratch.ledger)
        try await first.setContact(Contact("Office"))
        await first.close()
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        _ = try await Recovery(folder: scratch.ledger).run(reason: "the key is gone")
        let next = try Ledger.open(at: scratch.ledger)
        #expect(try next.read { try $0.contact() }?.text == "Office")
        #expect(try next.read { try $0.contact() }?.entry == 0)
        try await next.setContact(Contact("New office"))
        let before = try await next.explain("decision-1")
        #expect(before.contact?.text == "New office" && before.contact?.origin == "acme.example/decisions/2")
        await next.close()
    }

    @Test func `a healthy ledger is not recovered`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(5)
        await #expect(throws: Recovery.Problem.self) { _ = try await Recovery(folder: scratch.ledger).run(reason: "x") }
        try await scratch.record(5..<6)
        #expect(try await scratch.verify().exitStatus == 0)
    }

    @Test func `nobody recovers a ledger that another process records in`() async throws {
        let scratch = try Scratch()
        try await Self.strike(.keyLost, scratch)
        try await scratch.makeOther()
        let other = try Ledger.open(at: scratch.file("other"))
        await #expect(throws: StoreError.self) {
            _ = try await Recovery(folder: scratch.file("other")).run(reason: "x")
        }
        await other.close()
    }

    @Test func `a second recovery continues the first, and the line of ledgers stays whole`() async throws {
        let scratch = try Scratch()
        try await Self.strike(.keyLost, scratch)
        _ = try await Recovery(folder: scratch.ledger).run(reason: "first")
        try await scratch.record(60..<62)
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        let outcome = try await Recovery(folder: scratch.ledger).run(reason: "second")
        #expect(outcome.origin == "acme.example/decisions/3")
        let ledger = try Ledger.open(at: scratch.ledger, for: .reading)
        #expect(try await ledger.explain("decision-60").notes.count >= 1)
        #expect(try await ledger.explain("decision-2").notes.count >= 2)
        #expect(try await scratch.verify(key: outcome.key).exitStatus == 0)
    }

    @Test func `a recovery that was cut short before its last step is finished by running it again`() async throws {
        let scratch = try Scratch()
        try await Self.strike(.keyLost, scratch)
        let outcome = try await Recovery(folder: scratch.ledger).run(reason: "x")
        // As it lies when the process ends between the two renames.
        try FileManager.default.moveItem(atPath: scratch.ledger, toPath: scratch.ledger + ".recovered")
        let again = try await Recovery(folder: scratch.ledger).run(reason: "x")
        #expect(again.origin == outcome.origin && again.key == outcome.key)
        #expect(try await scratch.verify(key: outcome.key).exitStatus == 0)
    }

    /// A policy as a person may have written it, with the key of the ledger and one witness.
    private static func policy(_ key: VerifierKey, _ scratch: Scratch) throws -> String {
        let witness = try SigningKey.generate(name: "w.example", randomness: .system).cosignatureKey
        let text =
            "# mine\nlog \(key) https://log.example\nwitness w \(witness) https://w.example\ngroup g 1 w\nquorum g\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.ledger + "/policy"))
        return text
    }

    @Test func `the policy keeps witnesses, groups and quorum, and names the new key`() async throws {
        let scratch = try Scratch()
        let key = try await scratch.makeLedger(3)
        let text = try Self.policy(key, scratch)
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        let outcome = try await Recovery(folder: scratch.ledger).run(reason: "x")
        let now = text.replacing("witness w", with: "log \(outcome.key)\nwitness w")
        #expect(try String(contentsOfFile: scratch.ledger + "/policy", encoding: .utf8) == now)
        #expect(try String(contentsOfFile: scratch.ledger + "/previous/policy", encoding: .utf8) == text)
        let remark = try #require(outcome.policyRemark)
        #expect(remark.contains("keeps its witness") && remark.contains("not know acme.example/decisions/2 yet"))
        #expect(try await scratch.verify(key: outcome.key).broken == [])

        // The same of a recovery that is finished later.
        try FileManager.default.moveItem(atPath: scratch.ledger, toPath: scratch.ledger + ".recovered")
        #expect(try await Recovery(folder: scratch.ledger).run(reason: "x").policyRemark == remark)
        #expect(try String(contentsOfFile: scratch.ledger + "/policy", encoding: .utf8) == now)

        // And of the next one, whose policy has three keys.
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        let next = try await Recovery(folder: scratch.ledger).run(reason: "y")
        let policy = try #require(try PolicyFile(ofLedgerIn: scratch.ledger).policy())
        #expect(policy.logs.map(\.key) == [key, outcome.key, next.key])
        #expect(policy.witnesses.count == 1 && policy.groups.count == 1 && policy.quorum == Policy.Name("g"))
    }

    @Test func `without a policy there is nothing to say, and one that cannot be used stays with the old ledger`()
        async throws
    {
        for (text, remark) in [(nil, nil), ("quorum none\n", nil), ("nonsense\n", "line 1")] as [(String?, String?)] {
            let scratch = try Scratch()
            try await scratch.makeLedger(1)
            if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.ledger + "/policy")) }
            try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
            let outcome = try await Recovery(folder: scratch.ledger).run(reason: "x")
            #expect(outcome.policyRemark.map { $0.contains(remark ?? "?") } == (remark == nil ? nil : true))
            let isThere = FileManager.default.fileExists(atPath: scratch.ledger + "/policy")
            #expect(isThere == (text == "quorum none\n"))
        }
    }

    @Test func `what an earlier recovery left unfinished is thrown away`() async throws {
        let scratch = try Scratch()
        try await Self.strike(.keyLost, scratch)
        try FileManager.default.createDirectory(
            atPath: scratch.ledger + ".recovered", withIntermediateDirectories: false)
        for name in ["key", "policy"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: scratch.ledger + ".recovered/\(name)"))
        }
        #expect(try await Recovery(folder: scratch.ledger).run(reason: "x").origin == "acme.example/decisions/2")
    }

    @Test func `a ledger before that was changed after the recovery is noticed`() async throws {
        let scratch = try Scratch()
        try await Self.strike(.olderCopy, scratch)
        let outcome = try await Recovery(folder: scratch.ledger).run(reason: "x")
        try scratch.copy(scratch.ledger, scratch.file("good"))
        let previous = Scratch.Place(scratch.ledger + "/previous")
        try previous.tamper(
            "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), 'refuse', 'comply') AS BLOB) WHERE n = 5")
        let report = try await scratch.verify(key: outcome.key)
        #expect(report.exitStatus == 2)
        #expect(report.broken == ["previous_differs"])
        try FileManager.default.removeItem(atPath: scratch.ledger + "/previous")
        #expect(try await scratch.verify(key: outcome.key).notices.contains("previous_missing"))
    }

    @Test func `a ledger before that is no database any more does not keep the one of today from being verified`()
        async throws
    {
        let scratch = try Scratch()
        try await Self.strike(.olderCopy, scratch)
        let key = try await Recovery(folder: scratch.ledger).run(reason: "x").key
        let file = URL(fileURLWithPath: scratch.ledger + "/previous/log.sqlite")
        for bytes in [Data(), Data(repeating: 7, count: 20_000), Data("SQLite format 3\0".utf8)] {
            try bytes.write(to: file)
            let report = try await scratch.verify(key: key)
            #expect(report.exitStatus == 2 && report.broken == ["previous_differs"], "\(bytes.count)")
        }
        try FileManager.default.removeItem(at: file)
        let report = try await scratch.verify(key: key)
        #expect(report.exitStatus == 0 && report.notices.contains("previous_missing"))
    }

    @Test func `a restored backup with its own head is not noticed here, and with a head elsewhere it is`() async throws
    {
        let scratch = try Scratch()
        let places = LedgerPlaces(head: scratch.file("head"))
        try await scratch.makeLedger(5, places: places)
        try scratch.copy(scratch.ledger, scratch.file("backup"))
        try await scratch.record(5..<9, places: places)
        try scratch.copy(scratch.file("backup"), scratch.ledger)
        #expect(try await scratch.verify().exitStatus == 0, "nothing in the folder tells")
        let report = try await scratch.verify(places: places)
        #expect(report.broken == ["rolled_back"])
        #expect(throws: LedgerError.self) { try Ledger.open(at: scratch.ledger, places: places) }
        let reader = try Ledger.open(at: scratch.ledger, for: .reading, places: places)
        #expect(
            try await reader.explain("decision-1").notes.contains {
                $0.contains("9 were signed") || $0.contains("11 were signed")
            })
        #expect(try await reader.find("outcome:refuse").notes.contains { $0.contains("rolled back") })
    }
}
