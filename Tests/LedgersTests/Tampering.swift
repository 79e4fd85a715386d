import Because
import Testing

/// One thing that somebody does to a ledger, and what its verification must say.
struct Tampering: Sendable, CustomTestStringConvertible {
    /// What is done, as a sentence.
    let what: String
    typealias Change = @Sendable (TamperedLedger) throws -> Void

    let change: Change
    /// The finding that names it.
    let code: String
    let entry: UInt64?
    /// What its message must hold.
    let says: String
    /// The codes of whatever else is found, and nothing more.
    let others: Set<String>

    init(
        _ what: String, _ code: String, at entry: UInt64?, says: String, and others: Set<String> = [],
        _ change: @escaping Change
    ) {
        self.what = what
        self.code = code
        self.entry = entry
        self.says = says
        self.others = others
        self.change = change
    }

    init(
        _ what: String, _ code: String, at entry: UInt64?, says: String, and others: Set<String> = [], sql: String
    ) {
        self.init(what, code, at: entry, says: says, and: others) { try $0.edit(sql) }
    }

    var testDescription: String { what }

    /// Does it to a copy of the ledger and holds the verification against what it must say.
    func check(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let ledger = try await TamperedLedger()
        try change(ledger)
        let report = try await ledger.verify()
        let named = report.findings.all.filter { $0.code == code && $0.entry == entry && $0.severity == .broken }
        #expect(
            named.contains { $0.message.contains(says) },
            "\(code) of \(entry.map(String.init) ?? "no entry"): \(named)",
            sourceLocation: sourceLocation)
        #expect(Set(report.findings.counts.keys) == others.union([code]), sourceLocation: sourceLocation)
        #expect(report.exitStatus == 2, sourceLocation: sourceLocation)
        #expect(report.json["exit_status"] == 2, sourceLocation: sourceLocation)
        #expect(report.text.contains("The evidence does not hold."), sourceLocation: sourceLocation)
    }
}
