import Decisions
public import JSON

extension Precedents {
    /// `{"format":"because-precedents/1",…}`.
    public var json: JSON {
        var object: JSONObject = [
            "format": "because-precedents/1", "id": .string(id), "n": .integer(Int64(number)),
            "applied": .array(applied.map(JSON.string)), "has_words": .bool(hasWords),
            "agreeing": .array(agreeing.map(\.json)), "differing": .array(differing.map(\.json)),
            "count": .integer(Int64(count)), "count_cut": .bool(isCountCut), "compared": .integer(Int64(compared)),
            "does_not_show": .string(Self.caution), "from_index": .bool(isFromIndex),
            "notes": .array(notes.map(JSON.string)),
        ]
        object["outcome"] = outcome.map(JSON.string)
        object["summary"] = summary.map(JSON.string)
        return .object(object)
    }

    /// A row for each decision, those with the same outcome first.
    public var csv: CSVTable {
        var table = CSVTable(
            "group", "likeness", "id", "n", "at", "occurred", "outcome", "model", "summary", "gone", "shared_words",
            "sections", "same_words")
        for (group, precedents) in [("agreeing", agreeing), ("differing", differing)] {
            for one in precedents {
                table.add(
                    .text(group), .init(one.likeness), .text(one.id), .init(one.number), .text(one.at.description),
                    .init(one.occurred), .init(one.outcome), .init(one.model), .init(one.summary),
                    .init(one.gone?.rawValue), .text(one.sharedWords.joined(separator: " ")),
                    .text(one.sections.map(\.ref).joined(separator: " ")),
                    .text(one.sections.allSatisfy(\.hasSameWords) ? "yes" : "no"))
            }
        }
        return table
    }
}

extension Precedents.Precedent {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "n": .integer(Int64(number)), "at": .string(at.description),
            "likeness": .integer(Int64(likeness)), "shared_words": .array(sharedWords.map(JSON.string)),
            "sections": .array(sections.map { ["ref": .string($0.ref), "same_words": .bool($0.hasSameWords)] }),
        ]
        object["occurred"] = occurred.map(JSON.string)
        object["outcome"] = outcome.map(JSON.string)
        object["model"] = model.map(JSON.string)
        object["summary"] = summary.map(JSON.string)
        object["gone"] = gone.map { .string($0.rawValue) }
        return .object(object)
    }
}
