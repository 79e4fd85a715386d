import Because
import GRDB
import StorageTesting
import Testing

struct ProvingTests {
    @Test func `every entry of a ledger is proven, also what the ledger says about itself`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.register(Samples.specification())
        try await memory.ledger.decide(["a", "b"])
        for number in UInt64(0)...3 {
            let proof = try await memory.ledger.prove(number, disclosing: .all)
            let checked = try proof.check(memory.key.verifierKey)
            #expect(checked.index == number && checked.checkpoint.checkpoint.size == 4)
            #expect(checked.content?.sealed.isEmpty == true && checked.keyChanges.isEmpty)
        }
        let error = await #expect(throws: LedgerError.self) { try await memory.ledger.prove(4) }
        guard case .noSuchEntry(4) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `an entry is named by its id, the beginning of it, or its number`() async throws {
        let memory = try await MemoryLedger()
        try await memory.ledger.decide(["first", "second", "7"])
        for (name, number) in [("first", 1), ("sec", 2), ("7", 3), ("0", 0), ("9", 9)] {
            #expect(try memory.ledger.number(named: name) == UInt64(number), "\(name)")
        }
        #expect(throws: InquiryError.self) { try memory.ledger.number(named: "third") }
    }

    @Test func `cited words stand beside the entry, and what does not resolve does not`() async throws {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.register(Samples.specification())
        let refs = ["acme/rules@1#privacy", "acme/rules#privacy", "acme/rules#honesty", "acme/rules#nowhere"]
        let principles = JSON.array(refs.map { ["ref": .string($0), "role": "applied"] })
        let submission = try Samples.submission("a", ["principles": principles, "unresolved": "accept"])
        _ = try await memory.ledger.record([submission])[0].get()
        let proof = try await memory.ledger.prove(2)
        let words = try #require(try proof.check(memory.key.verifierKey).content).citations
        #expect(words.map(\.ref) == [refs[0], refs[2]])
        #expect(
            words.map(\.text) == [
                "## Privacy {#privacy}\n\nKeep what is private.\n\n", "## Honesty {#honesty}\n\nSay what is so.\n",
            ])
        #expect(!String(decoding: proof.file.bytes, as: UTF8.self).contains("nowhere"))
        let open = try await memory.ledger.prove(2, disclosing: .paths(["principles[3].ref"]))
        #expect(try open.check(memory.key.verifierKey).fields == ["principles[3].ref": "acme/rules#nowhere"])
    }

    @Test func `what is gone from a ledger is missing from the file, and the rest is proven all the same`() async throws
    {
        let scratch = try Scratch()
        let ledger = try await scratch.ledger()
        _ = try await ledger.register(Samples.specification())
        let principles: JSON = [["ref": "acme/rules@1#privacy", "role": "applied"]]
        _ = try await ledger.record([Samples.submission("a", ["principles": principles, "notes": "more"])])[0].get()
        await ledger.close()
        let queue = try DatabaseQueue(path: scratch.folder("l/log.sqlite"))
        try await queue.write { database in
            for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \"\(name)\"")
            }
            try database.execute(sql: "DELETE FROM texts; DELETE FROM sealed WHERE key = 2 * 2048")
        }
        try queue.close()
        let left = try Ledger.open(at: scratch.folder("l"))
        let proof = try await left.prove(2, disclosing: .all)
        let content = try #require(try proof.check(left.firstKey).content)
        #expect(content.citations.map(\.text) == [nil] && content.disclosed.count == 2 && content.sealed.count == 1)
        let error = await #expect(throws: ProvingError.self) { try await left.prove(2, disclosing: .paths(["gone"])) }
        #expect(error?.hint?.contains("1 more have no value any more") == true)
        await left.close()
    }

    // MARK: Which checkpoint

    @Test func `the checkpoint of a proof stays for good`() async throws {
        let memory = try await MemoryLedger()
        try await memory.ledger.decide(["a"])
        let proof = try await memory.ledger.prove(1)
        #expect(proof.checked.checkpoint.checkpoint.size == 2)
        try await memory.ledger.decide(["b", "c"])
        let stored = try memory.ledger.read { try $0.checkpoint(atMost: 2) }
        #expect(stored?.size == 2 && stored?.isKept == true)
    }

    @Test func `a ledger that cannot be written gives only checkpoints that stay anyway`() async throws {
        let memory = try await MemoryLedger()
        let reading = try memory.reading()
        func size(_ number: UInt64) async throws -> UInt64 {
            try await reading.prove(number).checked.checkpoint.checkpoint.size
        }
        func refusal(_ number: UInt64) async -> ProvingError? {
            await #expect(throws: ProvingError.self) { try await reading.prove(number, cannotKeep: "another records") }
        }
        try await memory.ledger.decide(count: 9)
        let error = try #require(await refusal(3))
        guard case .notKept(entry: 3, next: 256, "another records") = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.hint?.contains("256") == true && "\(error)".contains("another records"))

        _ = try await memory.ledger.keepCheckpoint()
        #expect(try await size(3) == 10)
        try await memory.ledger.decide(count: 5, "n")
        for number in [3, 9] as [UInt64] { #expect(try await size(number) == 10) }
        _ = await refusal(10)

        try await memory.ledger.decide(count: 241, "o")
        for number in [3, 255] as [UInt64] { #expect(try await size(number) == 256, "the last of a block stays") }
        try await memory.ledger.decide(count: 3, "p")
        #expect(try await size(255) == 256)
        _ = await refusal(256)
        _ = try await memory.ledger.prove(256)
        #expect(try await size(256) == 259)
    }

    @Test func `the newest checkpoint that a witness cosigned is taken, and shown to whoever knows the witness`()
        async throws
    {
        let memory = try await MemoryLedger()
        let witness = try SigningKey.generate(name: "w.example", randomness: .system)
        try await memory.ledger.decide(["a", "b"])
        try await memory.cosign(by: witness, time: 5)
        try await memory.ledger.decide(["c"])
        let size = try await memory.cosign(by: witness, time: 1_790_000_000)
        try await memory.ledger.decide(["d"])
        let lines = "log \(memory.key.verifierKey)\nwitness w \(witness.cosignatureKey)\nquorum w\n"
        let trust = Trust(policy: try Policy(parsing: Array(lines.utf8)))
        for (number, want) in [(1, size), (3, size)] {
            let proof = try await memory.ledger.prove(UInt64(number))
            let checked = try ProofFile(parsing: proof.file.bytes).check(trust)
            #expect(checked.checkpoint.checkpoint.size == want)
            #expect(checked.witnessing.cosigners.map(\.time) == [1_790_000_000])
            guard case .met = checked.witnessing else {
                Issue.record("\(checked.witnessing)")
                return
            }
        }
        // The last entry is covered by no cosigned checkpoint.
        let last = try await memory.ledger.prove(4)
        guard case .notMet = try ProofFile(parsing: last.file.bytes).check(trust).witnessing else {
            Issue.record("nobody cosigned")
            return
        }
    }

    @Test func `a proof checks with the first key of the log and with the last`() async throws {
        let memory = try await MemoryLedger()
        var keys = [memory.key]
        try await memory.ledger.decide(["a"])
        for turn in 0..<2 {
            let next = try SigningKey.generate(name: Samples.origin, randomness: .system)
            _ = try await memory.ledger.rotateKey(to: next, reason: "the secret reason \(turn)")
            keys.append(next)
            try await memory.ledger.decide(["b\(turn)"])
        }
        for number in UInt64(0)..<6 {
            let proof = try await memory.ledger.prove(number)
            for key in keys { #expect(try proof.check(key.verifierKey).keyChanges.count == 2) }
            #expect(!String(decoding: proof.file.bytes, as: UTF8.self).contains("secret"))
        }
        let change = try await memory.ledger.prove(2, disclosing: .paths(["reason"]))
        #expect(try change.check(keys[0].verifierKey).fields == ["reason": "the secret reason 0"])
    }

    @Test func `what a witness cosigned under a key that was revoked since is not given out`() async throws {
        let memory = try await MemoryLedger()
        let witness = try SigningKey.generate(name: "w.example", randomness: .system)
        try await memory.ledger.decide(["a"])
        try await memory.cosign(by: witness)
        let next = try SigningKey.generate(name: Samples.origin, randomness: .system)
        _ = try await memory.ledger.rotateKey(to: next, isRevocation: true)
        try await memory.ledger.decide(["b"])
        let proof = try await memory.ledger.prove(1)
        #expect(proof.checked.checkpoint.checkpoint.size == 4)
        _ = try proof.check(memory.key.verifierKey)
        _ = try proof.check(next.verifierKey)
    }
}
