import Cryptography
import Decisions
public import JSON
import Specifications

extension Coverage {
    /// `{"format":"because-coverage/1",…}`.
    public var json: JSON {
        [
            "format": "because-coverage/1", "document": .string(registration.id),
            "version": .string(registration.version), "digest": .string(registration.digest.base64URL),
            "decisions": .integer(Int64(decisions)), "citing": .integer(Int64(citing)),
            "citing_other": .object(JSONObject(counts: citingOther)),
            "uncited": uncited.json,
            "unresolved": [
                "decisions": .integer(Int64(unresolved.decisions)), "citations": .integer(Int64(unresolved.citations)),
            ],
            "sections": .array(sections.map(\.json)), "from_index": .bool(isFromIndex),
            "notes": .array(notes.map(JSON.string)),
        ]
    }

    /// A row for each section, in the order of the document.
    public var csv: CSVTable {
        var table = CSVTable(
            "document", "version", "section", "title", "level", "parent", "authority", "applied", "considered",
            "overridden", "violated", "not_applicable", "elsewhere")
        for use in sections {
            table.add(
                .text(registration.id), .text(registration.version), .text(use.section.id), .text(use.section.title),
                .integer(Int64(use.section.level)), .init(use.section.parent), .init(use.section.authority),
                .init(use.uses[.applied]), .init(use.uses[.considered]), .init(use.uses[.overridden]),
                .init(use.uses[.violated]), .init(use.uses[.notApplicable]), .init(use.uses.elsewhere))
        }
        return table
    }
}

extension Coverage.SectionUse {
    fileprivate var json: JSON {
        var uses: JSONObject = [:]
        for role in Decision.Principle.Role.allCases { uses[role.rawValue] = .integer(Int64(self.uses[role])) }
        uses["elsewhere"] = .integer(Int64(self.uses.elsewhere))
        var object: JSONObject = [
            "id": .string(section.id), "title": .string(section.title), "level": .integer(Int64(section.level)),
            "digest": .string(section.digest.base64URL), "uses": .object(uses),
        ]
        object["parent"] = section.parent.map(JSON.string)
        object["authority"] = section.authority.map(JSON.string)
        return .object(object)
    }
}

extension Coverage.Uncited {
    fileprivate var json: JSON {
        [
            "decisions": .integer(Int64(decisions)), "read": .integer(Int64(read)), "gone": .integer(Int64(gone)),
            "reasons": .array(reasons.map { ["text": .string($0.text), "count": .integer(Int64($0.count))] }),
        ]
    }
}
