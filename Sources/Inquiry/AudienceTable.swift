import Decisions

/// From which audience on each field of each type of record is shown: the table of schema/AUDIENCES.md.
///
/// A field that is not here is for auditors alone, so that nobody sees a new one by oversight.
enum AudienceTable {
    /// By the type of record, then by the path of the field.
    static let tables: [String: [String: Permission]] = [
        EntryType.decision: decision, "attempt": attempt, "action": action, "oversight": oversight,
        "outcome": outcome, "appeal": appeal, "correction": correction, "explanation": explanation,
        "incident": incident, "producer": producer,
    ]

    private typealias Table = [String: Permission]

    /// What every record has. Ids of runs and requests, and what applications put beside a record, are the operator's.
    private static let shared: Table = [
        "id": .subject, "type": .subject, "occurred": .subject, "session": .operator, "trace": .operator,
        "span": .operator, "links[].rel": .operator, "links[].id": .operator, "notes": .operator, "context": .operator,
        "producer.id": .operator, "producer.version": .operator, "producer.epoch": .operator,
        "producer.seq": .operator,
    ]

    private static let ofDecision: Table = ["decision": .subject]

    private static let decision = joined(
        shared,
        [
            "kind": .subject, "outcome": .subject, "summary": .subject,
            "principles[].ref": .subject(where: .registered), "principles[].role": .subject,
            "principles[].timing": .subject, "none_cited": .subject, "rationale.text": .subject,
            "rationale.source": .subject, "rationale.timing": .subject, "rationale.method": .subject,
            "rationale_absent": .subject, "alternatives[].label": .subject, "alternatives[].status": .subject,
            "alternatives[].by": .subject(where: .registered), "alternatives[].reason": .subject,
            "alternatives_complete": .subject, "conflicts[].between": .subject(where: .registered),
            "conflicts[].rule": .subject, "conflicts[].winner": .subject(where: .registered),
            "conflicts[].note": .operator, "confidence.value": .subject, "confidence.kind": .subject,
            "inputs[].name": .subject(where: .ownInput), "inputs[].role": .subject,
            "inputs[].text": .subject(where: .ownInput), "inputs[].digest": .subject(where: .ownInput),
            "inputs[].media": .subject(where: .ownInput), "inputs[].bytes": .subject(where: .ownInput),
            "inputs[].trusted": .subject(where: .ownInput), "inputs[].as_of": .subject(where: .ownInput),
            "inputs[].of_subject": .subject, "output.text": .subject, "output.digest": .subject,
            "output.media": .subject, "output.bytes": .subject, "model.provider": .subject,
            "model.requested": .subject, "model.served": .subject, "model.fingerprint": .operator,
            "prompt.name": .operator, "prompt.version": .operator, "prompt.digest": .operator, "tools": .operator,
            "retention": .operator, "subject": .auditor, "role_of_ai": .subject, "effective": .subject,
            "unresolved": .subject,
        ])

    private static let attempt = joined(shared, ofDecision, ["kind": .subject, "summary": .subject])

    private static let action = joined(
        shared, ofDecision,
        [
            "phase": .subject, "action": .subject, "status": .subject, "tool": .operator, "effect": .subject,
            "reversibility": .subject, "reversible_until": .subject, "agrees": .subject, "summary": .subject,
            "arguments": .operator, "arguments_digest": .operator, "recipient": .operator, "cost": .operator,
            "evidence": .operator, "evidence_digest": .operator, "reason": .subject,
        ])

    private static let oversight = joined(
        shared, ofDecision,
        [
            "phase": .subject, "request": .subject, "act": .subject, "deadline": .subject, "default": .subject,
            "role": .subject, "seconds_open": .auditor, "shown": .operator, "person": .auditor, "reason": .subject,
        ])

    private static let outcome = joined(
        shared, ofDecision,
        [
            "result": .subject, "source": .subject, "measure": .operator, "value": .operator, "summary": .subject,
            "evidence_digest": .operator,
        ])

    private static let appeal = joined(
        shared, ofDecision,
        [
            "phase": .subject, "appeal": .subject, "by": .subject, "channel": .subject, "deadline": .subject,
            "result": .subject, "decided_by": .subject,
            "grounds": .subject(where: .beside("by", ["subject", "representative"])), "person": .auditor,
            "reason": .subject,
        ])

    private static let correction = joined(
        shared, ofDecision,
        [
            "field": .subject(where: .correctsShownField), "by": .subject,
            "was": .subject(where: .correctsShownField), "is": .subject(where: .correctsShownField),
            "reason": .subject(where: .correctsShownField),
        ])

    private static let given = Permission.subject(where: .beside("audience", openAudiences))

    /// To whom explanations are no secret of a subject.
    static let openAudiences = ["subject", "public"]

    private static let explanation = joined(
        shared, ofDecision,
        [
            "audience": given, "template": given, "template_digest": given, "channel": given, "language": given,
            "within_deadline": given, "text": given, "digest": given,
        ])

    private static let incident = joined(
        shared, ofDecision,
        [
            "phase": .subject, "incident": .subject, "severity": .subject, "authority": .operator,
            "deadline": .operator, "summary": .operator,
        ])

    private static let producer = joined(
        shared,
        [
            "event": .operator, "count": .operator, "previous_epoch": .operator, "previous_count": .operator,
            "first": .operator,
            "last": .operator, "lost.sampled": .operator, "lost.rejected": .operator, "lost.overflowed": .operator,
            "lost.dropped_attributes": .operator, "reason": .operator,
        ])

    private static func joined(_ tables: Table...) -> Table {
        tables.reduce(into: [:]) { $0.merge($1) { _, own in own } }
    }
}
