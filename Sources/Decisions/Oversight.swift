public import JSON

/// That a person was asked about a decision, with a digest of exactly what the person saw, or what the person did.
public struct Oversight: LaterFact, Equatable {
    public enum Phase: String, Sendable, CaseIterable {
        case requested, given
    }

    public enum Act: String, Sendable, CaseIterable {
        case approve, deny, modify, override, stop, confirm
    }

    public static let type = LaterFactFields.oversight

    /// The id of the decision.
    public let decision: String
    public let phase: Phase
    /// `sha256:` and 64 hexadecimal digits. Sealed.
    public var shown: String?
    /// The id of the record of the request that is answered.
    public var request: String?
    public let act: Act?
    /// RFC 3339.
    public var deadline: String?
    /// What happens without an answer.
    public var byDefault: Act?
    public var role: String?
    public var secondsOpen: Int64?
    /// Sealed.
    public var person: String?
    /// Sealed.
    public var reason: String?
    public var circumstances = Circumstances()

    private init(_ decision: String, _ phase: Phase, _ act: Act?) {
        self.decision = decision
        self.phase = phase
        self.act = act
    }

    /// A person was asked, and saw what has the digest `shown`.
    public static func requested(_ decision: String, shown: String) -> Oversight {
        var oversight = Oversight(decision, .requested, nil)
        oversight.shown = shown
        return oversight
    }

    /// A person acted, for a reason.
    public static func given(_ decision: String, _ act: Act, reason: String, request: String? = nil) -> Oversight {
        var oversight = Oversight(decision, .given, act)
        oversight.reason = reason
        oversight.request = request
        return oversight
    }

    public var members: JSONObject {
        var object: JSONObject = ["decision": .string(decision), "phase": .string(phase.rawValue)]
        object.put("shown", shown)
        object.put("request", request)
        object.put("act", act)
        object.put("deadline", deadline)
        object.put("default", byDefault)
        object.put("role", role)
        object.put("seconds_open", secondsOpen)
        object.put("person", person)
        object.put("reason", reason)
        return object
    }
}
