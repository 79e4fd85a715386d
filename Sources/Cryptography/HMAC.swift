import CLibcrypto

/// HMAC with SHA-256 (RFC 2104) by libcrypto.
public enum HMACSHA256 {
    /// The 32-byte code of `message` under `key`.
    public static func code(of message: [UInt8], key: [UInt8]) -> Digest {
        var digest = Digest()
        var count: UInt32 = 0
        let done = withUnsafeMutableBytes(of: &digest.words) {
            HMAC(
                EVP_sha256(), key, Int32(key.count), message, message.count,
                $0.bindMemory(to: UInt8.self).baseAddress, &count)
        }
        precondition(done != nil && count == 32, "HMAC cannot fail on memory")
        return digest
    }

    /// A key for many messages: its two padded blocks (RFC 2104 section 2), hashed before each.
    ///
    /// libcrypto looks the algorithm up and sets a context up for each code, which costs several times what it hashes.
    public struct Key: Sendable {
        private let inner: [UInt8]
        private let outer: [UInt8]

        public init(_ key: [UInt8]) {
            let key = key.count > 64 ? SHA256.digest(of: key).bytes : key
            let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
            inner = padded.map { $0 ^ 0x36 }
            outer = padded.map { $0 ^ 0x5c }
        }

        /// The 32-byte code of `message`.
        public func code(of message: UnsafeRawBufferPointer) -> Digest {
            let digest = inner.withUnsafeBytes { SHA256.digest(of: $0, message) }
            return outer.withUnsafeBytes { outer in digest.withUnsafeBytes { SHA256.digest(of: outer, $0) } }
        }
    }
}
