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
}
