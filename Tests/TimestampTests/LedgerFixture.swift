import Because
import Foundation
import GRDB
import Testing
import WebTesting

/// A ledger in a folder of its own, removed with it.
final class LedgerFixture: Sendable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/because-stamped-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var path: String { folder + "/ledger" }

    func create() async throws -> Ledger { try await Ledger.create(at: path, origin: "acme.example/decisions") }

    /// Runs `body` on the ledger opened for recording.
    func recording<Value>(_ body: (Ledger) async throws -> Value) async throws -> Value {
        let ledger = try Ledger.open(at: path)
        do {
            let value = try await body(ledger)
            await ledger.close()
            return value
        } catch {
            await ledger.close()
            throw error
        }
    }

    func verify(_ authorities: TrustedCertificates? = nil) async throws -> VerificationReport {
        try await Verification(folder: path, authorities: authorities).run()
    }

    /// Changes the database behind the ledger's back, past its triggers, which are the same again afterwards.
    func tamper(_ sql: String, blobs: [UInt8]...) throws {
        let queue = try DatabaseQueue(path: path + "/log.sqlite")
        defer { try? queue.close() }
        try queue.inDatabase { database in
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try database.execute(sql: sql, arguments: StatementArguments(blobs.map { Data($0) }))
            for trigger in triggers { try database.execute(sql: trigger["sql"] as String) }
        }
    }
}

extension Ledger {
    @discardableResult
    func recordDecision(_ id: String) async throws -> Receipt {
        let line = #"{"id":"\#(id)","outcome":"refuse","none_cited":"a test","rationale_absent":"a test"}"#
        let submission = try Array(line.utf8).withUnsafeBytes { try Submission(parsing: $0) }
        return try await record([submission])[0].get()
    }

    var stampedSizes: [UInt64] {
        get throws { try read { try $0.snapshot.attestedSizes() } }
    }
}

extension VerificationReport {
    /// The codes of what was found about signatures, in order.
    var signatureCodes: [String] { findings.of(.signatures).map(\.code) }
}

extension Authority {
    /// A server at which this authority answers.
    func serve() throws -> LoopbackServer {
        try LoopbackServer { request in
            do {
                return .response(
                    status: 200, headers: ["Content-Type": "application/timestamp-reply"],
                    body: try self.answer(request.body))
            } catch { return .response(status: 500, body: Array("\(error)".utf8)) }
        }
    }

    /// An authority that is reached without a network, and changes each request or answer.
    func transport(
        request change: @escaping @Sendable ([UInt8]) throws -> [UInt8] = { $0 },
        answer: @escaping @Sendable ([UInt8]) throws -> [UInt8] = { $0 }
    ) -> Transport {
        { (request: HTTPRequest) async throws(HTTPError) in
            do {
                return HTTPResponse(
                    status: 200, contentType: TimestampRequest.answerMediaType,
                    body: try answer(self.answer(change(request.body))))
            } catch { throw .notHTTP(server: "here", detail: "\(error)") }
        }
    }
}
