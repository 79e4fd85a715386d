import Cryptography
import Decisions
public import JSON
import Specifications

extension Impact {
    /// `{"format":"because-impact/1",…}`.
    public var json: JSON {
        [
            "format": "because-impact/1", "document": .string(old.id), "from": .string(old.version),
            "to": .string(new.version), "affected": .integer(Int64(affected)),
            "outcomes": .object(JSONObject(counts: outcomes)),
            "same_words_only": .integer(Int64(sameWordsOnly)), "unchanged": .integer(Int64(unchangedCount)),
            "sections": .array(sections.map(\.json)), "decisions": .array(decisions.map(\.json)),
            "from_index": .bool(isFromIndex), "notes": .array(notes.map(JSON.string)),
        ]
    }

    /// A row for each decision that is listed and each section of which it cited words that changed.
    public var csv: CSVTable {
        var table = CSVTable("id", "n", "at", "outcome", "summary", "section", "change", "authority", "authority_now")
        let changes = Dictionary(sections.map { ($0.section.id, $0) }) { first, _ in first }
        for decision in decisions {
            for section in decision.sections {
                let change = changes[section]
                table.add(
                    .text(decision.id), .init(decision.number), .text(decision.at.description),
                    .init(decision.outcome), .init(decision.summary), .text(section), .init(change?.change.name),
                    .init(change?.section.authority), .init(change?.authorityNow ?? change?.section.authority))
            }
        }
        return table
    }
}

extension Impact.SectionChange {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "id": .string(section.id), "title": .string(section.title), "digest": .string(section.digest.base64URL),
            "change": .string(change.name), "cited": .integer(Int64(cited)),
            "outcomes": .object(JSONObject(counts: outcomes)),
        ]
        object["authority"] = section.authority.map(JSON.string)
        object["authority_now"] = authorityNow.map(JSON.string)
        switch change {
        case .changed(let difference): object["difference"] = .array(difference.lines.map { .string($0.marked) })
        case .removed(let candidate?):
            object["candidate"] = [
                "section": .string(candidate.added), "similarity": .integer(Int64(candidate.similarity)),
            ]
        case .renamed(let id): object["section_now"] = .string(id)
        case .moved(let was, let now):
            object["parent"] = was.map(JSON.string)
            object["parent_now"] = now.map(JSON.string)
        case .removed, .ranked: break
        }
        return .object(object)
    }
}

extension Impact.Cited {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "n": .integer(Int64(number)), "at": .string(at.description),
            "sections": .array(sections.map(JSON.string)),
        ]
        object["outcome"] = outcome.map(JSON.string)
        object["summary"] = summary.map(JSON.string)
        return .object(object)
    }
}
