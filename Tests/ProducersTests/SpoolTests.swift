import Because
import Foundation
import GRDB
import Glibc
import LedgerSamples
import Testing

/// The file of a spool.
struct SpoolTests {
    private static let time = Timestamp(microseconds: SampleClock.start)

    /// A spool with one waiting decision that says `secret`, and the producer that has it open.
    private func filled(_ setting: Setting, secret: String) async throws -> (producer: Producer, spool: Spool) {
        let producer = try await setting.open(.spool(), in: setting.spool)
        setting.sink.set(.unreachable)
        var secretive = decision("secretive")
        secretive.notes = secret
        _ = try await producer.record(secretive)
        return (producer, try #require(producer.spool))
    }

    private func bytes(_ setting: Setting) throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: setting.spool).reduce(into: Data()) {
            $0 += try Data(contentsOf: URL(filePath: setting.spool + "/" + $1))
        }
    }

    @Test func `nobody else may look into it`() async throws {
        let setting = try await Setting()
        let (_, spool) = try await filled(setting, secret: "her address")
        for (path, mode) in [(setting.spool, 0o700), (spool.path, 0o600), (spool.path + "-wal", 0o600)] {
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == mode, "\(path)")
        }
        #expect(try bytes(setting).range(of: Data("her address".utf8)) != nil)
        #expect(chmod(setting.spool, 0o750) == 0)
        await #expect(throws: SpoolError.openToOthers(path: setting.spool)) {
            _ = try await Spool.open(in: setting.spool)
        }
    }

    @Test func `what was sent leaves no trace in its files`() async throws {
        let setting = try await Setting()
        let (producer, spool) = try await filled(setting, secret: "her address")
        setting.sink.set(.reachable)
        #expect(try await producer.drain().recorded == 1)
        #expect(try await spool.size() == (0, 0))
        #expect(try bytes(setting).range(of: Data("her address".utf8)) == nil)
    }

    @Test func `what is erased leaves no trace, and its number is declared`() async throws {
        let setting = try await Setting()
        let (producer, spool) = try await filled(setting, secret: "her address")
        #expect(try await !spool.erase(id: "other", at: Self.time))
        #expect(try await spool.erase(id: "secretive", at: Self.time))
        #expect(try await !spool.erase(id: "secretive", at: Self.time))
        #expect(try bytes(setting).range(of: Data("her address".utf8)) == nil)
        setting.sink.set(.reachable)
        #expect(try await producer.drain().recorded == 1)
        #expect(try setting.account(producer.epoch).verdict == .gap([], declared: [1...1], upTo: 1))
    }

    @Test func `what lies aside can be erased as well`() async throws {
        let setting = try await Setting()
        _ = try await setting.ledger.record(decision("secretive"))
        let (producer, spool) = try await filled(setting, secret: "her address")
        setting.sink.set(.reachable)
        _ = try await producer.drain()
        #expect(try await spool.refused().map(\.id) == ["secretive"])
        #expect(try await spool.erase(id: "secretive", at: Self.time))
        #expect(try await spool.refused().isEmpty)
        #expect(try bytes(setting).range(of: Data("her address".utf8)) == nil)
    }

    @Test func `one producer at a time uses a folder`() async throws {
        let setting = try await Setting()
        let producer = try await setting.open(.spool(), in: setting.spool)
        let path = setting.spool + "/spool.sqlite"
        let error = await failure { () async throws(ProducerError) in
            try await Producer.open(id: "other", ledger: setting.sink, spool: setting.spool)
        }
        guard case .spool(.heldByAnother(path))? = error else { return #expect(Bool(false), "\(error as Any)") }
        try await producer.close()
        try await setting.open(.spool(), in: setting.spool).close()
        #expect(throws: Never.self) { _ = try Data(contentsOf: URL(filePath: path)) }
        let unnamed = await failure { () async throws(ProducerError) in
            try await Producer.open(id: "agent", ledger: setting.sink, mode: .spool())
        }
        guard case .noFolder? = unnamed else { return #expect(Bool(false), "\(unnamed as Any)") }
    }

    /// What lies where a spool should be is left as it is.
    @Test(arguments: [
        ("CREATE TABLE t (x)", "is not a spool"), ("PRAGMA application_id = 7", "is not a spool"),
        ("PRAGMA user_version = 2", "has format 2"), ("DROP TABLE owed", "its tables are not those of a spool"),
        ("PRAGMA user_version = 0", "says that it has format 0"), ("garbage", "is not a spool"),
        ("cut", "is damaged"),
    ])
    func `a file that is no spool is said to be none, and kept`(change: String, says: String) async throws {
        let setting = try await Setting()
        let (producer, spool) = try await filled(setting, secret: "n")
        let path = spool.path
        // Held until here: the change is made in a copy.
        let folder = setting.spool + "-changed"
        spool.close()
        _ = producer
        try FileManager.default.copyItem(atPath: setting.spool, toPath: folder)
        let file = URL(filePath: folder + "/spool.sqlite")
        switch change {
        case "garbage": try Data("not a database, by any means, whatever".utf8).write(to: file)
        case "cut": try Data(contentsOf: file).prefix(8192).write(to: file)
        default:
            let queue = try DatabaseQueue(path: file.path)
            try queue.inDatabase {
                if change.hasPrefix("CREATE") { try $0.execute(sql: "PRAGMA application_id = 7") }
                try $0.execute(sql: change)
            }
            try queue.close()
        }
        #expect(chmod(file.path, 0o600) == 0)
        let before = try Data(contentsOf: file)
        let error = await #expect(throws: SpoolError.self) { _ = try await Spool.open(in: folder) }
        let message = try #require(error).description
        #expect(message.contains(says) && message.contains("spool.sqlite"), "\(message)")
        #expect(try Data(contentsOf: file) == before)
        #expect(path.hasSuffix("/spool.sqlite"))
    }

    @Test func `a folder that cannot be made is named`() async throws {
        let setting = try await Setting()
        let error = await #expect(throws: SpoolError.self) {
            _ = try await Spool.open(in: setting.folder.path + "/no/such")
        }
        #expect(try #require(error).description.contains("/no/such cannot hold a spool: No such file"))
        try setting.folder.write([], to: "file")
        await #expect(throws: SpoolError.notASpool(path: setting.folder.path + "/file")) {
            _ = try await Spool.open(in: setting.folder.path + "/file")
        }
    }
}
