import Glibc

/// A change of the signing key of a ledger, with the file that the new key lies in.
///
/// The new key is written aside, the entry that announces it is committed, and then the file takes the place of the old one.
/// A change that is cut short between the last two is finished when the ledger is opened again.
public struct KeyRotation: Sendable {
    private let ledger: Ledger
    private let source: KeySource
    private let newFile: String?

    /// `newFile` is where the new key is to lie; needed where the present one does not come from a file.
    public init(of ledger: Ledger, from source: KeySource, newFile: String? = nil) {
        self.ledger = ledger
        self.source = source
        self.newFile = newFile
    }

    /// Makes a key and puts it in force. With `isRevocation` the entry says that the key until now is not to be trusted any more.
    ///
    /// The `remark` says what is left to do where the ledger has a policy: witnesses need the new key as well.
    public func run(
        isRevocation: Bool = false, reason: String? = nil
    ) async throws -> (key: VerifierKey, receipt: Receipt, remark: String?) {
        try await ledger.whileChangingKey {
            let (key, receipt) = try await change(isRevocation, reason)
            return (key, receipt, addToPolicy(key))
        }
    }

    /// Names the key in the ledger's policy. The key has changed by now, so what goes wrong here is said and no error.
    private func addToPolicy(_ key: VerifierKey) -> String? {
        guard let folder = ledger.folder else { return nil }
        let file = PolicyFile(ofLedgerIn: folder)
        do {
            guard var document = try file.document() else { return nil }
            try document.add(log: key)
            try file.write(document)
            return document.policy.witnesses.isEmpty
                ? nil : "the policy names the new key; the witnesses need it too before they cosign again"
        } catch { return "the policy does not name the new key yet: \(error)" }
    }

    private func change(_ isRevocation: Bool, _ reason: String?) async throws -> (key: VerifierKey, receipt: Receipt) {
        guard let folder = ledger.folder else { preconditionFailure("a ledger opened from a folder has one") }
        let successor = try SigningKey.generate(name: ledger.origin, randomness: .system)
        if let newFile {
            try KeyFile.create(successor, at: newFile)
            LedgerFolder(path: newFile).syncParent()
            let receipt = try await ledger.rotateKey(to: successor, isRevocation: isRevocation, reason: reason)
            return (successor.verifierKey, receipt)
        }
        guard let path = source.path(in: LedgerFolder(path: folder)) else {
            throw LedgerError.key(
                path: "that was given", detail: "it does not come from a file, so say where the new one is to lie")
        }
        let aside = LedgerFolder.successor(of: path)
        // What lies there belongs to a change that was never committed: opening the ledger would have finished it.
        unlink(aside)
        try KeyFile.create(successor, at: aside)
        LedgerFolder(path: aside).syncParent()
        // Both keys are on the disk. From the commit on the ledger knows the new one, and opening finds it aside.
        let receipt = try await ledger.rotateKey(to: successor, isRevocation: isRevocation, reason: reason)
        try LedgerFolder.putSuccessorInPlace(of: path)
        return (successor.verifierKey, receipt)
    }
}
