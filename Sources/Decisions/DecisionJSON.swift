public import JSON

extension Decision {
    /// The decision in the submission format, not checked yet.
    public var json: JSON {
        var object = JSONObject()
        object.put("id", id)
        object.put("occurred", occurred)
        object.put("kind", kind?.rawValue)
        object["outcome"] = .string(outcome.rawValue)
        object.put("summary", summary)
        switch grounds {
        case .principles(let principles): object["principles"] = .array(principles.map(\.json))
        case .noneCited(let why): object["none_cited"] = .string(why)
        }
        switch reason {
        case .rationale(let rationale): object["rationale"] = rationale.json
        case .absent(let why): object["rationale_absent"] = .string(why)
        }
        object.put("alternatives", alternatives.map(\.json))
        object["alternatives_complete"] = alternativesComplete.map(JSON.bool)
        object.put("conflicts", conflicts.map(\.json))
        object["confidence"] = confidence?.json
        object.put("inputs", inputs.map(\.json))
        object["output"] = output?.json
        putCircumstances(into: &object)
        return .object(object)
    }

    private func putCircumstances(into object: inout JSONObject) {
        object["model"] = model?.json
        object["prompt"] = prompt?.json
        object.put("tools", tools.map(JSON.string))
        object["producer"] = producer?.json
        object.put("session", session)
        object.put("trace", trace)
        object.put("span", span)
        object.put("subject", subject)
        object.put("role_of_ai", roleOfAI?.rawValue)
        object["effective"] = isEffective.map(JSON.bool)
        object.put("links", links.map(\.json))
        if acceptsUnresolved { object["unresolved"] = "accept" }
        object.put("notes", notes)
        object["context"] = context.map(JSON.object)
    }
}

extension JSONObject {
    fileprivate mutating func put(_ name: String, _ text: String?) { self[name] = text.map(JSON.string) }

    fileprivate mutating func put(_ name: String, _ items: [JSON]) {
        if !items.isEmpty { self[name] = .array(items) }
    }

    fileprivate static func json(_ fill: (inout JSONObject) -> Void) -> JSON {
        var object = JSONObject()
        fill(&object)
        return .object(object)
    }
}

extension Decision.Principle {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("ref", ref)
            $0.put("role", role.rawValue)
            $0.put("timing", timing?.rawValue)
        }
    }
}

extension Decision.Rationale {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("text", text)
            $0.put("source", source.rawValue)
            $0.put("timing", timing.rawValue)
            $0.put("method", method?.rawValue)
        }
    }
}

extension Decision.Alternative {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("label", label)
            $0.put("status", status.rawValue)
            $0.put("by", by.map(JSON.string))
            $0.put("reason", reason)
        }
    }
}

extension Decision.Conflict {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("between", between.map(JSON.string))
            $0.put("rule", rule.rawValue)
            $0.put("winner", winner)
            $0.put("note", note)
        }
    }
}

extension Decision.Confidence {
    fileprivate var json: JSON {
        // Written without a point, 0 and 1 are integers.
        let number: JSON = value == "0" ? 0 : value == "1" ? 1 : .decimal(value)
        return ["value": number, "kind": .string(kind.rawValue)]
    }
}

extension Decision.Input {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("name", name)
            $0.put("role", role?.rawValue)
            $0.put("text", text)
            $0.put("digest", digest)
            $0.put("media", media)
            $0["bytes"] = byteCount.map(JSON.integer)
            $0["trusted"] = isTrusted.map(JSON.bool)
            $0.put("as_of", asOf)
        }
    }
}

extension Decision.Output {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("text", text)
            $0.put("digest", digest)
            $0.put("media", media)
            $0["bytes"] = byteCount.map(JSON.integer)
        }
    }
}

extension Decision.Model {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("provider", provider)
            $0.put("requested", requested)
            $0.put("served", served)
            $0.put("fingerprint", fingerprint)
        }
    }
}

extension Decision.Prompt {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("name", name)
            $0.put("version", version)
            $0.put("digest", digest)
        }
    }
}

extension Decision.Producer {
    fileprivate var json: JSON {
        JSONObject.json {
            $0.put("id", id)
            $0.put("version", version)
            $0.put("epoch", epoch)
            $0["seq"] = seq.map(JSON.integer)
        }
    }
}

extension Decision.Link {
    fileprivate var json: JSON { ["rel": .string(rel.rawValue), "id": .string(id)] }
}
