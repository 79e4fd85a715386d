public import Foundation

/// Why a ledger did not get a time stamp.
public enum TimestampingError: Error, Hashable {
    /// What the server answered is no time stamp.
    case notAnAnswer(server: String, status: Int, type: String?)
    /// No checkpoint of the ledger that was kept has this imprint.
    case noSuchCheckpoint(imprint: Digest)
}

extension TimestampingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAnAnswer(let server, let status, let type):
            "\(server) answered with status \(status) and \(type ?? "nothing said about its type"), not with a time stamp"
        case .noSuchCheckpoint(let imprint):
            "the time stamp is not of a checkpoint of this ledger: it is of sha256 \(imprint.hex)"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .notAnAnswer: "check the address: it is that at which the authority takes requests by HTTP (RFC 3161)"
        case .noSuchCheckpoint:
            "name the ledger that wrote the request; one for this ledger is written by because timestamp --request FILE"
        }
    }
}

extension Ledger {
    /// Keeps the newest checkpoint, has an authority stamp it, and stores the answer once it is verified.
    ///
    /// With `trusted`, the certificate of the authority must follow from one of these.
    public func timestamp(
        at authority: URL, trusting trusted: TrustedCertificates? = nil, by transport: Transport? = nil
    ) async throws -> CheckedTimestamp {
        let (checkpoint, request) = try await timestampRequest()
        let transport = transport ?? HTTPClient().transport
        let answer = try await transport(
            .post(authority, body: request.bytes, contentType: TimestampRequest.mediaType))
        guard answer.status == 200, answer.mediaType == TimestampRequest.answerMediaType else {
            throw TimestampingError.notAnAnswer(
                server: authority.host ?? authority.absoluteString, status: answer.status, type: answer.contentType)
        }
        return try await store(
            TimestampToken(parsing: answer.body), of: checkpoint, nonce: request.nonce, trusting: trusted)
    }

    /// Keeps the newest checkpoint, and returns it with a request to be brought to an authority. Its nonce is forgotten.
    public func timestampRequest() async throws(RecordError) -> (checkpoint: Checkpoint, request: TimestampRequest) {
        let checkpoint = try await keepCheckpoint()
        return (checkpoint, TimestampRequest(imprint: checkpoint.timestampImprint, randomness: .system))
    }

    /// Stores an answer of an authority, or the token in it, once it is verified and its checkpoint is found.
    public func addTimestamp(
        _ bytes: [UInt8], trusting trusted: TrustedCertificates? = nil
    ) async throws -> CheckedTimestamp {
        let token = try TimestampToken(parsing: bytes)
        let checkpoint = try await BlockingPool.run { try self.read { try $0.checkpoint(withImprint: token.imprint) } }
        guard let checkpoint else { throw TimestampingError.noSuchCheckpoint(imprint: token.imprint) }
        return try await store(token, of: checkpoint, nonce: nil, trusting: trusted)
    }

    private func store(
        _ token: TimestampToken, of checkpoint: Checkpoint, nonce: UInt64?, trusting trusted: TrustedCertificates?
    ) async throws -> CheckedTimestamp {
        _ = try token.verified(imprint: checkpoint.timestampImprint, nonce: nonce, trusting: trusted)
        // Whoever verifies later may have none of these certificates: the token must hold what it takes.
        _ = try token.checked(of: checkpoint, trusting: nil)
        let checked = try token.checked(of: checkpoint, trusting: trusted)
        var attestation = Attestation(size: checkpoint.size, root: checkpoint.root)
        attestation.timestamps = [StoredTimestamp(token: token.bytes)]
        try await attest(attestation)
        return checked
    }
}
