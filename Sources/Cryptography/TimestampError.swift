/// Why a time stamp is refused.
public enum TimestampError: Error, Hashable, Sendable {
    // The form
    case tooLong(count: Int, limit: Int)
    case malformed(String)
    /// The imprint is no SHA-256.
    case imprintUnsupported(algorithm: String)
    /// The token has a critical extension, which nobody may ignore and this program does not know.
    case criticalExtension

    // The answer
    /// The authority gave no time stamp. `status` is that of RFC 3161 section 2.4.2.
    case refused(status: Int, reason: String)
    /// It is of something else.
    case imprintDiffers(got: Digest, want: Digest)
    /// It answers another request.
    case nonceDiffers

    // The signature
    /// The token does not hold the certificate it was signed by, and nobody gave it.
    case certificateMissing
    /// The certificate does not follow from any that is trusted.
    case authorityUnknown(name: String, detail: String)
    /// The certificate was not valid then, is not for time stamps, or does not hold for another reason.
    case certificateUnfit(name: String, detail: String)
    case signatureInvalid(String)

    // The trusted certificates
    case trustedCertificatesUnreadable(String)
}

extension TimestampError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong(let count, let limit): "the time stamp has \(count) bytes, more than \(limit)"
        case .malformed(let detail): "this is no time stamp: \(detail)"
        case .imprintUnsupported(let algorithm): "the time stamp is of a digest by \(algorithm), not by SHA-256"
        case .criticalExtension: "the time stamp has a critical extension that is not known here"
        case .refused(let status, let reason): "the authority gave no time stamp (status \(status)): \(reason)"
        case .imprintDiffers(let got, let want):
            "the time stamp is of something else: of sha256 \(got.hex), not of sha256 \(want.hex)"
        case .nonceDiffers: "the time stamp answers another request: its nonce is not the one that was sent"
        case .certificateMissing: "the time stamp does not hold the certificate of the authority that signed it"
        case .authorityUnknown(let name, let detail):
            "the certificate of \(name) does not follow from one that you trust: \(detail)"
        case .certificateUnfit(let name, let detail):
            "the certificate of \(name) does not hold for this time stamp: \(detail)"
        case .signatureInvalid(let detail): "the signature of the time stamp is wrong: \(detail)"
        case .trustedCertificatesUnreadable(let detail): "the trusted certificates cannot be read: \(detail)"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .tooLong, .malformed: "an answer of an authority (RFC 3161) or the token in it is wanted, in DER"
        case .imprintUnsupported: "ask again with a request that `because timestamp --request` wrote"
        case .criticalExtension: "ask another authority, or one of its other policies"
        case .refused: "ask again later, or another authority"
        case .imprintDiffers, .nonceDiffers: "ask again; if it happens twice, something between here and there answers"
        case .certificateMissing: "ask the authority for a time stamp that holds its certificate"
        case .authorityUnknown: "--ca wants the root certificate of this authority, in PEM"
        case .certificateUnfit, .signatureInvalid: "do not rely on this time stamp; ask for another"
        case .trustedCertificatesUnreadable: "--ca wants certificates in PEM: -----BEGIN CERTIFICATE-----"
        }
    }
}
