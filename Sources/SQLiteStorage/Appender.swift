import Cryptography
import GRDB
import GRDBSQLite
import Keyrings
public import Storage
import Synchronization

extension SQLiteStore {
    public func append(_ batch: AppendBatch) throws(StoreError) {
        try commit { appender throws(StoreError) in try appender.add(batch, keyring) }
    }

    public func attest(_ attestation: Attestation) throws(StoreError) {
        try commit { appender throws(StoreError) in try appender.add(attestation) }
    }

    /// One transaction of the writer.
    func commit(_ body: (Appender) throws(StoreError) -> Void) throws(StoreError) {
        try checkWriting()
        let path = folder.log
        try writer.withLock { (writer: inout Writer?) throws(StoreError) in
            guard let queue = writer?.queue else { throw .closed }
            guard writer?.isDead == false else { throw .writerIsDead }
            // Dead until the commit has returned or the rollback of a refused row has: no other way out leaves it alive.
            writer?.isDead = true
            try asStoreErrors(path) {
                try queue.inDatabase { database in
                    do {
                        try database.inTransaction(.immediate) {
                            try body(Appender(database, path: path))
                            return .commit
                        }
                    } catch StoreError.duplicateID(let id) where !database.isInsideTransaction {
                        // A row was refused, not a file: everything of the transaction is taken back, and nothing was written.
                        writer?.isDead = false
                        throw StoreError.duplicateID(id)
                    }
                }
            }
            // Committed: everything of the transaction is on the disk together, entries and the signed checkpoint alike.
            writer?.isDead = false
        }
    }
}

/// The statements of one append, within its transaction. The rows go in through SQLite's own interface, and from where
/// the caller has them: this loop is what recording costs.
struct Appender {
    private static let entries = RowBlock.Target("entries (n, bytes)", .numberAndBlob)
    private static let identities = RowBlock.Target("identities (id, n)", .textAndNumber)
    private static let sealed = RowBlock.Target("sealed (key, disclosure)", .numberAndText)

    private let database: Database
    private let path: String

    init(_ database: Database, path: String) {
        self.database = database
        self.path = path
    }

    func add(_ batch: AppendBatch, _ keyring: Keyring?) throws(StoreError) {
        let snapshot = SQLiteSnapshot(database, path: path)
        try batch.check(following: try snapshot.size())
        // New keys are on the disk before anything is encrypted with them.
        let entries = try keyring?.encrypt(batch.entries, from: batch.first, keyNumber: snapshot.keyNumber)
        try add(entries ?? batch.entries, from: batch.first)
        try add(batch.tiles)
        try add(batch.texts)
        try remove(batch.removals, through: batch.first + UInt64(batch.entries.count) - 1)
        try add(batch.checkpoint)
        try add(batch.signatures, of: batch.checkpoint.size)
    }

    func add(_ attestation: Attestation) throws(StoreError) {
        try attestation.check()
        let known = try SQLiteSnapshot(database, path: path).checkpoint(atMost: attestation.size)
        guard known?.size == attestation.size, known?.root == attestation.root else {
            throw .invalidBatch(detail: "there is no checkpoint of size \(attestation.size) with that root")
        }
        let keep = try prepare("UPDATE checkpoints SET kept = 1 WHERE size = ? AND kept = 0")
        keep.bind(1, attestation.size)
        try expectDone(step(keep), keep)
        try add(attestation.signatures, of: attestation.size)
        try add(attestation.timestamps, of: attestation.size)
    }

    func add(secret name: String, _ value: [UInt8]) throws(StoreError) {
        let statement = try prepare("INSERT INTO secrets (name, value) VALUES (?, ?)")
        try expectDone(insert(statement, text: name, 1) { insert(statement, blob: value, 2) }, statement)
    }

    private func add(_ entries: [NewEntry], from first: UInt64) throws(StoreError) {
        var rows = try RowBlock(into: Self.entries, database, path: path)
        var identities = try RowBlock(into: Self.identities, database, path: path) { id in
            .duplicateID(String(decoding: id, as: UTF8.self))
        }
        var sealed = try RowBlock(into: Self.sealed, database, path: path)
        let insertSubject = try prepare("INSERT INTO subjects (code, n) VALUES (?, ?)")
        var number = first
        for entry in entries {
            try rows.add(number, entry.bytes)
            try identities.add(number, entry.id.utf8)
            var key = SealedKey.first(number)
            for disclosure in entry.disclosures {
                try sealed.add(key, disclosure)
                key += 1
            }
            if let subject = entry.subject {
                insertSubject.bind(2, number)
                let code = subject.withUnsafeBytes { bytes in
                    insertSubject.bindBorrowed(1, bytes)
                    return step(insertSubject)
                }
                try expectDone(code, insertSubject)
            }
            number += 1
        }
        try rows.finish()
        try identities.finish()
        try sealed.finish()
    }

    /// Takes out what an erasure says, and notes that it is to be scrubbed: in the transaction of the entry that says so.
    private func remove(_ removals: [Removal], through last: UInt64) throws(StoreError) {
        guard !removals.isEmpty else { return }
        let removeSealed = try prepare("DELETE FROM sealed WHERE key = ?")
        let removeSubject = try prepare("DELETE FROM subjects WHERE code = ? AND n = ?")
        for removal in removals {
            for ordinal in removal.ordinals {
                removeSealed.bind(1, SealedKey.first(removal.number) + UInt64(ordinal))
                try expectDone(step(removeSealed), removeSealed)
                guard database.changesCount == 1 else {
                    throw .invalidBatch(
                        detail: "value \(ordinal) of entry \(removal.number) is not there to be removed")
                }
            }
            guard let subject = removal.subject else { continue }
            removeSubject.bind(2, removal.number)
            let code = subject.withUnsafeBytes { bytes in
                removeSubject.bindBorrowed(1, bytes)
                return step(removeSubject)
            }
            try expectDone(code, removeSubject)
        }
        let due = try prepare("INSERT INTO scrubbing (n) VALUES (?)")
        due.bind(1, last)
        try expectDone(step(due), due)
    }

