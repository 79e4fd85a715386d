import CLibcrypto

/// A time stamp whose imprint and signature were verified. Only `TimestampToken.verified` makes one.
public struct VerifiedTimestamp: Sendable, Hashable {
    public let token: TimestampToken
    /// The name in the certificate that signed it. Foreign text.
    public let authority: String
    /// Whether the certificate follows from one that the verifier trusts. Otherwise anybody may have made it.
    public let isAuthorityTrusted: Bool

    fileprivate init(token: TimestampToken, authority: String, isAuthorityTrusted: Bool) {
        self.token = token
        self.authority = authority
        self.isAuthorityTrusted = isAuthorityTrusted
    }
}

extension TimestampToken {
    /// This token as one of `imprint`, which answers the request with `nonce` where one is known.
    ///
    /// The certificate that signed it must be for time stamps alone (RFC 3161 section 2.3), must have been valid at the
    /// time that the token states, as must all that it follows from, and must be the one the signature names. It must
    /// follow from one of `trusted`; without these, the certificates in the token are taken as they are, and then only
    /// the signature is known to be right, not whose it is. Whether a certificate was revoked is not looked up.
    public func verified(
        imprint want: Digest, nonce: UInt64? = nil, trusting trusted: TrustedCertificates? = nil
    ) throws(TimestampError) -> VerifiedTimestamp {
        guard imprint == want else { throw .imprintDiffers(got: imprint, want: want) }
        guard nonce == nil || nonce == self.nonce else { throw .nonceDiffers }
        let (token, info) = try Self.decode(bytes)
        defer {
            PKCS7_free(token)
            TS_TST_INFO_free(info)
        }
        let own = TrustedCertificates(token.pointee.d.sign.pointee.cert)
        let signature = TokenSignature(
            token: token, anchors: trusted ?? own, embedded: own, time: Int(microseconds / 1_000_000))
        return VerifiedTimestamp(
            token: self, authority: try signature.verify(), isAuthorityTrusted: trusted != nil)
    }
}

/// The signature of one token, held against certificates that are trusted.
private struct TokenSignature {
    let token: UnsafeMutablePointer<PKCS7>
    let anchors: TrustedCertificates
    let embedded: TrustedCertificates
    /// Seconds since 1970.
    let time: Int

    /// The name of who signed.
    func verify() throws(TimestampError) -> String {
        let name = try Self.name(of: token, anchors)
        // A signature may name certificates up to the root. So where the shorter chain does not do, the whole one may.
        do throws(TimestampError) { try verify(name, endsAnywhere: true) } catch {
            do throws(TimestampError) { try verify(name, endsAnywhere: false) } catch _ { throw error }
        }
        return name
    }

    private func verify(_ name: String, endsAnywhere: Bool) throws(TimestampError) {
        let failure: TimestampError? = anchors.withStore(at: time, endsAnywhere: endsAnywhere) { store in
            anchors.withStack { more in
                if let failure = chainFailure(store, more, name) { return failure }
                let isValid = TS_RESP_verify_signature(token, more, store, nil) == 1
                return isValid ? nil : .signatureInvalid(LibcryptoErrors.take())
            }
        }
        ERR_clear_error()
        if let failure { throw failure }
    }

    /// Why the certificate of the signer does not follow from one that is trusted. `TS_RESP_verify_signature` asks the
    /// same again, and gives only a text for an answer.
    private func chainFailure(_ store: OpaquePointer, _ more: OpaquePointer, _ name: String) -> TimestampError? {
        guard let signers = PKCS7_get0_signers(token, more, 0), let context = X509_STORE_CTX_new() else {
            return .certificateMissing
        }
        defer {
            OPENSSL_sk_free(signers)
            X509_STORE_CTX_free(context)
        }
        guard OPENSSL_sk_num(signers) == 1, let signer = OPENSSL_sk_value(signers, 0) else {
            return .signatureInvalid("it has not exactly one signer")
        }
        return embedded.withStack { untrusted in
            guard X509_STORE_CTX_init(context, store, OpaquePointer(signer), untrusted) == 1,
                X509_STORE_CTX_set_purpose(context, X509_PURPOSE_TIMESTAMP_SIGN) == 1
            else { return .signatureInvalid(LibcryptoErrors.take()) }
            guard X509_verify_cert(context) != 1 else { return nil }
            let code = X509_STORE_CTX_get_error(context)
            let detail = String(cString: X509_verify_cert_error_string(Int(code)))
            return Self.unknown.contains(code)
                ? .authorityUnknown(name: name, detail: detail) : .certificateUnfit(name: name, detail: detail)
        }
    }

    /// What says that no trusted certificate stands behind one, in contrast to one that is not good.
    private static let unknown: Set<Int32> = [
        X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
        X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
        X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED,
    ]

    /// The common name of the signer, or the whole name where it has none.
    private static func name(
        of token: UnsafeMutablePointer<PKCS7>, _ more: TrustedCertificates
    ) throws(TimestampError) -> String {
        let name: String? = more.withStack { more in
            guard let signers = PKCS7_get0_signers(token, more, 0) else { return nil }
            defer { OPENSSL_sk_free(signers) }
            guard let signer = OPENSSL_sk_value(signers, 0), let subject = X509_get_subject_name(OpaquePointer(signer))
            else { return nil }
            let index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
            return index >= 0 ? commonName(subject, index) : wholeName(subject)
        }
        ERR_clear_error()
        guard let name else { throw .certificateMissing }
        return name
    }

    private static func commonName(_ subject: OpaquePointer, _ index: Int32) -> String? {
        guard let entry = X509_NAME_get_entry(subject, index), let data = X509_NAME_ENTRY_get_data(entry) else {
            return nil
        }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, data)
        guard count >= 0, let text else { return nil }
        defer { CRYPTO_free(text, nil, 0) }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
    }

    private static func wholeName(_ subject: OpaquePointer) -> String? {
        guard let text = X509_NAME_oneline(subject, nil, 0) else { return nil }
        defer { CRYPTO_free(text, nil, 0) }
        return String(cString: text)
    }
}
