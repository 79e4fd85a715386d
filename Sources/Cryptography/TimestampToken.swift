import CLibcrypto
import Glibc

/// A time-stamp token (RFC 3161 section 2.4.2) as it was read. Nothing of it is verified: it can say anything.
public struct TimestampToken: Sendable, Hashable {
    /// Bytes of a token or an answer that is read.
    public static let byteLimit = 65_536

    /// The token alone, DER: a CMS `ContentInfo`, verbatim as the authority sent it.
    public let bytes: [UInt8]
    /// The time, in microseconds since 1970; more precise ones are cut off. From 1970 to 9998.
    public let microseconds: Int64
    /// The number that the authority gave it, in hexadecimal.
    public let serial: String
    /// The object identifier of the policy under which it was given.
    public let policy: String
    /// The SHA-256 of what was stamped.
    public let imprint: Digest
    /// What was sent with the request; `nil` for none, and for one that no request of ours has.
    public let nonce: UInt64?

    /// Reads an answer of an authority (`TimeStampResp`), or the token in it.
    public init(parsing bytes: [UInt8]) throws(TimestampError) {
        guard bytes.count <= Self.byteLimit else { throw .tooLong(count: bytes.count, limit: Self.byteLimit) }
        guard let whole = DERElement(bytes[...]), whole.tag == DERElement.sequence, whole.end == bytes.endIndex else {
            throw .malformed("it is not one DER sequence")
        }
        guard let first = DERElement(bytes[whole.content]) else { throw .malformed("the sequence is empty") }
        if first.tag == DERElement.sequence {
            try Self.checkStatus(bytes)
            guard first.end < whole.end else {
                throw .malformed("the answer says that it is granted, and has no token")
            }
            try self.init(token: Array(bytes[first.end..<whole.end]))
        } else {
            try self.init(token: bytes)
        }
    }

    private init(token bytes: [UInt8]) throws(TimestampError) {
        let (token, info) = try Self.decode(bytes)
        defer {
            PKCS7_free(token)
            TS_TST_INFO_free(info)
        }
        guard TS_TST_INFO_get_version(info) == 1 else { throw .malformed("its version is not 1") }
        guard TS_TST_INFO_get_ext_by_critical(info, 1, -1) < 0 else { throw .criticalExtension }
        guard let time = TS_TST_INFO_get_time(info), let microseconds = Self.microseconds(of: Self.bytes(time)) else {
            throw .malformed("its time is none, or outside the years 1970 to 9998")
        }
        guard let serial = TS_TST_INFO_get_serial(info), let policy = TS_TST_INFO_get_policy_id(info) else {
            throw .malformed("it has no serial number or policy")
        }
        self.bytes = bytes
        self.microseconds = microseconds
        self.serial = Hexadecimal.encode(Self.bytes(serial))
        self.policy = Self.text(of: policy)
        imprint = try Self.imprint(info)
        var nonce: UInt64 = 0
        let hasNonce = TS_TST_INFO_get_nonce(info).map { ASN1_INTEGER_get_uint64(&nonce, $0) == 1 } ?? false
        if !hasNonce { ERR_clear_error() }
        self.nonce = hasNonce ? nonce : nil
    }

