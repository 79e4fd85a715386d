/// The fields of what happens to a decision before and after it, as an application submits them.
///
/// `decision` names the decision, which must be on record; of an attempt, the one to come.
enum LaterFactFields {
    private static let text = Shape.text(limit: DecisionFields.textLimit)
    private static let count = Shape.integer(0...9_007_199_254_740_991)

    static let types: [RecordType] = [
        attempt, action, oversight, outcome, appeal, correction, explanation, incident, producer,
    ]

    /// What every type has.
    private static func fields(_ type: String, _ decision: Field?, _ own: [Field]) -> [Field] {
        shared.filter { $0.name == "id" } + [
            .clear("type", .word([type]), required: true, "What kind of record this is."),
            .clear("occurred", .time, "When the producer says that it happened."),
        ] + [decision].compactMap(\.self) + own + shared.filter { $0.name != "id" }
    }

    /// The fields of a decision that every other record has as well, meaning the same.
    private static let shared = DecisionFields.all.filter {
        ["id", "session", "trace", "span", "links", "notes", "context"].contains($0.name)
    }

    private static let ofDecision = Field.clear(
        "decision", .record([EntryType.decision]), required: true, "The decision it is about.")

    /// Who records a later fact. It is not numbered: numbers count decisions.
    private static let recorder = Field.clear(
        "producer",
        .object([.clear("id", .code, required: true, "The application."), .clear("version", .code, "Its version.")]),
        "The application that records.")

    static let attempt = RecordType(
        "attempt", "That a decision is about to be made and take effect.",
        fields: fields(
            "attempt", .clear("decision", .id, required: true, "The id that the decision will have."),
            [
                .clear("kind", .word(Decision.Kind.allCases.map(\.rawValue)), "What kind of decision it will be."),
                .sealed("summary", text, "What is about to be decided."),
                .clear(
                    "producer", .object(DecisionFields.producer), required: true,
                    "The application, and the number that the decision will have."),
            ]),
        rules: [.within("producer", ["epoch", "seq"])])

    static let action = RecordType(
        "action", "What was done because of a decision, and what came of it.",
        fields: fields(
            "action", ofDecision,
            [
                .clear("phase", .word(Action.Phase.allCases.map(\.rawValue)), required: true, "How far it came."),
                .clear("action", .record(["action"]), "The earlier record of the same action."),
                .clear("status", .word(Action.Status.allCases.map(\.rawValue)), "What was observed."),
                .clear("tool", .code, "What carried it out."),
                .clear("effect", .word(Action.Effect.allCases.map(\.rawValue)), "What it does to the world."),
                .clear(
                    "reversibility", .word(Action.Reversibility.allCases.map(\.rawValue)),
                    "Whether it can be taken back."),
                .clear("reversible_until", .time, "Until when it can be taken back."),
                .clear("agrees", .boolean, "Whether what was observed is what was dispatched."),
                .sealed("summary", text, "The action in one sentence."),
                .sealed("arguments", .anyObject, "What the tool was called with."),
                .sealed("arguments_digest", .contentDigest, "The digest of arguments that are kept elsewhere."),
                .sealed("recipient", text, "Whom or what it reaches."),
                .sealed("cost", text, "What it costs."),
                .sealed("evidence", text, "What was observed, in words."),
                .sealed("evidence_digest", .contentDigest, "The digest of evidence that is kept elsewhere."),
                .sealed("reason", text, "Why it failed, or was reversed."), recorder,
            ]),
        rules: [
            .requires(["status"], field: "phase", is: ["observed"]), .only("status", field: "phase", is: ["observed"]),
            .requires(["reason"], field: "phase", is: ["reversed"]),
        ])

