import Foundation
import GRDB
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import SQLiteStorage

struct CrashTests {
    @Test func `commits that a killed process left in the WAL are there for readers and the next writer`() throws {
        let scratch = try Scratch()
        let store = try scratch.create(Samples.batch(first: 0, count: 3), Samples.batch(first: 3))
        let copy = try scratch.copyOfFiles()
        #expect(try !copy.bytes(of: "log.sqlite-wal").isEmpty)

        let reader = try copy.open(.reading)
        try reader.sync()
        #expect(try reader.read { try $0.size() } == 4)
        reader.close()
        #expect(try !copy.bytes(of: "log.sqlite-wal").isEmpty, "a reader does not run WAL checkpoints")

        let writer = try copy.open(.writing)
        #expect(try copy.bytes(of: "log.sqlite-wal").isEmpty, "the writer empties the WAL first of all")
        try writer.append(Samples.batch(first: 4))
        try readEverything(writer)
        store.close()
    }

    @Test func `a WAL that was cut off anywhere leaves whole batches`() throws {
        let scratch = try Scratch()
        let store = try scratch.create()
        for first in UInt64(0)..<4 { try store.append(Samples.batch(first: first * 3, count: 3)) }
        let wal = try scratch.bytes(of: "log.sqlite-wal")
        let copy = try scratch.copyOfFiles()
        var sizes: Set<UInt64> = []
        for length in stride(from: 0, through: wal.count, by: 1021) {
            try copy.write(wal.prefix(length), to: "log.sqlite-wal")
            try? FileManager.default.removeItem(atPath: copy.log + "-shm")
            try copy.open(.reading).read { view in
                let size = try view.size()
                var count: UInt64 = 0
                try view.entries(0..<UInt64.max) { _, _ in count += 1 }
                let newest = try view.checkpoint(atMost: nil)?.size
                #expect(count == size && newest ?? 0 == size)
                sizes.insert(size)
            }
        }
        #expect(sizes.isSuperset(of: [0, 3, 6, 9]) && sizes.isSubset(of: [0, 3, 6, 9, 12]))
        store.close()
    }

    @Test func `closing empties the WAL and lets the next writer in`() throws {
        let scratch = try Scratch()
        try scratch.create(Samples.batch(first: 0)).close()
        let left = scratch.has("log.sqlite-wal") ? try scratch.bytes(of: "log.sqlite-wal") : []
        #expect(left.isEmpty)
        do { _ = try scratch.open(.writing) }
        try scratch.open(.writing).close()
    }

    @Test func `a long read does not keep a writer from opening`() throws {
        let scratch = try Scratch()
        try scratch.create(Samples.batch(first: 0)).close()
        let reader = try scratch.open(.reading)
        try scratch.open(.writing).append(Samples.batch(first: 1))
        try reader.read { view in
            #expect(try view.size() == 2)
            try scratch.open(.writing).append(Samples.batch(first: 2))
            #expect(try view.size() == 2)
        }
        #expect(try reader.read { try $0.size() } == 3)
    }

    /// A store whose database may not grow beyond `pages`.
    private func limit(_ store: SQLiteStore, pages: Int) throws {
        try store.writer.withLock { writer in
            try writer?.queue.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
        }
    }

    @Test func `a database that may not grow loses only the batch that did not fit`() throws {
        let scratch = try Scratch()
        let store = try scratch.create(Samples.batch(first: 0))
        try limit(store, pages: 20)
        try fillUp(store, scratch)
    }

    @Test(.enabled(if: Tmpfs.isAvailable, "needs root, to mount a file system of its own"))
    func `a full disk loses only the batch that did not fit`() throws {
        let disk = try Tmpfs(size: "700k")
        let scratch = try Scratch(under: disk.path)
        let store = try scratch.create(Samples.batch(first: 0))
        try fillUp(store, scratch)
    }

    /// Appends until there is no room, and expects that exactly the refused batch is missing, now and after opening.
    private func fillUp(_ store: SQLiteStore, _ scratch: Scratch) throws {
        var next: UInt64 = 1
        let error = #expect(throws: StoreError.self) {
            while next < 1000 {
                var batch = Samples.batch(first: next, count: 2)
                batch.entries[0].bytes = [UInt8](repeating: 7, count: 20_000)
                try store.append(batch)
                next += 2
            }
        }
        guard case .full = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(throws: StoreError.writerIsDead) { try store.append(Samples.batch(first: next)) }
        #expect(try store.read { try $0.size() } == next)
        try readEverything(store)
        store.close()
        let reader = try scratch.open(.reading)
        #expect(try reader.read { try $0.size() } == next)
        #expect(try reader.read { try $0.mediumDamage() } == [])
        try readEverything(reader)
    }
}

/// A small disk in memory.
final class Tmpfs {
    let path: String

    static let isAvailable: Bool = {
        guard getuid() == 0, let disk = try? Tmpfs(size: "64k") else { return false }
        return FileManager.default.fileExists(atPath: disk.path)
    }()

    init(size: String) throws {
        path = FileManager.default.temporaryDirectory.path + "/because-disk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard run("/usr/bin/mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path) == 0 else {
            try FileManager.default.removeItem(atPath: path)
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    deinit {
        run("/usr/bin/umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }
}
