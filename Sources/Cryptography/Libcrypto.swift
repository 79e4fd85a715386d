import CLibcrypto

/// The library that hashes and signs.
public enum Libcrypto {
    /// Its name and version, as in `OpenSSL 3.0.17`.
    public static var version: String {
        let words = String(cString: OpenSSL_version(OPENSSL_VERSION)).split(separator: " ")
        return words.prefix(2).joined(separator: " ")
    }
}
