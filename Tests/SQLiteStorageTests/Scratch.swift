import Foundation
import GRDB
import SQLiteStorage
import Storage
import StorageTesting

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch {
    let path: String

    init(under parent: String = FileManager.default.temporaryDirectory.path) throws {
        path = parent + "/because-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var log: String { path + "/log.sqlite" }

    /// A new store here, with what `batches` add.
    func create(_ batches: AppendBatch...) throws -> SQLiteStore {
        let store = try SQLiteStore.create(in: path, subjectKey: Samples.subjectKey)
        for batch in batches { try store.append(batch) }
        return store
    }

    func open(_ access: SQLiteStore.Access) throws -> SQLiteStore { try SQLiteStore.open(in: path, for: access) }

    /// Runs `sql` on the log behind the store's back.
    func execute(_ sql: String) throws { try database { try $0.execute(sql: sql) } }

    func database<Result>(_ body: (Database) throws -> Result) throws -> Result {
        let queue = try DatabaseQueue(path: log)
        defer { try? queue.close() }
        return try queue.inDatabase(body)
    }

    /// The files that another process would find had this one been killed now, in a folder of their own.
    func copyOfFiles() throws -> Scratch {
        let copy = try Scratch()
        for name in ["log.sqlite", "log.sqlite-wal"] where FileManager.default.fileExists(atPath: "\(path)/\(name)") {
            try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: "\(copy.path)/\(name)")
        }
        return copy
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
}

/// Reads all that a store holds, by every function there is.
func readEverything(_ store: SQLiteStore) throws {
    try store.read { view in
        let size = try view.size()
        for number in 0..<min(size, 10) {
            _ = try view.entry(number)
            _ = try view.disclosures(of: number)
        }
        try view.entries(0..<UInt64.max) { _, _ in }
        try view.disclosures(0..<UInt64.max) { _, _, _ in }
        try view.identities { _ = try view.number(ofID: $0.id) }
        _ = try view.identities(prefix: "", limit: 1000)
        try view.tiles { _ = try view.tile(level: $0.level, number: $0.number) }
        _ = try view.tileRoots(level: 0, 0..<UInt64.max)
        try view.checkpoints { _ in }
        _ = try view.checkpoint(atMost: nil)
        _ = try view.checkpoint(atLeast: 1)
        for size in try view.attestedSizes() {
            _ = try view.signatures(of: size)
            _ = try view.timestamps(of: size)
        }
        try view.texts { digest, _ in _ = try view.text(digest) }
        try view.subjects { code, _ in _ = try view.numbers(ofSubject: code) }
        _ = try view.subjectKey()
        _ = try view.structuralDifferences()
        _ = try view.mediumDamage()
    }
}

/// Runs a program and returns its exit status, or `nil` when it cannot be run.
@discardableResult
func run(_ program: String, _ arguments: String...) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus
}
