import Cryptography

/// One key in the text of a key ring. All lines have the same length, so that a key is destroyed where it stands.
///
///     key AAECAwQFBgc 3q2-7… (43 characters, or 43 dots) 8KYz… (43 characters, or 43 dots) uU0nuZ
///         number      the person's code                  the key                           check
struct KeyringLine: Sendable, Equatable {
    /// Characters, the line end included.
    static let length = 4 + 11 + 1 + 43 + 1 + 43 + 1 + 6 + 1

    let id: UInt64
    /// The code of the person whose values are under it; `nil` for those of nobody in particular.
    let subject: Digest?
    /// 32 bytes; `nil` once it was destroyed.
    var key: [UInt8]?

    init(id: UInt64, subject: Digest?, key: [UInt8]?) {
        self.id = id
        self.subject = subject
        self.key = key
    }

    /// Reads a line without its end; `nil` where it is none.
    init?(_ text: Substring) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard text.utf8.count == Self.length - 1, parts.count == 5, parts[0] == "key",
            let id = Base64.decode(Array(parts[1].utf8), .url), id.count == 8
        else { return nil }
        self.id = id.reduce(0) { $0 << 8 | UInt64($1) }
        subject = Digest(base64URL: parts[2])
        guard subject != nil || parts[2] == Self.dots else { return nil }
        let key = Base64.decode(Array(parts[3].utf8), .url)
        // A destruction that a power cut tore apart has overwritten some of the key, and that is enough.
        guard key?.count == AES256GCM.keyByteCount || parts[3].contains(".") else { return nil }
        self.key = key
        guard key == nil || parts[4] == Self.check(parts[..<4].joined(separator: " ")) else { return nil }
    }

    /// The line with its end.
    var text: String {
        let number = Base64.encode((0..<8).map { UInt8(truncatingIfNeeded: id >> (56 - 8 * UInt64($0))) }, .url)
        let secret = key.map { Base64.encode($0, .url) }
        let words = "key \(number) \(subject?.base64URL ?? Self.dots) \(secret ?? Self.dots)"
        return "\(words) \(Self.check(words))\n"
    }

    /// What stands where there is no code or no key: nothing that base64url writes.
    private static let dots = String(repeating: ".", count: 43)

    /// Six characters by which a line that was cut or mistyped is noticed.
    private static func check(_ words: String) -> String {
        String(SHA256.digest(of: Array(words.utf8)).base64URL.prefix(6))
    }
}
