public import JSON

/// That something went wrong, and what was done about it.
public struct Incident: LaterFact, Equatable {
    public enum Phase: String, Sendable, CaseIterable {
        case opened, reported, closed
    }

    public enum Severity: String, Sendable, CaseIterable {
        case low, medium, high, critical
    }

    public static let type = LaterFactFields.incident

    public var phase: Phase
    /// Sealed.
    public var summary: String
    /// Required where it is opened.
    public var severity: Severity?
    /// The id of the decision it is about.
    public var decision: String?
    /// The id of the record that opened it; required where it is reported or closed.
    public var incident: String?
    /// To whom it was reported; required there.
    public var authority: String?
    /// RFC 3339.
    public var deadline: String?
    public var circumstances = Circumstances()

    public init(_ phase: Phase, summary: String, severity: Severity? = nil, decision: String? = nil) {
        self.phase = phase
        self.summary = summary
        self.severity = severity
        self.decision = decision
    }

    public var members: JSONObject {
        var object: JSONObject = ["phase": .string(phase.rawValue), "summary": .string(summary)]
        object.put("severity", severity)
        object.put("decision", decision)
        object.put("incident", incident)
        object.put("authority", authority)
        object.put("deadline", deadline)
        return object
    }
}
