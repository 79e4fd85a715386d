import Decisions
import Figures
public import JSON

extension Statistics {
    /// `because-statistics/1`, as FORMAT.md describes. An outcome, an act or a result that is absent occurs nowhere.
    public var json: JSON {
        var object = total.json
        object["format"] = "because-statistics/1"
        object["counted_in"] = "log"
        object["size"] = .integer(Int64(size))
        object["unreadable"] = .integer(Int64(unreadable))
        object["since"] = question.since.map { .string($0.description) }
        object["until"] = question.until.map { .string($0.description) }
        object["first"] = first.map { .string($0.description) }
        object["last"] = last.map { .string($0.description) }
        object["by"] = .string(unit.rawValue)
        object["periods"] = .array(periods.map { $0.tally.json(named: $0.name, as: "period") })
        object["principles"] = .array(principles.map(\.json))
        object["citing_none"] = .object(citingNone.json)
        object["specifications"] = .array(versions.map { $0.tally.json(named: $0.name, as: "specification") })
        object["models"] = .array(models.map { $0.tally.json(named: $0.name, as: "model") })
        object["producers"] = .array(producers.map { $0.tally.json(named: $0.name, as: "producer") })
        object["conflicts"] = .array(conflicts.map(\.json))
        object["oversight"] = [
            "requested": .integer(Int64(oversight.requested)), "acts": .object(JSONObject(counts: oversight.acts)),
        ]
        object["appeals"] = [
            "opened": .integer(Int64(appeals.opened)), "open": .integer(Int64(appeals.open)),
            "results": .object(JSONObject(counts: appeals.results)),
            "decided_by": .object(JSONObject(counts: appeals.judges)),
        ]
        object["disparity"] = disparity?.json
        return .object(object)
    }
}

extension OutcomeTally {
    fileprivate func json(named name: String?, as member: String) -> JSON {
        var object = json
        object[member] = name.map(JSON.string)
        return .object(object)
    }
}

extension Statistics.PrincipleUse {
    fileprivate var json: JSON {
        var object = tally.json
        object["principle"] = .string(name)
        object["authority"] = authority.map(JSON.string)
        object["roles"] = .object(JSONObject(counts: roles))
        return .object(object)
    }
}

extension Statistics.ConflictCount {
    fileprivate var json: JSON {
        ["rule": .string(rule), "winner": .string(winner), "count": .integer(Int64(count))]
    }
}

extension Disparity {
    fileprivate var json: JSON {
        [
            "segment_by": .string(question.member.name), "minimum": .integer(Int64(question.minimum)),
            "favourable": .array(
                Decision.Outcome.allCases.filter(question.favourable.contains).map { .string($0.rawValue) }),
            "segments": .array(segments.map(\.json)), "does_not_show": .array(Self.limits.map(JSON.string)),
        ]
    }
}

extension Disparity.Segment {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "decisions": .integer(Int64(decisions)), "favourable": .integer(Int64(favourable)),
            "rate": .decimal(Figure.decimal(rate, places: 4)), "standing": .string(standing.name),
        ]
        object["segment"] = name.map(JSON.string)
        if case .compared(let ratio, let interval, let isBelow) = standing {
            object["ratio"] = .decimal(Figure.decimal(ratio, places: 4))
            object["below_four_fifths"] = .bool(isBelow)
            object["interval"] = interval.map {
                [
                    .decimal(Figure.decimal($0.lowerBound, places: 4)),
                    .decimal(Figure.decimal($0.upperBound, places: 4)),
                ]
            }
        }
        return .object(object)
    }
}

extension Disparity.Standing {
    /// The word for it in JSON and CSV.
    var name: String {
        switch self {
        case .reference: "highest_rate"
        case .compared: "compared"
        case .tooFew: "too_few"
        case .notRecorded: "not_recorded"
        case .noRate: "none_favourable"
        }
    }
}
