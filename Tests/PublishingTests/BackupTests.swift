import Foundation
import Testing

@testable import Because

struct BackupTests {
    private func backup(_ scratch: Scratch, includesKey: Bool = false) async throws -> Backup.Summary {
        try await Backup(ledger: scratch.ledger, to: scratch.path + "/backup", includesKey: includesKey).run()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a backup holds together by itself, without the key`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        try await TestLedger.record(300, in: scratch)
        let summary = try await Backup(ledger: scratch.ledger, to: scratch.path + "/backup//").run()
        #expect(summary.size == 301 && summary.files == ["head", "log.sqlite"])
        #expect(try Set(contents(of: scratch.path + "/backup").keys) == ["head", "log.sqlite"])
        #expect(try await Verification(folder: scratch.path + "/backup", key: key).run().exitStatus == 0)
        let original = try Ledger.open(at: scratch.ledger, for: .reading)
        let copy = try Ledger.open(at: scratch.path + "/backup", for: .reading)
        #expect(try original.read { $0.note } == copy.read { $0.note })
        #expect(throws: LedgerError.self) { try Ledger.open(at: scratch.path + "/backup") }
    }

    @Test func `with the key and the policy a backup goes on as the ledger`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        try scratch.write("quorum none\n".utf8, to: "ledger/policy")
        let summary = try await backup(scratch, includesKey: true)
        #expect(summary.files == ["head", "key", "log.sqlite", "policy"])
        #expect(try mode(scratch.path + "/backup/key") == 0o600)
        #expect(try scratch.bytes(of: "backup/policy") == Array("quorum none\n".utf8))
        let ledger = try Ledger.open(at: scratch.path + "/backup")
        try await TestLedger.record(3, in: ledger)
        await ledger.close()
        #expect(try await Verification(folder: scratch.path + "/backup", key: key).run().exitStatus == 0)
    }

    @Test func `while a writer goes on, each backup is one moment that verifies`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        let ledger = try Ledger.open(at: scratch.ledger)
        async let writing: Void = TestLedger.record(2000, in: ledger)
        var sizes: [UInt64] = []
        for count in 0..<4 {
            let path = scratch.path + "/backup-\(count)"
            let summary = try await Backup(ledger: scratch.ledger, to: path).run()
            sizes.append(summary.size)
            let report = try await Verification(folder: path, key: key).run()
            #expect(report.exitStatus == 0 && report.log?.size == summary.size, "\(report.text)")
        }
        try await writing
        await ledger.close()
        #expect(sizes == sizes.sorted())
        #expect(try await Verification(folder: scratch.ledger, key: key).run().log?.size == 2001)
    }

    @Test func `nothing is overwritten`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        for name in ["backup/x", "file"] { try scratch.write([1], to: name) }
        for name in ["backup", "file"] {
            let path = "\(scratch.path)/\(name)"
            await #expect(throws: StoreError.alreadyExists(path: path)) {
                try await Backup(ledger: scratch.ledger, to: path).run()
            }
        }
        #expect(try contents(of: scratch.path + "/backup") == ["x": [1]])
        await #expect(throws: StoreError.self) {
            try await Backup(ledger: scratch.path + "/none", to: scratch.path + "/new").run()
        }
        #expect(!scratch.has("new"))
    }

    @Test func `a backup restored over a newer ledger is noticed by the newer head`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        try await TestLedger.record(3, in: scratch)
        _ = try await backup(scratch)
        try await TestLedger.record(4, in: scratch)
        try scratch.write(scratch.bytes(of: "backup/log.sqlite"), to: "ledger/log.sqlite")
        let error = #expect(throws: LedgerError.self) { try Ledger.open(at: scratch.ledger) }
        guard case .rolledBack(size: 4, headSize: 8) = error else { return #expect(Bool(false), "\(error as Any)") }
    }

    /// This is what no file on the machine can tell, and why a witness or a kept checkpoint is needed.
    @Test func `a backup restored together with its own head is not noticed by the ledger alone`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        try await TestLedger.record(3, in: scratch)
        _ = try await backup(scratch)
        try await TestLedger.record(4, in: scratch)
        _ = try await Publishing(ledger: scratch.ledger, into: scratch.published).run()
        for name in ["log.sqlite", "head"] {
            try scratch.write(scratch.bytes(of: "backup/\(name)"), to: "ledger/\(name)")
        }
        try await TestLedger.record(1, in: scratch)
        #expect(try await Verification(folder: scratch.ledger, key: key).run().exitStatus == 0)
        // What was published before lies outside what was restored.
        await #expect(throws: PublishingError.beyondLedger(folder: scratch.published, size: 8, ledgerSize: 5)) {
            try await Publishing(ledger: scratch.ledger, into: scratch.published).run()
        }
    }

    /// A ledger that lost its key `count` times and was continued each time. Returns its key.
    private func recovered(_ scratch: Scratch, _ count: Int = 1) async throws -> VerifierKey {
        var key = try await TestLedger.create(scratch)
        for _ in 0..<count {
            try await TestLedger.record(30, in: scratch)
            try scratch.write("quorum none\n".utf8, to: "ledger/policy")
            try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
            key = try await Recovery(folder: scratch.ledger).run(reason: "the key was lost").key
        }
        try await TestLedger.record(3, in: scratch)
        return key
    }

    @Test func `the ledgers before a declared break are copied with the one that continues them`() async throws {
        let scratch = try Scratch()
        let key = try await recovered(scratch, 2)
        let old = try Ledger.open(at: scratch.ledger + "/previous/previous", for: .reading).read { $0.note.bytes }
        let summary = try await backup(scratch, includesKey: true)
        let before = ["head", "log.sqlite", "policy"]
        let places = ["previous/", "previous/previous/"].flatMap { place in before.map { place + $0 } }
        #expect(summary.files == (["head", "key", "log.sqlite", "policy"] + places).sorted())
        let files = try contents(of: scratch.path + "/backup")
        for name in ["previous/head", "previous/previous/head", "previous/policy"] {
            #expect(try files[name] == scratch.bytes(of: "ledger/\(name)"), "\(name)")
        }
        for place in ["", "/previous", "/previous/previous"] {
            let (original, copy) = (scratch.ledger + place, scratch.path + "/backup" + place)
            let want = try await Verification(folder: original).run()
            let got = try await Verification(folder: copy).run()
            #expect(got.log?.root == want.log?.root && got.exitStatus == 0, "\(place)")
            #expect(got.findings.all == want.findings.all, "\(place)")
        }
        let report = try await Verification(
            folder: scratch.path + "/backup", key: key, against: EarlierEvidence(parsing: old)
        ).run()
        #expect(report.findings.counts["against_continued"] == 1 && report.findings.counts["previous_missing"] == nil)
    }

    @Test func `keys of ledgers before are copied only with the key`() async throws {
        let scratch = try Scratch()
        _ = try await recovered(scratch)
        try KeyFile.create(SampleLog.key("acme.example/decisions", 3), at: scratch.ledger + "/previous/key")
        #expect(try await !backup(scratch).files.contains("previous/key"))
        #expect(!scratch.has("backup/previous/key"))
        let path = scratch.path + "/with-key"
        _ = try await Backup(ledger: scratch.ledger, to: path, includesKey: true).run()
        #expect(try mode(path + "/previous/key") == 0o600)
    }

    /// What happened to the database of the ledger before since it was left.
    enum Harm: String, CaseIterable {
        case overwritten, cutOff, emptied, deleted
    }

    @Test(arguments: Harm.allCases)
    func `a ledger before that is no database any more is copied byte for byte`(harm: Harm) async throws {
        let scratch = try Scratch()
        _ = try await recovered(scratch)
        let (name, copy) = ("ledger/previous/log.sqlite", "backup/previous/log.sqlite")
        let bytes = try scratch.bytes(of: name)
        switch harm {
        case .overwritten: try scratch.write([UInt8](repeating: 7, count: 4096) + bytes.dropFirst(4096), to: name)
        case .cutOff: try scratch.write(bytes.prefix(bytes.count / 2), to: name)
        case .emptied: try scratch.write([], to: name)
        case .deleted: try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name)")
        }
        let summary = try await backup(scratch)
        #expect(summary.files.contains("previous/log.sqlite") == (harm != .deleted))
        #expect(scratch.has(copy) == (harm != .deleted))
        if harm != .deleted { #expect(try scratch.bytes(of: copy) == scratch.bytes(of: name)) }
        #expect(try Ledger.open(at: scratch.path + "/backup", for: .reading).continuation != nil)
    }

    @Test func `a folder previous that no break declares is not the ledger's, and not copied`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        try scratch.write([1], to: "ledger/previous/log.sqlite")
        #expect(try await backup(scratch).files == ["head", "log.sqlite"])
        #expect(!scratch.has("backup/previous"))
    }

