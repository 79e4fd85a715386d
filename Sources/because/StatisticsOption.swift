import ArgumentParser
import Because

/// Which decisions to count, and what to compare.
struct StatisticsOption: ParsableArguments {
    @Option(help: ArgumentHelp("Count decisions from this day or time (UTC) on.", valueName: "time"))
    private var since: String?
    @Option(help: ArgumentHelp("Count decisions up to this day, or before this time.", valueName: "time"))
    private var until: String?
    @Option(help: "Periods: day, week (from Monday) or month; otherwise chosen by the time that is counted.")
    private var by: Unit?
    @Option(
        help: ArgumentHelp(
            "Compare outcomes between the values of this member: \(ClearMember.all.map(\.name).joined(separator: ", ")).",
            valueName: "member"))
    private var segment: String?
    @Option(
        help: ArgumentHelp("The outcomes that are good for whom the decision is about.", valueName: "outcome,…"))
    private var favourable: String?
    @Option(help: "Do not compare segments of fewer decisions.") private var minimum = 30
    @Option(help: "Rows to show of each table.") var top = 20

    private enum Unit: String, ExpressibleByArgument, CaseIterable { case day, week, month }

    func validate() throws {
        guard 1...1_000_000 ~= top else { throw ValidationError("--top takes a number from 1 to 1000000") }
        guard 1...1_000_000_000 ~= minimum else {
            throw ValidationError("--minimum takes a number from 1 to 1000000000")
        }
        guard (segment == nil) == (favourable == nil) else {
            throw ValidationError(
                "--segment and --favourable are given together: which outcomes are favourable is yours to say")
        }
    }

    var question: StatisticsQuestion {
        get throws {
            try StatisticsQuestion(
                since: since, until: until, unit: by.flatMap { PeriodUnit(rawValue: $0.rawValue) },
                comparison: try comparison)
        }
    }

    private var comparison: DisparityQuestion? {
        get throws {
            guard let segment, let favourable else { return nil }
            guard let member = ClearMember(segment) else {
                throw Problem(
                    "decisions have no member '\(segment)' to make segments by",
                    hint: "use one of \(ClearMember.all.map(\.name).joined(separator: ", "))", status: 64)
            }
            let outcomes = try favourable.split(separator: ",", omittingEmptySubsequences: false).map(Self.outcome)
            return DisparityQuestion(by: member, favourable: Set(outcomes), minimum: minimum)
        }
    }

    private static func outcome(_ name: Substring) throws -> Decision.Outcome {
        guard let outcome = Decision.Outcome(rawValue: String(name)) else {
            throw Problem(
                "--favourable: there is no outcome '\(name)'",
                hint: "use some of \(Decision.Outcome.allCases.map(\.rawValue).joined(separator: ","))", status: 64)
        }
        return outcome
    }
}
