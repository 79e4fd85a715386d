import Because
import Foundation
import GRDB

/// A folder of its own for one test, removed with it.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "because-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var ledger: String { path + "/ledger" }

    /// A path in the folder.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// A ledger with `count` decisions under one specification, closed.
    @discardableResult
    func makeLedger(_ count: Int, places: LedgerPlaces = LedgerPlaces()) async throws -> VerifierKey {
        let ledger = try await Ledger.create(at: self.ledger, origin: "acme.example/decisions", places: places)
        let text = "# Be kind {#be_kind authority=root}\n\nBe kind to people.\n"
        let specification = try Specification(
            parsing: Array(text.utf8), format: .markdown, id: "acme/principles", version: "1")
        _ = try await ledger.register(specification)
        try await Self.record(0..<count, in: ledger)
        await ledger.close()
        return ledger.firstKey
    }

    /// Opens the ledger, records decisions with these numbers, and closes it.
    func record(_ numbers: Range<Int>, places: LedgerPlaces = LedgerPlaces()) async throws {
        let ledger = try Ledger.open(at: ledger, places: places)
        do { try await Self.record(numbers, in: ledger) } catch {
            await ledger.close()
            throw error
        }
        await ledger.close()
    }

    /// Records decisions with these numbers, each by a commit of its own.
    static func record(_ numbers: Range<Int>, in ledger: Ledger) async throws {
        for number in numbers {
            let json: JSON = [
                "id": .string("decision-\(number)"), "outcome": "refuse",
                "summary": .string("Refused request \(number)"),
                "principles": [["ref": "acme/principles#be_kind", "role": "applied"]],
                "rationale": ["text": "It was unkind.", "source": "model", "timing": "with"],
            ]
            _ = try await ledger.record([Submission(checking: json)])[0].get()
        }
    }

    func copy(_ from: String, _ to: String) throws {
        try? FileManager.default.removeItem(atPath: to)
        try FileManager.default.copyItem(atPath: from, toPath: to)
    }

    /// Changes the database as a person could who has the file and no respect for its rules.
    func tamper(_ sql: String) throws { try Place(ledger).tamper(sql) }

    /// Another healthy ledger.
    func makeOther() async throws {
        await (try Ledger.create(at: file("other"), origin: "other.example/log")).close()
    }

    /// A ledger's folder.
    struct Place {
        let folder: String

        init(_ folder: String) { self.folder = folder }

        func tamper(_ sql: String) throws {
            try DatabaseQueue(path: folder + "/log.sqlite").write { database in
                let triggers = try String.fetchAll(
                    database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
                for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
                try database.execute(sql: sql)
            }
        }
    }

    func verify(key: VerifierKey? = nil, places: LedgerPlaces = LedgerPlaces()) async throws -> VerificationReport {
        try await Verification(folder: ledger, key: key, places: places).run()
    }
}

extension VerificationReport {
    /// The codes of what does not hold, but for the rules of the tables that a test dropped.
    var broken: Set<String> {
        Set(findings.all.filter { $0.severity == .broken && $0.code != "structure_changed" }.map(\.code))
    }

    var notices: Set<String> { Set(findings.all.filter { $0.severity == .notice }.map(\.code)) }
}
