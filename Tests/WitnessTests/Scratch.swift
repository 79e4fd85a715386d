import Because
import Foundation
import GRDB
import Synchronization
import Testing
import Web
import Witnesses

extension String {
    /// The UTF-8.
    var bytes: [UInt8] { Array(utf8) }
}

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/because-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in the folder.
    func at(_ name: String) -> String { "\(path)/\(name)" }

    func copy(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: at(name), toPath: at(other))
    }

    /// Makes the ledger `name` with `count` decisions after its first entry.
    func makeLedger(_ name: String = "a.ledger", decisions count: Int = 0) async throws -> Ledger {
        let ledger = try await Ledger.create(at: at(name), origin: "acme.example/decisions")
        try await ledger.record(count)
        return ledger
    }

    /// Makes the witness `name`, which watches `logs`.
    func makeWitness(_ name: String, _ logs: [VerifierKey], now: UInt64 = moment) throws -> Witness {
        _ = try Witness.create(in: at(name), name: "\(name).example")
        return try openWitness(name, logs, now: now)
    }

    func openWitness(_ name: String, _ logs: [VerifierKey], now: UInt64 = moment) throws -> Witness {
        try Witness(in: at(name), logs: logs) { now }
    }
}

/// The time of every clock in these tests.
let moment: UInt64 = 1_790_000_000

extension Ledger {
    /// Records `count` decisions that differ from all others.
    func record(_ count: Int) async throws {
        for _ in 0..<count {
            let id = UUID().uuidString
            _ = try await record(
                Decision(id: id, outcome: .comply, grounds: .noneCited("a test"), reason: .absent("a test")))
        }
    }

    /// Asks the witnesses of `policy` over `network`, whose clock shows `moment`.
    func update(_ policy: Policy, _ network: Network, only name: String? = nil) async throws -> WitnessUpdate {
        try await updateWitnesses(
            policy, only: name.map { Policy.Name($0) }, transport: network.transport, now: { moment },
            pause: network.pause)
    }
}

/// Servers by their names, without any network: a server is a function.
final class Network: Sendable {
    typealias Server = @Sendable (HTTPRequest) throws -> HTTPResponse

    private let servers = Mutex<[String: Server]>([:])
    private let log = Mutex<(requests: [HTTPRequest], pauses: [Int])>(([], []))

    /// What was asked, in order.
    var requests: [HTTPRequest] { log.withLock { $0.requests } }
    /// How long somebody wanted to wait, in order.
    var pauses: [Int] { log.withLock { $0.pauses } }

    /// Has `witness` answer at `host`.
    func serve(_ host: String, _ witness: Witness) {
        serve(host) { request in
            let answer = try witness.addCheckpoint(request.body)
            return HTTPResponse(status: answer.status, contentType: answer.contentType, body: answer.body)
        }
    }

    func serve(_ host: String, _ server: @escaping Server) { servers.withLock { $0[host] = server } }

    func stop(_ host: String) { servers.withLock { $0[host] = nil } }

    var transport: Transport {
        { (request) async throws(HTTPError) in
            self.log.withLock { $0.requests.append(request) }
            let host = request.url.host ?? ""
            guard let server = self.servers.withLock({ $0[host] }), request.url.path == "/add-checkpoint" else {
                throw .cannotConnect(server: host, detail: "there is no such server")
            }
            do { return try server(request) } catch { throw .notHTTP(server: host, detail: "\(error)") }
        }
    }

    var pause: @Sendable (Int) async -> Void {
        { seconds in self.log.withLock { $0.pauses.append(seconds) } }
    }
}

/// A policy with a line for each witness, whose server has the name of the witness, and whatever `rest` says.
func makePolicy(_ log: VerifierKey, _ witnesses: [(name: String, key: VerifierKey)], _ rest: String) throws -> Policy {
    let lines = witnesses.map { "witness \($0.name) \($0.key.text) http://\($0.name)/\n" }.joined()
    return try Policy(parsing: "log \(log.text)\n\(lines)\(rest)\n".bytes)
}

/// The signing key of this name that is made of one repeated byte.
func exampleKey(_ name: String, _ byte: UInt8) throws -> SigningKey {
    try SigningKey.generate(name: name, randomness: Randomness { $0.initializeMemory(as: UInt8.self, repeating: byte) })
}

/// A log of a few entries, with proofs from any size to any other.
struct ExampleLog: Sendable {
    let key: SigningKey
    let leaves: [Digest]

    /// `branch` names the entries from `fork` on: logs of one branch are the same, and of two differ from `fork` on.
    init(_ count: Int = 8, fork: Int = 0, branch: Int = 0, origin: String = "log.example") throws {
        key = try exampleKey(origin, 1)
        leaves = (0..<count).map { MerkleTree.leafHash("entry \($0) \($0 < fork ? 0 : branch)".bytes) }
    }

    func checkpoint(_ size: Int, extensions: [String] = []) -> Checkpoint {
        Checkpoint(
            origin: key.name.text, size: UInt64(size), root: MerkleTree.root(of: leaves.prefix(size)),
            extensions: extensions)
    }

    func proof(_ from: Int, _ to: Int) throws -> ConsistencyProof {
        let plan = try ConsistencyProof.plan(from: UInt64(from), to: UInt64(to))
        let nodes = try Tile.fetch(plan, size: UInt64(to)) { tile in
            leaves[Int(tile.number) * 256..<Int(tile.number) * 256 + tile.width].flatMap(\.bytes)
        }
        return try ConsistencyProof.assemble(nodes, from: UInt64(from), to: UInt64(to))
    }

    /// The body of a request. Where no proof leads from `from` to `to`, it has none.
    func request(_ from: Int, _ to: Int) throws -> [UInt8] {
        let proof = from <= to ? try proof(from, to) : ConsistencyProof(hashes: [])
        return try AddCheckpointRequest(
            oldSize: UInt64(from), proof: proof, note: checkpoint(to).signed(by: key)
        ).bytes
    }
}
