import Because
import Foundation
import Testing
import Witnesses

/// A ledger with a witness that is continued after a declared break.
struct WitnessRecoveryTests {
    private let scratch: Scratch
    private let network = Network()

    init() throws { scratch = try Scratch() }

    @Test func `a witness cosigns the ledger that continues once it knows its key, and goes on watching the old name`()
        async throws
    {
        var ledger = try await scratch.makeLedger(decisions: 3)
        let (old, path) = (ledger.firstKey, scratch.at("a.ledger"))
        var witness = try scratch.makeWitness("w0", [old])
        network.serve("w0", witness)
        let text = "log \(old)\nwitness w0 \(witness.key) http://w0/\ngroup witnesses all w0\nquorum witnesses\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/policy"))
        #expect(try await update(ledger).exitStatus == 0)
        await ledger.close()
        try FileManager.default.removeItem(atPath: path + "/key")
        let outcome = try await Recovery(folder: path).run(reason: "the key was lost")

        ledger = try Ledger.open(at: path)
        let refused = try await update(ledger)
        #expect(refused.exitStatus == 1 && refused.text.contains("it does not know this log (404)"))
        witness.close()
        witness = try scratch.openWitness("w0", [old, outcome.key])
        network.serve("w0", witness)
        let accepted = try await update(ledger)
        #expect(accepted.exitStatus == 0 && accepted.witnessing.size == accepted.checkpoint.size)
        #expect(try AddCheckpointRequest(parsing: #require(network.requests.last).body).oldSize == 0)
        await ledger.close()
        let report = try await Verification(folder: path, key: outcome.key).run()
        #expect(report.exitStatus == 0 && report.text.contains("was witnessed by w0"))

        // What it remembers of the old name still refuses another history of it.
        let before = try Ledger.open(at: path + "/previous", for: .reading)
        let hash = SHA256.digest(of: Array(before.origin.utf8)).hex
        #expect(try witness.checkpoint(originHash: hash) != nil)
        witness.close()
    }

    private func update(_ ledger: Ledger) async throws -> WitnessUpdate {
        let policy = try #require(try PolicyFile(ofLedgerIn: scratch.at("a.ledger")).policy())
        return try await ledger.update(policy, network)
    }
}
