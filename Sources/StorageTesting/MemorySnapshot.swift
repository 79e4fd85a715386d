import Cryptography
import Storage

/// One moment of a memory store.
struct MemorySnapshot: StoreSnapshot {
    let contents: MemoryContents

    func size() -> UInt64 { contents.size }

    func entry(_ number: UInt64) -> [UInt8]? { contents.entries[number] }

    func entries(_ range: Range<UInt64>, _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void) throws {
        for number in range.clamped(to: 0..<contents.size) {
            guard let bytes = contents.entries[number] else { continue }
            try bytes.withUnsafeBytes { try body(number, $0) }
        }
    }

    func number(ofID id: String) -> UInt64? { contents.identities[Array(id.utf8)] }

    func identities(prefix: String, limit: Int) -> [StoredIdentity] {
        let prefix = Array(prefix.utf8)
        return Array(sortedIdentities { $0.starts(with: prefix) }.prefix(max(0, limit)))
    }

    func identities(_ body: (StoredIdentity) throws -> Void) throws {
        for identity in sortedIdentities({ _ in true }) { try body(identity) }
    }

    func identityBytes(_ body: (UnsafeRawBufferPointer, UInt64) throws -> Void) throws {
        for (id, number) in contents.identities.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            try id.withUnsafeBytes { try body($0, number) }
        }
    }

    private func sortedIdentities(_ isWanted: ([UInt8]) -> Bool) -> [StoredIdentity] {
        contents.identities
            .filter { isWanted($0.key) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { StoredIdentity(id: String(decoding: $0.key, as: UTF8.self), number: $0.value) }
    }

    func tile(level: Int, number: UInt64) -> StoredTile? { contents.tiles[.init(level: level, number: number)] }

    func tileRoots(level: Int, _ range: Range<UInt64>) -> [Digest] {
        sortedTiles.filter { $0.level == level && range.contains($0.number) }.map(\.root)
    }

    func tiles(_ body: (StoredTile) throws -> Void) throws {
        for tile in sortedTiles { try body(tile) }
    }

    private var sortedTiles: [StoredTile] { contents.tiles.sorted { $0.key < $1.key }.map(\.value) }

    func checkpoint(atMost size: UInt64?) -> StoredCheckpoint? { sortedCheckpoints.last { $0.size <= size ?? .max } }

    func checkpoint(atLeast size: UInt64) -> StoredCheckpoint? { sortedCheckpoints.first { $0.size >= size } }

    func checkpoints(_ body: (StoredCheckpoint) throws -> Void) throws {
        for checkpoint in sortedCheckpoints { try body(checkpoint) }
    }

    private var sortedCheckpoints: [StoredCheckpoint] { contents.checkpoints.values.sorted { $0.size < $1.size } }

    func signatures(of size: UInt64) -> [StoredSignature] {
        (contents.signatures[size] ?? []).sorted {
            $0.name.utf8.elementsEqual($1.name.utf8)
                ? $0.keyID < $1.keyID : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    func timestamps(of size: UInt64) -> [StoredTimestamp] {
        (contents.timestamps[size] ?? []).sorted { $0.digest < $1.digest }
    }

    func attestedSizes() -> [UInt64] { Set(contents.signatures.keys).union(contents.timestamps.keys).sorted() }

    func sealing() -> StoredSealing { .clear }

    func disclosures(of number: UInt64) -> [StoredDisclosure] {
        (contents.disclosures[number] ?? [:])
            .map { StoredDisclosure(ordinal: $0.key, text: $0.value) }
            .sorted { $0.ordinal < $1.ordinal }
    }

    func disclosures(
        _ range: Range<UInt64>,
        _ body: (_ number: UInt64, _ ordinal: Int, _ text: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        for number in contents.disclosures.keys.filter(range.contains).sorted() {
            for disclosure in disclosures(of: number) {
                try disclosure.text.withUnsafeBytes { try body(number, disclosure.ordinal, $0) }
            }
        }
    }

    func text(_ digest: Digest) -> [UInt8]? { contents.texts[digest] }

    func texts(_ body: (Digest, UnsafeRawBufferPointer) throws -> Void) throws {
        for (digest, bytes) in contents.texts.sorted(by: { $0.key < $1.key }) {
            try bytes.withUnsafeBytes { try body(digest, $0) }
        }
    }

    func numbers(ofSubject code: Digest) -> [UInt64] { (contents.subjects[code] ?? []).sorted() }

    func subjects(_ body: (Digest, UInt64) throws -> Void) throws {
        for (code, numbers) in contents.subjects.sorted(by: { $0.key < $1.key }) {
            for number in numbers.sorted() { try body(code, number) }
        }
    }

    func dueScrubbing() -> [UInt64] { contents.dueScrubbing.sorted() }

    func subjectKey() -> [UInt8] { contents.subjectKey }

    func structuralDifferences() -> [String] { [] }

    func mediumDamage() -> [String] { [] }
}
