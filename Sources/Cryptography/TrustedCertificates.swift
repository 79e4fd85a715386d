import CLibcrypto

/// Certificates that somebody trusts, or that lie in a token. X.509 (RFC 5280).
///
/// An `X509` is reference counted and not changed after it is read, so any thread may verify with it.
public final class TrustedCertificates: @unchecked Sendable {
    /// Bytes of a file of certificates that is read: more than the roots of an operating system take.
    public static let byteLimit = 4 << 20

    /// Each is owned.
    private let certificates: [OpaquePointer]

    /// The certificates of a PEM file: one or more, with anything between them.
    public init(pem: [UInt8]) throws(TimestampError) {
        guard pem.count <= Self.byteLimit else {
            throw .trustedCertificatesUnreadable("there are more than \(Self.byteLimit) bytes")
        }
        let (read, failure) = Self.read(pem)
        guard failure == nil, !read.isEmpty else {
            for certificate in read { X509_free(certificate) }
            throw .trustedCertificatesUnreadable(failure ?? "there is none")
        }
        certificates = read
    }

    /// Each certificate of a PEM file, and why the reading ended where it did not reach the end.
    private static func read(_ pem: [UInt8]) -> (certificates: [OpaquePointer], failure: String?) {
        pem.withUnsafeBytes { pem in
            guard let input = BIO_new_mem_buf(pem.baseAddress, Int32(pem.count)) else {
                preconditionFailure("libcrypto has no memory")
            }
            defer { BIO_free(input) }
            var read: [OpaquePointer] = []
            // Nobody is asked for a password: a certificate is no secret.
            while let certificate = PEM_read_bio_X509(input, nil, { _, _, _, _ in -1 }, nil) {
                read.append(certificate)
            }
            let isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE
            let reason = LibcryptoErrors.take()
            return (read, isAtEnd ? nil : "number \(read.count + 1): \(reason)")
        }
    }

    /// The certificates of a stack, which stays as it is.
    init(_ stack: OpaquePointer?) {
        certificates =
            stack.map { stack in
                (0..<OPENSSL_sk_num(stack)).compactMap { index in
                    guard let certificate = OPENSSL_sk_value(stack, index) else { return nil }
                    let pointer = OpaquePointer(certificate)
                    X509_up_ref(pointer)
                    return pointer
                }
            } ?? []
    }

    deinit { for certificate in certificates { X509_free(certificate) } }

    /// How many there are.
    public var count: Int { certificates.count }

    /// Calls `body` with a stack of the certificates.
    func withStack<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        guard let stack = OPENSSL_sk_new_null() else { preconditionFailure("libcrypto has no memory") }
        defer { OPENSSL_sk_free(stack) }
        for certificate in certificates { OPENSSL_sk_push(stack, UnsafeRawPointer(certificate)) }
        return try body(stack)
    }

    /// Calls `body` with a store that trusts the certificates as of `time`, in seconds since 1970.
    ///
    /// With `endsAnywhere`, a chain may end with any of them; otherwise with one that signed itself.
    func withStore<Result>(
        at time: Int, endsAnywhere: Bool, _ body: (OpaquePointer) throws -> Result
    ) rethrows -> Result {
        guard let store = X509_STORE_new(), let parameters = X509_STORE_get0_param(store) else {
            preconditionFailure("libcrypto has no memory")
        }
        defer { X509_STORE_free(store) }
        for certificate in certificates { X509_STORE_add_cert(store, certificate) }
        X509_VERIFY_PARAM_set_time(parameters, time)
        // Certificates signed over MD5 or SHA-1 can be forged.
        X509_VERIFY_PARAM_set_auth_level(parameters, 1)
        if endsAnywhere { X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN)) }
        return try body(store)
    }
}
