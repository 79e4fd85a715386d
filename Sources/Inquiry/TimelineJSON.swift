import Decisions
public import JSON

extension Timeline {
    /// `{"format":"because-timeline/1",…}`.
    public var json: JSON {
        [
            "format": "because-timeline/1", "by": .string(thread.name), "value": .string(thread.value),
            "items": .array(items.map(\.json)), "cut": .bool(isCut), "from_index": .bool(isFromIndex),
            "notes": .array(notes.map(JSON.string)),
        ]
    }

    /// A row for each record.
    public var csv: CSVTable {
        var table = CSVTable(
            "occurred", "at", "n", "id", "type", "outcome", "says", "links", "linked_by", "recorded_late", "missing")
        for item in items {
            table.add(
                .init(item.occurred), .text(item.at.description), .init(item.number), .text(item.id), .text(item.type),
                .init(item.outcome), .text(item.says), .text(Self.list(item.links)), .text(Self.list(item.linkedBy)),
                .text(item.isRecordedLate ? "yes" : "no"), .init(item.missingCount))
        }
        return table
    }

    private static func list(_ links: [Link]) -> String { links.map { "\($0.rel) \($0.id)" }.joined(separator: "; ") }
}

extension Timeline.Item {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "n": .integer(Int64(number)), "type": .string(type), "at": .string(at.description),
            "says": .string(says), "recorded_late": .bool(isRecordedLate), "part": .bool(isPart),
            "missing": .integer(Int64(missingCount)), "links": .array(links.map(\.json)),
            "linked_by": .array(linkedBy.map(\.json)),
        ]
        object["occurred"] = occurred.map(JSON.string)
        object["outcome"] = outcome.map(JSON.string)
        return .object(object)
    }
}

extension Timeline.Link {
    fileprivate var json: JSON { ["rel": .string(rel), "id": .string(id)] }
}