    /// The token and what it says; both are the caller's to free.
    static func decode(
        _ bytes: [UInt8]
    ) throws(TimestampError) -> (token: UnsafeMutablePointer<PKCS7>, info: OpaquePointer) {
        let (token, isWhole) = bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            let token = d2i_PKCS7(nil, &next, buffer.count)
            return (token, next == buffer.baseAddress.map { $0 + buffer.count })
        }
        guard let token else { throw .malformed(LibcryptoErrors.take()) }
        guard isWhole else {
            PKCS7_free(token)
            throw .malformed("something follows on it")
        }
        guard isSigned(token) else {
            PKCS7_free(token)
            throw .malformed("nothing is signed in it")
        }
        guard let info = PKCS7_to_TS_TST_INFO(token) else {
            PKCS7_free(token)
            throw .malformed(LibcryptoErrors.take())
        }
        return (token, info)
    }

    /// Whether there is anything signed in it. libcrypto takes that for granted where it looks for a time stamp.
    private static func isSigned(_ token: UnsafeMutablePointer<PKCS7>) -> Bool {
        guard OBJ_obj2nid(token.pointee.type) == NID_pkcs7_signed, let signed = token.pointee.d.sign,
            let contents = signed.pointee.contents
        else { return false }
        return contents.pointee.d.other != nil
    }

    private static func imprint(_ info: OpaquePointer) throws(TimestampError) -> Digest {
        guard let hashed = TS_TST_INFO_get_msg_imprint(info), let algorithm = TS_MSG_IMPRINT_get_algo(hashed),
            let message = TS_MSG_IMPRINT_get_msg(hashed)
        else { throw .malformed("it has no imprint") }
        var identifier: OpaquePointer?
        X509_ALGOR_get0(&identifier, nil, nil, algorithm)
        guard let identifier, OBJ_obj2nid(identifier) == NID_sha256 else {
            throw .imprintUnsupported(algorithm: identifier.map(text(of:)) ?? "an unknown algorithm")
        }
        guard let digest = Digest(bytes(message)) else { throw .malformed("its imprint has not 32 bytes") }
        return digest
    }

    // MARK: The status of an answer

    /// Throws what the authority says when it gives no time stamp.
    private static func checkStatus(_ bytes: [UInt8]) throws(TimestampError) {
        let answer = bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            return d2i_TS_RESP(nil, &next, buffer.count)
        }
        guard let answer else { throw .malformed(LibcryptoErrors.take()) }
        defer { TS_RESP_free(answer) }
        guard let info = TS_RESP_get_status_info(answer), let status = TS_STATUS_INFO_get0_status(info) else {
            throw .malformed("the answer has no status")
        }
        let number = ASN1_INTEGER_get(status)
        guard number != 0, number != 1 else { return }
        var reasons: [String] = []
        if let texts = TS_STATUS_INFO_get0_text(info) {
            for index in 0..<OPENSSL_sk_num(texts) {
                guard let text = OPENSSL_sk_value(texts, index) else { continue }
                let string = UnsafePointer(text.assumingMemoryBound(to: ASN1_STRING.self))
                reasons.append(String(decoding: Self.bytes(string).prefix(500), as: UTF8.self))
            }
        }
        if let failure = TS_STATUS_INFO_get0_failure_info(info) {
            for (bit, reason) in failures where ASN1_BIT_STRING_get_bit(failure, bit) == 1 { reasons.append(reason) }
        }
        throw .refused(
            status: number, reason: reasons.isEmpty ? "it gives no reason" : reasons.joined(separator: "; "))
    }

    /// `PKIFailureInfo`, RFC 3161 section 2.4.2.
    private static let failures: [(Int32, String)] = [
        (0, "it does not take SHA-256"), (2, "it does not permit the request"), (5, "it cannot read the request"),
        (14, "its clock is not available"), (15, "it does not know the policy"), (16, "it does not know an extension"),
        (17, "it has not the additional information"), (25, "it has a failure of its own"),
    ]

    // MARK: Values

    static func bytes(_ string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        guard let data = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
    }

    private static func text(of identifier: OpaquePointer) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        let count = OBJ_obj2txt(&buffer, Int32(buffer.count), identifier, 1)
        guard count > 0 else { return "?" }
        return String(decoding: buffer.prefix(while: { $0 != 0 }).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Microseconds since 1970 of a `GeneralizedTime` as RFC 3161 has it: `20261124203854.123Z`, always with seconds and `Z`.
    static func microseconds(of text: [UInt8]) -> Int64? {
        let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count == 14, text.last == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int32 { digits[range].reduce(0) { $0 * 10 + Int32($1 & 15) } }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (number(0..<4) - 1900, number(4..<6) - 1, number(6..<8))
        (parts.tm_hour, parts.tm_min) = (number(8..<10), number(10..<12))
        let given = parts
        let second = number(12..<14)
        let seconds = Int64(timegm(&parts)) + Int64(second)
        // What is no date or time of day was carried over into the next one.
        let isSame =
            parts.tm_mon == given.tm_mon && parts.tm_mday == given.tm_mday && parts.tm_hour == given.tm_hour
            && parts.tm_min == given.tm_min
        // A leap second is the last of a day.
        let isSecond = second < 60 || second == 60 && given.tm_hour == 23 && given.tm_min == 59
        guard isSame, isSecond, 70...8098 ~= given.tm_year else { return nil }
        let rest = text[14...].dropLast()
        guard !rest.isEmpty else { return seconds * 1_000_000 }
        let fraction = rest.dropFirst()
        guard rest.first == UInt8(ascii: "."), !fraction.isEmpty,
            fraction.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let micros = (0..<6).reduce(0) {
            $0 * 10 + ($1 < fraction.count ? Int64(fraction[fraction.startIndex + $1] & 15) : 0)
        }
        return seconds * 1_000_000 + micros
    }
}

/// One element of DER (X.690): its tag and where its content lies.
struct DERElement {
    static let sequence: UInt8 = 0x30

    let tag: UInt8
    let content: Range<Int>
    /// Where the next element begins.
    var end: Int { content.upperBound }

    /// The element at the beginning of `bytes`; `nil` unless its length is definite and it ends within them.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= 2 else { return nil }
        tag = bytes[bytes.startIndex]
        var start = bytes.startIndex + 2
        var count = Int(bytes[start - 1])
        if count >= 0x80 {
            let digits = count - 0x80
            guard 1...4 ~= digits, start + digits <= bytes.endIndex else { return nil }
            count = bytes[start..<start + digits].reduce(0) { $0 << 8 | Int($1) }
            start += digits
        }
        guard count <= bytes.endIndex - start else { return nil }
        content = start..<start + count
    }
}
