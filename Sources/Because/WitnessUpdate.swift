public import Web

/// What came of asking the witnesses of a ledger to cosign its newest checkpoint.
public struct WitnessUpdate: Sendable {
    /// What one witness did.
    public enum Outcome: Sendable, Equatable {
        /// Its cosignature is right, and stored.
        case cosigned(NoteSignature, time: UInt64)
        /// The policy has no address for it.
        case notAsked
        /// It did not cosign, and says nothing against the ledger.
        case failed(String)
        case alarm(Alarm)
    }

    /// What a witness holds against the ledger.
    public enum Alarm: Sendable, Hashable {
        /// It saw more entries than there are.
        case rolledBack(here: UInt64, seen: UInt64)
        /// It saw another history of the same size.
        case forked(size: UInt64)
        /// It saw a history that the checkpoint does not continue.
        case inconsistent(from: UInt64, to: UInt64)
    }

    /// One witness and what it did.
    public struct Result: Sendable {
        public let witness: Policy.Witness
        public let outcome: Outcome
    }

    /// What the witnesses were asked to cosign.
    public let checkpoint: Checkpoint
    /// In the order of the policy.
    public let results: [Result]
    /// Whether the stored cosignatures of that checkpoint make the quorum.
    public let witnessing: Witnessing

    /// 2 when a witness holds something against the ledger, else 0 when the quorum is met, else 1.
    public var exitStatus: Int32 {
        let isAlarm = results.contains { if case .alarm = $0.outcome { true } else { false } }
        if isAlarm { return 2 }
        switch witnessing {
        case .witnessed, .notRequired: return 0
        case .missing, .noPolicy, .unusablePolicy: return 1
        }
    }

    /// One line for each witness, and one for all.
    public var text: String {
        let lines = results.map { "\($0.witness.name)  \($0.outcome.sentence(size: checkpoint.size))" }
        return (lines + [witnessing.sentence]).map { VisibleText.line($0) + "\n" }.joined()
    }

    public var json: JSON {
        [
            "format": "because-witness-update/1", "size": .integer(Int64(checkpoint.size)),
            "root": .string(checkpoint.root.base64URL), "exit_status": .integer(Int64(exitStatus)),
            "results": .array(
                results.map {
                    [
                        "name": .string("\($0.witness.name)"), "outcome": .string($0.outcome.name),
                        "sentence": .string($0.outcome.sentence(size: checkpoint.size)),
                    ]
                }),
            "witnesses": .array(witnessing.statements.map(\.json)), "witnessing": witnessing.json,
        ]
    }
}

extension WitnessUpdate.Outcome {
    /// A name for machines.
    var name: String {
        switch self {
        case .cosigned: "cosigned"
        case .notAsked: "not_asked"
        case .failed: "failed"
        case .alarm(.rolledBack): "rolled_back"
        case .alarm(.forked): "forked"
        case .alarm(.inconsistent): "inconsistent"
        }
    }

    func sentence(size: UInt64) -> String {
        switch self {
        case .cosigned(_, let time): "cosigned \(size) entries at \(WitnessStatement.timeText(time))"
        case .notAsked: "was not asked: the policy has no address for it"
        case .failed(let detail): "did not cosign: \(detail)"
        case .alarm(let alarm): "ALARM: \(alarm)"
        }
    }
}

extension WitnessUpdate.Alarm: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rolledBack(let here, let seen):
            "it saw \(seen) entries of this ledger, and there are \(here): the ledger was rolled back or replaced by an older copy"
        case .forked(let size): "it saw another history of \(size) entries: the ledger was forked"
        case .inconsistent(let from, let to):
            "the \(from) entries that it saw are not the beginning of the \(to) that are here: the ledger was rewritten or forked"
        }
    }
}

extension Ledger {
    /// Asks the witnesses of `policy`, or the one called `name`, to cosign the newest checkpoint, and stores what they sign.
    ///
    /// The checkpoint is kept for good. `transport` reaches the witnesses; `now` is in seconds since 1970; `pause` waits for seconds, when a witness asks for it.
    public func updateWitnesses(
        _ policy: Policy, only name: Policy.Name? = nil,
        transport: @escaping Transport = HTTPClient(byteLimit: SignedNote.maximumByteCount).transport,
        now: @escaping @Sendable () -> UInt64 = { UInt64(max(0, LedgerClock.system.now().microseconds / 1_000_000)) },
        pause: @escaping @Sendable (Int) async -> Void = { try? await Task.sleep(for: .seconds($0)) }
    ) async throws -> WitnessUpdate {
        let checkpoint = try await keepCheckpoint()
        let client = WitnessClient(transport: transport, now: now, pause: pause)
        let subject = try await subject(checkpoint)
        let witnesses = policy.witnesses.filter { name == nil || $0.name == name }
        let results = try await withThrowingTaskGroup(of: (Int, WitnessUpdate.Outcome).self) { group in
            for (index, witness) in witnesses.enumerated() {
                group.addTask {
                    let last = try await BlockingPool.run {
                        try self.read { try $0.lastStatement(of: witness, in: policy)?.size ?? 0 }
                    }
                    let outcome = await client.cosign(subject, by: witness, from: min(last, checkpoint.size))
                    if case .cosigned(let line, _) = outcome {
                        var attestation = Attestation(size: checkpoint.size, root: checkpoint.root)
                        attestation.signatures = [StoredSignature(line)]
                        try await self.attest(attestation)
                    }
                    return (index, outcome)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let witnessing = try await BlockingPool.run {
            try self.read { try $0.witnessing(ofCheckpoint: checkpoint.size, by: policy) }
        }
        return WitnessUpdate(
            checkpoint: checkpoint,
            results: witnesses.indices.compactMap { index in
                results[index].map { .init(witness: witnesses[index], outcome: $0) }
            }, witnessing: witnessing)
    }

    /// The checkpoint with the signatures of this log alone: what others signed is not the witness's to know.
    private func subject(_ checkpoint: Checkpoint) async throws -> WitnessClient.Subject {
        let note = try await BlockingPool.run {
            try self.read { view in
                guard let stored = try view.checkpoint(atMost: checkpoint.size), stored.size == checkpoint.size else {
                    throw LedgerError.headDoesNotHold(
                        detail: "the checkpoint of \(checkpoint.size) entries is not there")
                }
                let keys = view.keys.keys
                let note = try view.note(of: stored)
                return try SignedNote(
                    text: note.text,
                    signatures: note.signatures.filter { line in
                        keys.contains { $0.keyID == line.keyID && $0.name == line.name }
                    })
            }
        }
        return WitnessClient.Subject(
            checkpoint: checkpoint, note: note,
            proof: { size in
                try await BlockingPool.run { try self.read { try $0.consistencyProof(from: size, to: checkpoint) } }
            },
            currentSize: { try await BlockingPool.run { try self.read { $0.size } } })
    }
}
