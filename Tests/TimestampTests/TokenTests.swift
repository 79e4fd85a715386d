import Cryptography
import Foundation
import Testing

@Suite(.enabled(if: Authority.isAvailable, Authority.absence))
struct TokenTests {
    private let authority: Authority
    private let imprint = SHA256.digest(of: "acme.example/decisions\n12\nroot\n")
    private let request: TimestampRequest

    init() throws {
        authority = try Authority()
        request = TimestampRequest(imprint: imprint, randomness: .system)
    }

    private func error(_ body: () throws -> Void) throws -> TimestampError? {
        do { try body() } catch let error as TimestampError { return error }
        return nil
    }

    /// A token with the statement of a good one, signed by somebody else.
    private func token(by signer: String = "tsa", embeds: Bool = true) throws -> TimestampToken {
        let info = try authority.info(of: TimestampToken(parsing: authority.answer(request.bytes)))
        return try TimestampToken(parsing: authority.sign(info, by: signer, embeds: embeds))
    }

    /// A token that says that it was made in another year.
    private func token(year: Int, by signer: String) throws -> TimestampToken {
        try TimestampToken(parsing: authority.redated(authority.answer(request.bytes), year: year, by: signer))
    }

    @Test func `openssl reads our request as it is meant`() throws {
        try authority.write(request.bytes, to: "request.tsq")
        let text = String(
            decoding: try authority.run("ts", "-query", "-in", authority.path("request.tsq"), "-text"), as: UTF8.self)
        #expect(text.contains("Version: 1"))
        #expect(text.contains("Hash Algorithm: sha256"))
        #expect(text.contains("Nonce: 0x\(String(request.nonce, radix: 16, uppercase: true))"))
        #expect(text.contains("Certificate required: yes"))
        let data = text.split(separator: "\n").filter { $0.contains(" - ") && $0.hasPrefix("    00") }
            .flatMap { $0.dropFirst(11).prefix(48).filter(\.isHexDigit) }
        #expect(String(data) == imprint.hex)
    }

    @Test func `a nonce is never zero and a request never the same`() {
        let zero = TimestampRequest(
            imprint: imprint, randomness: Randomness { $0.initializeMemory(as: UInt8.self, repeating: 0) })
        #expect(zero.nonce == 1 << 63)
        #expect(Set((0..<100).map { _ in TimestampRequest(imprint: imprint, randomness: .system).nonce }).count == 100)
    }

    @Test(arguments: [false, true]) func `a good answer verifies, as an answer and as a token`(isToken: Bool) throws {
        let before = Date().timeIntervalSince1970
        let token = try TimestampToken(parsing: authority.answer(request.bytes, isToken: isToken))
        #expect(token.imprint == imprint && token.nonce == request.nonce && token.policy == "1.2.3.4.1")
        #expect(token.serial == "02" && abs(Double(token.microseconds) / 1e6 - before) < 3600)
        let verified = try token.verified(imprint: imprint, nonce: request.nonce, trusting: authority.trusted("ca"))
        #expect(verified.authority == "Test TSA" && verified.isAuthorityTrusted && verified.token == token)
        let unchecked = try token.verified(imprint: imprint)
        #expect(unchecked.authority == "Test TSA" && !unchecked.isAuthorityTrusted)
    }

    @Test func `the token in an answer is the one that openssl takes out`() throws {
        let answer = try authority.answer(request.bytes)
        let token = try TimestampToken(parsing: answer)
        try authority.write(answer, to: "a.tsr")
        try authority.run("ts", "-reply", "-in", authority.path("a.tsr"), "-token_out", "-out", authority.path("a.der"))
        #expect(try authority.read("a.der") == token.bytes)
        #expect(try TimestampToken(parsing: token.bytes) == token)
    }

    @Test(arguments: [false, true], [["middle"], ["middle", "ca"], []])
    func `a longer chain verifies, however much of it the token holds and names`(
        namesChain: Bool, chain: [String]
    ) throws {
        let authority = try Authority(namesChain: namesChain)
        try authority.certify("middle", name: "Middle CA", for: .certificates, by: "ca")
        try authority.certify("tsa", name: "Lower TSA", for: .timestamps, by: "middle")
        let token = try TimestampToken(parsing: authority.answer(request.bytes, chain: chain))
        #expect(try token.verified(imprint: imprint).authority == "Lower TSA")
        #expect(try token.verified(imprint: imprint, trusting: authority.trusted("ca", "middle")).isAuthorityTrusted)
        let root = try authority.trusted("ca")
        if chain.contains("middle") {
            #expect(try token.verified(imprint: imprint, trusting: root).isAuthorityTrusted)
        } else {
            guard case .authorityUnknown = try error({ _ = try token.verified(imprint: imprint, trusting: root) })
            else {
                Issue.record("the middle of the chain is missing, and nothing was said")
                return
            }
        }
    }

    @Test func `a token is of its imprint alone`() throws {
        let token = try TimestampToken(parsing: authority.answer(request.bytes))
        let other = SHA256.digest(of: "something else")
        #expect(try error { _ = try token.verified(imprint: other) } == .imprintDiffers(got: imprint, want: other))
    }

