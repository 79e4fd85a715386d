import Foundation
import GRDB
import SQLiteStorage
import Storage
import StorageTesting
import Testing

struct OpeningTests {
    /// The error of opening `scratch` either way.
    private func refusal(_ scratch: Scratch, _ accesses: [SQLiteStore.Access] = [.reading, .writing]) -> Set<String> {
        Set(
            accesses.map { access in
                do {
                    _ = try scratch.open(access)
                    return "opened for \(access)"
                } catch let error as StoreError {
                    return error.description.replacing(scratch.path, with: "DIR")
                } catch {
                    return "another error: \(error)"
                }
            })
    }

    @Test func `a folder that is not there is not created`() throws {
        let scratch = try Scratch()
        #expect(throws: StoreError.notAStore(path: scratch.path + "/x", detail: "there is no such folder")) {
            _ = try SQLiteStore.open(in: scratch.path + "/x", for: .writing)
        }
        #expect(throws: StoreError.notAStore(path: scratch.path + "/x", detail: "there is no such folder")) {
            _ = try SQLiteStore.create(in: scratch.path + "/x", subjectKey: Samples.subjectKey)
        }
        #expect(!scratch.has("x"))
    }

    @Test func `a file is no folder`() throws {
        let scratch = try Scratch()
        try scratch.write([], to: "x")
        #expect(throws: StoreError.notAStore(path: scratch.path + "/x", detail: "it is not a folder")) {
            _ = try SQLiteStore.open(in: scratch.path + "/x", for: .reading)
        }
    }

    @Test func `what is no log is told apart, and left as it was`() throws {
        let scratch = try Scratch()
        #expect(refusal(scratch) == ["DIR is not a ledger: it holds no log.sqlite"])
        #expect(!scratch.has("log.sqlite") && !scratch.has("lock"))

        try scratch.write([], to: "log.sqlite")
        #expect(refusal(scratch) == ["DIR is not a ledger: log.sqlite is empty"])

        for text in ["notes", String(repeating: "notes ", count: 1000)] {
            try scratch.write(text.utf8, to: "log.sqlite")
            #expect(refusal(scratch) == ["DIR/log.sqlite is not a ledger: it is no SQLite database"])
            #expect(try scratch.bytes(of: "log.sqlite") == Array(text.utf8))
        }
    }

    @Test func `another program's database is left as it was`() throws {
        let scratch = try Scratch()
        try scratch.execute("CREATE TABLE bookmarks (url TEXT)")
        let before = try scratch.bytes(of: "log.sqlite")
        #expect(refusal(scratch) == ["DIR is not a ledger: log.sqlite is the database of another program"])
        #expect(try scratch.bytes(of: "log.sqlite") == before)
    }

    @Test func `a log of a later format is refused with both versions`() throws {
        let scratch = try Scratch()
        try scratch.create().close()
        try scratch.execute("PRAGMA user_version = 7")
        #expect(refusal(scratch) == ["the ledger has format 7; this program knows formats up to 1"])
        try scratch.execute("PRAGMA user_version = -1")
        #expect(refusal(scratch) == ["the database file is damaged: the ledger says it has format -1"])
    }

    @Test func `a log is never created over another, nor beside the WAL of one`() throws {
        let scratch = try Scratch()
        let store = try scratch.create()
        #expect(throws: StoreError.alreadyExists(path: scratch.log)) { _ = try scratch.create() }
        store.close()
        #expect(throws: StoreError.alreadyExists(path: scratch.log)) { _ = try scratch.create() }
        try FileManager.default.removeItem(atPath: scratch.log)
        try scratch.write([1], to: "log.sqlite-wal")
        #expect(throws: StoreError.alreadyExists(path: scratch.log + "-wal")) { _ = try scratch.create() }
    }

    @Test func `what a creation that was cut short left behind is no obstacle`() throws {
        let scratch = try Scratch()
        try scratch.write(Array("half".utf8), to: "log.new")
        try scratch.write(Array("half".utf8), to: "log.new-wal")
        try scratch.create(Samples.batch(first: 0)).close()
        #expect(!scratch.has("log.new") && !scratch.has("log.new-wal") && !scratch.has("log.sqlite-wal"))
        try readEverything(scratch.open(.reading))
    }

    @Test func `a folder may have any name`() throws {
        let scratch = try Scratch()
        for name in ["file:a?mode=memory", "50% & #1?", "Ünïcode 😀", "-v"] {
            let path = "\(scratch.path)/\(name)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try SQLiteStore.create(in: path, subjectKey: Samples.subjectKey).append(Samples.batch(first: 0))
            #expect(try SQLiteStore.open(in: path, for: .reading).read { try $0.size() } == 1)
            #expect(FileManager.default.fileExists(atPath: path + "/log.sqlite"))
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/flock"), "needs the flock command"))
    func `another process that holds the lock is named, and reading goes on`() throws {
        let scratch = try Scratch()
        try scratch.create(Samples.batch(first: 0)).close()
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        // It says that it has the lock, and keeps it until its input ends.
        other.arguments = [scratch.path + "/lock", "sh", "-c", "echo held by me > '\(scratch.path)/lock'; echo; cat"]
        let input = Pipe()
        let output = Pipe()
        other.standardInput = input
        other.standardOutput = output
        try other.run()
        _ = try output.fileHandleForReading.read(upToCount: 1)

        #expect(throws: StoreError.heldByAnotherProcess(path: scratch.path + "/lock", holder: "held by me")) {
            _ = try scratch.open(.writing)
        }
        let reader = try scratch.open(.reading)
        try readEverything(reader)

        try input.fileHandleForWriting.close()
        other.waitUntilExit()
        try scratch.open(.writing).append(Samples.batch(first: 1))
        #expect(try reader.read { try $0.size() } == 2)
    }

    @Test func `a descriptor that a forked child still shares does not keep the lock`() throws {
        let scratch = try Scratch()
        let store = try scratch.create()
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        let held = try #require(
            descriptors.first {
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
                return target == scratch.path + "/lock"
            })
        // As fork does: another descriptor of the same open file.
        let shared = dup(held)
        defer { Foundation.close(shared) }
        store.close()
        try scratch.open(.writing).close()
    }

    @Test func `a holder's note obeys no terminal and is short`() throws {
        let scratch = try Scratch()
        let store = try scratch.create()
        let note = String(decoding: try scratch.bytes(of: "lock"), as: UTF8.self)
        #expect(note.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier), "))
        try scratch.write(Array("\u{1b}[2Jx\n".utf8) + [0xff] + Array(repeating: 0x79, count: 5000), to: "lock2")
        #expect(rename(scratch.path + "/lock2", scratch.path + "/lock") == 0)
        // The lock goes with the file, not with its name: hold the new one too.
        let descriptor = Foundation.open(scratch.path + "/lock", O_RDONLY)
        defer { Foundation.close(descriptor) }
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        let error = #expect(throws: StoreError.self) { _ = try scratch.open(.writing) }
        guard case .heldByAnotherProcess(_, let holder?) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(holder.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && holder.hasPrefix("[2Jxyyy"))
        #expect(holder.utf8.count <= 200)
        store.close()
    }
}
