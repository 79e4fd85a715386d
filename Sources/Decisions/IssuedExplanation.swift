public import JSON

/// That somebody was given reasons for a decision: to which audience, from which template.
public struct IssuedExplanation: LaterFact, Equatable {
    public enum Audience: String, Sendable, CaseIterable {
        case subject, `operator`, auditor, authority, `public`
    }

    public static let type = LaterFactFields.explanation

    /// The id of the decision.
    public var decision: String
    public var audience: Audience
    public var template: String?
    /// `sha256:` and 64 hexadecimal digits.
    public var templateDigest: String?
    /// What was said, or else its digest. Sealed.
    public var text: String?
    /// `sha256:` and 64 hexadecimal digits. Sealed.
    public var digest: String?
    public var channel: String?
    public var language: String?
    public var isInTime: Bool?
    public var circumstances = Circumstances()

    public init(of decision: String, to audience: Audience, text: String? = nil, digest: String? = nil) {
        self.decision = decision
        self.audience = audience
        self.text = text
        self.digest = digest
    }

    public var members: JSONObject {
        var object: JSONObject = ["decision": .string(decision), "audience": .string(audience.rawValue)]
        object.put("template", template)
        object.put("template_digest", templateDigest)
        object.put("text", text)
        object.put("digest", digest)
        object.put("channel", channel)
        object.put("language", language)
        object["within_deadline"] = isInTime.map(JSON.bool)
        return object
    }
}