    @Test(arguments: ["40k", "120k", "200k", "300k", "340k"])
    func `where the ledger before does not fit on the disk, nothing that looks like a backup stays`(
        size: String
    ) async throws {
        guard let disk = SmallDisk(size: size) else {
            return print("not run: mounting a file system needs root")
        }
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        try await TestLedger.record(300, in: scratch)
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        _ = try await Recovery(folder: scratch.ledger).run(reason: "x")
        let error = await #expect(throws: (any Error).self) {
            try await Backup(ledger: scratch.ledger, to: disk.path + "/backup", includesKey: true).run()
        }
        switch try #require(error) {
        case StoreError.full, LedgerError.store(.full): break
        default: #expect(Bool(false), "\(error as Any)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).isEmpty)
    }

    @Test(arguments: ["64k", "200k", "280k"]) func `on a full disk nothing that looks like a backup stays`(
        size: String
    ) async throws {
        guard let disk = SmallDisk(size: size) else {
            return print("not run: mounting a file system needs root")
        }
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        try await TestLedger.record(300, in: scratch)
        let error = await #expect(throws: (any Error).self) {
            try await Backup(ledger: scratch.ledger, to: disk.path + "/backup", includesKey: true).run()
        }
        switch try #require(error) {
        case StoreError.full, LedgerError.store(.full): break
        default: #expect(Bool(false), "\(error as Any)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).isEmpty)
    }

    @Test func `a key that is not the ledger's is not copied`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        try KeyFile.create(SampleLog.key("acme.example/decisions", 9), at: scratch.ledger + "/key")
        await #expect(throws: LedgerError.self) { try await backup(scratch, includesKey: true) }
        #expect(!scratch.has("backup"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["ledger"])
    }
}
