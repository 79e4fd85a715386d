/// The policy of a ledger as the one that continues it has it: the same witnesses, groups and quorum, and one more log key.
struct CarriedPolicy {
    private let old: PolicyFile
    private let new: PolicyFile

    /// The policy of the ledger in `old`, for the one in `new`.
    init(from old: LedgerFolder, to new: LedgerFolder) {
        self.old = PolicyFile(path: old.policy)
        self.new = PolicyFile(path: new.policy)
    }

    /// Writes it, naming the key of the new ledger. A policy that cannot be used stays where it is, and `remark` says so.
    func write(naming key: VerifierKey) throws(PolicyFile.Problem) {
        guard let document = try? document(naming: key) else { return }
        try new.write(document)
    }

    private func document(naming key: VerifierKey) throws -> PolicyDocument? {
        guard var document = try old.document() else { return nil }
        try document.add(log: key)
        return document
    }

    /// What is left to do once it was written: the witnesses know the old name alone. `nil` where there is nothing.
    func remark(key: VerifierKey) -> String? {
        do {
            if let policy = try new.policy() {
                let count = policy.witnesses.count
                guard count > 0 else { return nil }
                let (whose, who) = count == 1 ? ("its witness", "it does") : ("its \(count) witnesses", "they do")
                return
                    "the policy keeps \(whose) and names the new key; \(who) not know \(key.name) yet: their operators need the key above (--log) and must keep watching the old one"
            }
            _ = try document(naming: key)
            return nil
        } catch { return "the policy was not carried over: \(error); the old one is kept at \(old.path)" }
    }
}
