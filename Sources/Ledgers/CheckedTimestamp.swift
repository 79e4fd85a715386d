public import Cryptography
public import Decisions
public import JSON
public import Notes

/// A time stamp whose imprint and signature hold for a checkpoint.
public struct CheckedTimestamp: Sendable, Hashable {
    /// What is known of the certificate that the authority signed with.
    public enum Standing: String, Sendable, CaseIterable {
        /// It follows from one that the verifier trusts.
        case trusted
        /// No trusted certificates were given. Anybody may have made the time stamp.
        case unchecked
        /// It does not follow from any that was given. Anybody may have made the time stamp.
        case unknown
    }

    /// The checkpoint that was stamped.
    public let size: UInt64
    public let root: Digest
    /// When the authority saw it, by the authority's clock.
    public let time: Timestamp
    /// The name in the authority's certificate.
    public let authority: String
    public let standing: Standing
    /// The number of the time stamp, in hexadecimal, and the policy under which it was given.
    public let serial: String
    public let policy: String
    /// The SHA-256 of the token.
    public let digest: Digest

    init(_ verified: VerifiedTimestamp, of checkpoint: Checkpoint, standing: Standing) {
        let token = verified.token
        size = checkpoint.size
        root = checkpoint.root
        time = Timestamp(microseconds: token.microseconds)
        authority = verified.authority
        self.standing = standing
        serial = token.serial
        policy = token.policy
        digest = SHA256.digest(of: token.bytes)
    }

    /// By whom, and how far that is known: `by NAME, whose certificate was not checked`.
    public var attribution: String {
        switch standing {
        case .trusted: "by \(authority)"
        case .unchecked: "by \(authority), whose certificate was not checked"
        case .unknown: "by \(authority), whose certificate does not follow from one that you trust"
        }
    }

    /// The whole of it in a line.
    public var text: String {
        "the first \(size == 1 ? "entry was" : "\(size) entries were") time-stamped on \(time) \(attribution)"
    }

    /// `{"authority","certificate","policy","root","serial","sha256","size","time"}`.
    public var json: JSON {
        [
            "size": .integer(Int64(size)), "root": .string(root.base64URL), "time": .string(time.description),
            "authority": .string(authority), "certificate": .string(standing.rawValue), "serial": .string(serial),
            "policy": .string(policy), "sha256": .string(digest.hex),
        ]
    }
}

extension Checkpoint {
    /// What a time-stamping authority is shown of a checkpoint: the SHA-256 of its text, the lines that the log signs.
    ///
    /// The signatures are no part of it, so a time stamp holds whatever cosignatures are added. Anybody who has the
    /// checkpoint as a note computes the same of what stands before its blank line, the last newline included.
    public var timestampImprint: Digest { SHA256.digest(of: text) }
}

extension TimestampToken {
    /// This token as one of `checkpoint`. With `trusted`, one of an authority that none of these stands behind is
    /// `unknown`, not refused: like a signature by an unknown key, it shows nothing and takes nothing away.
    public func checked(
        of checkpoint: Checkpoint, trusting trusted: TrustedCertificates?
    ) throws(TimestampError) -> CheckedTimestamp {
        let imprint = checkpoint.timestampImprint
        guard let trusted else {
            return CheckedTimestamp(try verified(imprint: imprint), of: checkpoint, standing: .unchecked)
        }
        do throws(TimestampError) {
            let verified = try verified(imprint: imprint, trusting: trusted)
            return CheckedTimestamp(verified, of: checkpoint, standing: .trusted)
        } catch {
            guard case .authorityUnknown = error else { throw error }
            return CheckedTimestamp(try verified(imprint: imprint), of: checkpoint, standing: .unknown)
        }
    }
}
