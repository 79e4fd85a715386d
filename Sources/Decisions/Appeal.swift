public import JSON

/// That somebody contests a decision, or what became of that.
public struct Appeal: LaterFact, Equatable {
    public enum Phase: String, Sendable, CaseIterable {
        case opened, decided
    }

    public enum Party: String, Sendable, CaseIterable {
        case subject, representative, `operator`, authority, other
    }

    /// What became of the decision that was contested.
    public enum Result: String, Sendable, CaseIterable {
        case upheld, changed, reversed, withdrawn, inadmissible
    }

    public enum Judge: String, Sendable, CaseIterable {
        case human, model, rule
    }

    public static let type = LaterFactFields.appeal

    /// The id of the decision.
    public let decision: String
    public let phase: Phase
    /// The id of the record that opened the appeal, where it was decided.
    public let appeal: String?
    public var by: Party?
    public let result: Result?
    public let decidedBy: Judge?
    public var channel: String?
    /// RFC 3339.
    public var deadline: String?
    /// Sealed.
    public var grounds: String?
    /// Sealed.
    public var person: String?
    /// Sealed.
    public var reason: String?
    public var circumstances = Circumstances()

    /// An appeal against a decision.
    public static func opened(against decision: String, by party: Party, grounds: String) -> Appeal {
        var appeal = Appeal(decision, .opened)
        appeal.by = party
        appeal.grounds = grounds
        return appeal
    }

    /// What was decided about the appeal that the record `appeal` opened.
    public static func decided(
        _ appeal: String, against decision: String, _ result: Result, by judge: Judge, reason: String
    ) -> Appeal {
        var decided = Appeal(decision, .decided, appeal: appeal, result: result, decidedBy: judge)
        decided.reason = reason
        return decided
    }

    private init(
        _ decision: String, _ phase: Phase, appeal: String? = nil, result: Result? = nil, decidedBy: Judge? = nil
    ) {
        self.decision = decision
        self.phase = phase
        self.appeal = appeal
        self.result = result
        self.decidedBy = decidedBy
    }

    public var members: JSONObject {
        var object: JSONObject = ["decision": .string(decision), "phase": .string(phase.rawValue)]
        object.put("appeal", appeal)
        object.put("by", by)
        object.put("result", result)
        object.put("decided_by", decidedBy)
        object.put("channel", channel)
        object.put("deadline", deadline)
        object.put("grounds", grounds)
        object.put("person", person)
        object.put("reason", reason)
        return object
    }
}
