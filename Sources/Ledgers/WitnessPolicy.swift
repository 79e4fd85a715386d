public import Notes

/// The policy by which the witnesses of a ledger are judged, as far as there is one.
public enum WitnessPolicy: Sendable {
    case absent
    /// There is one, and it cannot be read.
    case unusable(detail: String)
    case present(Policy)

    /// The policy, where it can be used.
    public var policy: Policy? {
        guard case .present(let policy) = self else { return nil }
        return policy
    }

    /// Whether entry `number` is in a tree that the witnesses confirmed.
    public func witnessing(of number: UInt64, in view: LedgerView) throws(LedgerError) -> Witnessing {
        switch self {
        case .absent: .noPolicy
        case .unusable(let detail): .unusablePolicy(detail: detail)
        case .present(let policy): try view.witnessing(of: number, by: policy)
        }
    }

    /// The newest tree that the witnesses confirmed.
    public func witnessing(in view: LedgerView) throws(LedgerError) -> Witnessing {
        switch self {
        case .absent: .noPolicy
        case .unusable(let detail): .unusablePolicy(detail: detail)
        case .present(let policy): try view.witnessing(by: policy)
        }
    }
}
