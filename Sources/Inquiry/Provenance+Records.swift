import Cryptography
import Decisions
import JSON

extension ProvenanceDocument {
    /// The decision as an activity, with who decided, what was read, cited and given, and what it depends on.
    mutating func addDecision(_ explanation: Explanation) {
        let content = explanation.content
        let decision = addActivity(explanation.id, EntryType.decision, content, explanation.at, explanation.number)
        let agents = addAgents(content, of: decision)
        addInputs(content, explanation.id, of: decision)
        addPrinciples(explanation.principles, of: decision)
        if let output = content["output"]?.object {
            let name = Name("output", explanation.id)
            add("entity", name, Self.contents(output, type: "because:Output"))
            relate("wasGeneratedBy", ["prov:entity": name.json, "prov:activity": decision.json])
        }
        addRationale(content, explanation.id, decision, agents)
        addLinks(content, of: decision)
    }

    /// A record that refers to the decision.
    mutating func addLater(_ entry: Explanation.LaterEntry, of id: String) {
        let decision = Name("record", id)
        let record = addActivity(entry.id, entry.type, entry.content, entry.at, entry.number)
        _ = addAgents(entry.content, of: record)
        if ["oversight", "appeal"].contains(entry.type), let person = entry.content["person"]?.text {
            let name = Name("person", entry.id)
            add("agent", name, ["prov:type": Self.qualified("prov:Person"), "because:name": .string(person)])
            associate(record, name)
        }
        // An attempt comes before its decision; all else is informed by it.
        let (informed, informant) = entry.type == "attempt" ? (decision, record) : (record, decision)
        inform(informed, by: informant, as: entry.rel)
    }

    private mutating func addActivity(
        _ id: String, _ type: String, _ content: JSONObject, _ at: Timestamp, _ number: UInt64
    ) -> Name {
        let name = Name("record", id)
        var attributes = Self.attributes(content, except: ["decision", "subject", "person"])
        attributes["prov:type"] = Self.qualified("because:\(Self.encoded(type))")
        attributes["because:entry"] = ["$": .string("\(number)"), "type": "xsd:integer"]
        attributes["because:recorded"] = Self.time(at.description)
        if let subject = content["subject"]?.text { attributes["because:subject"] = .string(subject) }
        if let confidence = content["confidence"] {
            attributes["because:confidence"] = confidence["value"].map { .string($0.string()) }
            attributes["because:confidence_kind"] = confidence["kind"]
        }
        if let occurred = content["occurred"]?.text, !Self.isLeapSecond(occurred) {
            attributes["because:occurred"] = nil
            attributes["prov:endTime"] = .string(occurred)
        }
        add("activity", name, attributes)
        return name
    }

    /// XML Schema has no second 60; such a time stays a text.
    private static func isLeapSecond(_ time: String) -> Bool { time.dropFirst(17).hasPrefix("60") }

    private struct Agents {
        var model: Name?
        var application: Name?
    }

    private mutating func addAgents(_ content: JSONObject, of activity: Name) -> Agents {
        var agents = Agents()
        if let model = content["model"]?.object, let id = model["served"]?.text ?? model["requested"]?.text {
            let name = Name(["model", model["provider"]?.text, id].compactMap(\.self))
            add("agent", name, Self.software(Self.attributes(model)))
            associate(activity, name)
            agents.model = name
        }
        if let producer = content["producer"]?.object, let id = producer["id"]?.text {
            let name = Name(["application", id, producer["version"]?.text].compactMap(\.self))
            add("agent", name, Self.software(Self.attributes(producer, except: ["epoch", "seq"])))
            associate(activity, name)
            agents.application = name
        }
        if let model = agents.model, let application = agents.application {
            relate(
                "actedOnBehalfOf",
                ["prov:delegate": model.json, "prov:responsible": application.json, "prov:activity": activity.json])
        }
        return agents
    }

    private static func software(_ attributes: JSONObject) -> JSONObject {
        var attributes = attributes
        attributes["prov:type"] = qualified("prov:SoftwareAgent")
        return attributes
    }

    private mutating func associate(_ activity: Name, _ agent: Name) {
        relate("wasAssociatedWith", ["prov:activity": activity.json, "prov:agent": agent.json])
    }