    @Test func `a token answers the request with its nonce alone`() throws {
        let token = try TimestampToken(parsing: authority.answer(request.bytes))
        #expect(try error { _ = try token.verified(imprint: imprint, nonce: request.nonce ^ 1) } == .nonceDiffers)
    }

    @Test func `a token without a nonce answers no request that has one`() throws {
        try authority.write(Array("acme.example/decisions\n12\nroot\n".utf8), to: "text")
        try authority.run(
            "ts", "-query", "-data", authority.path("text"), "-sha256", "-no_nonce", "-cert", "-out",
            authority.path("plain.tsq"))
        let token = try TimestampToken(parsing: authority.answer(authority.read("plain.tsq")))
        #expect(token.nonce == nil && token.imprint == imprint)
        #expect(try error { _ = try token.verified(imprint: imprint, nonce: request.nonce) } == .nonceDiffers)
        #expect(try token.verified(imprint: imprint, trusting: authority.trusted("ca")).isAuthorityTrusted)
    }

    @Test func `a refusal is told in the words of the authority`() throws {
        let strict = try Authority(digests: "sha512")
        let answer = try strict.answer(request.bytes)
        #expect(
            try error { _ = try TimestampToken(parsing: answer) }
                == .refused(
                    status: 2, reason: "Message digest algorithm is not supported.; it does not take SHA-256"))
    }

    @Test func `another digest than SHA-256 is refused`() throws {
        let other = try Authority(digests: "sha512")
        try other.write("text", to: "text")
        try other.run(
            "ts", "-query", "-data", other.path("text"), "-sha512", "-cert", "-out", other.path("q.tsq"))
        let answer = try other.answer(other.read("q.tsq"))
        #expect(
            try error { _ = try TimestampToken(parsing: answer) }
                == .imprintUnsupported(algorithm: "2.16.840.1.101.3.4.2.3"))
    }

    @Test func `an authority that is not trusted is named`() throws {
        let other = try Authority()
        let token = try TimestampToken(parsing: authority.answer(request.bytes))
        let error = try error { _ = try token.verified(imprint: imprint, trusting: other.trusted("ca")) }
        guard case .authorityUnknown(name: "Test TSA", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [Authority.Use.web, .anything, .timestampsNotCritical, .certificates])
    func `a certificate that is not for time stamps alone signs none`(use: Authority.Use) throws {
        try authority.certify("other", name: "Other", for: use, by: "ca")
        let token = try token(by: "other")
        for trusted in [nil, try authority.trusted("ca")] {
            let error = try error { _ = try token.verified(imprint: imprint, trusting: trusted) }
            guard case .certificateUnfit(name: "Other", _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test func `a certificate signs no time outside its own`() throws {
        try authority.certify(
            "brief", name: "Brief", for: .timestamps, by: "ca", from: "20210101000000Z", to: "20230101000000Z")
        let trusted = try authority.trusted("ca")
        for (year, isValid) in [(2020, false), (2021, true), (2022, true), (2023, false), (2024, false)] {
            let token = try token(year: year, by: "brief")
            for trusted in [nil, trusted] {
                let error = try error { _ = try token.verified(imprint: imprint, trusting: trusted) }
                if isValid {
                    #expect(error == nil, "in \(year)")
                } else if case .certificateUnfit(name: "Brief", let detail) = error {
                    #expect(detail.contains(year < 2021 ? "not yet valid" : "expired"))
                } else {
                    Issue.record("in \(year): \(String(describing: error))")
                }
            }
        }
    }

    @Test func `a certificate that could have been forged signs no time stamp`() throws {
        try authority.certify("weak", name: "Weak", for: .timestamps, by: "ca", digest: "sha1")
        let token = try token(by: "weak")
        let error = try error { _ = try token.verified(imprint: imprint, trusting: authority.trusted("ca")) }
        #expect(error == .certificateUnfit(name: "Weak", detail: "CA signature digest algorithm too weak"))
    }

    @Test func `a certificate that the token lacks is looked for among the trusted ones`() throws {
        let token = try token(embeds: false)
        #expect(try error { _ = try token.verified(imprint: imprint) } == .certificateMissing)
        #expect(
            try error { _ = try token.verified(imprint: imprint, trusting: authority.trusted("ca")) }
                == .certificateMissing)
        #expect(try token.verified(imprint: imprint, trusting: authority.trusted("ca", "tsa")).authority == "Test TSA")
    }

    @Test func `our verdict is that of openssl`() throws {
        let other = try Authority()
        let good = try authority.answer(request.bytes)
        let another = TimestampRequest(imprint: imprint, randomness: .system)
        for (answer, request, isGood) in [
            (good, request, true), (good, another, false), (try other.answer(request.bytes), request, false),
        ] {
            let ours = try error {
                _ = try TimestampToken(parsing: answer).verified(
                    imprint: imprint, nonce: request.nonce, trusting: authority.trusted("ca"))
            }
            #expect((ours == nil) == isGood)
            #expect(try authority.accepts(answer, to: request) == isGood)
        }
    }
}
