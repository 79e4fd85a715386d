import Because
import Foundation
import StorageTesting
import Testing

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/because-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A ledger in a folder here, open for recording.
    func ledger(_ name: String = "l", origin: String = Samples.origin) async throws -> Ledger {
        try await Ledger.create(at: "\(path)/\(name)", origin: origin)
    }

    /// A copy of a ledger that is closed.
    func copy(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
    }

    func folder(_ name: String) -> String { "\(path)/\(name)" }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)"))) }
}

/// A ledger in memory with the keys that it had.
struct MemoryLedger {
    let ledger: Ledger
    let store: MemoryStore
    let scratch: Scratch
    let key: SigningKey

    init() async throws {
        scratch = try Scratch()
        store = MemoryStore(subjectKey: Array(repeating: 7, count: 32))
        key = try SigningKey.generate(name: Samples.origin, randomness: .system)
        let head = try HeadFile(path: scratch.path + "/head", isWritable: true)
        ledger = try await Ledger.create(in: store, signing: .init(key: key, head: head))
    }

    /// The same ledger as another process sees it that cannot record.
    func reading() throws -> Ledger { try Ledger.open(store, signing: nil) }

    /// Stores the cosignature of a witness on the newest checkpoint.
    @discardableResult
    func cosign(by witness: SigningKey, time: UInt64 = 1_790_000_000) async throws -> UInt64 {
        let checkpoint = try await ledger.keepCheckpoint()
        var attestation = Attestation(size: checkpoint.size, root: checkpoint.root)
        attestation.signatures = [StoredSignature(witness.cosign(checkpoint.text, time: time))]
        try await ledger.attest(attestation)
        return checkpoint.size
    }
}

enum Samples {
    static let origin = "acme.example/log"

    static let rules = """
        # Rules

        ## Privacy {#privacy}

        Keep what is private.

        ## Honesty {#honesty}

        Say what is so.

        """

    static func specification(_ text: String = rules, version: String = "1") throws -> Specification {
        try Specification(parsing: Array(text.utf8), format: .markdown, id: "acme/rules", version: version)
    }

    /// A decision that has `content` besides what every decision must have.
    static func submission(_ id: String, _ content: JSONObject = [:]) throws -> Submission {
        var object: JSONObject = ["id": .string(id), "outcome": "comply", "summary": .string("the summary of \(id)")]
        for member in content.members { object[member.name] = member.value }
        if object["principles"] == nil { object["none_cited"] = "nothing applied" }
        if object["rationale"] == nil { object["rationale_absent"] = "nobody asked" }
        return try Submission(checking: .object(object))
    }
}

extension Ledger {
    /// Records decisions `ids`, one commit each.
    func decide(_ ids: [String]) async throws {
        for id in ids { _ = try await record([Samples.submission(id)])[0].get() }
    }

    /// Records `count` decisions in one commit.
    func decide(count: Int, _ prefix: String = "m") async throws {
        for result in await record(try (0..<count).map { try Samples.submission("\(prefix)-\($0)") }) {
            _ = try result.get()
        }
    }
}

extension Proof {
    /// What the file shows to somebody who has `key` alone.
    func check(_ key: VerifierKey) throws -> CheckedProof {
        try ProofFile(parsing: file.bytes).check(Trust(logs: [key]))
    }
}

extension CheckedProof {
    /// The disclosed fields by path.
    var fields: [String: JSON] {
        Dictionary((content?.disclosed ?? []).map { ($0.path, $0.value) }) { first, _ in first }
    }
}
