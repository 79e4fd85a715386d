public import Notes

/// What whoever checks evidence trusts: keys of logs, and a policy that says how many witnesses must agree.
public struct Trust: Sendable {
    /// Keys of logs.
    public let logs: [VerifierKey]
    public let policy: Policy?

    /// Trust in keys of logs, and in a policy where there is one. The keys count besides those of the policy.
    public init(logs: [VerifierKey] = [], policy: Policy? = nil) {
        self.logs = logs + (policy?.logs.map(\.key) ?? []).filter { !logs.contains($0) }
        self.policy = policy
    }

    var witnesses: [VerifierKey] { policy?.witnesses.map(\.key) ?? [] }

    /// The keys that bear the name of `origin`, for a checkpoint of that log.
    func logs(of origin: String) throws(EvidenceError) -> [VerifierKey] {
        let named = logs.filter { $0.kind == .note && $0.name.isSame(as: origin) }
        guard !named.isEmpty else { throw .otherLog(got: origin, want: logs.map(\.name.text)) }
        return named
    }

    /// What the policy says of a checkpoint.
    func witnessing(_ checkpoint: TrustedCheckpoint) -> PolicyWitnessing {
        guard let policy else { return .notAsked }
        let witnesses = policy.witnesses.compactMap { witness in
            checkpoint.cosignatures.first { $0.key == witness.key }.map {
                PolicyWitnessing.Cosigner(name: witness.name, key: witness.key, time: $0.time ?? 0)
            }
        }
        guard let quorum = policy.quorum else { return .notRequired(witnesses) }
        return policy.isSatisfied(by: witnesses.map(\.name)) ? .met(quorum, witnesses) : .notMet(quorum, witnesses)
    }
}

/// Whether witnesses confirmed a checkpoint, as a policy judges it.
public enum PolicyWitnessing: Sendable, Equatable {
    /// There is no policy, so no cosignature was looked at.
    case notAsked
    /// The policy requires no witness; these cosigned all the same.
    case notRequired([Cosigner])
    case met(Policy.Name, [Cosigner])
    /// The cosignatures, of which there may be some, do not make the quorum: the checkpoint is not witnessed.
    case notMet(Policy.Name, [Cosigner])

    /// A witness of the policy whose cosignature is right.
    public struct Cosigner: Sendable, Equatable {
        /// Its name in the policy.
        public let name: Policy.Name
        public let key: VerifierKey
        /// When it saw the checkpoint as the newest, as it says: seconds since 1970.
        public let time: UInt64
    }

    /// The witnesses that cosigned.
    public var cosigners: [Cosigner] {
        switch self {
        case .notAsked: []
        case .notRequired(let cosigners), .met(_, let cosigners), .notMet(_, let cosigners): cosigners
        }
    }
}
