public import Cryptography
public import Storage

/// Batches that any store accepts, each value told from every other. Nothing in them means anything: a store does not look.
public enum Samples {
    public static let subjectKey = [UInt8](repeating: 0x5a, count: 32)

    /// A batch of `count` entries from `first`.
    public static func batch(first: UInt64, count: Int = 1, isKept: Bool = false) -> AppendBatch {
        let end = first + UInt64(count)
        var batch = AppendBatch(first: first, checkpoint: checkpoint(end, isKept: isKept))
        batch.entries = (0..<count).map { entry(first + UInt64($0)) }
        return batch
    }

    /// Entry `number`, with `number % 3` disclosures, about one of five people.
    public static func entry(_ number: UInt64) -> NewEntry {
        NewEntry(
            id: id(number), bytes: bytes(number),
            disclosures: (0..<Int(number % 3)).map { disclosure(number, $0) }, subject: subject(number % 5))
    }

    public static func id(_ number: UInt64) -> String { "entry-\(number)" }

    public static func bytes(_ number: UInt64) -> [UInt8] { Array("the bytes of entry \(number)".utf8) }

    public static func disclosure(_ number: UInt64, _ ordinal: Int) -> [UInt8] {
        Array("opens \(number)/\(ordinal)".utf8)
    }

    public static func subject(_ person: UInt64) -> Digest { SHA256.digest(of: "person \(person)") }

    public static func checkpoint(_ size: UInt64, isKept: Bool = false) -> StoredCheckpoint {
        StoredCheckpoint(
            size: size, root: SHA256.digest(of: "root \(size)"),
            signature: [UInt8](repeating: UInt8(truncatingIfNeeded: size), count: 64), isKept: isKept)
    }

    /// What two witnesses and two time-stamping authorities say of a checkpoint.
    public static func attestation(of size: UInt64) -> Attestation {
        var attestation = Attestation(size: size, root: checkpoint(size).root)
        attestation.signatures = [(1, 64), (0xffff_ffff, 4096)].map { keyID, count in
            StoredSignature(
                name: "witness.example/\(keyID % 7)", keyID: keyID, signature: .init(repeating: 3, count: count))
        }.sorted { $0.name < $1.name }
        attestation.timestamps = ["first", "second"].map {
            StoredTimestamp(token: Array("\($0) stamp of \(size)".utf8))
        }
        return attestation
    }

    public static func tile(level: Int = 0, _ number: UInt64) -> StoredTile {
        StoredTile(
            level: level, number: number, root: SHA256.digest(of: "tile root \(level)/\(number)"),
            hashes: (0..<256).flatMap { SHA256.digest(of: "\(level)/\(number)/\($0)").bytes })
    }

    public static func text(_ name: String) -> (digest: Digest, bytes: [UInt8]) {
        (SHA256.digest(of: name), Array(name.utf8))
    }
}
