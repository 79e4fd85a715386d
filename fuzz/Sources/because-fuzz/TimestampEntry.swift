import Because

extension FuzzEntry {
    /// The answer of a time-stamping authority (RFC 3161) or the token in it, and the certificates that are trusted, in PEM.
    static let timestamp = FuzzEntry(
        name: "timestamp", maximumByteCount: 4096, dictionary: "timestamp",
        check: { bytes in
            if bytes.first == UInt8(ascii: "-") { checkCertificates(bytes) }
            let token: TimestampToken
            do { token = try TimestampToken(parsing: bytes) } catch { return read(error) }
            require((try? TimestampToken(parsing: token.bytes)) == token, "a token reads back as itself")
            require(token.bytes.count <= bytes.count, "a token is the answer or in it")
            require(0...253_370_764_800_000_000 ~= token.microseconds, "a time is one of 1970 to 9998")
            for trusted in [nil, ExampleAuthority.trusted] { checkSignature(of: token, trusted) }
        },
        seeds: { _ in [ExampleAuthority.answer, ExampleAuthority.token.bytes, ExampleAuthority.certificate.bytes] },
        large: {
            // Lengths that say more than is there, sequences in sequences, and certificates one after the other.
            let deep = [0x30, 0x83, 0x0F, 0x42, 0x3A] as [UInt8]
            return [
                deep + [0x30, 0x80].times(500_000), deep.times(200_000),
                [0x30, 0x82, 0xFF, 0xFB] + [0x30, 0x80].times(32_766),
                [0x30, 0x82, 0xFF, 0xFB, 0x30, 0x82, 0xFF, 0xF7] + [0x31, 0x00].times(32_763),
                ExampleAuthority.certificate.repeated().bytes, "-----BEGIN CERTIFICATE-----\n".repeated().bytes,
                "-----BEGIN CERTIFICATE-----\n\("A".repeated())\n-----END CERTIFICATE-----\n".bytes,
            ]
        })

    /// What the authority did not sign does not verify by its certificate.
    private static func checkSignature(of token: TimestampToken, _ trusted: TrustedCertificates?) {
        do {
            let verified = try token.verified(imprint: token.imprint, nonce: token.nonce, trusting: trusted)
            require(verified.token == token && verified.isAuthorityTrusted == (trusted != nil))
            requireVisible(VisibleText.line(verified.authority), keepsLines: false)
            guard trusted != nil else { return }
            let signed = ExampleAuthority.token
            require(
                token.imprint == signed.imprint && token.microseconds == signed.microseconds
                    && token.serial == signed.serial && token.policy == signed.policy && token.nonce == signed.nonce,
                "a token says what the authority signed")
        } catch { read(error) }
        do {
            _ = try token.verified(imprint: .zero, trusting: trusted)
            require(token.imprint == .zero, "a token is of one imprint")
        } catch { read(error) }
    }

    private static func checkCertificates(_ bytes: [UInt8]) {
        do { require(try TrustedCertificates(pem: bytes).count > 0, "certificates are at least one") } catch {
            read(error)
        }
    }
}

/// An authority that the command `openssl ts` made, with a key that nobody kept.
enum ExampleAuthority {
    static let token = ExampleLog.example { try TimestampToken(parsing: answer) }
    static let trusted = ExampleLog.example { try TrustedCertificates(pem: certificate.bytes) }

    /// The certificate that the authority's follows from.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBVjCB/aADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMMB1Rlc3QgQ0Ew
        IBcNMjAwMTAxMDAwMDAwWhgPMjA5OTAxMDEwMDAwMDBaMBIxEDAOBgNVBAMMB1Rl
        c3QgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARZVXoAKn14vlAF2C+OD5Hg
        5NCmdiwygi8D1RmvSpVpu5Z9pdHfgV0f1ToMHgXdZauD4Ny7K5Ec6ks/P1VhIsOJ
        o0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQU
        E0fC7v2/NthgJMgN/uHf8e0B1lkwCgYIKoZIzj0EAwIDSAAwRQIhAIH4hwlSxzNI
        vx5N4tvp+abiXJTX49FJMTfdvyrKyUTiAiBaYXUjOSvX0acbbsThH9KL1NDycl0R
        fdl1Kbg811sdrQ==
        -----END CERTIFICATE-----

