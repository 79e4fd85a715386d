import SQLiteStorage

/// The full verification of a ledger's folder. It writes nothing.
public struct Verification: Sendable {
    public typealias Progress = @Sendable (_ what: String, _ done: UInt64, _ total: UInt64) -> Void

    private let folder: LedgerFolder
    private let places: LedgerPlaces
    private let key: VerifierKey?
    private let policy: Policy?
    private let authorities: TrustedCertificates?
    private let comparison: Comparison?
    /// Sizes whose roots are asked for.
    private var probes: Set<UInt64> = []
    private let progress: Progress?

    /// `key` is a key of the log that the auditor knows; without one, that of entry 0 is taken. `policy` is the auditor's;
    /// without one, that in the ledger's folder is taken. A policy that names a log of this origin says its key as well.
    /// `authorities` are the certificates that the auditor trusts for time stamps. Today's log must go on from `earlier`.
    /// Of `places` the head and the key ring count; without the latter, encrypted values are not checked.
    public init(
        folder: String, key: VerifierKey? = nil, places: LedgerPlaces = LedgerPlaces(),
        against earlier: EarlierEvidence? = nil, policy: Policy? = nil, authorities: TrustedCertificates? = nil,
        progress: Progress? = nil
    ) {
        self.folder = LedgerFolder(path: folder)
        self.places = places
        self.key = key
        self.policy = policy
        self.authorities = authorities
        comparison = earlier.map { Comparison(evidence: $0) }
        self.progress = progress
    }

    /// Verifies the log, then the index. Damage is a finding; it throws when there is nothing that could be read.
    public func run() async throws -> VerificationReport {
        try await BlockingPool.run { try verify() }
    }

    private func verify() throws -> VerificationReport {
        do {
            let store = try places.openStore(in: folder.path, for: .reading)
            defer { store.close() }
            return try verify(store)
        } catch let error as StoreError {
            guard case .damaged(let detail) = error else { throw error }
            return VerificationReport(unreadable: detail)
        }
    }

    private func verify(_ store: SQLiteStore) throws -> VerificationReport {
        // Without its first entry a ledger cannot be opened; then there is no index to compare, and no key but the auditor's.
        let ledger = try? Ledger.open(store, folder: folder.path, signing: nil)
        let own = policy.map(WitnessPolicy.present) ?? PolicyFile(ofLedgerIn: folder.path).witnessPolicy
        let log = try LogVerification(
            of: store, trustedKey: key ?? logKey(ledger), policy: own.policy, headPath: places.head(in: folder),
            probes: probes.union(comparison?.evidence.sizes ?? []), authorities: authorities
        ) { progress?("log", $0, $1) }.run()
        let before = try log.continuation.map { try previous($0) }
        let given = [key].compactMap(\.self) + (policy?.logs.map(\.key) ?? [])
        var report = VerificationReport(
            log: log, index: index(ledger), policy: own, before: before?.ledgers ?? [],
            earlier: comparison?.findings(log, before: before?.ledgers ?? [], given: given))
        if let before { report.add(before.findings) }
        return report
    }

    /// The report, or `nil` where what lies there is no ledger of any kind.
    private func verifyIfStore() throws -> VerificationReport? {
        do { return try verify() } catch StoreError.notAStore { return nil }
    }

    /// The break that entry 0 declares, and the ledgers before it as far as they are there, the last one first.
    private func previous(_ continuation: Continuation) throws -> (findings: Findings, ledgers: [Predecessor]) {
        var findings = Findings()
        func found(_ standing: Predecessor.Standing, _ before: [Predecessor] = []) -> (Findings, [Predecessor]) {
            (findings, [Predecessor(continuation: continuation, standing: standing)] + before)
        }
        findings.add(
            Finding(
                .integrity, entry: 0, "declared_break", "entry 0 declares a break: \(continuation.sentence)",
                severity: .notice))
        guard folder.previous.hasLog else {
            findings.add(
                Finding(
                    .integrity, "previous_missing",
                    "\(continuation.origin) is not in the folder `previous`, so its \(continuation.goodSize) entries were not verified",
                    severity: .notice))
            return found(.absent)
        }
        var verification = Verification(
            folder: folder.previous.path, places: LedgerPlaces(keyring: places.keyring), progress: progress)
        verification.probes = probes.union(comparison?.evidence.sizes ?? []).union([continuation.goodSize])
        guard let report = try verification.verifyIfStore(), report.isContinued(by: continuation), let log = report.log
        else {
            findings.add(
                Finding(
                    .integrity, "previous_differs",
                    "the ledger in `previous` is not the one whose \(continuation.goodSize) entries entry 0 says are good: it was changed or replaced since"
                ))
            return found(.different)
        }
        let declared = report.findings.all.count { $0.severity == .broken }
        if declared > 0 {
            findings.add(
                Finding(
                    .integrity, "previous_broken",
                    "\(continuation.origin) has \(declared == 1 ? "a finding" : "\(declared) findings") that the break declares; because verify --ledger \(folder.previous.path) lists them",
                    severity: .notice))
        }
        return found(.there(log), report.before)
    }

    /// The key that the auditor's policy trusts for the log.
    private func logKey(_ ledger: Ledger?) -> VerifierKey? {
        let logs = policy?.logs.map(\.key) ?? []
        guard let ledger else { return logs.count == 1 ? logs[0] : nil }
        let known = (try? ledger.read { $0.keys.keys }) ?? [ledger.firstKey]
        // A policy of other keys alone trusts none of this ledger's, and that is to be seen.
        return logs.first(where: known.contains) ?? logs.first { $0.name == ledger.firstKey.name } ?? logs.first
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
