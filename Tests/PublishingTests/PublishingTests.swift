import Foundation
import Glibc
import Testing

@testable import Because

struct PublishingTests {
    private func publish(_ scratch: Scratch) async throws -> PublishingSummary {
        try await Publishing(ledger: scratch.ledger, into: scratch.published).run()
    }

    @Test func `a ledger is published up to its newest entry, and the checkpoint is kept`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        for count in [1, 90, 200] {
            try await TestLedger.record(count, in: scratch)
            let summary = try await publish(scratch)
            #expect(summary.checkpoint.size == summary.ledgerSize && summary.remark == nil)
            #expect(try check(scratch.published, key).exitStatus == 0)
        }
        let ledger = try Ledger.open(at: scratch.ledger, for: .reading)
        let kept = try ledger.read { view in
            try [2, 92, 292].map { try view.checkpoint(atMost: $0)?.isKept }
        }
        #expect(kept == [true, true, true])
        #expect(try await Verification(folder: scratch.ledger, key: key).run().exitStatus == 0)
    }

    @Test func `no personal text is published`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        try await TestLedger.record(3, in: scratch)
        _ = try await publish(scratch)
        for bytes in try contents(of: scratch.published).values {
            for word in ["Jane", "no rule", "gave none"] {
                #expect(bytes.firstRange(of: Array(word.utf8)) == nil)
            }
        }
    }

    @Test func `while another process records, the newest checkpoint that stays is published`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        try await TestLedger.record(299, in: scratch)
        let recording = try Ledger.open(at: scratch.ledger)
        let first = try await publish(scratch)
        // Commits of 40: the last one below 256 ended at 241.
        #expect(first.checkpoint.size == 241 && first.ledgerSize == 300)
        #expect(first.remark?.contains("241 of 300") == true)
        let newest = try await recording.keepCheckpoint()
        #expect(try await publish(scratch).checkpoint == newest)
        try await TestLedger.record(10, in: recording)
        #expect(try await publish(scratch).checkpoint == newest)
        await recording.close()
        #expect(try await publish(scratch).checkpoint.size == 310)
        #expect(try check(scratch.published, key).exitStatus == 0)
    }

    @Test func `while another process records the first entries, none can be published`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        try await TestLedger.record(5, in: scratch)
        let recording = try Ledger.open(at: scratch.ledger)
        let error = await #expect(throws: PublishingError.self) { try await publish(scratch) }
        guard case .noLastingCheckpoint(6, _) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(error?.hint != nil && !scratch.has("published"))
        await recording.close()
    }

    @Test func `cosignatures that arrive later are published with the same size`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        let witness = try SampleLog.key("witness.example", 7)
        let first = try await publish(scratch)
        let ledger = try Ledger.open(at: scratch.ledger)
        var attestation = Attestation(size: first.checkpoint.size, root: first.checkpoint.root)
        attestation.signatures = [StoredSignature(witness.cosign(first.note.text, time: 1_795_166_047))]
        try await ledger.attest(attestation)
        await ledger.close()
        let second = try await publish(scratch)
        #expect(second.checkpoint == first.checkpoint && second.note.signatures.count == 2)
        #expect(second.writtenCount == 0 && second.text.contains("other signatures"))
        #expect(try scratch.bytes(of: "published/checkpoint") == second.note.bytes)
        let files = try PublishedFiles(folder: scratch.published)
        let report = try PublishedLog(files, trust: .keys([key, witness.cosignatureKey])).check()
        #expect(report.exitStatus == 0 && report.trusted?.cosignatures.count == 1)
        #expect(try await publish(scratch).text.contains("as before"))
    }

    @Test func `after a change of keys the folder is continued under the new key`() async throws {
        let scratch = try Scratch()
        let first = try await TestLedger.create(scratch)
        try await TestLedger.record(3, in: scratch)
        _ = try await publish(scratch)
        let successor = try SampleLog.key("acme.example/decisions", 9)
        let ledger = try Ledger.open(at: scratch.ledger)
        _ = try await ledger.rotateKey(to: successor)
        await ledger.close()
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        try KeyFile.create(successor, at: scratch.ledger + "/key")

        // The checkpoint that ends with the announcement is signed by both.
        #expect(try await publish(scratch).note.signatures.count == 2)
        for key in [first, successor.verifierKey] { #expect(try check(scratch.published, key).exitStatus == 0) }
        try await TestLedger.record(3, in: scratch)
        #expect(try await publish(scratch).key == successor.verifierKey)
        #expect(try check(scratch.published, successor.verifierKey).exitStatus == 0)
        #expect(try check(scratch.published, first).exitStatus == 2)
    }

    @Test func `a folder that gives out the ledger is refused`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        for folder in [scratch.ledger, scratch.path, "/", scratch.ledger + "/."] {
            let before = try contents(of: scratch.ledger).keys
            await #expect(throws: PublishingError.exposesLedger(folder: folder)) {
                try await Publishing(ledger: scratch.ledger, into: folder).run()
            }
            #expect(try contents(of: scratch.ledger).keys == before)
        }
        _ = try await Publishing(ledger: scratch.ledger, into: scratch.ledger + "/public").run()
    }

    @Test func `a ledger that was rolled back with its head is noticed by what it published`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        let earlier = try scratch.copy()
        try await TestLedger.record(2, in: scratch)
        _ = try await publish(scratch)
        let folder = scratch.published
        await #expect(throws: PublishingError.beyondLedger(folder: folder, size: 3, ledgerSize: 1)) {
            try await Publishing(ledger: earlier.ledger, into: folder).run()
        }
        try await TestLedger.record(2, in: earlier)
        await #expect(throws: PublishingError.anotherHistory(folder: folder, size: 3)) {
            try await Publishing(ledger: earlier.ledger, into: folder).run()
        }
    }

    @Test func `a ledger behind its head is not published, whether it can be locked or not`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        let earlier = try scratch.copy()
        try await TestLedger.record(2, in: scratch)
        try earlier.write(scratch.bytes(of: "ledger/head"), to: "ledger/head")
        func expectRolledBack() async {
            let error = await #expect(throws: LedgerError.self) { try await publish(earlier) }
            guard case .rolledBack(1, 3) = error else { return #expect(Bool(false), "\(error as Any)") }
        }
        await expectRolledBack()
        let lock = open(earlier.ledger + "/lock", O_RDWR | O_CREAT, 0o644)
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        await expectRolledBack()
        close(lock)
        #expect(!earlier.has("published"))
    }
}
