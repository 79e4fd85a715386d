public import JSON

/// How a decision turned out.
public struct Outcome: LaterFact, Equatable {
    public enum Result: String, Sendable, CaseIterable {
        case good, bad, mixed, neutral, unknown
    }

    public enum Source: String, Sendable, CaseIterable {
        case model, rule, human, application, affected
    }

    public static let type = LaterFactFields.outcome

    /// The id of the decision.
    public var decision: String
    public var result: Result
    /// Who says so; `affected` is the person that the decision is about.
    public var source: Source
    /// Sealed.
    public var summary: String
    public var measure: String?
    /// Sealed.
    public var value: String?
    /// `sha256:` and 64 hexadecimal digits. Sealed.
    public var evidenceDigest: String?
    public var circumstances = Circumstances()

    public init(of decision: String, _ result: Result, source: Source, summary: String) {
        self.decision = decision
        self.result = result
        self.source = source
        self.summary = summary
    }

    public var members: JSONObject {
        var object: JSONObject = [
            "decision": .string(decision), "result": .string(result.rawValue), "source": .string(source.rawValue),
            "summary": .string(summary),
        ]
        object.put("measure", measure)
        object.put("value", value)
        object.put("evidence_digest", evidenceDigest)
        return object
    }
}

/// That the record of a decision is wrong somewhere. The record stays as it is, and answers show both.
public struct Correction: LaterFact, Equatable {
    public static let type = LaterFactFields.correction

    /// The id of the decision.
    public var decision: String
    /// The field as a path: `rationale.text`, `inputs.0.text`.
    public var field: String
    /// Sealed.
    public var was: String?
    /// What is right. Sealed.
    public var right: String
    /// Sealed.
    public var reason: String
    public var by: Outcome.Source?
    public var circumstances = Circumstances()

    public init(of decision: String, field: String, right: String, reason: String) {
        self.decision = decision
        self.field = field
        self.right = right
        self.reason = reason
    }

    public var members: JSONObject {
        var object: JSONObject = [
            "decision": .string(decision), "field": .string(field), "is": .string(right), "reason": .string(reason),
        ]
        object.put("was", was)
        object.put("by", by)
        return object
    }
}