    private mutating func inform(_ informed: Name, by informant: Name, as rel: String) {
        relate(
            "wasInformedBy",
            ["prov:informed": informed.json, "prov:informant": informant.json, "because:rel": .string(rel)])
    }

    /// Content that was read or given.
    private static func contents(_ object: JSONObject, type: String) -> JSONObject {
        var attributes = attributes(object, except: ["name", "text"])
        attributes["prov:type"] = qualified(type)
        attributes["prov:label"] = object["name"]
        attributes["prov:value"] = object["text"]
        return attributes
    }

    private mutating func addInputs(_ content: JSONObject, _ id: String, of decision: Name) {
        for (index, input) in (content["inputs"]?.items ?? []).enumerated() {
            let name = Name("input", id, "\(index)")
            add("entity", name, Self.contents(input.object ?? [:], type: "because:Input"))
            use(decision, name, as: input["role"]?.text)
        }
    }

    private mutating func use(_ activity: Name, _ entity: Name, as role: String?) {
        var members: JSONObject = ["prov:activity": activity.json, "prov:entity": entity.json]
        members["prov:role"] = role.map(JSON.string)
        relate("used", members)
    }

    private mutating func addPrinciples(_ principles: [Explanation.Principle], of decision: Name) {
        var namedAfterwards: [JSON] = []
        for principle in principles {
            guard let words = principle.words else { continue }
            let section = addSection(words)
            // What was named after the output was not used for it, as far as is on record.
            if principle.timing == "after" {
                namedAfterwards.append(Self.qualified(section.text))
            } else {
                use(decision, section, as: principle.role)
            }
        }
        if !namedAfterwards.isEmpty { add("activity", decision, ["because:named_afterwards": .array(namedAfterwards)]) }
    }

    /// A section, whose primary source is the document that was registered.
    private mutating func addSection(_ words: Explanation.Words) -> Name {
        let section = Name("section", words.document, words.version, words.section)
        var attributes: JSONObject = [
            "prov:type": Self.qualified("because:Section"), "prov:label": .string(words.title),
            "because:digest": .string("sha256:\(words.digest.hex)"),
            "because:registered_at": ["$": .string("\(words.registeredAt)"), "type": "xsd:integer"],
        ]
        attributes["because:authority"] = words.authority.map(JSON.string)
        attributes["prov:value"] = words.text.map(JSON.string)
        add("entity", section, attributes)
        let document = Name("document", words.document, words.version)
        let digest = JSON.string("sha256:\(words.documentDigest.hex)")
        add("entity", document, ["prov:type": Self.qualified("because:Specification"), "because:digest": digest])
        relate(
            "wasDerivedFrom",
            [
                "prov:generatedEntity": section.json, "prov:usedEntity": document.json,
                "prov:type": Self.qualified("prov:PrimarySource"),
            ])
        return section
    }

    /// The stated reason. The decision generated it only where it was there before or with the output.
    private mutating func addRationale(
        _ content: JSONObject, _ id: String, _ decision: Name, _ agents: Agents
    ) {
        guard let rationale = content["rationale"]?.object else { return }
        let name = Name("rationale", id)
        add("entity", name, Self.contents(rationale, type: "because:Rationale"))
        if rationale["timing"]?.text != "after" {
            relate("wasGeneratedBy", ["prov:entity": name.json, "prov:activity": decision.json])
        }
        let source: Name?
        switch rationale["source"]?.text {
        case "model"?: source = agents.model
        case "application"?: source = agents.application
        case "human"?:
            let person = Name("person", id, "rationale")
            add("agent", person, ["prov:type": Self.qualified("prov:Person")])
            source = person
        default: source = nil
        }
        guard let source else { return }
        relate("wasAttributedTo", ["prov:entity": name.json, "prov:agent": source.json])
    }

    private mutating func addLinks(_ content: JSONObject, of record: Name) {
        for link in content["links"]?.items ?? [] {
            guard let id = link["id"]?.text, let rel = link["rel"]?.text else { continue }
            let other = Name("record", id)
            add("activity", other)
            inform(record, by: other, as: rel)
        }
    }
}
