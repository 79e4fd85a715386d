import Because
import Foundation

/// Published vectors and real data, which lie beside the project where they are there at all, and the project's own vectors.
struct Shared: Sendable {
    let folder: URL?
    let project: URL?

    /// The bytes of a file, or `nil` where it is not there.
    func file(_ path: String) -> [UInt8]? {
        guard let folder, let data = try? Data(contentsOf: folder.appending(path: path)) else { return nil }
        return Array(data)
    }

    /// All files of a folder whose names begin so, in the order of their names.
    func files(_ path: String, prefix: String = "") -> [[UInt8]] { Self.files(in: folder, path, prefix) }

    /// All files of a folder of the project.
    func files(ofProject path: String) -> [[UInt8]] { Self.files(in: project, path, "") }

    private static func files(in folder: URL?, _ path: String, _ prefix: String) -> [[UInt8]] {
        guard let folder = folder?.appending(path: path),
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else { return [] }
        return names.filter { $0.hasPrefix(prefix) }.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map(Array.init)
        }
    }

    /// The released texts of the Model Spec.
    var specifications: [[UInt8]] { files("data/model-spec", prefix: "20") }

    /// The lines of the sample decisions.
    var decisions: [[UInt8]] {
        (file("data/model-spec/decisions.ndjson") ?? []).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }

    /// This text again and again, up to about `count` bytes.
    func repeated(_ count: Int = 1_000_000) -> String {
        String(repeating: self, count: max(1, count / max(1, utf8.count)))
    }
}

extension [UInt8] {
    /// These bytes `count` times.
    func times(_ count: Int) -> [UInt8] { Array(repeatElement(self, count: count).joined()) }
}

/// A small log with keys that everybody knows: one that was published, and witnesses.
enum ExampleLog {
    static let key = signingKey(
        "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")
    /// Two keys: a policy takes no key twice.
    static let witnesses = example {
        let randomness = repeatable()
        return try ["witness.example/w1", "witness.example/w2"].map {
            try SigningKey.generate(name: $0, randomness: randomness)
        }
    }
    static let keys = [key.verifierKey] + witnesses.map(\.cosignatureKey)

    static let entries = [
        "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten",
        "fourten", "fivten",
    ].map(\.bytes)

    private static func signingKey(_ text: String) -> SigningKey {
        guard let key = try? SigningKey(parsing: text) else { fatalError("the published key is a key") }
        return key
    }

    static func checkpoint(_ size: Int) -> Checkpoint {
        let leaves = entries.prefix(size).map { MerkleTree.leafHash($0) }
        return Checkpoint(origin: key.name.text, size: UInt64(size), root: MerkleTree.root(of: leaves))
    }

    /// The signed checkpoint, with a cosignature of each witness.
    static func note(_ size: Int) throws -> SignedNote {
        let note = try checkpoint(size).signed(by: key)
        return try note.adding(witnesses.map { $0.cosign(note.text, time: 1_700_000_000) })
    }

    static func proof(_ index: Int, _ size: Int, extra: [UInt8] = []) throws -> TlogProof {
        let plan = try InclusionProof.plan(index: UInt64(index), size: UInt64(size))
        let leaves = entries.prefix(size).flatMap { MerkleTree.leafHash($0).bytes }
        let nodes = try Tile.fetch(plan, size: UInt64(size)) { _ in leaves }
        let inclusion = try InclusionProof.assemble(nodes, index: UInt64(index), size: UInt64(size))
        return try TlogProof(extra: extra, index: UInt64(index), inclusion: inclusion, checkpoint: note(size))
    }

    /// The proof that the log of `size` extends that of `old`.
    static func consistency(_ old: Int, _ size: Int) throws -> ConsistencyProof {
        let plan = try ConsistencyProof.plan(from: UInt64(old), to: UInt64(size))
        let leaves = entries.prefix(size).flatMap { MerkleTree.leafHash($0).bytes }
        let nodes = try Tile.fetch(plan, size: UInt64(size)) { _ in leaves }
        return try ConsistencyProof.assemble(nodes, from: UInt64(old), to: UInt64(size))
    }

    /// What `make` gives for our own example, which cannot fail.
    static func example<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { fatalError("an example of our own: \(error)") }
    }
}
