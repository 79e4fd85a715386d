import Because
import Cryptography
import Foundation
import GRDB
import Keyrings

/// A folder of its own for one test, removed with it: a ledger in it, and beside the ledger its key ring.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "because-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var ledger: String { path + "/ledger" }
    var ring: String { path + "/ring" }
    var places: LedgerPlaces { LedgerPlaces(keyring: ring) }

    /// A ledger whose sealed values are encrypted, with decisions about these people.
    func makeLedger(_ subjects: [String?]) async throws -> Ledger {
        let ledger = try await Ledger.create(at: ledger, origin: "acme.example/decisions", places: places)
        for (number, subject) in subjects.enumerated() {
            var decision = Decision(
                id: "d\(number)", outcome: .refuse, summary: "giraffe \(number)", grounds: .noneCited("a test"),
                reason: .rationale(.init("zebra words of \(number)", source: .model, timing: .with)))
            decision.subject = subject
            _ = try await ledger.record(decision)
        }
        return ledger
    }

    func text(of name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }

    func execute(_ sql: String) throws { try database { try $0.execute(sql: sql) } }

    /// The code of the person whom an entry is about.
    func subject(ofEntry number: Int) throws -> Digest {
        let code = try database {
            try Data.fetchOne($0, sql: "SELECT code FROM subjects WHERE n = ?", arguments: [number])
        }
        guard let digest = Digest(code ?? Data()) else { preconditionFailure("entry \(number) is about somebody") }
        return digest
    }

    private func database<Result>(_ body: (Database) throws -> Result) throws -> Result {
        let queue = try DatabaseQueue(path: ledger + "/log.sqlite")
        defer { try? queue.close() }
        return try queue.inDatabase(body)
    }

    /// Every byte of every file in the ledger's folder.
    func bytesOfLedger() throws -> Data {
        try FileManager.default.subpathsOfDirectory(atPath: ledger).reduce(into: Data()) { bytes, name in
            bytes += (try? Data(contentsOf: URL(fileURLWithPath: "\(ledger)/\(name)"))) ?? Data()
        }
    }
}
