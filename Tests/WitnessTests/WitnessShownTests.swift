import Because
import Foundation
import GRDB
import Testing
import Web
import Witnesses

/// When a ledger may say that it was witnessed, and what verification finds in stored cosignatures.
struct WitnessShownTests {
    private let scratch: Scratch
    private let network = Network()

    init() throws { scratch = try Scratch() }

    private var ledgerPath: String { scratch.at("a.ledger") }

    /// A ledger of six entries whose policy requires `quorum` of two witnesses; those in `up` cosigned.
    private func makeLedger(_ quorum: PolicyDocument.Quorum?, up: [Int]) async throws -> Ledger {
        let ledger = try await scratch.makeLedger()
        _ = try await ledger.record(
            Decision(id: "d1", outcome: .refuse, grounds: .noneCited("x"), reason: .absent("x")))
        try await ledger.record(4)
        var document = PolicyDocument(logs: [ledger.firstKey])
        for index in 0..<2 {
            let witness = try scratch.makeWitness("w\(index)", [ledger.firstKey])
            if up.contains(index) { network.serve("w\(index)", witness) }
            try document.add("w\(index)", key: witness.key.text, url: "http://w\(index)", quorum: quorum)
        }
        try PolicyFile(ofLedgerIn: ledgerPath).write(document)
        if !up.isEmpty { _ = try await ledger.update(document.policy, network) }
        return ledger
    }

    private func check(_ json: JSON?, _ state: String, _ size: Int64?, _ names: [String]) {
        #expect(json?["witnessing"]?["state"]?.text == state)
        #expect(json?["witnessing"]?["size"]?.integer == size)
        #expect((json?["witnesses"]?.items ?? []).compactMap { $0["name"]?.text } == names)
    }

    @Test func `a quorum that is met is shown with names, times and size in every answer`() async throws {
        let ledger = try await makeLedger(nil, up: [0, 1])
        let sentence =
            "the tree of 6 entries was witnessed by w0 at 2026-09-21T14:13:20Z, w1 at 2026-09-21T14:13:20Z, as the policy requires"
        let explanation = try await ledger.explain("d1")
        check(explanation.json["proof"], "witnessed", 6, ["w0", "w1"])
        #expect(explanation.answer().markdown.contains("was witnessed by w0 at"))
        #expect(explanation.proof.witnessing.sentence == sentence)
        let status = try LedgerStatus(of: ledger)
        check(status.json, "witnessed", 6, ["w0", "w1"])
        #expect(status.text.contains("witnesses   \(sentence)\n"))
        let report = try await ledger.verify()
        check(report.json, "witnessed", 6, ["w0", "w1"])
        #expect(report.exitStatus == 0 && report.text.contains("T\(sentence.dropFirst())."))
        #expect(report.text.contains("; 2 right cosignatures of witnesses\n"))
    }

    @Test func `entries after the tree that was witnessed are not called so`() async throws {
        let ledger = try await makeLedger(nil, up: [0, 1])
        _ = try await ledger.record(
            Decision(id: "late", outcome: .refuse, grounds: .noneCited("x"), reason: .absent("x")))
        try await ledger.record(1)
        check(try await ledger.explain("late").json["proof"], "not_witnessed", nil, [])
        check(try await ledger.explain("d1").json["proof"], "witnessed", 6, ["w0", "w1"])
        #expect(try LedgerStatus(of: ledger).text.contains("as the policy requires; 2 entries after it not yet\n"))
        #expect(try await ledger.verify().text.contains("as the policy requires; 2 entries after it not yet."))
        // The earliest tree that holds an entry is the one that says most about it.
        let policy = try #require(try PolicyFile(ofLedgerIn: ledgerPath).policy())
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        check(try await ledger.explain("d1").json["proof"], "witnessed", 6, ["w0", "w1"])
        check(try await ledger.explain("late").json["proof"], "witnessed", 8, ["w0", "w1"])
        check(try LedgerStatus(of: ledger).json, "witnessed", 8, ["w0", "w1"])
    }

