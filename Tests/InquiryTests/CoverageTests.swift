import Because
import LedgerSamples
import Testing

/// How decisions use the sections of a specification.
struct CoverageTests {
    /// What two countings must agree on.
    private func counts(_ json: JSON) -> JSON {
        guard var object = json.object else { return json }
        object["from_index"] = nil
        return .object(object)
    }

    @Test(arguments: ["1", "2"])
    func `the index, the log and the decisions themselves give the same counts`(version: String) async throws {
        let corpus = try await Corpus.shared.value
        let ledger = try corpus.open()
        let registry = try ledger.read { $0.specifications.registry }
        let registration = try #require(registry.registration(id: "acme/rules", version: version))
        let coverage = try await ledger.coverage(of: registration)
        let scanned = try await ledger.coverage(of: registration, scan: true)
        #expect(coverage.isFromIndex && !scanned.isFromIndex && coverage.notes == [])
        #expect(counts(coverage.json) == counts(scanned.json) && coverage.csv.text == scanned.csv.text)
        for use in coverage.sections {
            for role in Decision.Principle.Role.allCases {
                let want = corpus.members.count { member in
                    member.citations.contains {
                        $0.version == version && $0.section == use.section.id && $0.role == role.rawValue
                    }
                }
                #expect(use.uses[role] == want, "\(use.section.id) \(role)")
            }
            #expect(use.uses.elsewhere == 0)
        }
        #expect(coverage.decisions == corpus.members.count)
        #expect(coverage.citing == corpus.members.count { $0.citations.contains { $0.version == version } })
        let other = version == "1" ? "2" : "1"
        #expect(coverage.citingOther[other] == corpus.members.count { $0.citations.contains { $0.version == other } })
        #expect(coverage.uncited.decisions == corpus.members.count { $0.citations.isEmpty })
        #expect(coverage.uncited.reasons.map(\.text) == ["nothing"])
        #expect(coverage.uncited.reasons[0].count == coverage.uncited.read)
    }

    private static let lines = [
        #"{"id":"a","outcome":"refuse","principles":[{"ref":"acme/rules#privacy","role":"applied"},{"ref":"acme/rules#privacy","role":"violated"},{"ref":"acme/rules#honesty","role":"not_applicable"},{"ref":"acme/rules#honesty","role":"overridden"}],"rationale_absent":"r"}"#,
        #"{"id":"b","outcome":"refuse","principles":[{"ref":"acme/rules#privacy","role":"applied"}],"rationale_absent":"r","alternatives":[{"label":"x","status":"rejected","by":["acme/rules#privacy","acme/rules#secrets"]}]}"#,
        #"{"id":"c","outcome":"refuse","none_cited":"too small","rationale_absent":"r"}"#,
        #"{"id":"d","outcome":"refuse","none_cited":"too small","rationale_absent":"r"}"#,
        #"{"id":"e","outcome":"refuse","none_cited":"no rule","rationale_absent":"r"}"#,
        #"{"id":"f","outcome":"refuse","unresolved":"accept","principles":[{"ref":"no/where#x","role":"applied"},{"ref":"acme/rules#privacy","role":"considered"},{"ref":"no/where#y","role":"applied"}],"rationale_absent":"r"}"#,
        #"{"id":"g","outcome":"refuse","unresolved":"accept","principles":[{"ref":"no/where#x","role":"applied"}],"rationale_absent":"r"}"#,
    ]

    @Test(arguments: [false, true])
    func `roles, places beside the principles, no principles and unresolved ones are told apart`(scan: Bool)
        async throws
    {
        let asking = try await Asking()
        for line in Self.lines { try await asking.record(line) }
        let registry = try asking.ledger.read { $0.specifications.registry }
        let coverage = try await asking.ledger.coverage(of: #require(registry.inForce("acme/rules")), scan: scan)
        let uses = Dictionary(uniqueKeysWithValues: coverage.sections.map { ($0.section.id, $0.uses) })
        #expect(
            uses["privacy"]?.byRole == [.applied: 2, .violated: 1, .considered: 1] && uses["privacy"]?.elsewhere == 0)
        #expect(uses["honesty"]?.byRole == [.notApplicable: 1, .overridden: 1])
        #expect(uses["secrets"]?.byRole == [:] && uses["secrets"]?.elsewhere == 1)
        #expect(!coverage.neverCited.isEmpty && !coverage.neverCited.map(\.id).contains("secrets"))
        #expect(coverage.decisions == 7 && coverage.citing == 3)
        #expect(coverage.uncited.decisions == 3 && coverage.uncited.reasons.map(\.count) == [2, 1])
        #expect(coverage.uncited.reasons.map(\.text) == ["too small", "no rule"])
        #expect(coverage.unresolved.decisions == 2 && coverage.unresolved.citations == 3)
    }

    @Test func `a reason that is gone is counted as gone`() async throws {
        let asking = try await Asking()
        let receipt = try await asking.record(Self.lines[2])
        try asking.removeSealed(of: receipt.number)
        let registry = try asking.ledger.read { $0.specifications.registry }
        let coverage = try await asking.ledger.coverage(of: #require(registry.inForce("acme/rules")))
        #expect(coverage.uncited.decisions == 1 && coverage.uncited.gone == 1 && coverage.uncited.reasons.isEmpty)
        #expect(coverage.text.contains("    1 for a reason that is gone\n"))
    }

    @Test func `a ledger without decisions has sections that nobody cited`() async throws {
        let asking = try await Asking()
        let registry = try asking.ledger.read { $0.specifications.registry }
        let coverage = try await asking.ledger.coverage(of: #require(registry.inForce("acme/rules")))
        #expect(coverage.neverCited.count == coverage.sections.count && coverage.decisions == 0)
        #expect(coverage.text.contains("0 of 0 decisions cite it\n"))
    }
}
