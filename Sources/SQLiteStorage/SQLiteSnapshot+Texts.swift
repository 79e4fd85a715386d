import Cryptography
import Keyrings
import Storage

/// What lies beside the entries: disclosures, texts of specifications, subjects.
extension SQLiteSnapshot {
    func disclosures(of number: UInt64) throws(StoreError) -> [StoredDisclosure] {
        guard number < StoreLimits.entryCount else { return [] }
        let statement = try prepare("SELECT key, disclosure FROM sealed WHERE key BETWEEN ? AND ? ORDER BY key")
        statement.bind(1, SealedKey.first(number))
        statement.bind(2, SealedKey.first(number) + UInt64(StoredDisclosure.ordinalLimit - 1))
        var found: [StoredDisclosure] = []
        while try statement.step() {
            let (number, ordinal) = SealedKey.parts(try statement.number(0))
            let text = try statement.text(1)
            if !Keyring.isEncrypted(text) {
                found.append(StoredDisclosure(ordinal: ordinal, text: Array(text)))
            } else if let text = try decrypted(text, number, ordinal) {
                found.append(StoredDisclosure(ordinal: ordinal, text: text))
            }
        }
        return found
    }

    func disclosures(
        _ range: Range<UInt64>,
        _ body: (_ number: UInt64, _ ordinal: Int, _ text: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard let (first, last) = Self.rows(range, times: UInt64(StoredDisclosure.ordinalLimit)) else { return }
        let statement = try prepare("SELECT key, disclosure FROM sealed WHERE key BETWEEN ? AND ? ORDER BY key")
        statement.bind(1, first)
        statement.bind(2, last)
        let isUTF8 = try self.isUTF8()
        while try statement.step() {
            let (number, ordinal) = SealedKey.parts(try statement.number(0))
            let text = try statement.text(1, isUTF8: isUTF8)
            if !Keyring.isEncrypted(text) {
                try body(number, ordinal, text)
            } else if let text = try decrypted(text, number, ordinal) {
                try text.withUnsafeBytes { try body(number, ordinal, $0) }
            }
        }
    }

    /// The disclosure; `nil` where the key of its person was destroyed.
    private func decrypted(
        _ text: UnsafeRawBufferPointer, _ number: UInt64, _ ordinal: Int
    ) throws(StoreError) -> [UInt8]? {
        guard let keyring else { throw .keyringNeeded }
        return try keyring.decrypt(text, number: number, ordinal: ordinal)
    }

    /// The number of the key under which the disclosures of an entry are encrypted; `nil` where there are none.
    func keyNumber(of number: UInt64) throws(StoreError) -> UInt64? {
        let statement = try prepare("SELECT disclosure FROM sealed WHERE key BETWEEN ? AND ? LIMIT 1")
        statement.bind(1, SealedKey.first(number))
        statement.bind(2, SealedKey.first(number) + UInt64(StoredDisclosure.ordinalLimit - 1))
        return try statement.step() ? Keyring.keyNumber(try statement.text(0)) : nil
    }

    func sealing() throws(StoreError) -> StoredSealing {
        guard try keyringID() != nil else { return .clear }
        return keyring == nil ? .locked : .encrypted
    }

    /// The id of the key ring that the log was made with.
    func keyringID() throws(StoreError) -> [UInt8]? {
        let statement = try prepare("SELECT value FROM secrets WHERE name = '\(SQLiteStore.keyringName)'")
        return try statement.step() ? Array(try statement.blob(0)) : nil
    }

    func text(_ digest: Digest) throws(StoreError) -> [UInt8]? {
        let statement = try prepare("SELECT bytes FROM texts WHERE digest = ?")
        // Bound and stepped while the digest stays where it is.
        let code = digest.withUnsafeBytes { bytes in
            statement.bindBorrowed(1, bytes)
            return statement.stepCode()
        }
        return try statement.isRow(code) ? Array(try statement.blob(0)) : nil
    }

    func texts(_ body: (Digest, UnsafeRawBufferPointer) throws -> Void) throws {
        let statement = try prepare("SELECT digest, bytes FROM texts ORDER BY digest")
        while try statement.step() {
            let digest = try statement.digest(0)
            try body(digest, try statement.blob(1))
        }
    }

    func numbers(ofSubject code: Digest) throws(StoreError) -> [UInt64] {
        let statement = try prepare("SELECT n FROM subjects WHERE code = ? ORDER BY n")
        var found: [UInt64] = []
        // The rows are taken while the code stays where it is.
        let outcome: Result<Void, StoreError> = code.withUnsafeBytes { bytes in
            statement.bindBorrowed(1, bytes)
            return Result { () throws(StoreError) in
                while try statement.step() { found.append(try statement.number(0)) }
            }
        }
        try outcome.get()
        return found
    }

    func subjects(_ body: (Digest, UInt64) throws -> Void) throws {
        let statement = try prepare("SELECT code, n FROM subjects ORDER BY code, n")
        while try statement.step() { try body(try statement.digest(0), try statement.number(1)) }
    }

    func dueScrubbing() throws(StoreError) -> [UInt64] {
        let statement = try prepare("SELECT n FROM scrubbing ORDER BY n")
        var found: [UInt64] = []
        while try statement.step() { found.append(try statement.number(0)) }
        return found
    }

    func subjectKey() throws(StoreError) -> [UInt8] {
        let statement = try prepare("SELECT value FROM secrets WHERE name = '\(SQLiteStore.subjectKeyName)'")
        guard try statement.step() else { throw .damaged(detail: "the key of the subject codes is missing") }
        let key = Array(try statement.blob(0))
        guard StoreLimits.subjectKeyBytes.contains(key.count) else {
            throw statement.malformed(0, "has \(key.count) bytes")
        }
        return key
    }
}
