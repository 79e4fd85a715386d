import Glibc
import SQLiteStorage

/// The way on after a break: a new ledger under the next name, whose first entry says what of the old one is good and what is lost.
///
/// The old ledger is kept as it is, in the folder `previous` of the new one: it is evidence. Its specifications are registered
/// again, its contact goes on where it can be read, and its policy keeps who is trusted.
public struct Recovery: Sendable {
    private let folder: LedgerFolder
    private let places: LedgerPlaces

    /// Why nothing was done.
    public enum Problem: Error {
        /// The ledger holds, so there is nothing to recover from.
        case nothingBroken
        /// Nothing of the ledger can be read that says which it is.
        case unknownLedger(detail: String)
    }

    /// What was done.
    public struct Outcome: Sendable {
        public let continuation: Continuation
        public let origin: String
        public let key: VerifierKey
        /// Where the old ledger lies now.
        public let previous: String
        /// Specifications whose words were lost.
        public let lostSpecifications: [String]
        /// What is left to do about the witnesses of the ledger, or why its policy was not carried over.
        public let policyRemark: String?
    }

    public init(folder: String, places: LedgerPlaces = LedgerPlaces()) {
        self.folder = LedgerFolder(path: folder)
        self.places = places
    }

    /// The new ledger until it is complete.
    private var draft: LedgerFolder { LedgerFolder(path: folder.path + ".recovered") }

    /// Looks at the ledger, and continues it if something is broken.
    public func run(reason: String) async throws -> Outcome {
        if !folder.isThere, draft.previous.isThere {
            // An earlier recovery was cut short between its last two steps.
            try draft.replace(folder)
            return try finished()
        }
        let held = try hold()
        defer { held?.close() }
        let reader = try places.openStore(in: folder.path, for: .reading)
        defer { reader.close() }
        let report = try await BlockingPool.run {
            try LogVerification(of: reader, headPath: places.head(in: folder)).run()
        }
        let continuation = try continuation(report, reader)
        draft.discard()
        do {
            let made = try await make(continuation, reason, report.specifications.registry, reader)
            try exchange()
            return Outcome(
                continuation: continuation, origin: continuation.nextOrigin, key: made.key,
                previous: folder.previous.path, lostSpecifications: made.lost,
                policyRemark: CarriedPolicy(from: folder.previous, to: folder).remark(key: made.key))
        } catch {
            draft.discard()
            throw error
        }
    }

    private func finished() throws -> Outcome {
        let ledger = try Ledger.open(at: folder.path, for: .reading)
        guard let continuation = ledger.continuation else { throw Problem.nothingBroken }
        return Outcome(
            continuation: continuation, origin: ledger.origin, key: ledger.firstKey, previous: folder.previous.path,
            lostSpecifications: [],
            policyRemark: CarriedPolicy(from: folder.previous, to: folder).remark(key: ledger.firstKey))
    }

    /// Keeps other writers out. A database too damaged to be opened for writing has none.
    private func hold() throws -> SQLiteStore? {
        do {
            return try places.openStore(in: folder.path, for: .writing)
        } catch StoreError.damaged { return nil }
    }

    private func continuation(_ report: LogReport, _ store: SQLiteStore) throws -> Continuation {
        guard let keys = report.keys else {
            throw Problem.unknownLedger(detail: "entry 0 cannot be read, and the head file alone does not say enough")
        }
        let origin = keys.current.name.text
        let lastGood = try report.lastGood.map { stored in
            try Checkpoint(origin: origin, size: stored.size, root: stored.root)
                .note(signature: stored.signature, keyID: keys.key(ofSize: stored.size).keyID)
        }
        return Continuation(
            origin: origin, epoch: (report.continuation?.epoch ?? 0) + 1, what: try whatBroke(report),
            lastGood: lastGood, lost: lost(report))
    }

