import CLibcrypto

/// A question to a time-stamping authority (RFC 3161 section 2.4.1): when does it see this digest?
public struct TimestampRequest: Sendable, Hashable {
    /// The media type of a request in a web exchange (RFC 3161 section 3.4).
    public static let mediaType = "application/timestamp-query"
    /// The media type of an answer.
    public static let answerMediaType = "application/timestamp-reply"

    /// The SHA-256 of what is to be stamped.
    public let imprint: Digest
    /// What the answer repeats, so that it cannot be an older one.
    public let nonce: UInt64
    /// DER. The authority is asked for its certificate, so that the answer can be verified by itself.
    public let bytes: [UInt8]

    /// The request for `imprint`, with a random nonce.
    public init(imprint: Digest, randomness: Randomness) {
        // The highest bit is set: a nonce is never 0, and always as long.
        let nonce = randomness.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } | 1 << 63
        self.imprint = imprint
        self.nonce = nonce
        bytes = Self.encode(imprint, nonce)
    }

    private static func encode(_ imprint: Digest, _ nonce: UInt64) -> [UInt8] {
        guard let request = TS_REQ_new(), let hashed = TS_MSG_IMPRINT_new(), let algorithm = X509_ALGOR_new(),
            let number = ASN1_INTEGER_new()
        else { preconditionFailure("libcrypto has no memory for a request") }
        defer {
            TS_REQ_free(request)
            TS_MSG_IMPRINT_free(hashed)
            X509_ALGOR_free(algorithm)
            ASN1_INTEGER_free(number)
        }
        // Everything is copied into the request.
        var digest = imprint.bytes
        let isSet =
            X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nil) == 1
            && TS_MSG_IMPRINT_set_algo(hashed, algorithm) == 1
            && TS_MSG_IMPRINT_set_msg(hashed, &digest, Int32(digest.count)) == 1
            && ASN1_INTEGER_set_uint64(number, nonce) == 1 && TS_REQ_set_version(request, 1) == 1
            && TS_REQ_set_msg_imprint(request, hashed) == 1 && TS_REQ_set_nonce(request, number) == 1
            && TS_REQ_set_cert_req(request, 1) == 1
        precondition(isSet, "libcrypto has no memory for a request")
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_TS_REQ(request, &bytes)
        guard count > 0, let bytes else { preconditionFailure("libcrypto has no memory for a request") }
        defer { CRYPTO_free(bytes, nil, 0) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
}