    @Test func `a quorum that is not met is never shown as witnessed, and says what is missing`() async throws {
        let ledger = try await makeLedger(nil, up: [1])
        let sentence =
            "not witnessed: the policy requires all of w0, w1, and only w1 at 2026-09-21T14:13:20Z cosigned the tree of 6 entries"
        let explanation = try await ledger.explain("d1")
        check(explanation.json["proof"], "not_witnessed", nil, [])
        #expect(explanation.proof.witnessing.sentence == sentence)
        #expect(try LedgerStatus(of: ledger).text.contains(sentence))
        let report = try await ledger.verify()
        check(report.json, "not_witnessed", nil, [])
        #expect(report.text.contains("N\(sentence.dropFirst()).") && report.exitStatus == 0)
    }

    @Test func `without a policy, or with one that requires nobody or cannot be read, nothing is witnessed`()
        async throws
    {
        let ledger = try await makeLedger(.any, up: [0, 1])
        let file = URL(fileURLWithPath: ledgerPath + "/policy")
        check(try await ledger.explain("d1").json["proof"], "witnessed", 6, ["w0", "w1"])
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("quorum witnesses", with: "quorum none").utf8).write(to: file)
        check(try await ledger.explain("d1").json["proof"], "not_required", nil, [])
        check(try await ledger.verify().json, "not_required", nil, [])
        try Data("nonsense\n".utf8).write(to: file)
        let explanation = try await ledger.explain("d1")
        check(explanation.json["proof"], "policy_unusable", nil, [])
        #expect(
            explanation.proof.witnessing.sentence.hasSuffix(
                "line 1 of the policy: \"nonsense\" is none of log, witness, group, quorum"))
        check(try LedgerStatus(of: ledger).json, "policy_unusable", nil, [])
        try FileManager.default.removeItem(at: file)
        check(try await ledger.explain("d1").json["proof"], "no_policy", nil, [])
        let report = try await ledger.verify()
        check(report.json, "no_policy", nil, [])
        #expect(
            report.text.contains(
                "Signatures by keys that no policy names were not checked: w0.example (1), w1.example (1)."))
        #expect(report.json["unknown_signatures"]?["w0.example"]?.integer == 1)
    }

    /// Changes the log behind the ledger's back, with the trigger `name` out of the way.
    private func tamper(without name: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: ledgerPath + "/log.sqlite")
        try queue.write { database in
            let trigger = try #require(
                try String.fetchOne(database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [name]))
            try database.execute(sql: "DROP TRIGGER \(name)")
            try database.execute(sql: sql)
            try database.execute(sql: trigger)
        }
        try queue.close()
    }

    @Test func `a stored cosignature that was changed is named, and its checkpoint is not witnessed`() async throws {
        try await makeLedger(.any, up: [0, 1]).close()
        try tamper(
            without: "signatures_update",
            "UPDATE signatures SET signature = CAST(substr(signature, 1, 71) || x'FF' AS BLOB) WHERE name = 'w1.example'"
        )
        let ledger = try Ledger.open(at: ledgerPath, for: .reading)
        let report = try await ledger.verify()
        #expect(report.exitStatus == 2 && report.verdict(.signatures) == .broken)
        let findings = report.findings.all.filter { $0.code == "cosignature_wrong" }
        #expect(findings.map(\.entry) == [5] && findings[0].message.contains("of w1 on the checkpoint of 6 entries"))
        // The right one does not stand beside a wrong one: a note with a wrong signature of a known key is refused.
        check(report.json, "not_witnessed", nil, [])
        check(try await ledger.explain("d1").json["proof"], "not_witnessed", nil, [])
        check(try LedgerStatus(of: ledger).json, "not_witnessed", nil, [])
    }

    @Test func `a signature without its checkpoint is extra`() async throws {
        try await makeLedger(nil, up: [0, 1]).close()
        try tamper(
            without: "signatures_insert",
            "INSERT INTO signatures (size, name, key_id, signature) VALUES (4, 'w0.example', 1, zeroblob(72))")
        let report = try await Verification(folder: ledgerPath).run()
        #expect(report.findings.all.filter { $0.aspect == .signatures }.map(\.code) == ["signature_extra"])
        #expect(report.exitStatus == 2)
    }

    @Test func `signatures that cannot be read are named, and the rest is verified`() async throws {
        try await makeLedger(.any, up: [0]).close()
        try tamper(
            without: "signatures_update",
            "PRAGMA ignore_check_constraints = ON; UPDATE signatures SET signature = x'01' WHERE name = 'w0.example'")
        let report = try await Verification(folder: ledgerPath).run()
        let findings = report.findings.of(.signatures)
        #expect(findings.map(\.code) == ["signature_wrong"] && findings.map(\.entry) == [5])
        #expect(report.verdict(.citations) == .holds && report.exitStatus == 2)
        check(report.json, "not_witnessed", nil, [])
    }

    @Test func `damage among the time stamps hides no cosignature`() async throws {
        try await makeLedger(.any, up: [0]).close()
        try tamper(
            without: "timestamps_update",
            """
            DROP TABLE timestamps; CREATE TABLE timestamps (size, digest, token);
            INSERT INTO timestamps VALUES ('x', 1, NULL)
            """)
        let report = try await Verification(folder: ledgerPath).run()
        #expect(report.findings.of(.signatures).map(\.code) == ["timestamp_wrong"])
        check(report.json, "witnessed", 6, ["w0"])
    }

    @Test func `an auditor's policy counts instead of the ledger's own`() async throws {
        let ledger = try await makeLedger(nil, up: [0, 1])
        let own = try #require(try PolicyFile(ofLedgerIn: ledgerPath).policy())
        let stranger = try exampleKey("s.example", 4).cosignatureKey
        let strict = try makePolicy(
            ledger.firstKey, [("one", own.witnesses[0].key), ("s", stranger)], "group g all one s\nquorum g")
        let report = try await ledger.verify(policy: strict)
        check(report.json, "not_witnessed", nil, [])
        #expect(report.text.contains("requires all of one, s, and only one at") && report.exitStatus == 0)
        #expect(report.json["unknown_signatures"]?["w1.example"]?.integer == 1)
        // Its log is believed instead of the key that entry 0 names.
        let other = try makePolicy(exampleKey("acme.example/decisions", 6).verifierKey, [], "quorum none")
        let foreign = try makePolicy(exampleKey("other.example", 6).verifierKey, [], "quorum none")
        for policy in [other, foreign] {
            let report = try await ledger.verify(policy: policy)
            #expect(report.exitStatus == 2 && report.findings.counts["key_differs"] == 1)
        }
    }

    @Test func `the new key's signature at a change of keys is known`() async throws {
        let ledger = try await makeLedger(nil, up: [0, 1])
        _ = try await ledger.rotateKey(to: exampleKey("acme.example/decisions", 7))
        try await ledger.record(1)
        let report = try await ledger.verify()
        #expect(report.exitStatus == 0)
        check(report.json, "witnessed", 6, ["w0", "w1"])
        #expect(report.json["unknown_signatures"]?.object?.isEmpty == true)
        // An auditor who knows either key, or both, is led to the other.
        let keys = try ledger.read { $0.keys.keys.map(\.text) }
        for lines in [[keys[0]], [keys[1]], keys] {
            let text = lines.map { "log \($0)\n" }.joined() + "quorum none\n"
            #expect(try await ledger.verify(policy: Policy(parsing: text.bytes)).exitStatus == 0)
        }
    }

    @Test func `what a witness cosigned last is found by its own right signature`() async throws {
        let ledger = try await makeLedger(nil, up: [0])
        let policy = try #require(try PolicyFile(ofLedgerIn: ledgerPath).policy())
        let last = try ledger.read { view in try policy.witnesses.map { try view.lastStatement(of: $0, in: policy) } }
        #expect(last.map { $0?.size } == [6, nil] && last[0]?.statement.time == moment)
    }

    @Test func `a proof from any size to the newest is made of stored tiles`() async throws {
        let ledger = try await scratch.makeLedger(decisions: 3)
        let line = #"{"outcome":"comply","none_cited":"x","rationale_absent":"x"}"#.bytes
        let submission = try line.withUnsafeBytes { try Submission(parsing: $0) }
        _ = await ledger.record([Submission](repeating: submission, count: 600))
        try ledger.read { view in
            let sizes: [UInt64] = [0, 1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 603, 604]
            for from in sizes {
                let proof = try view.consistencyProof(from: from, to: view.checkpoint)
                let count = try ConsistencyProof.count(from: from, to: 604)
                #expect(view.size == 604 && proof.hashes.count == count)
            }
            #expect(throws: LedgerError.self) { try view.consistencyProof(from: 605, to: view.checkpoint) }
        }
    }
}
