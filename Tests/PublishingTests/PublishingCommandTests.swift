import Foundation
import Testing

@testable import Because

/// The commands, as they are typed.
struct PublishingCommandTests {
    /// The command that was built beside these tests.
    private static let program: String = {
        let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: running).deletingLastPathComponent().appending(path: "because").path
    }()

    private func because(_ scratch: Scratch, _ arguments: String...) throws -> (status: Int32, text: String) {
        let environment = ["BECAUSE_LEDGER": scratch.ledger]
        let (status, text) = try #require(run(Self.program, arguments, environment))
        return (status, text)
    }

    @Test func `publish says the key, and verify-published takes it`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        try await TestLedger.record(3, in: scratch)
        let published = try because(scratch, "publish", scratch.published)
        #expect(published.status == 0 && published.text.contains("4 entries") && published.text.contains(key.text))
        let again = try because(scratch, "publish", scratch.published, "--json")
        #expect(again.text.contains("\"written\":0") && again.text.contains("\"earlier_size\":4"))

        #expect(try because(scratch, "verify-published", scratch.published, "--key", key.text).status == 0)
        let unsigned = try because(scratch, "verify-published", scratch.published)
        #expect(unsigned.status == 1 && unsigned.text.contains("No signature was checked"))
        try scratch.write("log \(key.text)\nquorum none\n".utf8, to: "policy")
        let policy = scratch.path + "/policy"
        #expect(try because(scratch, "verify-published", scratch.published, "--policy", policy).status == 0)
        let both = ["--policy", policy, "--key", key.text]
        #expect(
            try because(scratch, "verify-published", scratch.published, both[0], both[1], both[2], both[3]).status == 64
        )
        #expect(try because(scratch, "verify-published", scratch.path + "/none", "--key", key.text).status == 1)
        #expect(try because(scratch, "verify-published", scratch.published, "--key", "x").status == 1)

        var tile = try scratch.bytes(of: "published/tile/0/000.p/4")
        tile[40] ^= 1
        try scratch.write(tile, to: "published/tile/0/000.p/4")
        let changed = try because(scratch, "verify-published", scratch.published, "--key", key.text, "--json")
        #expect(changed.status == 2 && changed.text.contains("\"code\":\"tile_changed\""))
    }

    @Test func `a file that is too large, a folder or a link in the place of a tile is named`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        #expect(try because(scratch, "publish", scratch.published).status == 0)
        let tile = scratch.published + "/tile/0/000.p/1"
        let link = { try FileManager.default.createSymbolicLink(atPath: tile, withDestinationPath: "../..") }
        let folder = { try FileManager.default.createDirectory(atPath: tile, withIntermediateDirectories: false) }
        let large = {
            try #require(FileManager.default.createFile(atPath: tile, contents: nil) && truncate(tile, 1 << 33) == 0)
        }
        for spoil in [link, folder, large] {
            try FileManager.default.removeItem(atPath: tile)
            try spoil()
            let answer = try because(scratch, "verify-published", scratch.published, "--key", key.text)
            #expect(answer.status == 2 && answer.text.contains("tile/0/000.p/1"), "\(answer.text)")
        }
    }

    @Test func `a history that was signed and given out before stops a publication with status 2`() async throws {
        let scratch = try Scratch()
        _ = try await TestLedger.create(scratch)
        let other = try scratch.copy()
        for ledger in [scratch, other] { try await TestLedger.record(2, in: ledger) }
        #expect(try because(scratch, "publish", scratch.published).status == 0)
        let forked = try because(other, "publish", scratch.published)
        #expect(forked.status == 2 && forked.text.contains("another history") && forked.text.contains("hint: "))
    }

    @Test func `backup makes a folder that verify accepts, once`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        let path = scratch.path + "/backup"
        let made = try because(scratch, "backup", path, "--json")
        #expect(made.status == 0 && made.text.contains("\"size\":1"))
        #expect(try because(scratch, "verify", "--ledger", path, "--key", key.text).status == 0)
        let again = try because(scratch, "backup", path)
        #expect(again.status == 1 && again.text.contains("exists already"))
    }
}
