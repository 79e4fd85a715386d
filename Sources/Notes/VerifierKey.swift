public import Cryptography

/// A public key with a name, which verifies signatures on notes: the vkey of C2SP signed-note.
public struct VerifierKey: Sendable {
    /// The signature types that this module verifies.
    public enum Kind: UInt8, Sendable {
        /// A signature of the text (signed-note).
        case note = 0x01
        /// A signature of the text and a time, by a witness (tlog-cosignature).
        case cosignature = 0x04
    }

    public let name: KeyName
    public let kind: Kind
    public let publicKey: Ed25519.PublicKey
    /// The first four bytes of `SHA-256(name || 0x0A || type || public key)`, big-endian.
    public let keyID: UInt32

    /// The key of this name and kind.
    public init(name: KeyName, kind: Kind, publicKey: Ed25519.PublicKey) {
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        keyID = Self.keyID(name: name, typed: [kind.rawValue] + publicKey.bytes)
    }

    /// The key written as `<name>+<8 hexadecimal digits>+<base64 of type and public key>`.
    public init(parsing text: some StringProtocol) throws(NoteError) {
        let parts = try KeyText(text)
        guard let type = parts.typed.first else { throw .keyLength(got: 0, want: Ed25519.keyByteCount) }
        // The key ID of a type that is not known may be made in another way, so the type is judged first.
        guard let kind = Kind(rawValue: type) else { throw .keyTypeUnsupported(type) }
        guard let publicKey = Ed25519.PublicKey(Array(parts.typed.dropFirst())) else {
            throw .keyLength(got: parts.typed.count - 1, want: Ed25519.keyByteCount)
        }
        self.init(name: parts.name, kind: kind, publicKey: publicKey)
        guard keyID == parts.keyID else { throw .keyIDDiffers(got: parts.keyID, want: keyID) }
    }

    /// The text that `init(parsing:)` reads.
    public var text: String { KeyText.format(name: name, keyID: keyID, typed: [kind.rawValue] + publicKey.bytes) }

    /// Whether `signature`, without its key ID, is this key's signature of a note's `text`.
    public func verify(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        switch kind {
        case .note: publicKey.verify(signature, of: text)
        case .cosignature: Cosignature(signature).map { $0.verify(text, by: publicKey) } ?? false
        }
    }

    static func keyID(name: KeyName, typed: [UInt8]) -> UInt32 {
        let digest = SHA256.digest(of: Array(name.text.utf8) + [UInt8(ascii: "\n")] + typed)
        return digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension VerifierKey: Hashable {
    public static func == (left: VerifierKey, right: VerifierKey) -> Bool {
        left.name == right.name && left.kind == right.kind && left.publicKey == right.publicKey
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(keyID)
        hasher.combine(name)
    }
}

extension VerifierKey: CustomStringConvertible {
    public var description: String { text }
}

/// The form that public and private keys have in common: `<name>+<key ID>+<base64 of a type and a key>`.
struct KeyText {
    let name: KeyName
    let keyID: UInt32
    let typed: [UInt8]

    init(_ text: some StringProtocol) throws(NoteError) {
        // Base64 has a `+` of its own, so only the first two divide.
        let parts = Array(text.utf8).split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .keyMalformed }
        let label = String(decoding: parts[0], as: UTF8.self)
        guard let name = KeyName(label) else { throw .nameInvalid(label) }
        let digits = String(decoding: parts[1], as: UTF8.self)
        guard let keyID = UInt32(digits, radix: 16), KeyID.text(keyID).utf8.elementsEqual(parts[1]),
            let typed = Base64.decode(Array(parts[2]), .standard)
        else { throw .keyMalformed }
        self.name = name
        self.keyID = keyID
        self.typed = typed
    }

    static func format(name: KeyName, keyID: UInt32, typed: [UInt8]) -> String {
        "\(name)+\(KeyID.text(keyID))+\(Base64.encode(typed, .standard))"
    }
}

/// Key IDs as they are written in keys and in signatures.
enum KeyID {
    static func bytes(_ keyID: UInt32) -> [UInt8] { withUnsafeBytes(of: keyID.bigEndian) { Array($0) } }

    static func text(_ keyID: UInt32) -> String { Hexadecimal.encode(bytes(keyID)) }
}
