import Because
import Foundation
import Testing
import Web
import Witnesses

/// A ledger that asks real witnesses, with nothing between them but a function call.
struct WitnessUpdateTests {
    private let scratch: Scratch
    private let network = Network()

    init() throws { scratch = try Scratch() }

    /// A witness that serves at its name.
    @discardableResult
    private func serve(_ name: String, _ ledger: Ledger) throws -> Witness {
        let witness = try scratch.makeWitness(name, [ledger.firstKey])
        network.serve(name, witness)
        return witness
    }

    private func policy(_ ledger: Ledger, _ witnesses: Witness..., quorum: String = "quorum w0") throws -> Policy {
        try makePolicy(ledger.firstKey, witnesses.enumerated().map { ("w\($0.offset)", $0.element.key) }, quorum)
    }

    @Test func `a ledger that grows is cosigned each time, with a proof from the size before`() async throws {
        let ledger = try await scratch.makeLedger()
        let policy = try policy(ledger, serve("w0", ledger))
        for (round, count) in [0, 1, 3, 300, 0, 1].enumerated() {
            try await ledger.record(count)
            let update = try await ledger.update(policy, network)
            #expect(update.exitStatus == 0, "\(update.text)")
            #expect(update.witnessing.size == update.checkpoint.size)
            #expect(network.requests.count == round + 1, "the size before was known")
        }
        #expect(
            try network.requests.map { try AddCheckpointRequest(parsing: $0.body).oldSize } == [0, 1, 2, 5, 305, 305])
        #expect(network.requests.allSatisfy { $0.url.absoluteString == "http://w0/add-checkpoint" })
    }

    @Test func `a witness is sent the log's own signature and no other`() async throws {
        let ledger = try await scratch.makeLedger()
        let policy = try policy(ledger, serve("w0", ledger), serve("w1", ledger), quorum: "group g all w0 w1\nquorum g")
        for _ in 0..<2 { #expect(try await ledger.update(policy, network).exitStatus == 0) }
        for request in network.requests {
            let note = try AddCheckpointRequest(parsing: request.body).note
            #expect(note.signatures.map(\.keyID) == [ledger.firstKey.keyID])
        }
    }

    @Test func `a witness that knows less, more or nothing is met where it stands`() async throws {
        let ledger = try await scratch.makeLedger(decisions: 4)
        let witness = try serve("w0", ledger)
        let policy = try policy(ledger, witness)
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        witness.close()
        try scratch.copy("w0", to: "older")
        // Lost: its key is there, and its memory is that of a new witness.
        _ = try Witness.create(in: scratch.at("empty"), name: "other.example")
        try scratch.copy("w0/key", to: "key")
        try FileManager.default.removeItem(atPath: scratch.at("empty/key"))
        try scratch.copy("key", to: "empty/key")
        try await ledger.record(3)
        network.serve("w0", try scratch.openWitness("empty", [ledger.firstKey]))
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        // Restored: it remembers less than it cosigned.
        try await ledger.record(3)
        network.serve("w0", try scratch.openWitness("older", [ledger.firstKey]))
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        #expect(try network.requests.map { try AddCheckpointRequest(parsing: $0.body).oldSize } == [0, 5, 0, 8, 5])
    }

    @Test func `a ledger that was rolled back, head and all, is found out`() async throws {
        var ledger = try await scratch.makeLedger(decisions: 4)
        let policy = try policy(ledger, serve("w0", ledger))
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        await ledger.close()
        try scratch.copy("a.ledger", to: "backup")
        ledger = try Ledger.open(at: scratch.at("a.ledger"))
        try await ledger.record(3)
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        await ledger.close()

        let restored = try Ledger.open(at: scratch.at("backup"))
        try await restored.record(1)
        let update = try await restored.update(policy, network)
        #expect(update.results.map(\.outcome) == [.alarm(.rolledBack(here: 6, seen: 8))])
        #expect(update.exitStatus == 2 && update.text.contains("ALARM"))
        #expect(update.witnessing.state == "not_witnessed")
    }

    @Test(arguments: [1, 2]) func `a ledger of two histories is found out at the same size and at a larger one`(
        _ more: Int
    ) async throws {
        let ledger = try await scratch.makeLedger(decisions: 4)
        let policy = try policy(ledger, serve("w0", ledger))
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        await ledger.close()
        try scratch.copy("a.ledger", to: "b.ledger")
        let branches = try ["a.ledger", "b.ledger"].map { try Ledger.open(at: scratch.at($0)) }
        try await branches[0].record(1)
        #expect(try await branches[0].update(policy, network).exitStatus == 0)
        try await branches[1].record(more)
        let update = try await branches[1].update(policy, network)
        let want: WitnessUpdate.Alarm = more == 1 ? .forked(size: 6) : .inconsistent(from: 6, to: 7)
        #expect(update.results.map(\.outcome) == [.alarm(want)])
        #expect(update.exitStatus == 2)
    }

    @Test func `two of three make the quorum, and one does not`() async throws {
        let ledger = try await scratch.makeLedger(decisions: 2)
        let policy = try policy(
            ledger, serve("w0", ledger), serve("w1", ledger), serve("w2", ledger),
            quorum: "group g 2 w0 w1 w2\nquorum g")
        for down in 0..<8 {
            try await ledger.record(1)
            for index in 0..<3 where down >> index & 1 == 1 { network.serve("w\(index)") { _ in .init(status: 503) } }
            let update = try await ledger.update(policy, network)
            let up = (0..<3).filter { down >> $0 & 1 == 0 }
            #expect(update.exitStatus == (up.count >= 2 ? 0 : 1))
            #expect(update.witnessing.statements.map(\.name.description) == (up.count >= 2 ? up.map { "w\($0)" } : []))
            if up.count < 2 { #expect(update.witnessing.sentence.hasPrefix("not witnessed: ")) }
            for index in 0..<3 where down >> index & 1 == 1 { network.serve("w\(index)", try reopen(index, ledger)) }
        }
    }

    /// A witness cannot be opened twice, so one that comes back forgot everything but its key.
    private func reopen(_ index: Int, _ ledger: Ledger) throws -> Witness {
        let name = UUID().uuidString
        _ = try Witness.create(in: scratch.at(name), name: "x.example")
        try FileManager.default.removeItem(atPath: scratch.at("\(name)/key"))
        try scratch.copy("w\(index)/key", to: "\(name)/key")
        return try scratch.openWitness(name, [ledger.firstKey])
    }

    @Test func `groups within groups make the quorum as the policy says`() async throws {
        let ledger = try await scratch.makeLedger(decisions: 1)
        let witnesses = try (0..<5).map { try serve("w\($0)", ledger) }
        let policy = try makePolicy(
            ledger.firstKey, witnesses.enumerated().map { ("w\($0.offset)", $0.element.key) },
            "group g any w0 w1\ngroup h 2 w2 w3 w4\ngroup both all g h\nquorum both")
        #expect(policy.quorumText == "all of (any of w0, w1), (2 of w2, w3, w4)")
        var states: [Int32] = []
        for index in [2, 0, 3] { states.append(try await ledger.update(policy, network, only: "w\(index)").exitStatus) }
        #expect(states == [1, 1, 0])
    }

    @Test func `a witness that is not named is not asked, and one without address is said`() async throws {
        let ledger = try await scratch.makeLedger()
        let (one, two) = (try serve("w0", ledger), try exampleKey("w1.example", 5).cosignatureKey)
        let policy = try Policy(
            parsing: "witness w0 \(one.key) http://w0\nwitness w1 \(two)\ngroup g all w0 w1\nquorum g\n".bytes)
        let update = try await ledger.update(policy, network)
        #expect(update.results.map(\.outcome).last == .notAsked && update.exitStatus == 1)
        #expect(update.text.contains("w1  was not asked: the policy has no address for it"))
        #expect(try await ledger.update(policy, network, only: "w1").results.map(\.witness.name.description) == ["w1"])
        #expect(network.requests.count == 1)
    }

    @Test func `after a change of keys a witness that trusts the old key alone says so`() async throws {
        let ledger = try await scratch.makeLedger(decisions: 2)
        let policy = try policy(ledger, serve("w0", ledger))
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        _ = try await ledger.rotateKey(to: exampleKey("acme.example/decisions", 7))
        // Both keys signed the checkpoint that ends with the change.
        #expect(try await ledger.update(policy, network).exitStatus == 0)
        try await ledger.record(1)
        let update = try await ledger.update(policy, network)
        #expect(update.results.map(\.outcome) == [.failed("it trusts no key that signed the checkpoint (403)")])
    }
}