    func endScrubbing(through number: UInt64) throws(StoreError) {
        let statement = try prepare("DELETE FROM scrubbing WHERE n <= ?")
        statement.bind(1, number)
        try expectDone(step(statement), statement)
    }

    private func add(_ tiles: [StoredTile]) throws(StoreError) {
        guard !tiles.isEmpty else { return }
        let statement = try prepare("INSERT INTO tiles (level, number, root, hashes) VALUES (?, ?, ?, ?)")
        for tile in tiles {
            statement.bind(1, Int64(tile.level))
            statement.bind(2, tile.number)
            let code = tile.root.withUnsafeBytes { root in
                statement.bindBorrowed(3, root)
                return insert(statement, blob: tile.hashes, 4)
            }
            if code & 0xff == SQLITE_CONSTRAINT {
                throw .invalidBatch(detail: "tile \(tile.level)/\(tile.number) is present already")
            }
            try expectDone(code, statement)
        }
    }

    private func add(_ texts: [(digest: Digest, bytes: [UInt8])]) throws(StoreError) {
        guard !texts.isEmpty else { return }
        let statement = try prepare(
            "INSERT INTO texts (digest, bytes) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM texts WHERE digest = ?1)")
        for text in texts {
            let code = text.digest.withUnsafeBytes { digest in
                statement.bindBorrowed(1, digest)
                return insert(statement, blob: text.bytes, 2)
            }
            try expectDone(code, statement)
        }
    }

    private func add(_ signatures: [StoredSignature], of size: UInt64) throws(StoreError) {
        guard !signatures.isEmpty else { return }
        let statement = try prepare(
            """
            INSERT INTO signatures (size, name, key_id, signature) SELECT ?1, ?2, ?3, ?4
            WHERE NOT EXISTS (SELECT 1 FROM signatures WHERE size = ?1 AND name = ?2 AND key_id = ?3)
            """)
        for signature in signatures {
            statement.bind(1, size)
            statement.bind(3, Int64(signature.keyID))
            let code = insert(statement, text: signature.name, 2) { insert(statement, blob: signature.signature, 4) }
            try expectDone(code, statement)
        }
    }

    private func add(_ timestamps: [StoredTimestamp], of size: UInt64) throws(StoreError) {
        guard !timestamps.isEmpty else { return }
        let statement = try prepare(
            """
            INSERT INTO timestamps (size, digest, token) SELECT ?1, ?2, ?3
            WHERE NOT EXISTS (SELECT 1 FROM timestamps WHERE size = ?1 AND digest = ?2)
            """)
        for timestamp in timestamps {
            statement.bind(1, size)
            let code = timestamp.digest.withUnsafeBytes { digest in
                statement.bindBorrowed(2, digest)
                return insert(statement, blob: timestamp.token, 3)
            }
            try expectDone(code, statement)
        }
    }

    private func add(_ checkpoint: StoredCheckpoint) throws(StoreError) {
        if let known = try SQLiteSnapshot(database, path: path).checkpoint(atLeast: checkpoint.size) {
            throw .invalidBatch(detail: "a checkpoint of size \(known.size) with root \(known.root) is there already")
        }
        let statement = try prepare("INSERT INTO checkpoints (size, root, signature, kept) VALUES (?, ?, ?, ?)")
        statement.bind(1, checkpoint.size)
        statement.bind(4, Int64(checkpoint.isKept ? 1 : 0))
        let code = checkpoint.root.withUnsafeBytes { root in
            statement.bindBorrowed(2, root)
            return insert(statement, blob: checkpoint.signature, 3)
        }
        try expectDone(code, statement)
        let thin = try prepare("DELETE FROM checkpoints WHERE size >= ? AND size < ? AND kept = 0")
        thin.bind(1, (checkpoint.size - 1) / 256 * 256 + 1)
        thin.bind(2, checkpoint.size)
        try expectDone(step(thin), thin)
    }

    // MARK: One row

    private func prepare(_ sql: String) throws(StoreError) -> Statement { try Statement(sql, database, path: path) }

    /// Runs the statement with `bytes` as its value `index`, borrowed for that long.
    private func insert(_ statement: borrowing Statement, blob bytes: [UInt8], _ index: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            statement.bindBorrowed(index, bytes)
            return step(statement)
        }
    }

    /// Calls `run` while the statement's value `index` is `text`.
    private func insert(
        _ statement: borrowing Statement, text: String, _ index: Int32, _ run: () -> Int32
    ) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            statement.bindBorrowedText(index, UnsafeRawBufferPointer(bytes))
            return run()
        }
    }

    /// Runs the statement and makes it ready for the next row; what it was bound to is not looked at again.
    private func step(_ statement: borrowing Statement) -> Int32 {
        let code = statement.stepCode()
        statement.reset()
        return code
    }

    private func expectDone(_ code: Int32, _ statement: borrowing Statement) throws(StoreError) {
        guard code == SQLITE_DONE else { throw statement.error(code) }
    }
}

/// The key of a disclosure: the entry's number and the ordinal in one integer.
enum SealedKey {
    static func first(_ number: UInt64) -> UInt64 { number * UInt64(StoredDisclosure.ordinalLimit) }

    static func parts(_ key: UInt64) -> (number: UInt64, ordinal: Int) {
        let parts = key.quotientAndRemainder(dividingBy: UInt64(StoredDisclosure.ordinalLimit))
        return (parts.quotient, Int(parts.remainder))
    }
}
