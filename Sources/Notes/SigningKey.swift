public import Cryptography

/// A private key with a name, which signs notes, in the text form of golang.org/x/mod/sumdb/note.
///
/// A witness signs with the same kind of key; only its `cosignatureKey` differs from a log's `verifierKey`.
public struct SigningKey: Sendable {
    private static let prefix = "PRIVATE+KEY+"
    private let key: Ed25519.PrivateKey
    /// The public half with which the signatures of notes are verified.
    public let verifierKey: VerifierKey
    /// The public half with which cosignatures are verified.
    public let cosignatureKey: VerifierKey

    /// The key of this name.
    public init(name: KeyName, key: Ed25519.PrivateKey) {
        self.key = key
        verifierKey = VerifierKey(name: name, kind: .note, publicKey: key.publicKey)
        cosignatureKey = VerifierKey(name: name, kind: .cosignature, publicKey: key.publicKey)
    }

    /// The key written as `PRIVATE+KEY+<name>+<8 hexadecimal digits>+<base64 of type 1 and seed>`.
    ///
    /// No error repeats anything of the seed.
    public init(parsing text: some StringProtocol) throws(NoteError) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { throw .keyMalformed }
        let parts = try KeyText(String(decoding: text.utf8.dropFirst(Self.prefix.utf8.count), as: UTF8.self))
        guard let type = parts.typed.first else { throw .keyLength(got: 0, want: Ed25519.keyByteCount) }
        guard type == VerifierKey.Kind.note.rawValue else { throw .keyTypeUnsupported(type) }
        guard let key = Ed25519.PrivateKey(seed: Array(parts.typed.dropFirst())) else {
            throw .keyLength(got: parts.typed.count - 1, want: Ed25519.keyByteCount)
        }
        self.init(name: parts.name, key: key)
        guard verifierKey.keyID == parts.keyID else {
            throw .keyIDDiffers(got: parts.keyID, want: verifierKey.keyID)
        }
    }

    /// A new key.
    public static func generate(name: String, randomness: Randomness) throws(NoteError) -> SigningKey {
        guard let name = KeyName(name) else { throw .nameInvalid(name) }
        guard let key = Ed25519.PrivateKey(seed: randomness.bytes(Ed25519.keyByteCount)) else {
            preconditionFailure("any 32 bytes are a seed")
        }
        return SigningKey(name: name, key: key)
    }

    public var name: KeyName { verifierKey.name }

    /// The text that `init(parsing:)` reads. Secret.
    public var text: String {
        let typed = [VerifierKey.Kind.note.rawValue] + key.seed
        return Self.prefix + KeyText.format(name: name, keyID: verifierKey.keyID, typed: typed)
    }

    /// The signature of a note's `text`.
    public func sign(_ text: [UInt8]) -> NoteSignature {
        NoteSignature(name: name, keyID: verifierKey.keyID, signature: rawSignature(of: text))
    }

    /// The 64 bytes of Ed25519 alone.
    func rawSignature(of message: [UInt8]) -> [UInt8] { key.sign(message) }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Whose key it is, and nothing of the secret: what is printed by mistake ends up in logs.
    public var description: String { "private key of \(verifierKey.text)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
