import CLibcrypto

/// Ed25519 signatures (RFC 8032) by libcrypto.
public enum Ed25519 {
    /// Bytes in a seed (the private key of RFC 8032) and in a public key.
    public static let keyByteCount = 32
    /// Bytes in a signature.
    public static let signatureByteCount = 64

    /// A private key, from which its public key follows.
    ///
    /// `EVP_PKEY` is reference counted and never changed after it is made, so any thread may sign with it.
    public final class PrivateKey: @unchecked Sendable {
        private let key: OpaquePointer
        /// The 32-byte seed. Secret.
        public let seed: [UInt8]
        /// The public half.
        public let publicKey: PublicKey

        /// The key of a 32-byte seed, or `nil` for any other number of bytes.
        public init?(seed: [UInt8]) {
            guard seed.count == keyByteCount,
                let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
            else { return nil }
            var point = [UInt8](repeating: 0, count: keyByteCount)
            var count = point.count
            guard EVP_PKEY_get_raw_public_key(key, &point, &count) == 1, let publicKey = PublicKey(point) else {
                EVP_PKEY_free(key)
                return nil
            }
            self.key = key
            self.seed = seed
            self.publicKey = publicKey
        }

        deinit { EVP_PKEY_free(key) }

        /// The 64-byte signature of `message`.
        public func sign(_ message: [UInt8]) -> [UInt8] {
            guard let context = EVP_MD_CTX_new() else { preconditionFailure("libcrypto has no memory to sign") }
            defer { EVP_MD_CTX_free(context) }
            var signature = [UInt8](repeating: 0, count: signatureByteCount)
            var count = signature.count
            precondition(
                EVP_DigestSignInit(context, nil, nil, nil, key) == 1
                    && EVP_DigestSign(context, &signature, &count, message, message.count) == 1
                    && count == signatureByteCount, "Ed25519 signs any message")
            return signature
        }
    }

    /// A public key. Immutable like the private key, so any thread may verify with it.
    public final class PublicKey: @unchecked Sendable {
        private let key: OpaquePointer
        /// The 32 bytes of RFC 8032 section 5.1.5.
        public let bytes: [UInt8]

        /// The key held in 32 bytes, or `nil` for any other number of bytes.
        public init?(_ bytes: [UInt8]) {
            guard bytes.count == keyByteCount,
                let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
            else { return nil }
            self.key = key
            self.bytes = bytes
        }

        deinit { EVP_PKEY_free(key) }

        /// Whether `signature` is this key's signature of `message`.
        public func verify(_ signature: [UInt8], of message: [UInt8]) -> Bool {
            guard signature.count == signatureByteCount, let context = EVP_MD_CTX_new() else { return false }
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
            let valid = EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
            // A refused signature leaves its reason in this thread's error queue, which nobody reads.
            if !valid { ERR_clear_error() }
            return valid
        }
    }
}

extension Ed25519.PublicKey: Equatable {
    public static func == (left: Ed25519.PublicKey, right: Ed25519.PublicKey) -> Bool { left.bytes == right.bytes }
}
