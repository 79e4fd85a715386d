import Cryptography
import Storage

/// Tiles and checkpoints.
extension SQLiteSnapshot {
    func tile(level: Int, number: UInt64) throws(StoreError) -> StoredTile? {
        guard let key = Int64(exactly: number) else { return nil }
        let statement = try prepare("SELECT level, number, root, hashes FROM tiles WHERE level = ? AND number = ?")
        statement.bind(1, Int64(level))
        statement.bind(2, key)
        return try statement.step() ? try tile(statement) : nil
    }

    func tileRoots(level: Int, _ range: Range<UInt64>) throws(StoreError) -> [Digest] {
        guard let (first, last) = Self.rows(range) else { return [] }
        let statement = try prepare(
            "SELECT number, root FROM tiles WHERE level = ? AND number BETWEEN ? AND ? ORDER BY number")
        statement.bind(1, Int64(level))
        statement.bind(2, first)
        statement.bind(3, last)
        var roots: [Digest] = []
        while try statement.step() {
            _ = try statement.number(0)
            roots.append(try statement.digest(1))
        }
        return roots
    }

    func tiles(_ body: (StoredTile) throws -> Void) throws {
        let statement = try prepare("SELECT level, number, root, hashes FROM tiles ORDER BY level, number")
        while try statement.step() { try body(try tile(statement)) }
    }

    private func tile(_ statement: borrowing Statement) throws(StoreError) -> StoredTile {
        let level = try statement.number(0)
        guard level < UInt64(StoreLimits.tileLevels.upperBound) else { throw statement.malformed(0, "is \(level)") }
        return StoredTile(
            level: Int(level), number: try statement.number(1), root: try statement.digest(2),
            hashes: try statement.bytes(3, count: StoreLimits.tileBytes))
    }

    func checkpoint(atMost size: UInt64?) throws(StoreError) -> StoredCheckpoint? {
        let statement = try prepare(
            "SELECT size, root, signature, kept FROM checkpoints WHERE size <= ? ORDER BY size DESC LIMIT 1")
        statement.bind(1, Int64(clamping: size ?? .max))
        return try statement.step() ? try checkpoint(statement) : nil
    }

    func checkpoint(atLeast size: UInt64) throws(StoreError) -> StoredCheckpoint? {
        guard let size = Int64(exactly: size) else { return nil }
        let statement = try prepare(
            "SELECT size, root, signature, kept FROM checkpoints WHERE size >= ? ORDER BY size LIMIT 1")
        statement.bind(1, size)
        return try statement.step() ? try checkpoint(statement) : nil
    }

    func checkpoints(_ body: (StoredCheckpoint) throws -> Void) throws {
        let statement = try prepare("SELECT size, root, signature, kept FROM checkpoints ORDER BY size")
        while try statement.step() { try body(try checkpoint(statement)) }
    }

    func signatures(of size: UInt64) throws(StoreError) -> [StoredSignature] {
        guard let size = Int64(exactly: size) else { return [] }
        let statement = try prepare(
            "SELECT name, key_id, signature FROM signatures WHERE size = ? ORDER BY name, key_id")
        statement.bind(1, size)
        var found: [StoredSignature] = []
        while try statement.step() {
            guard let keyID = UInt32(exactly: try statement.number(1)) else {
                throw statement.malformed(1, "is too large")
            }
            let signature = Array(try statement.blob(2))
            guard StoreLimits.furtherSignatureBytes.contains(signature.count) else {
                throw statement.malformed(2, "has \(signature.count) bytes")
            }
            found.append(StoredSignature(name: try statement.string(0), keyID: keyID, signature: signature))
        }
        return found
    }

    func timestamps(of size: UInt64) throws(StoreError) -> [StoredTimestamp] {
        guard let size = Int64(exactly: size) else { return [] }
        let statement = try prepare("SELECT digest, token FROM timestamps WHERE size = ? ORDER BY digest")
        statement.bind(1, size)
        var found: [StoredTimestamp] = []
        while try statement.step() {
            let timestamp = StoredTimestamp(token: Array(try statement.blob(1)))
            guard timestamp.digest == (try statement.digest(0)) else {
                throw statement.malformed(0, "is not the digest of the token beside it")
            }
            found.append(timestamp)
        }
        return found
    }

    func attestedSizes() throws(StoreError) -> [UInt64] {
        let statement = try prepare("SELECT size FROM signatures UNION SELECT size FROM timestamps ORDER BY size")
        var sizes: [UInt64] = []
        while try statement.step() {
            guard try statement.number(0) > 0 else { throw statement.malformed(0, "is 0") }
            sizes.append(try statement.number(0))
        }
        return sizes
    }

    private func checkpoint(_ statement: borrowing Statement) throws(StoreError) -> StoredCheckpoint {
        let size = try statement.number(0)
        guard size > 0 else { throw statement.malformed(0, "is 0") }
        let kept = try statement.number(3)
        guard kept <= 1 else { throw statement.malformed(3, "is \(kept)") }
        return StoredCheckpoint(
            size: size, root: try statement.digest(1),
            signature: try statement.bytes(2, count: StoreLimits.signatureBytes), isKept: kept == 1)
    }
}
