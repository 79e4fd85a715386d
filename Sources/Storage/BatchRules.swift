import Cryptography

/// Limits of what a store holds, the same for every store.
public enum StoreLimits {
    /// Numbers of entries are below this: then `number * StoredDisclosure.ordinalLimit + ordinal` fits 63 bits.
    public static let entryCount: UInt64 = 1 << 52
    /// Bytes of an entry.
    public static let entryBytes = 1...65_535
    /// Bytes of the hashes of a full tile.
    public static let tileBytes = 256 * Digest.byteCount
    /// Levels of tiles.
    public static let tileLevels = 0..<64
    /// Bytes of a checkpoint's signature.
    public static let signatureBytes = 64
    /// Bytes of a further signature of a checkpoint: a cosignature of today has 72, one of ML-DSA-44 2,428.
    public static let furtherSignatureBytes = 64...4096
    /// Bytes of a time stamp.
    public static let timestampBytes = 1...65_536
    /// Bytes of the secret under which subjects are coded.
    public static let subjectKeyBytes = 16...1024
}

extension AppendBatch {
    /// Throws unless the batch may follow on `size` entries. Whether its ids and tiles are new, only the store can tell.
    public func check(following size: UInt64) throws(StoreError) {
        guard first == size else { throw .wrongFirstNumber(got: first, want: size) }
        guard first < StoreLimits.entryCount, UInt64(entries.count) <= StoreLimits.entryCount - first else {
            throw .invalidBatch(detail: "a store holds at most \(StoreLimits.entryCount) entries")
        }
        guard !entries.isEmpty else { throw .invalidBatch(detail: "it has no entries") }
        let end = first + UInt64(entries.count)
        guard checkpoint.size == end else {
            throw .invalidBatch(detail: "the checkpoint is of size \(checkpoint.size); the batch ends at \(end)")
        }
        guard checkpoint.signature.count == StoreLimits.signatureBytes else {
            throw .invalidBatch(detail: "the checkpoint's signature has \(checkpoint.signature.count) bytes")
        }
        for (offset, entry) in entries.enumerated() { try entry.check(number: first + UInt64(offset)) }
        for signature in signatures { try signature.check() }
        for removal in removals { try removal.check(below: first) }
        for tile in tiles {
            guard StoreLimits.tileLevels.contains(tile.level), tile.number <= UInt64(Int64.max) else {
                throw .invalidBatch(detail: "there is no tile \(tile.level)/\(tile.number)")
            }
            guard tile.hashes.count == StoreLimits.tileBytes else {
                throw .invalidBatch(detail: "tile \(tile.level)/\(tile.number) has \(tile.hashes.count) bytes")
            }
        }
    }
}

extension Removal {
    fileprivate func check(below first: UInt64) throws(StoreError) {
        guard number < first, !ordinals.isEmpty, Set(ordinals).count == ordinals.count,
            ordinals.allSatisfy((0..<StoredDisclosure.ordinalLimit).contains)
        else { throw .invalidBatch(detail: "values of entry \(number) cannot be removed like this") }
    }
}

extension Attestation {
    /// Throws unless what was signed can be stored. Whether the checkpoint is there, only the store can tell.
    public func check() throws(StoreError) {
        for signature in signatures { try signature.check() }
        for timestamp in timestamps where !StoreLimits.timestampBytes.contains(timestamp.token.count) {
            throw .invalidBatch(detail: "a time stamp has \(timestamp.token.count) bytes")
        }
    }
}

extension StoredSignature {
    fileprivate func check() throws(StoreError) {
        guard !name.isEmpty, StoreLimits.furtherSignatureBytes.contains(signature.count) else {
            throw .invalidBatch(detail: "a signature by \"\(name)\" has \(signature.count) bytes")
        }
    }
}

extension NewEntry {
    fileprivate func check(number: UInt64) throws(StoreError) {
        guard !id.isEmpty else { throw .invalidBatch(detail: "entry \(number) has no id") }
        guard StoreLimits.entryBytes.contains(bytes.count) else {
            throw .invalidBatch(detail: "entry \(number) has \(bytes.count) bytes")
        }
        guard disclosures.count <= StoredDisclosure.ordinalLimit else {
            throw .invalidBatch(detail: "entry \(number) has \(disclosures.count) disclosures")
        }
        // One pass without a branch for each byte: this is looked at within the transaction.
        for disclosure in disclosures where disclosure.reduce(0, |) >= 0x80 {
            throw .invalidBatch(detail: "a disclosure of entry \(number) is not ASCII")
        }
    }
}
