/// Which logs and witnesses are trusted, and how many witnesses must have cosigned (C2SP tlog-policy).
public struct Policy: Hashable, Sendable {
    /// The name of a witness or group inside a policy: any bytes, which need not be UTF-8.
    public struct Name: Hashable, Sendable {
        public let bytes: [UInt8]

        /// The name with these bytes.
        public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

        /// The name with the UTF-8 of `text`.
        public init(_ text: String) { self.init(text.utf8) }
    }

    /// A log, whose key bears the name of its origin.
    public struct Log: Hashable, Sendable {
        public let key: VerifierKey
        public let url: String?
    }

    /// A witness, known inside the policy by its name there.
    public struct Witness: Hashable, Sendable {
        public let name: Name
        public let key: VerifierKey
        public let url: String?
    }

    /// A group, which witnesses a checkpoint when at least `threshold` of its members do.
    public struct Group: Hashable, Sendable {
        public let name: Name
        public let threshold: Int
        /// Witnesses and earlier groups; each is a member of one group at most.
        public let members: [Name]
    }

    public internal(set) var logs: [Log] = []
    public internal(set) var witnesses: [Witness] = []
    /// In the order of definition, so members of a group come before it.
    public internal(set) var groups: [Group] = []
    /// The witness or group that must have witnessed a checkpoint, or `nil` when none needs to.
    public internal(set) var quorum: Name?

    init() {}

    /// Whether cosignatures by these witnesses are enough.
    public func isSatisfied(by cosigners: some Sequence<Name>) -> Bool {
        guard let quorum else { return true }
        // Only witnesses can cosign; a caller that names a group says nothing about its members.
        var witnessing = Set(cosigners).intersection(witnesses.map(\.name))
        for group in groups where group.members.count(where: witnessing.contains) >= group.threshold {
            witnessing.insert(group.name)
        }
        return witnessing.contains(quorum)
    }

    /// The checkpoint in `note`, when one of the logs signed it and its cosignatures make the quorum.
    ///
    /// `logs` are accepted besides those of the policy, for a policy that leaves them to the application.
    public func evaluate(_ note: SignedNote, logs further: [VerifierKey] = []) throws(NoteError) -> TrustedCheckpoint {
        let trusted = try note.trustedCheckpoint(by: logs.map(\.key) + further + witnesses.map(\.key))
        let cosigners = cosigners(of: trusted)
        guard isSatisfied(by: cosigners) else { throw .quorumNotMet(cosigners: cosigners) }
        return trusted
    }

    /// The witnesses of the policy that cosigned a checkpoint.
    public func cosigners(of checkpoint: TrustedCheckpoint) -> [Name] {
        let keys = Set(checkpoint.cosignatures.map(\.key))
        return witnesses.filter { keys.contains($0.key) }.map(\.name)
    }
}

extension Policy.Name: CustomStringConvertible {
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