        """

    /// Its answer, with both certificates.
    static let answer = ExampleLog.example {
        guard let bytes = Base64.decode(encoded.bytes, .standard) else { fatalError("base64") }
        return bytes
    }

    private static let encoded = """
        MIIEpTADAgEAMIIEnAYJKoZIhvcNAQcCoIIEjTCCBIkCAQMxDzANBglghkgBZQMEAgEFADByBgsqhkiG9w0BCRABBKBjBGEwXwIB\
        AQYEKgMEATAxMA0GCWCGSAFlAwQCAQUABCBSoWIpTnGECo2y1moros34RbZx47818TVFS3+vAenivQIBBBgPMjAyNjExMjQyMjU5\
        NDZaMAMCAQECCB2KSA8xAEcdoIICzTCCAW8wggEWoAMCAQICAQIwCgYIKoZIzj0EAwIwEjEQMA4GA1UEAwwHVGVzdCBDQTAgFw0y\
        MDAxMDEwMDAwMDBaGA8yMDk5MDEwMTAwMDAwMFowEzERMA8GA1UEAwwIVGVzdCBUU0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC\
        AATQ6a6OypoMzKfPsjXBdkhrM0S1VCZ7jrbg7YXiO1iWPSRWdUqZLiF8xNwfx8OHnFdxaDZ9BcoBBRgqy5+Jv2U6o1owWDAWBgNV\
        HSUBAf8EDDAKBggrBgEFBQcDCDAdBgNVHQ4EFgQUPv2ESokaPSJfcwKQL9vCeKlUpCQwHwYDVR0jBBgwFoAUE0fC7v2/NthgJMgN\
        /uHf8e0B1lkwCgYIKoZIzj0EAwIDRwAwRAIgMMK0BBZHL7C8qAIh6vG8koyajmnTBHy7FjuaH10chq4CICoOtafHGf9KgcGKEe3W\
        JAx+A3oIkVqKrAzmBoFfHCYkMIIBVjCB/aADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMMB1Rlc3QgQ0EwIBcNMjAwMTAx\
        MDAwMDAwWhgPMjA5OTAxMDEwMDAwMDBaMBIxEDAOBgNVBAMMB1Rlc3QgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARZVXoA\
        Kn14vlAF2C+OD5Hg5NCmdiwygi8D1RmvSpVpu5Z9pdHfgV0f1ToMHgXdZauD4Ny7K5Ec6ks/P1VhIsOJo0IwQDAPBgNVHRMBAf8E\
        BTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUE0fC7v2/NthgJMgN/uHf8e0B1lkwCgYIKoZIzj0EAwIDSAAwRQIhAIH4\
        hwlSxzNIvx5N4tvp+abiXJTX49FJMTfdvyrKyUTiAiBaYXUjOSvX0acbbsThH9KL1NDycl0Rfdl1Kbg811sdrTGCASwwggEoAgEB\
        MBcwEjEQMA4GA1UEAwwHVGVzdCBDQQIBAjANBglghkgBZQMEAgEFAKCBpDAaBgkqhkiG9w0BCQMxDQYLKoZIhvcNAQkQAQQwHAYJ\
        KoZIhvcNAQkFMQ8XDTI2MTEyNDIyNTk0NlowLwYJKoZIhvcNAQkEMSIEICNTemXVXHWlZvTA7QNTZf8M+lEbErZPpFyg3TLbEAwp\
        MDcGCyqGSIb3DQEJEAIvMSgwJjAkMCIEIC94DteqYexkrnMRXx9Pno3KKF2enqcxqPRKihChrhxnMAoGCCqGSM49BAMCBEgwRgIh\
        AIPgGi3e8JdfTclCZgo9phNxbChFJyKkutnw4buI/QPrAiEA1F4jQKsCGd8sdzdz1tXkeQ4TALw8s1+agZ5UGGuCspQ=
        """
}