    static let oversight = RecordType(
        "oversight", "That a person was asked about a decision, or what the person did.",
        fields: fields(
            "oversight", ofDecision,
            [
                .clear("phase", .word(Oversight.Phase.allCases.map(\.rawValue)), required: true, "Asked, or answered."),
                .clear("request", .record(["oversight"]), "The record of the request that is answered."),
                .clear("act", .word(Oversight.Act.allCases.map(\.rawValue)), "What the person did."),
                .clear("deadline", .time, "Until when an answer was asked for."),
                .clear("default", .word(Oversight.Act.allCases.map(\.rawValue)), "What happens without an answer."),
                .clear("role", .code, "In which role the person acts."),
                .clear("seconds_open", count, "How long the request was in front of the person."),
                .sealed("shown", .contentDigest, "The digest of exactly what the person saw."),
                .sealed("person", .text(limit: 1024), "Who it is."),
                .sealed("reason", text, "Why, in the person's words."), recorder,
            ]),
        rules: [
            .requires(["shown"], field: "phase", is: ["requested"]),
            .requires(["act", "reason"], field: "phase", is: ["given"]),
            .only("act", field: "phase", is: ["given"]), .only("request", field: "phase", is: ["given"]),
            .only("seconds_open", field: "phase", is: ["given"]),
            .only("deadline", field: "phase", is: ["requested"]), .only("default", field: "phase", is: ["requested"]),
        ])

    static let outcome = RecordType(
        "outcome", "How a decision turned out.",
        fields: fields(
            "outcome", ofDecision,
            [
                .clear("result", .word(Outcome.Result.allCases.map(\.rawValue)), required: true, "Well, or badly."),
                .clear("source", .word(Outcome.Source.allCases.map(\.rawValue)), required: true, "Who says so."),
                .clear("measure", .code, "The name of what was measured."),
                .sealed("value", .text(limit: 1024), "What was measured."),
                .sealed("summary", text, required: true, "What happened, in a sentence."),
                .sealed("evidence_digest", .contentDigest, "The digest of evidence that is kept elsewhere."), recorder,
            ]))

    static let appeal = RecordType(
        "appeal", "That somebody contests a decision, or what became of that.",
        fields: fields(
            "appeal", ofDecision,
            [
                .clear("phase", .word(Appeal.Phase.allCases.map(\.rawValue)), required: true, "Opened, or decided."),
                .clear("appeal", .record(["appeal"]), "The record that opened it."),
                .clear("by", .word(Appeal.Party.allCases.map(\.rawValue)), "Who contests."),
                .clear("channel", .code, "How it came in."),
                .clear("deadline", .time, "Until when it is to be decided."),
                .clear("result", .word(Appeal.Result.allCases.map(\.rawValue)), "What became of the decision."),
                .clear("decided_by", .word(Appeal.Judge.allCases.map(\.rawValue)), "Who decided the appeal."),
                .sealed("grounds", text, "Why it is contested."),
                .sealed("person", .text(limit: 1024), "Who contests, or who decided."),
                .sealed("reason", text, "Why it was decided so."), recorder,
            ]),
        rules: [
            .requires(["by", "grounds"], field: "phase", is: ["opened"]),
            .requires(["appeal", "result", "decided_by", "reason"], field: "phase", is: ["decided"]),
            .only("appeal", field: "phase", is: ["decided"]), .only("result", field: "phase", is: ["decided"]),
            .only("decided_by", field: "phase", is: ["decided"]), .only("grounds", field: "phase", is: ["opened"]),
            .only("deadline", field: "phase", is: ["opened"]),
        ])

    static let correction = RecordType(
        "correction", "That a record of a decision is wrong. The record stays as it is.",
        fields: fields(
            "correction", ofDecision,
            [
                .clear("field", .code, required: true, "The field, such as rationale.text or inputs.0.text."),
                .clear("by", .word(Outcome.Source.allCases.map(\.rawValue)), "Who says so."),
                .sealed("was", text, "What the record says."),
                .sealed("is", text, required: true, "What is right."),
                .sealed("reason", text, required: true, "Why the record was wrong."), recorder,
            ]))