    private func whatBroke(_ report: LogReport) throws -> Continuation.Break {
        let codes = report.findings.counts
        let faults = report.findings.all.filter { $0.severity == .broken && $0.aspect == .integrity }
        // An entry at fault changes the roots as well, so it is looked for first.
        let wholes = ["rolled_back", "truncated", "head_foreign", "forked", "unsigned", "structure_changed"]
        if faults.contains(where: { !wholes.contains($0.code) }) { return .damaged }
        if codes["rolled_back"] != nil || codes["truncated"] != nil || codes["head_foreign"] != nil {
            return .rolledBack
        }
        if codes["forked"] != nil { return .forked }
        if !faults.isEmpty || report.findings.isBroken(.signatures) { return .damaged }
        guard let keys = report.keys else { return .damaged }
        let key = try? places.key.read(in: folder)
        if key?.verifierKey != keys.current { return .keyLost }
        throw Problem.nothingBroken
    }

    /// The checkpoint in the `head` file, where the entries do not have it.
    private func lost(_ report: LogReport) -> SignedNote? {
        let isLost = ["rolled_back", "forked", "head_foreign"].contains { report.findings.counts[$0] != nil }
        return isLost ? report.head?.note : nil
    }

    private func make(
        _ continuation: Continuation, _ reason: String, _ registry: Registry, _ old: SQLiteStore
    ) async throws -> (lost: [String], key: VerifierKey) {
        // The head that knows of the old ledger stays with it; the new one begins its own.
        let key: KeySource =
            if case .file(let path) = places.key { .file("\(path)-\(continuation.epoch + 1)") } else { .folder }
        let ledger = try await draft.makeLedger(
            origin: continuation.nextOrigin, places: LedgerPlaces(key: key, keyring: places.keyring),
            contact: contact(in: old),
            continuing: continuation, reason: reason)
        do {
            let lost = try await register(registry, from: old, in: ledger)
            try CarriedPolicy(from: folder, to: draft).write(naming: ledger.firstKey)
            await ledger.close()
            return (lost, ledger.firstKey)
        } catch {
            await ledger.close()
            throw error
        }
    }

    /// The contact that was in force, where what is left of the ledger proves it.
    private func contact(in old: SQLiteStore) -> Contact? {
        (try? Ledger.open(old, folder: folder.path, signing: nil).read { try $0.contact() })?.contact
    }

    /// Registers the specifications of the old ledger again, those in force as such.
    private func register(_ registry: Registry, from old: SQLiteStore, in ledger: Ledger) async throws -> [String] {
        var lost: [String] = []
        for registration in registry.registrations {
            let name = "\(registration.id)@\(registration.version)"
            let bytes = try await BlockingPool.run { try old.read { try $0.text(registration.digest) } }
            guard let bytes, SHA256.digest(of: bytes) == registration.digest else {
                lost.append(name)
                continue
            }
            let specification = try Specification(
                parsing: bytes, format: registration.format, id: registration.id, version: registration.version)
            let isInForce = registry.inForce(registration.id)?.version == registration.version
            _ = try await ledger.register(specification, isActive: isInForce)
        }
        return lost
    }

    /// Puts the new ledger in the place of the old one, and the old one into the new.
    private func exchange() throws {
        guard rename(folder.path, draft.previous.path) == 0 else {
            throw StoreError.io(detail: "\(folder.path): \(String(cString: strerror(errno)))")
        }
        // Nothing lies under the name of the ledger now. If it ends here, running the recovery again takes the last step.
        try draft.replace(folder)
    }
}

extension Recovery.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nothingBroken: "the ledger holds, so there is nothing to recover from"
        case .unknownLedger(let detail): "what is there does not say which ledger it is: \(detail)"
        }
    }

    public var hint: String {
        switch self {
        case .nothingBroken:
            "run because verify; recovery is for a ledger that was rolled back, forked or damaged, or lost its key"
        case .unknownLedger: "restore a backup beside it, and recover from that"
        }
    }
}
