/// The fields of a decision, as an application submits it.
///
/// What stays clear is a word of a closed list, an integer, a time, a reference or a code. Everything else is sealed.
public enum DecisionFields {
    /// The largest text of one field, in UTF-8 bytes: what fits into a line of the submission format.
    public static let textLimit = 1 << 20

    private static let text = Shape.text(limit: textLimit)

    /// Every member of a submitted decision. `id` and `type` go into the entry itself, the rest into its body.
    public static let all: [Field] = [
        .clear(
            "id", .id, "Chosen by the producer; the same id with the same content is recorded once. Made when absent."),
        .clear("type", .word(["decision"]), "What kind of record this is."),
        .clear("occurred", .time, "When the producer says that it decided."),
        .clear("kind", .word(Decision.Kind.allCases.map(\.rawValue)), "What kind of decision it was."),
        .clear("outcome", .word(Decision.Outcome.allCases.map(\.rawValue)), required: true, "What was decided."),
        .sealed("summary", text, "The decision in one sentence."),
        .clear("principles", .list(.object(principle), count: 0...256), "The sections invoked."),
        .sealed("none_cited", text, "Why no principle is cited. Required where there is none."),
        .clear("rationale", .object(rationale), "The reason that was given."),
        .sealed("rationale_absent", text, "Why no reason is given. Required where there is none."),
        .clear("alternatives", .list(.object(alternative), count: 0...256), "What else was considered."),
        .clear("alternatives_complete", .boolean, "Whether the alternatives are all that were considered."),
        .clear("conflicts", .list(.object(conflict), count: 0...64), "Instructions that pulled apart."),
        .clear("confidence", .object(confidence), "How sure the decider was said to be."),
        .clear("inputs", .list(.object(input), count: 0...256), "What the decision was made from."),
        .clear("output", .object(output), "What was answered or done."),
        .clear("model", .object(model), "The model that took part."),
        .clear("prompt", .object(prompt), "The prompt template that was used."),
        .clear("tools", .list(.code, count: 0...256), "The tools that were offered to the model."),
        .clear("producer", .object(producer), "The application that records."),
        .clear("session", .code, "The conversation."),
        .clear("trace", .code, "The trace id of the request."),
        .clear("span", .code, "The span id of the request."),
        .sealed("subject", .text(limit: 1024), "The person the decision is about. Found through a keyed code."),
        .clear(
            "role_of_ai", .word(Decision.RoleOfAI.allCases.map(\.rawValue)), "What part the model had beside people."),
        .clear("effective", .boolean, "Whether the decision took effect."),
        .clear("retention", .code, "The class that says how long it is kept."),
        .clear("links", .list(.object(link), count: 0...256), "Other records this one depends on."),
        .clear(
            "unresolved", .word(["accept"]), "Accept references that do not resolve; the entry is marked so for good."),
        .sealed("notes", text, "Anything a reader should know."),
        .sealed("context", .anyObject, "Anything else, in the application's own shape."),
    ]

    static let principle: [Field] = [
        .clear("ref", .reference, required: true, "The section: `document@version#section`, or `document#section`."),
        .clear("role", .word(Decision.Principle.Role.allCases.map(\.rawValue)), required: true, "What part it played."),
        .clear("timing", .word(Decision.Timing.allCases.map(\.rawValue)), "When it was cited, to the output."),
    ]

    static let rationale: [Field] = [
        .sealed("text", text, required: true, "The reason, word for word."),
        .clear("source", .word(Decision.Rationale.Source.allCases.map(\.rawValue)), required: true, "Who stated it."),
        .clear("timing", .word(Decision.Timing.allCases.map(\.rawValue)), required: true, "When, to the output."),
        .clear("method", .word(Decision.Rationale.Method.allCases.map(\.rawValue)), "How it came to be."),
    ]

    static let alternative: [Field] = [
        .sealed("label", text, required: true, "The alternative, in words."),
        .clear(
            "status", .word(Decision.Alternative.Status.allCases.map(\.rawValue)), required: true, "What became of it."),
        .clear("by", .list(.reference, count: 0...64), "The sections that spoke against it."),
        .sealed("reason", text, "Why it was not chosen."),
    ]

    static let conflict: [Field] = [
        .clear("between", .list(.party, count: 2...16), required: true, "The parties: references, or `message:ROLE`."),
        .clear("rule", .word(Decision.Conflict.Rule.allCases.map(\.rawValue)), required: true, "What settled it."),
        .clear("winner", .party, "The party that was followed."),
        .sealed("note", text, "More about the conflict."),
    ]

    static let confidence: [Field] = [
        .clear("value", .fraction, required: true, "From 0 to 1, kept as it was written."),
        .clear("kind", .word(Decision.Confidence.Kind.allCases.map(\.rawValue)), required: true, "What the number is."),
    ]

    static let input: [Field] = [
        .sealed("name", text, "What the application calls it."),
        .clear("role", .word(Decision.Input.Role.allCases.map(\.rawValue)), "Where it came from."),
        .sealed("text", text, "The content."),
        .sealed("digest", .contentDigest, "The digest of content that is kept elsewhere."),
        .clear("media", .code, "The media type."),
        .clear("bytes", .integer(0...9_007_199_254_740_991), "The size of the content."),
        .clear("trusted", .boolean, "Whether it carries authority."),
        .clear("as_of", .time, "The moment the content was true for."),
        .clear("of_subject", .boolean, "Whether it is what the person the decision is about said or gave."),
    ]

    /// The fields of an input of which it must have one.
    static let inputContent = ["name", "text", "digest"]

    static let output: [Field] = [
        .sealed("text", text, "The content."),
        .sealed("digest", .contentDigest, "The digest of content that is kept elsewhere."),
        .clear("media", .code, "The media type."),
        .clear("bytes", .integer(0...9_007_199_254_740_991), "The size of the content."),
    ]

    static let model: [Field] = [
        .clear("provider", .code, "Who serves it."),
        .clear("requested", .code, "The name that was asked for."),
        .clear("served", .code, "The model that answered."),
        .clear("fingerprint", .code, "What the provider says of its configuration."),
    ]

    static let prompt: [Field] = [
        .clear("name", .code, "The template."), .clear("version", .code, "Its version."),
        .clear("digest", .contentDigest, "The digest of its text."),
    ]

    static let producer: [Field] = [
        .clear("id", .code, required: true, "The application."), .clear("version", .code, "Its version."),
        .clear("epoch", .code, "One run of the application."),
        .clear("seq", .integer(1...9_007_199_254_740_991), "The number of the decision in that run, from 1."),
    ]

    static let link: [Field] = [
        .clear("rel", .word(Decision.Link.Relation.allCases.map(\.rawValue)), required: true, "How they relate."),
        .clear("id", .id, required: true, "The other record."),
    ]
}