    static let explanation = RecordType(
        "explanation", "That somebody was given reasons for a decision.",
        fields: fields(
            "explanation", ofDecision,
            [
                .clear(
                    "audience", .word(IssuedExplanation.Audience.allCases.map(\.rawValue)), required: true,
                    "Who was told."),
                .clear("template", .code, "From which template."),
                .clear("template_digest", .contentDigest, "The digest of that template."),
                .clear("channel", .code, "How it was sent."), .clear("language", .code, "In which language."),
                .clear("within_deadline", .boolean, "Whether it was given in time."),
                .sealed("text", text, "What was said."),
                .sealed("digest", .contentDigest, "The digest of what was said, kept elsewhere."), recorder,
            ]),
        rules: [.anyOf(["text", "digest"])])

    static let incident = RecordType(
        "incident", "That something went wrong, and what was done about it.",
        fields: fields(
            "incident", .clear("decision", .record([EntryType.decision]), "The decision it is about."),
            [
                .clear("phase", .word(Incident.Phase.allCases.map(\.rawValue)), required: true, "How far it came."),
                .clear("incident", .record([EntryType.incident]), "The record that opened it."),
                .clear("severity", .word(Incident.Severity.allCases.map(\.rawValue)), "How bad it is."),
                .clear("authority", .code, "To whom it was reported."),
                .clear("deadline", .time, "Until when it is to be reported."),
                .sealed("summary", text, required: true, "What happened, or was done."), recorder,
            ]),
        rules: [
            .requires(["severity"], field: "phase", is: ["opened"]),
            .requires(["incident", "authority"], field: "phase", is: ["reported"]),
            .requires(["incident"], field: "phase", is: ["closed"]),
            .only("incident", field: "phase", is: ["reported", "closed"]),
            .only("authority", field: "phase", is: ["reported"]),
        ])

    static let producer = RecordType(
        "producer", "What an application says of its own numbering: so that what is missing can be told.",
        fields: fields(
            "producer", nil,
            [
                .clear(
                    "event", .word(ProducerEvent.Event.allCases.map(\.rawValue)), required: true, "What it says."),
                .clear(
                    "producer",
                    .object([
                        .clear("id", .code, required: true, "The application."),
                        .clear("version", .code, "Its version."),
                        .clear("epoch", .code, required: true, "One run of the application."),
                    ]), required: true, "The application and its run."),
                .clear("count", count, "How many decisions of this run have a number."),
                .clear("previous_epoch", .code, "The run before this one."),
                .clear("previous_count", count, "How many decisions of that run are known to have a number."),
                .clear("first", .integer(1...9_007_199_254_740_991), "The first number that is lost."),
                .clear("last", .integer(1...9_007_199_254_740_991), "The last number that is lost."),
                .clear(
                    "lost",
                    .object([
                        .clear("sampled", count, "Decisions left out by sampling."),
                        .clear("rejected", count, "Decisions that were refused."),
                        .clear("overflowed", count, "Decisions for which a spool had no room."),
                        .clear("dropped_attributes", count, "Attributes that did not arrive."),
                    ]), "What the application or an intake knows to be lost."),
                .sealed("reason", text, "Why."),
            ]),
        rules: [
            .requires(["count"], field: "event", is: ["heartbeat", "close"]),
            .only("count", field: "event", is: ["heartbeat", "close"]),
            .only("previous_epoch", field: "event", is: ["open"]),
            .only("previous_count", field: "event", is: ["open"]),
            .requires(["reason"], field: "event", is: ["gap"]),
            .requires(["lost"], field: "event", is: ["loss"]), .only("lost", field: "event", is: ["loss"]),
            .requires(["first", "last"], field: "event", is: ["gap"]),
            .only("first", field: "event", is: ["gap"]), .only("last", field: "event", is: ["gap"]),
            .ascending("first", "last"),
        ])
}
