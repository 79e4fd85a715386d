import Because
import LedgerSamples
import Testing

/// A ledger with a decision in which every field has a canary, and with every kind of record that refers to it.
struct CanaryLedger {
    let asking: Asking
    let canaries: Canaries

    static let subject = "the person itself"

    init() async throws {
        let asking = try await Asking()
        var canaries = Canaries()
        func record(_ json: JSON) async throws {
            _ = try await asking.ledger.record([Submission(checking: json)])[0].get()
        }
        let attempt = RecordType.all.first { $0.name == "attempt" }
        try await record(canaries.record(try #require(attempt), "attempt", fixed: ["id": "t-1", "decision": "d-1"]))
        try await record(Self.decision(&canaries))
        for (type, label, fixed, without) in Self.facts {
            let type = try #require(RecordType.named(type))
            try await record(canaries.record(type, label, fixed: fixed, without: without))
        }
        for (id, subject) in [("same", Self.subject), ("other", "somebody else"), ("nobody", nil)] {
            var fixed: JSONObject = [
                "id": .string(id), "links": [["rel": "caused_by", "id": "d-1"]], "principles": [],
            ]
            fixed["subject"] = subject.map(JSON.string)
            let without: Set = ["rationale_absent", "subject"]
            try await record(
                canaries.record(
                    .decision, id, fixed: fixed, without: subject == nil ? without : ["rationale_absent"]))
        }
        (self.asking, self.canaries) = (asking, canaries)
    }

    func explanation(_ id: String = "d-1") throws -> Explanation { try asking.ledger.index.explain(id) }

    /// With an input of the person itself, and one of every other role and origin.
    private static func decision(_ canaries: inout Canaries) -> JSON {
        var inputs = [canaries.item("inputs", 0, fixed: ["role": "user", "of_subject": true])]
        for role in Decision.Input.Role.allCases.map(\.rawValue) {
            // What a user or a feature says of others is not the person's own, and what is the application's never is.
            let isOfSubject = JSON.bool(!["user", "feature"].contains(role))
            inputs.append(
                canaries.item("inputs", inputs.count, fixed: ["role": .string(role), "of_subject": isOfSubject]))
        }
        inputs.append(canaries.item("inputs", inputs.count, fixed: ["role": "user"], without: ["of_subject"]))
        inputs.append(canaries.item("inputs", inputs.count, fixed: ["role": "feature", "of_subject": true]))
        let known: JSON = "acme/rules#privacy"
        let fixed: JSONObject = [
            "id": "d-1", "subject": .string(subject), "unresolved": "accept", "inputs": .array(inputs),
            "principles": [["ref": known, "role": "applied"], canaries.item("principles", 1)],
            "alternatives": [
                canaries.item("alternatives", 0, fixed: ["by": [known]]), canaries.item("alternatives", 1),
            ],
            "conflicts": [
                canaries.item("conflicts", 0, fixed: ["between": ["message:user", known], "winner": known]),
                canaries.item("conflicts", 1),
            ],
        ]
        return canaries.record(.decision, "", fixed: fixed, without: ["none_cited", "rationale_absent"])
    }

    private typealias Fact = (type: String, label: String, fixed: JSONObject, without: Set<String>)

    private static func about(
        _ type: String, _ label: String, _ id: String, _ fixed: JSONObject, without: Set<String> = []
    ) -> Fact {
        var fixed = fixed
        fixed["id"] = .string(id)
        fixed["decision"] = "d-1"
        return (type, label, fixed, without)
    }

    /// Every field of every type stands in one of these.
    private static var facts: [Fact] { actions + appeals + others + producers }

    private static let actions: [Fact] = [
        about("action", "action first", "a-1", ["phase": "observed"], without: ["action"]),
        about("action", "action", "a-2", ["phase": "observed", "action": "a-1"]),
        about(
            "oversight", "oversight requested", "o-1", ["phase": "requested"],
            without: ["act", "request", "seconds_open"]),
        about(
            "oversight", "oversight given", "o-2", ["phase": "given", "request": "o-1"],
            without: ["deadline", "default"]),
        about("outcome", "outcome", "u-1", [:]),
    ]

    private static let appeals: [Fact] = [
        about(
            "appeal", "appeal opened", "x-1", ["phase": "opened", "by": "subject"],
            without: ["appeal", "result", "decided_by"]),
        about(
            "appeal", "appeal of others", "x-2", ["phase": "opened", "by": "authority"],
            without: ["appeal", "result", "decided_by"]),
        about(
            "appeal", "appeal decided", "x-3", ["phase": "decided", "appeal": "x-1"], without: ["grounds", "deadline"]),
    ]

    private static let others: [Fact] = [
        about("correction", "correction shown", "c-1", ["field": "summary"]),
        about("correction", "correction own input", "c-2", ["field": "inputs.0.text"]),
        about("correction", "correction hidden", "c-3", ["field": "inputs.1.text"]),
        about("correction", "correction of an object", "c-4", ["field": "inputs.1"]),
        about("correction", "correction of nothing", "c-5", ["field": "inputs.99.text"]),
        about("explanation", "explanation own", "e-1", ["audience": "subject"]),
        about("explanation", "explanation of others", "e-2", ["audience": "authority"]),
        about("incident", "incident opened", "i-1", ["phase": "opened"], without: ["incident", "authority"]),
        about("incident", "incident reported", "i-2", ["phase": "reported", "incident": "i-1"]),
    ]

    private static let producers: [Fact] = {
        let absent: [(event: String, without: Set<String>)] = [
            ("open", ["count", "first", "last", "lost"]),
            ("heartbeat", ["previous_epoch", "previous_count", "first", "last", "lost"]),
            ("gap", ["previous_epoch", "previous_count", "count", "lost"]),
            ("loss", ["previous_epoch", "previous_count", "count", "first", "last"]),
        ]
        return absent.map { event, without in
            let links: JSON = [["rel": "observes", "id": "d-1"]]
            let fixed: JSONObject = ["id": .string("p-\(event)"), "event": .string(event), "links": links]
            return ("producer", "producer \(event)", fixed, without)
        }
    }()
}
