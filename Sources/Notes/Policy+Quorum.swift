/// A right cosignature by a witness of a policy.
public struct WitnessStatement: Hashable, Sendable {
    /// The name of the witness in the policy.
    public let name: Policy.Name
    public let key: VerifierKey
    /// When the witness signed, as it says: seconds since 1970.
    public let time: UInt64
}

extension Policy {
    /// What the witnesses of this policy say of a checkpoint, in the policy's order.
    public func statements(in checkpoint: TrustedCheckpoint) -> [WitnessStatement] {
        witnesses.compactMap { witness in
            checkpoint.cosignatures.first { $0.key == witness.key }.map {
                WitnessStatement(name: witness.name, key: witness.key, time: $0.time ?? 0)
            }
        }
    }

    /// The witness that signs as the key of this name and ID.
    public func witness(signing signature: NoteSignature) -> Witness? {
        witnesses.first { $0.key.keyID == signature.keyID && $0.key.name == signature.name }
    }

    /// What the quorum asks for, in words, such as `2 of X, Y, Z`; `nil` when it asks for nothing.
    public var quorumText: String? {
        guard let quorum else { return nil }
        guard let group = groups.first(where: { $0.name == quorum }) else { return "\(quorum)" }
        return text(of: group)
    }

    private func text(of group: Group) -> String {
        let members = group.members.map { name in
            groups.first { $0.name == name }.map { "(\(text(of: $0)))" } ?? "\(name)"
        }
        let list = members.joined(separator: ", ")
        if members.count == 1 { return list }
        switch group.threshold {
        case members.count: return "all of \(list)"
        case 1: return "any of \(list)"
        default: return "\(group.threshold) of \(list)"
        }
    }
}
