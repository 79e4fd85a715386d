import Because
import Cryptography
import Foundation
import GRDB
import Keyrings
import LedgerSamples

/// A ledger in the folder of a test, and beside the ledger its key ring.
extension Scratch {
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

    func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func execute(_ sql: String) throws { try database { try $0.execute(sql: sql) } }

    /// The code of the person whom an entry is about.
    func subject(ofEntry number: Int) throws -> Digest {
        let code = try database {
            try Data.fetchOne($0, sql: "SELECT code FROM subjects WHERE n = ?", arguments: [number])
        }
        guard let digest = Digest(code ?? Data()) else { preconditionFailure("entry \(number) is about somebody") }
        return digest
    }

    func database<Result>(_ body: (Database) throws -> Result) throws -> Result {
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
