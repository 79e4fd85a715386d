import ArgumentParser
import Because

/// For whom an answer is made.
struct AudienceOption: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "For whom: the subject of the decision, the operator of the application, or an auditor, who sees all.",
            valueName: "subject|operator|auditor"),
        transform: word)
    var audience = Audience.auditor
}
