import Cryptography
public import Storage

/// How a disclosure lies in the store of an encrypted ledger: `e1.` and the base64url of the number of its key (8 bytes),
/// a nonce (12), the ciphertext of the disclosure's JSON and a tag (16), by AES-256-GCM.
///
/// A disclosure in clear is base64url alone and has no point. What is no base64url begins with `e0.` and was encrypted as it
/// is: a store takes any text. The place of the value is authenticated, so that none can be
/// put in the place of another.
extension Keyring {
    /// How encrypted texts begin: of base64url, and of others.
    private static let (start, otherStart) = (Array("e1.".utf8), Array("e0.".utf8))

    /// Whether a stored text is an encrypted one.
    public static func isEncrypted(_ text: UnsafeRawBufferPointer) -> Bool {
        text.starts(with: start) || text.starts(with: otherStart)
    }

    /// The number of the key that a stored text is encrypted under; `nil` where it is in clear.
    public static func keyNumber(_ text: UnsafeRawBufferPointer) -> UInt64? {
        guard isEncrypted(text), let bytes = Base64.decode(Array(text.dropFirst(start.count).prefix(12)), .url) else {
            return nil
        }
        return number(bytes.prefix(8))
    }

    /// Encrypts the disclosures of entries, each under the key of its person. `keyNumber` says under which key those of an
    /// earlier entry are, for those that are about it.
    public func encrypt(
        _ entries: [NewEntry], from first: UInt64, keyNumber: (UInt64) throws(StoreError) -> UInt64?
    ) throws(StoreError) -> [NewEntry] {
        let keys = try keys(for: Set(entries.lazy.filter { !$0.disclosures.isEmpty }.map(\.subject)))
        var used: [DataKey?] = []
        for entry in entries {
            var key = keys[entry.subject]
            if entry.subject == nil, let about = entry.about, !entry.disclosures.isEmpty {
                // Of the same batch, or of the store. Where that key was destroyed, the entry is about nobody any more.
                let number = about >= first ? used[Int(about - first)]?.id : try keyNumber(about)
                if let number, let known = try self.key(number).key { key = known }
            }
            used.append(key)
        }
        var encrypted = entries
        for (place, key) in used.enumerated() {
            guard let key else { continue }
            for ordinal in entries[place].disclosures.indices {
                encrypted[place].disclosures[ordinal] = encrypt(
                    entries[place].disclosures[ordinal], key, Self.place(first + UInt64(place), ordinal))
            }
        }
        return encrypted
    }

    private func encrypt(_ disclosure: [UInt8], _ key: DataKey, _ place: [UInt8]) -> [UInt8] {
        // A disclosure is base64url already: its bytes are encrypted, so that it grows by 51 bytes and not by a third.
        let json = Base64.decode(disclosure, .url)
        let nonce = randomness.bytes(AES256GCM.nonceByteCount)
        var bytes = Self.bytes(key.id) + nonce
        bytes += AES256GCM.seal(json ?? disclosure, key: key.bytes, nonce: nonce, authenticating: place)
        var text = json == nil ? Self.otherStart : Self.start
        bytes.withUnsafeBytes { Base64.append($0, .url, to: &text) }
        return text
    }

    /// The disclosure that `encrypt` made `text` of; `nil` when the key of its person was destroyed. A text that was changed,
    /// or whose key the key ring never had, comes back as it is: it has another digest than the entry says, and that is how it
    /// is found.
    public func decrypt(
        _ text: UnsafeRawBufferPointer, number: UInt64, ordinal: Int
    ) throws(StoreError) -> [UInt8]? {
        guard let bytes = Base64.decode(Array(text.dropFirst(Self.start.count)), .url), bytes.count >= 20 else {
            return Array(text)
        }
        let found = try key(Self.number(bytes[..<8]))
        if case .destroyed = found { return nil }
        guard let key = found.key else { return Array(text) }
        let place = Self.place(number, ordinal)
        guard
            let json = AES256GCM.open(bytes[20...], key: key.bytes, nonce: bytes[8..<20], authenticating: place)
        else { return Array(text) }
        return text.starts(with: Self.start) ? Array(Base64.encode(json, .url).utf8) : json
    }

    private static func place(_ number: UInt64, _ ordinal: Int) -> [UInt8] {
        bytes(number * UInt64(StoredDisclosure.ordinalLimit) + UInt64(ordinal))
    }

    /// Eight bytes, the greatest first.
    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
