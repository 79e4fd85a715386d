import Because
import Foundation
import Testing
import Witnesses

/// What a witness answers, by the specification (C2SP tlog-witness).
struct WitnessStatusTests {
    private let log: ExampleLog
    private let scratch: Scratch

    init() throws {
        log = try ExampleLog()
        scratch = try Scratch()
    }

    /// A witness that saw `size` entries of `log` last; 0 for none.
    private func witness(seen size: Int, named name: String = "w") throws -> Witness {
        let witness = try scratch.makeWitness(name, [log.key.verifierKey])
        if size > 0 { #expect(try witness.addCheckpoint(log.request(0, size)).status == 200) }
        return witness
    }

    @Test func `every pair of sizes after every size has the status that the specification says`() throws {
        for seen in 0...8 {
            let witness = try witness(seen: seen, named: "w\(seen)")
            for old in 0...8 {
                for new in 0...8 where old != seen || old > new {
                    let answer = try witness.addCheckpoint(log.request(old, new))
                    #expect(answer.status == (old > new ? 400 : 409), "\(seen) \(old) \(new)")
                    guard answer.status == 409 else { continue }
                    #expect(answer.body == "\(seen)\n".bytes && answer.contentType == "text/x.tlog.size")
                }
            }
            // Whatever was refused left no trace.
            #expect(try witness.addCheckpoint(log.request(seen, 8)).status == 200)
            witness.close()
            for new in seen..<8 {
                let witness = try self.witness(seen: seen, named: "w\(seen)-\(new)")
                #expect(try witness.addCheckpoint(log.request(seen, new)).status == 200)
                #expect(try witness.addCheckpoint(log.request(new, 8)).status == 200)
                witness.close()
            }
        }
    }

    @Test func `an accepted checkpoint is cosigned by the witness's key at its time`() throws {
        let witness = try witness(seen: 3)
        let answer = try witness.addCheckpoint(log.request(3, 7))
        let note = try log.checkpoint(7).signed(by: log.key)
        let cosigned = try note.cosignature(by: witness.key, among: NoteSignature.lines(parsing: answer.body))
        #expect(cosigned.time == moment)
        #expect(witness.key.kind == .cosignature && witness.key.name.text == "w.example")
    }

    @Test func `a proof of the wrong length or with any wrong hash is inconsistent`() throws {
        for (from, to) in [(1, 2), (3, 7), (4, 8), (6, 8), (5, 5), (0, 6)] {
            let right = try log.proof(from, to).hashes
            var wrong = [right + [MerkleTree.emptyRoot]]
            if !right.isEmpty { wrong += [Array(right.dropLast()), Array(right.dropFirst()), []] }
            for index in right.indices {
                var hashes = right
                hashes[index] = MerkleTree.emptyRoot
                wrong.append(hashes)
            }
            let witness = try witness(seen: from, named: "w\(from)-\(to)")
            for hashes in wrong {
                let request = try AddCheckpointRequest(
                    oldSize: UInt64(from), proof: ConsistencyProof(hashes: hashes),
                    note: log.checkpoint(to).signed(by: log.key))
                #expect(try witness.addCheckpoint(request.bytes).status == 422)
            }
            #expect(try witness.addCheckpoint(log.request(from, to)).status == 200)
        }
    }

    @Test func `another history is inconsistent at the same size and at a larger one`() throws {
        let other = try ExampleLog(fork: 2, branch: 1)
        for seen in 3...8 {
            let witness = try witness(seen: seen, named: "w\(seen)")
            for size in seen...8 { #expect(try witness.addCheckpoint(other.request(seen, size)).status == 422) }
        }
    }

    @Test func `an empty log is cosigned once its root is that of the empty tree`() throws {
        let witness = try witness(seen: 0)
        let wrong = Checkpoint(origin: "log.example", size: 0, root: MerkleTree.leafHash([]))
        let request = try AddCheckpointRequest(
            oldSize: 0, proof: ConsistencyProof(hashes: []), note: wrong.signed(by: log.key))
        #expect(try witness.addCheckpoint(request.bytes).status == 422)
        #expect(try witness.addCheckpoint(log.request(0, 0)).status == 200)
        #expect(try witness.addCheckpoint(log.request(0, 5)).status == 200)
    }

    /// Notes that are signed in other ways than by the log alone, and the status of each.
    @Test(arguments: [
        ("foreign", 404), ("unsigned", 403), ("forged", 403), ("forged and right", 403), ("right and unknown", 200),
        ("extended", 400), ("long origin", 400), ("huge", 400),
    ]) func `who signed decides`(_ name: String, _ status: Int) throws {
        let stranger = try exampleKey("log.example", 9)
        let checkpoint = log.checkpoint(5)
        let forged = NoteSignature(
            name: log.key.name, keyID: log.key.verifierKey.keyID, signature: stranger.sign(checkpoint.text).signature)
        let right = log.key.sign(checkpoint.text)
        let long = String(repeating: "o", count: 256)
        let note =
            switch name {
            case "foreign":
                try ExampleLog(origin: "other.example").checkpoint(5).signed(by: exampleKey("other.example", 1))
            case "unsigned": try checkpoint.signed(by: stranger)
            case "forged": try SignedNote(text: checkpoint.text, signatures: [forged])
            case "forged and right": try SignedNote(text: checkpoint.text, signatures: [right, forged])
            case "right and unknown":
                try SignedNote(text: checkpoint.text, signatures: [stranger.sign(checkpoint.text), right])
            case "extended": try log.checkpoint(5, extensions: ["more"]).signed(by: log.key)
            case "long origin": try ExampleLog(origin: long).checkpoint(5).signed(by: exampleKey(long, 1))
            default: try Checkpoint(origin: "log.example", size: 1 << 63, root: checkpoint.root).signed(by: log.key)
            }
        let request = try AddCheckpointRequest(oldSize: 0, proof: ConsistencyProof(hashes: []), note: note)
        #expect(try witness(seen: 0).addCheckpoint(request.bytes).status == status)
    }

    @Test func `what is no request is malformed, and what is too long is refused by its length`() throws {
        let witness = try witness(seen: 4)
        let right = try log.request(4, 7)
        for length in 0..<right.count { #expect(try witness.addCheckpoint(Array(right[..<length])).status == 400) }
        let tooLong = right + [UInt8](repeating: 0x61, count: AddCheckpointRequest.maximumByteCount)
        #expect(try witness.addCheckpoint(tooLong).status == 413)
        #expect(try witness.addCheckpoint(right).status == 200)
    }

    @Test func `no flipped bit of a request makes it cosign anything else`() throws {
        let right = try log.request(4, 7)
        let witness = try witness(seen: 4)
        for index in right.indices {
            for bit in 0..<8 {
                var bytes = right
                bytes[index] ^= 1 << UInt8(bit)
                #expect(try witness.addCheckpoint(bytes).status != 200, "byte \(index) bit \(bit)")
            }
        }
        #expect(try witness.addCheckpoint(right).status == 200)
    }

    @Test func `two keys of one log and two logs are told apart`() throws {
        let second = try exampleKey("log.example", 2)
        let other = try ExampleLog(origin: "other.example")
        let witness = try scratch.makeWitness(
            "w", [log.key.verifierKey, second.verifierKey, other.key.verifierKey])
        #expect(try witness.addCheckpoint(log.request(0, 4)).status == 200)
        #expect(try witness.addCheckpoint(other.request(0, 6)).status == 200)
        let request = try AddCheckpointRequest(
            oldSize: 4, proof: log.proof(4, 5), note: log.checkpoint(5).signed(by: second))
        #expect(try witness.addCheckpoint(request.bytes).status == 200)
    }
}
