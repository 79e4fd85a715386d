import ArgumentParser
import Because

/// For whom an answer is made.
struct AudienceOption: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "For whom: the subject of the decision, the operator of the application, or an auditor, who sees all.",
            valueName: "subject|operator|auditor"),
        transform: Self.audience)
    var audience = Audience.auditor

    private static func audience(_ name: String) throws -> Audience {
        if let audience = Audience(rawValue: name) { return audience }
        throw ValidationError("\(name) is none of \(Audience.allCases.map(\.rawValue).joined(separator: ", "))")
    }
}
