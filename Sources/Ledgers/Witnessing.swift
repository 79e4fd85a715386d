import Decisions
public import Notes
import Storage

/// Whether witnesses outside a ledger confirmed its tree, by a policy. Only `witnessed` may be called so.
public enum Witnessing: Sendable, Equatable {
    /// Nobody has said who is to witness.
    case noPolicy
    /// There is a policy, and it cannot be used.
    case unusablePolicy(detail: String)
    /// The policy requires no witness.
    case notRequired
    /// The witnesses of a checkpoint that was asked about make the quorum.
    case witnessed(Witnessed)
    /// The quorum is not met. `best` are the right cosignatures of the checkpoint that has most of them.
    case missing(quorum: String, best: Witnessed?)

    /// What witnesses say of one checkpoint.
    public struct Witnessed: Sendable, Equatable {
        /// Entries of the checkpoint.
        public let size: UInt64
        public let statements: [WitnessStatement]
    }

    /// The right cosignatures that make the quorum; empty unless they do.
    public var statements: [WitnessStatement] {
        guard case .witnessed(let witnessed) = self else { return [] }
        return witnessed.statements
    }

    /// The size of the checkpoint that is witnessed; `nil` unless one is.
    public var size: UInt64? {
        guard case .witnessed(let witnessed) = self else { return nil }
        return witnessed.size
    }

    /// A name for machines.
    public var state: String {
        switch self {
        case .noPolicy: "no_policy"
        case .unusablePolicy: "policy_unusable"
        case .notRequired: "not_required"
        case .witnessed: "witnessed"
        case .missing: "not_witnessed"
        }
    }

    /// What may be said, in a sentence without its end.
    public var sentence: String {
        switch self {
        case .noPolicy: "no witness outside this ledger has confirmed the tree"
        case .unusablePolicy(let detail): "whether a witness confirmed the tree cannot be told: \(detail)"
        case .notRequired: "no witness outside this ledger is required by the policy, so none is relied on"
        case .witnessed(let witnessed):
            "the tree of \(witnessed.size) entries was witnessed by \(Self.list(witnessed.statements)), as the policy requires"
        case .missing(let quorum, let best):
            "not witnessed: the policy requires \(quorum), "
                + (best.map { "and only \(Self.list($0.statements)) cosigned the tree of \($0.size) entries" }
                    ?? "and none of them cosigned a tree that covers this")
        }
    }

    /// What may be said of a log of `size` entries: also how many of them came after the tree that was witnessed.
    public func sentence(of size: UInt64) -> String {
        guard case .witnessed(let witnessed) = self, witnessed.size < size else { return sentence }
        let count = size - witnessed.size
        return sentence + "; \(count == 1 ? "1 entry" : "\(count) entries") after it not yet"
    }

    private static func list(_ statements: [WitnessStatement]) -> String {
        statements.map { "\($0.name) at \($0.timeText)" }.joined(separator: ", ")
    }
}

extension WitnessStatement {
    /// The last second that a date of four digits has.
    private static let lastSecond: UInt64 = 253_402_300_799

    /// When the witness signed, as RFC 3339; a time beyond the year 9999 as its seconds.
    public var timeText: String { Self.timeText(time) }

    /// How a time in seconds since 1970 is written.
    public static func timeText(_ time: UInt64) -> String {
        guard time <= lastSecond else { return "second \(time)" }
        return String(Timestamp(microseconds: Int64(time) * 1_000_000).description.prefix(19)) + "Z"
    }
}

/// Looks for the checkpoint of a log that its witnesses cosigned.
struct WitnessSearch {
    let policy: Policy
    let origin: String
    let keys: KeyHistory
    let snapshot: any StoreSnapshot

    /// The first of `sizes` whose checkpoint meets the quorum and passes `accepts`.
    func run(
        _ sizes: some Sequence<UInt64>, accepts: (StoredCheckpoint) throws -> Bool
    ) throws -> Witnessing {
        guard let quorum = policy.quorumText else { return .notRequired }
        var best: Witnessing.Witnessed?
        for size in sizes {
            guard let stored = try snapshot.checkpoint(atMost: size), stored.size == size else { continue }
            let lines = try snapshot.signatures(of: size).compactMap(NoteSignature.init)
            let named = lines.compactMap { policy.witness(signing: $0)?.name }
            // Signatures are verified only where there could be something to say.
            guard named.count > best?.statements.count ?? 0 || policy.isSatisfied(by: named) else { continue }
            guard let trusted = trusted(stored, lines), try accepts(stored) else { continue }
            let found = Witnessing.Witnessed(size: size, statements: policy.statements(in: trusted))
            if policy.isSatisfied(by: found.statements.map(\.name)) { return .witnessed(found) }
            if found.statements.count > best?.statements.count ?? 0 { best = found }
        }
        return .missing(quorum: quorum, best: best)
    }

    /// When a stored checkpoint was cosigned by `witness`; `nil` where there is no right cosignature of it.
    func statement(of witness: Policy.Witness, size: UInt64) throws(StoreError) -> WitnessStatement? {
        guard let stored = try snapshot.checkpoint(atMost: size), stored.size == size else { return nil }
        let lines = try snapshot.signatures(of: size).compactMap(NoteSignature.init)
        guard let line = lines.first(where: { policy.witness(signing: $0)?.key == witness.key }) else { return nil }
        return trusted(stored, [line]).flatMap { policy.statements(in: $0).first }
    }

    /// The checkpoint with its cosignatures, or `nil` when a signature of a known key is wrong: then none of them counts.
    private func trusted(_ stored: StoredCheckpoint, _ lines: [NoteSignature]) -> TrustedCheckpoint? {
        let key = keys.key(ofSize: stored.size)
        let checkpoint = Checkpoint(origin: origin, size: stored.size, root: stored.root)
        let note = try? checkpoint.note(signature: stored.signature, keyID: key.keyID).adding(lines)
        return try? note?.trustedCheckpoint(by: [key] + policy.witnesses.map(\.key))
    }
}
