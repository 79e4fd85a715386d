public import JSON

/// What was done because of a decision: attempted, dispatched, observed, or reversed. Each is a record of its own.
public struct Action: LaterFact, Equatable {
    public enum Phase: String, Sendable, CaseIterable {
        case attempted, dispatched, observed, reversed
    }

    public enum Status: String, Sendable, CaseIterable {
        case confirmed, failed, unknown
    }

    public enum Effect: String, Sendable, CaseIterable {
        case none, read, write, send, spend, execute, physical, other
    }

    public enum Reversibility: String, Sendable, CaseIterable {
        case twoWay = "two_way"
        case oneWay = "one_way"
        case unknown
    }

    public static let type = LaterFactFields.action

    /// The id of the decision.
    public var decision: String
    public var phase: Phase
    /// The id of the earlier record of the same action.
    public var action: String?
    /// With the phase `observed` only, and there always.
    public var status: Status?
    public var tool: String?
    public var effect: Effect?
    public var reversibility: Reversibility?
    /// RFC 3339.
    public var reversibleUntil: String?
    /// Whether what was observed is what was dispatched.
    public var agrees: Bool?
    /// Sealed, as are the others from here on.
    public var summary: String?
    public var arguments: JSONObject?
    /// `sha256:` and 64 hexadecimal digits.
    public var argumentsDigest: String?
    public var recipient: String?
    public var cost: String?
    public var evidence: String?
    /// `sha256:` and 64 hexadecimal digits.
    public var evidenceDigest: String?
    /// Required where it was reversed.
    public var reason: String?
    public var circumstances = Circumstances()

    public init(of decision: String, _ phase: Phase, status: Status? = nil, tool: String? = nil, summary: String? = nil)
    {
        self.decision = decision
        self.phase = phase
        self.status = status
        self.tool = tool
        self.summary = summary
    }

    public var members: JSONObject {
        var object: JSONObject = ["decision": .string(decision), "phase": .string(phase.rawValue)]
        object.put("action", action)
        object.put("status", status)
        object.put("tool", tool)
        object.put("effect", effect)
        object.put("reversibility", reversibility)
        object.put("reversible_until", reversibleUntil)
        object["agrees"] = agrees.map(JSON.bool)
        object.put("summary", summary)
        object["arguments"] = arguments.map(JSON.object)
        object.put("arguments_digest", argumentsDigest)
        object.put("recipient", recipient)
        object.put("cost", cost)
        object.put("evidence", evidence)
        object.put("evidence_digest", evidenceDigest)
        object.put("reason", reason)
        return object
    }
}
