import Because
import LedgerSamples
import Testing

/// History that was rewritten so that links, hashes and tiles fit again.
struct RechainTests {
    /// The outcome of a decision, changed.
    private static func change(_ entry: inout [UInt8]) throws {
        try replace(#""outcome":"clarify""#, with: #""outcome":"abstain""#, in: &entry)
    }

    private static func rewriting(
        from number: UInt64, _ checkpoints: Forgery.Checkpoints, keepsTiles: Bool = false
    ) -> @Sendable (TamperedLedger) throws -> Void {
        { try Forgery(ledger: $0).rewrite(from: number, checkpoints, keepsTiles: keepsTiles, change) }
    }

    /// Entry 0 names another key, which signs everything.
    private static func takeOver(_ ledger: TamperedLedger) throws {
        try Forgery(ledger: ledger).rewrite(from: 0, .signed(by: Sample.attackersKey)) {
            try replace(Sample.key.verifierKey.text, with: Sample.attackersKey.verifierKey.text, in: &$0)
        }
    }

    static let withoutKey = [
        Tampering(
            "the signed checkpoints stay", "rechained", at: 0,
            says: "from an entry between 0 and 251 on the links hold and the signed roots do not",
            and: ["root_differs", "forked", "index_unchecked"], rewriting(from: 105, .untouched)),
        Tampering(
            "the signed checkpoints stay, and some of them hold", "rechained", at: 502,
            says: "from an entry between 502 and 559 on the links hold and the signed roots do not",
            and: ["root_differs", "forked", "index_unchecked"], rewriting(from: 545, .untouched)),
        Tampering(
            "the last entry alone", "rechained", at: 502, says: "the entries were rewritten and chained again",
            and: ["root_differs", "forked", "index_unchecked"], rewriting(from: 555, .untouched)),
        Tampering(
            "the tiles stay", "rechained", at: 105, says: "from entry 105 on the links hold",
            and: ["entry_changed", "root_differs", "forked", "index_unchecked"],
            rewriting(from: 105, .untouched, keepsTiles: true)),
        Tampering(
            "the checkpoints get the new roots", "unvouched", at: 0,
            says: "covers entries 0 to 559: they were rewritten and chained again without the key",
            and: ["signature_wrong", "forked", "index_unchecked"], rewriting(from: 105, .withOldSignatures)),
        Tampering(
            "the newest checkpoint gets the new root", "unvouched", at: 502, says: "covers entries 502 to 559",
            and: ["signature_wrong", "forked", "index_unchecked"], rewriting(from: 545, .withOldSignatures)),
        Tampering(
            "another key signs", "unvouched", at: 0, says: "without the key",
            and: ["signature_wrong", "forked", "index_unchecked"],
            rewriting(from: 105, .signed(by: Sample.attackersKey))),
        Tampering(
            "the checkpoints are removed", "checkpoint_missing", at: nil, says: "no checkpoint was stored",
            and: ["forked", "index_unchecked"], rewriting(from: 105, .removed)),
        Tampering(
            "the newest checkpoint is removed", "unsigned", at: 502, says: "the newest checkpoint is for 502 entries",
            and: ["forked", "index_unchecked"], rewriting(from: 545, .removed)),
    ]

    static let withKey = [
        Tampering(
            "the ledger's own key signs", "forked", at: 559, says: "the head file knows another history of 560 entries",
            and: ["index_unusable"], rewriting(from: 105, .signed(by: Sample.key))),
        Tampering(
            "entry 0 names another key, which signs", "head_foreign", at: nil,
            says: "or was replaced by one of another key", and: ["index_unusable"], takeOver),
    ]

    @Test(arguments: withoutKey) func `entries chained again without the key are told`(_ tampering: Tampering)
        async throws
    {
        try await tampering.check()
    }

    @Test(arguments: withKey) func `entries chained again and signed are told by the head file`(
        _ tampering: Tampering
    ) async throws {
        try await tampering.check()
    }

    @Test func `what the ledger's own files cannot tell, the key that the auditor knows tells`() async throws {
        let ledger = try await TamperedLedger()
        try Self.takeOver(ledger)
        for name in ["head", "index.sqlite"] { try ledger.folder.remove(name) }
        let report = try await ledger.verify()
        // Nothing is left to tell it from, and that is said.
        #expect(report.exitStatus == 0)
        #expect(report.findings.all.map(\.code) == ["head_absent", "index_absent"])
        #expect(report.findings.all.allSatisfy { $0.severity == .notice })
        let audited = try await ledger.verify(key: Sample.key.verifierKey)
        #expect(audited.exitStatus == 2)
        #expect(
            Set(audited.findings.counts.keys) == [
                "key_differs", "signature_wrong", "unvouched", "head_absent", "index_absent",
            ])
        #expect(audited.findings.of(.signatures).contains { $0.code == "key_differs" && $0.entry == 0 })
    }
}
