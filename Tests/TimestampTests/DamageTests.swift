import Cryptography
import Foundation
import Testing

/// Whatever is done to the bytes of a token, it says the same, or is refused.
@Suite(.enabled(if: Authority.isAvailable, Authority.absence))
struct DamageTests {
    private let answer: [UInt8]
    private let good: TimestampToken
    private let trusted: TrustedCertificates
    private let imprint = SHA256.digest(of: "acme.example/decisions\n12\nroot\n")

    init() throws {
        let authority = try Authority()
        answer = try authority.answer(TimestampRequest(imprint: imprint, randomness: .system).bytes)
        good = try TimestampToken(parsing: answer)
        trusted = try authority.trusted("ca")
    }

    /// What of a token a reader relies on.
    private struct Meaning: Hashable {
        let time: Int64
        let serial, policy, authority: String
        let imprint: Digest
        let nonce: UInt64?

        init(_ verified: VerifiedTimestamp) {
            let token = verified.token
            (time, serial, policy) = (token.microseconds, token.serial, token.policy)
            (authority, imprint, nonce) = (verified.authority, token.imprint, token.nonce)
        }
    }

    /// The verdicts with and without trusted certificates, or `nil` where the bytes are refused.
    private func verdicts(_ bytes: [UInt8]) -> [Meaning?] {
        [nil, trusted].map { trusted in
            do throws(TimestampError) {
                return Meaning(try TimestampToken(parsing: bytes).verified(imprint: imprint, trusting: trusted))
            } catch {
                #expect(!error.description.isEmpty)
                return nil
            }
        }
    }

    @Test(arguments: [false, true]) func `a flipped byte changes nothing that is said`(isToken: Bool) throws {
        let bytes = isToken ? good.bytes : answer
        let meaning = try Meaning(good.verified(imprint: imprint))
        var refusedCount = 0
        var count = 0
        // Every byte of a token; of an answer, which is the same with a status before it, the beginning and a sample.
        for index in bytes.indices where isToken || index < 64 || index % 11 == 0 {
            for mask: UInt8 in index % 7 == 0 ? [0x01, 0x80, 0xFF, 0x20] : [1 << UInt8(index % 8)] {
                var damaged = bytes
                damaged[index] ^= mask
                for verdict in verdicts(damaged) {
                    count += 1
                    #expect(verdict == nil || verdict == meaning, "byte \(index), mask \(mask)")
                    if verdict == nil { refusedCount += 1 }
                }
            }
        }
        // What may change is what nobody signed: the names of algorithms and issuers beside the signature, and the like.
        #expect(refusedCount > count * 3 / 4)
    }

    @Test func `a token that is cut short is refused`() throws {
        for count in 0..<answer.count {
            #expect(verdicts(Array(answer[..<count])) == [nil, nil])
            if count < good.bytes.count { #expect(verdicts(Array(good.bytes[..<count])) == [nil, nil]) }
        }
    }

    @Test func `a token that something follows is refused`() throws {
        for more in [[0], [0x30, 0x00], good.bytes] {
            #expect(verdicts(answer + more) == [nil, nil])
            #expect(verdicts(good.bytes + more) == [nil, nil])
        }
    }

    @Test func `bytes taken out, put in and exchanged are survived`() throws {
        let meaning = try Meaning(good.verified(imprint: imprint))
        for index in stride(from: 0, to: answer.count - 3, by: 3) {
            var without = answer
            without.remove(at: index)
            var with = answer
            with.insert(answer[(index * 7) % answer.count], at: index)
            var exchanged = answer
            exchanged.swapAt(index, (index * 13 + 5) % answer.count)
            for bytes in [without, with, exchanged] {
                for verdict in verdicts(bytes) { #expect(verdict == nil || verdict == meaning) }
            }
        }
    }

    @Test func `more than 64 KiB are not looked at`() throws {
        let limit = TimestampToken.byteLimit
        #expect(throws: TimestampError.tooLong(count: limit + 1, limit: limit)) {
            try TimestampToken(parsing: [UInt8](repeating: 0x30, count: limit + 1))
        }
        #expect(throws: TimestampError.malformed("it is not one DER sequence")) {
            try TimestampToken(parsing: [UInt8](repeating: 0x30, count: limit))
        }
    }

    @Test(
        arguments: [
            [], [0x30], [0x30, 0x00], [0x30, 0x80, 0x00, 0x00], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x30, 0x85, 0, 0, 0, 0, 0],
            // No status; a status that says "granted" and no token; one of a kind that is not known.
            [0x30, 0x02, 0x30, 0x00], [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00],
            [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x63],
            // Signed data without any; data that is not signed.
            [0x30, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02],
            [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, 0xA0, 0x00],
            [0x30, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01],
        ] as [[UInt8]]) func `what is hardly anything is refused`(bytes: [UInt8])
    {
        #expect(throws: TimestampError.self) { try TimestampToken(parsing: bytes) }
    }
}

struct TrustedCertificatesTests {
    @Test(arguments: [
        "", "text", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n",
    ])
    func `what holds no certificate is refused`(text: String) {
        #expect(throws: TimestampError.self) { try TrustedCertificates(pem: Array(text.utf8)) }
    }

    @Test(.enabled(if: Authority.isAvailable, Authority.absence))
    func `a bundle is read to its end, and one that is damaged not at all`() throws {
        let authority = try Authority()
        let both = try authority.read("ca.pem") + Array("# a comment\n".utf8) + authority.read("tsa.pem")
        #expect(try TrustedCertificates(pem: both).count == 2)
        var damaged = both
        damaged[both.count - 100] = UInt8(ascii: "!")
        #expect(throws: TimestampError.self) { try TrustedCertificates(pem: damaged) }
        #expect(throws: TimestampError.self) { try TrustedCertificates(pem: both.dropLast(30)) }
        // Encrypted as old private keys are: nobody is asked for a password.
        let text = String(decoding: try authority.read("ca.pem"), as: UTF8.self).replacing(
            "-----BEGIN CERTIFICATE-----\n",
            with:
                "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
        )
        #expect(throws: TimestampError.self) { try TrustedCertificates(pem: Array(text.utf8)) }
    }
}
