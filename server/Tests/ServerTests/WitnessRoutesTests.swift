import Because
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Server
import Testing
import Witnesses

/// A witness over HTTP, and a ledger that asks it over the loopback.
struct WitnessRoutesTests {
    private let scratch: Scratch
    private let ledger: Ledger
    private let witness: Witness

    init() async throws {
        scratch = try Scratch()
        ledger = try await Ledger.create(at: scratch.at("a.ledger"), origin: "acme.example/decisions")
        _ = try Witness.create(in: scratch.at("w"), name: "w.example")
        witness = try Witness(in: scratch.at("w"), logs: [ledger.firstKey])
    }

    private var application: Application<RouterResponder<BasicRequestContext>> {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Application(
            router: WitnessRoutes(witness, logger: logger).router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)), logger: logger)
    }

    /// A request for the newest checkpoint of the ledger, from `size` on.
    private func request(from size: UInt64) throws -> ByteBuffer {
        try ledger.read { view in
            let proof = try view.consistencyProof(from: size, to: view.checkpoint)
            return ByteBuffer(
                bytes: try AddCheckpointRequest(oldSize: size, proof: proof, note: view.note).bytes)
        }
    }

    private func record() async throws {
        _ = try await ledger.record(
            Decision(outcome: .comply, grounds: .noneCited("a test"), reason: .absent("a test")))
    }

    @Test func `every answer of the witness has its status, type and body`() async throws {
        let first = try request(from: 0)
        try await record()
        let second = try request(from: 1)
        let tooLong = ByteBuffer(bytes: [UInt8](repeating: 0x61, count: 16_385))
        let longest = ByteBuffer(bytes: [UInt8](repeating: 0x61, count: 16_384))
        let cases: [(ByteBuffer?, Int, String?)] = [
            (nil, 400, nil), (longest, 400, nil), (tooLong, 413, nil), (second, 409, "0\n"), (first, 200, nil),
            (first, 409, "1\n"), (second, 200, nil), (second, 409, "2\n"),
        ]
        try await application.test(.router) { client in
            for (body, status, text) in cases {
                try await client.execute(uri: "/add-checkpoint", method: .post, body: body) { response in
                    #expect(response.status.code == status)
                    let type = status == 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8"
                    #expect(response.headers[.contentType] == type)
                    if let text { #expect(String(buffer: response.body) == text) }
                    guard status == 200 else { return }
                    let lines = try NoteSignature.lines(parsing: Array(response.body.readableBytesView))
                    #expect(lines.map(\.keyID) == [witness.key.keyID])
                }
            }
        }
    }

    @Test func `monitors find the last checkpoint under the hash of its origin`() async throws {
        let hash = SHA256.digest(of: Array(ledger.origin.utf8)).hex
        let body = try request(from: 0)
        try await application.test(.router) { client in
            for _ in 0..<2 {
                try await client.execute(uri: "/\(hash)/checkpoint", method: .get) { #expect($0.status == .notFound) }
            }
            try await client.execute(uri: "/add-checkpoint", method: .post, body: body) { #expect($0.status == .ok) }
            try await client.execute(uri: "/\(hash)/checkpoint", method: .get) { response in
                let note = try SignedNote(parsing: Array(response.body.readableBytesView))
                let trusted = try note.trustedCheckpoint(by: [ledger.firstKey, witness.key])
                #expect(trusted.checkpoint.size == 1 && trusted.cosignatures.count == 1)
            }
            for path in ["/\(hash.uppercased())/checkpoint", "/x/checkpoint", "/\(hash)", "/", "/add-checkpoint"] {
                try await client.execute(uri: path, method: .get) { #expect($0.status == .notFound) }
            }
        }
    }

    @Test func `a ledger is cosigned over the loopback, and one that was rolled back is found out`() async throws {
        try await application.test(.live) { client in
            let port = try #require(client.port)
            var document = PolicyDocument(logs: [ledger.firstKey])
            try document.add("w", key: witness.key.text, url: "http://127.0.0.1:\(port)/")
            for _ in 0..<2 {
                let update = try await ledger.updateWitnesses(document.policy)
                #expect(update.exitStatus == 0, "\(update.text)")
                try await record()
            }
            await ledger.close()
            try scratch.copy("a.ledger", to: "backup")
            let more = try Ledger.open(at: scratch.at("a.ledger"))
            #expect(try await more.updateWitnesses(document.policy).exitStatus == 0)
            _ = try await more.record(Decision(outcome: .comply, grounds: .noneCited("x"), reason: .absent("x")))
            #expect(try await more.updateWitnesses(document.policy).exitStatus == 0)
            let restored = try Ledger.open(at: scratch.at("backup"))
            let update = try await restored.updateWitnesses(document.policy)
            #expect(update.exitStatus == 2)
            #expect(update.results.map(\.outcome) == [.alarm(.rolledBack(here: 3, seen: 4))])
        }
    }

    @Test(
        arguments: [
            ("127.0.0.1:80", "127.0.0.1", 80), ("localhost:0", "localhost", 0), ("[::1]:65535", "::1", 65_535),
            ("127.0.0.1", nil, 0), (":80", nil, 0), ("::1:80", nil, 0), ("host:65536", nil, 0), ("host:-1", nil, 0),
            ("host:", nil, 0), ("[]:80", nil, 0), ("", nil, 0),
        ] as [(String, String?, Int)]) func `an address is a host and a port`(
            _ text: String, _ host: String?, _ port: Int
        )
    {
        let address = ListeningAddress(text)
        #expect(address?.host == host)
        if host != nil { #expect(address?.port == port) }
    }
}
