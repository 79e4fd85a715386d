public import Cryptography

/// The statement of a witness that a checkpoint was, at some time, the largest consistent one it had seen of its log
/// (C2SP tlog-cosignature, version 1, type 0x04).
public struct Cosignature: Hashable, Sendable {
    /// A time and an Ed25519 signature.
    public static let byteCount = 8 + Ed25519.signatureByteCount

    /// Seconds since 1970, less than 2^63.
    public let time: UInt64
    /// The 64 bytes of Ed25519.
    public let signature: [UInt8]

    /// The cosignature in what follows the key ID of a signature line, or `nil` when it cannot be one.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        time = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        guard time <= UInt64(Int64.max) else { return nil }
        signature = Array(bytes.dropFirst(8))
    }

    /// The cosignature of a checkpoint's `text` at `time`.
    public init(of text: [UInt8], time: UInt64, by key: SigningKey) {
        precondition(time <= UInt64(Int64.max), "a time is less than 2^63 seconds")
        self.time = time
        signature = key.rawSignature(of: Self.message(text, time: time))
    }

    /// Eight bytes of time, big-endian, and the signature.
    public var bytes: [UInt8] { withUnsafeBytes(of: time.bigEndian) { Array($0) } + signature }

    /// What is signed: two lines, and the text of the checkpoint.
    public static func message(_ text: [UInt8], time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }

    /// Whether this is the cosignature of `text` by `key`.
    public func verify(_ text: [UInt8], by key: Ed25519.PublicKey) -> Bool {
        key.verify(signature, of: Self.message(text, time: time))
    }
}

extension SigningKey {
    /// The cosignature of a checkpoint's `text` at `time`, as a signature line.
    public func cosign(_ text: [UInt8], time: UInt64) -> NoteSignature {
        let cosignature = Cosignature(of: text, time: time, by: self)
        return NoteSignature(name: name, keyID: cosignatureKey.keyID, signature: cosignature.bytes)
    }
}
