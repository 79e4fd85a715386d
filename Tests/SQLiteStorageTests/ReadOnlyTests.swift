import Foundation
import SQLiteStorage
import Storage
import StorageTesting
import Testing

/// A folder that may not be written: mounted read-only for root, whom permissions do not stop; without write permission
/// for anybody else.
final class WriteProtection {
    private let path: String
    private let isMount = getuid() == 0

    static let isAvailable = getuid() != 0 || Tmpfs.isAvailable

    init(_ path: String) throws {
        self.path = path
        if isMount {
            guard run("/usr/bin/mount", "--bind", path, path) == 0,
                run("/usr/bin/mount", "-o", "remount,bind,ro", path) == 0
            else { throw CocoaError(.fileWriteNoPermission) }
        } else {
            chmod(path, 0o555)
        }
    }

    deinit {
        if isMount { run("/usr/bin/umount", "-l", path) } else { chmod(path, 0o755) }
    }
}

@Suite(.enabled(if: WriteProtection.isAvailable, "needs a folder that this user may not write"))
struct ReadOnlyTests {
    @Test func `a log in a folder that may not be written is read, and not written`() throws {
        let scratch = try Scratch()
        try scratch.create(Samples.batch(first: 0, count: 3)).close()
        let protection = try WriteProtection(scratch.path)
        let reader = try scratch.open(.reading)
        try readEverything(reader)
        try reader.sync()
        #expect(try reader.read { try $0.size() } == 3)
        let error = #expect(throws: StoreError.self) { _ = try scratch.open(.writing) }
        guard case .readOnly = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(error?.hint != nil)
        reader.close()
        withExtendedLifetime(protection) {}
    }

    @Test func `a log is not created in a folder that may not be written`() throws {
        let scratch = try Scratch()
        let protection = try WriteProtection(scratch.path)
        let error = #expect(throws: StoreError.self) { _ = try scratch.create() }
        guard case .readOnly = error else { return #expect(Bool(false), "\(error as Any)") }
        withExtendedLifetime(protection) {}
    }

    @Test func `commits in a WAL without index are not passed over where neither may be written`() throws {
        let scratch = try Scratch()
        let store = try scratch.create(Samples.batch(first: 0))
        let copy = try scratch.copyOfFiles()
        let protection = try WriteProtection(copy.path)
        let error = #expect(throws: StoreError.self) { _ = try copy.open(.reading) }
        guard case .readOnly(_, let detail) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(detail.contains("log.sqlite-wal holds commits"))
        store.close()
        withExtendedLifetime(protection) {}
    }

    @Test func `commits in a WAL with its index are read where neither may be written`() throws {
        let scratch = try Scratch()
        let store = try scratch.create(Samples.batch(first: 0))
        let copy = try scratch.copyOfFiles()
        try FileManager.default.copyItem(atPath: scratch.log + "-shm", toPath: copy.log + "-shm")
        let protection = try WriteProtection(copy.path)
        let reader = try copy.open(.reading)
        #expect(try reader.read { try $0.size() } == 1)
        try readEverything(reader)
        reader.close()
        store.close()
        withExtendedLifetime(protection) {}
    }

    @Test func `a log that is written while it is read as one that nobody writes is noticed`() throws {
        let scratch = try Scratch()
        try scratch.create(Samples.batch(first: 0)).close()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: scratch.log + suffix) }
        var protection: WriteProtection? = try WriteProtection(scratch.path)
        let reader = try scratch.open(.reading)
        try readEverything(reader)
        withExtendedLifetime(protection) {}
        protection = nil
        try scratch.open(.writing).append(Samples.batch(first: 1))
        let error = #expect(throws: StoreError.self) { _ = try reader.read { try $0.size() } }
        guard case .io(let detail) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(detail.contains("was written while it was read"))
    }
}
