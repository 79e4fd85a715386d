import Cryptography
import Decisions
public import JSON
public import Ledgers
public import Notes
import Specifications

extension Explanation {
    /// The answer for programs. Its members are described in FORMAT.md and only ever added to.
    public var json: JSON {
        var object: JSONObject = [
            "format": "because-answer/1", "id": .string(id), "n": .integer(Int64(number)),
            "at": .string(at.description),
            "decision": .object(content), "principles": .array(principles.map(\.json)),
            "missing": .array(missing.map(\.json)),
            "later": .array(later.map(\.json)), "notes": .array(notes.map(JSON.string)),
            "completeness": completeness?.json ?? ["verdict": "withheld"], "from_index": .bool(isFromIndex),
            "proof": proof.json, "not_recorded": .array(notRecorded.map(JSON.string)),
            "shows": .string(Explanation.shows), "does_not_show": .string(Explanation.doesNotShow),
        ]
        if sessionCount > 0 { object["session_decisions"] = .integer(Int64(sessionCount)) }
        object["custody"] = custody?.json
        object["contact"] = contact?.json
        if audience < .auditor {
            object["audience"] = .string(audience.rawValue)
            object["withheld"] = .array(withheld.names.map(JSON.string))
            object["withheld_records"] = .integer(Int64(withheld.recordCount))
        }
        object["inconsistencies"] = inconsistencies.map { .array($0.map(\.json)) }
        object["statements"] = .array(
            answer().sections.flatMap { section in
                section.statements.map { statement in
                    [
                        "section": .string(section.title), "text": .string(statement.text),
                        "mark": .string(statement.mark.rawValue),
                    ]
                }
            })
        return .object(object)
    }

    /// Fields of a decision that the record does not have and whose value is not gone.
    private var notRecorded: [String] {
        let names = [
            "occurred", "kind", "summary", "alternatives", "conflicts", "confidence", "inputs", "output", "model",
            "producer",
            "role_of_ai", "effective",
        ]
        return names.filter {
            content[$0] == nil && !withheld.hasAnything(of: $0) && !($0 == "summary" && goneMark("") != nil)
        }
    }
}

extension Explanation.Principle {
    fileprivate var json: JSON {
        var object: JSONObject = ["role": .string(role), "resolved": .bool(isResolved)]
        object["ref"] = ref.map(JSON.string)
        object["timing"] = timing.map(JSON.string)
        object["words"] = words?.json
        return .object(object)
    }
}

extension Explanation.Words {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "document": .string(document), "version": .string(version), "section": .string(section),
            "title": .string(title),
            "section_digest": .string(digest.base64URL), "document_digest": .string(documentDigest.base64URL),
            "registered_at": .integer(Int64(registeredAt)), "now": now.json,
        ]
        object["authority"] = authority.map(JSON.string)
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}

extension Explanation.Now {
    fileprivate var json: JSON {
        switch self {
        case .inForce: ["state": "in_force"]
        case .unchanged(let version): ["state": "unchanged", "version": .string(version)]
        case .changed(let version, let difference):
            [
                "state": "changed", "version": .string(version),
                "difference": .array((difference?.lines ?? []).map { .string($0.marked) }),
            ]
        case .removed(let version): ["state": "removed", "version": .string(version)]
        case .noneInForce: ["state": "none_in_force"]
        }
    }
}

extension Explanation.MissingField {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "object": .string(path), "digest": .string(digest.base64URL),
            "mark": .string((erasure == nil ? Mark.missing : .erased).rawValue),
        ]
        if let erasure {
            object["field"] = field.map(JSON.string)
            object["erased_by"] = .integer(Int64(erasure.erasure.entry))
            object["erased_at"] = .string(erasure.at.description)
            object["basis"] = erasure.basis.map(JSON.string)
            object["retention"] = erasure.erasure.retention.map(JSON.string)
        }
        return .object(object)
    }
}

extension Explanation.LaterEntry {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "type": .string(type), "rel": .string(rel), "id": .string(id), "n": .integer(Int64(number)),
            "at": .string(at.description), "content": .object(content), "missing": .integer(Int64(missingCount)),
        ]
        if !withheld.isEmpty { object["withheld"] = .array(withheld.map(JSON.string)) }
        object["outcome"] = outcome.map(JSON.string)
        object["summary"] = summary.map(JSON.string)
        return .object(object)
    }
}

extension Explanation.Completeness {
    fileprivate var json: JSON {
        guard var object = verdict.json.object else { preconditionFailure("a verdict is an object") }
        object["producer"] = run.map { .string($0.producer) }
        object["epoch"] = run?.epoch.map(JSON.string)
        object["remarks"] = .array(remarks.map(JSON.string))
        return .object(object)
    }
}

extension Explanation.Proof {
    fileprivate var json: JSON {
        [
            "leaf": .string(leaf.base64URL), "size": .integer(Int64(checkpoint.size)),
            "root": .string(checkpoint.root.base64URL),
            "key": .string(key.text), "checkpoint": .string(String(decoding: note.bytes, as: UTF8.self)),
            "witnesses": .array(witnessing.statements.map(\.json)), "witnessing": witnessing.json,
            "timestamps": .array(timestamps.all.map(\.json)),
        ]
    }
}

extension WitnessStatement {
    /// `{"at","key","name"}`: who cosigned and when.
    public var json: JSON {
        ["name": .string("\(name)"), "key": .string(key.text), "at": .string(timeText)]
    }
}

extension Witnessing {
    /// `{"sentence","size"?,"state"}`: what may be said about witnesses, and of which size.
    public var json: JSON {
        var object: JSONObject = ["state": .string(state), "sentence": .string(sentence)]
        object["size"] = size.map { .integer(Int64($0)) }
        return .object(object)
    }
}
