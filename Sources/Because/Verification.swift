import SQLiteStorage

/// The full verification of a ledger's folder. It writes nothing.
public struct Verification: Sendable {
    public typealias Progress = @Sendable (_ what: String, _ done: UInt64, _ total: UInt64) -> Void

    private let folder: String
    private let key: VerifierKey?
    private let authorities: TrustedCertificates?
    private let progress: Progress?

    /// `key` is the key that the auditor knows; without one, that of entry 0 is taken. `authorities` are the certificates
    /// that the auditor trusts for time stamps.
    public init(
        folder: String, key: VerifierKey? = nil, authorities: TrustedCertificates? = nil, progress: Progress? = nil
    ) {
        self.folder = folder
        self.key = key
        self.authorities = authorities
        self.progress = progress
    }

    /// Verifies the log, then the index. Damage is a finding; it throws when there is nothing that could be read.
    public func run() async throws -> VerificationReport {
        try await BlockingPool.run { try verify() }
    }

    private func verify() throws -> VerificationReport {
        do {
            let store = try SQLiteStore.open(in: folder, for: .reading)
            defer { store.close() }
            return try verify(store)
        } catch let error as StoreError {
            guard case .damaged(let detail) = error else { throw error }
            return VerificationReport(unreadable: detail)
        }
    }

    private func verify(_ store: SQLiteStore) throws -> VerificationReport {
        // Without its first entry a ledger cannot be opened; then there is no index to compare, and no key but the auditor's.
        let ledger = try? Ledger.open(store, folder: folder, signing: nil)
        let log = try LogVerification(
            of: store, trustedKey: key, headPath: LedgerFolder(path: folder).head, authorities: authorities
        ) {
            progress?("log", $0, $1)
        }.run()
        return VerificationReport(log: log, index: index(ledger))
    }

    private func index(_ ledger: Ledger?) -> Findings {
        var findings = Findings()
        guard let ledger else {
            findings.add(
                Finding(.index, "index_unchecked", "the index was not compared, because entry 0 cannot be read"))
            return findings
        }
        do { return try ledger.index.verify { progress?("index", $0, $1) } } catch {
            findings.add(
                Finding(
                    .index, "index_unchecked", "the index was not compared, because the log does not hold: \(error)"))
            return findings
        }
    }
}
