import Decisions
import Inquiry
import JSON
import Ledgers
import Notes

/// What a template can ask for: fields of the record, and the sentences of the answer, as a subject sees them.
enum LetterFields {
    indirect enum Kind {
        case text
        /// The lines of a text, one after the other.
        case lines
        /// Several, each with these names of its own.
        case list([String: Kind])
    }

    /// Members of a decision that are texts, words, times, numbers or booleans, under their own names.
    static let members = [
        "outcome", "kind", "summary", "occurred", "none_cited", "rationale.text", "rationale.source",
        "rationale.timing", "rationale.method", "rationale_absent", "confidence.value", "confidence.kind",
        "model.provider", "model.requested", "model.served", "output.text", "role_of_ai", "effective",
    ]

    /// Of the entry and of the ledger.
    static let envelope = ["id", "number", "recorded_at", "origin", "contact"]

    /// What a letter needs and no record has: whoever sends it fills it in.
    static let sender = ["sender.name", "sender.address", "sender.agency", "sender.date"]

    /// Lists of a decision, with the members of their items.
    static let lists = [
        "principles": ["ref", "role", "timing", "title", "document", "version", "section", "authority", "text"],
        "alternatives": ["label", "status", "by", "reason"], "inputs": ["name", "role", "text"],
        "conflicts": ["between", "rule", "winner"],
    ]

    /// Sections of the answer, as lists of sentences with their marks.
    static let sections = [
        "decided": "Decided", "because": "Because", "reason": "Reason", "instead_of": "Instead of",
        "conflict": "Conflict", "it_read": "It read", "it_gave": "It gave", "after": "After", "gone": "Gone",
        "withheld": "Withheld", "not_said": "Not said", "proof": "Proof", "note": "Note", "contest": "Contest",
    ]

    static let names: [String: Kind] = {
        var names: [String: Kind] = [:]
        for name in members + envelope + sender { names[name] = .text }
        for (name, members) in lists {
            names[name] = .list(Dictionary(uniqueKeysWithValues: members.map { ($0, .text) }))
        }
        for name in sections.keys { names[name] = .list(["text": .text, "mark": .text]) }
        return names
    }()
}

extension Explanation {
    /// The value at a place of the decision as a text, or why there is none.
    private func content(_ name: String, _ value: JSON?, at place: String) -> LetterContent {
        let text: String? =
            switch value {
            case .string(let text): text
            case .integer(let number): "\(number)"
            case .decimal(let text): text
            case .bool(let bool): bool ? "yes" : "no"
            case .array(let items): items.compactMap(\.text).joined(separator: ", ")
            case .null, .object, nil: nil
            }
        guard let text, !text.isEmpty else { return .blank(name, mark(ofAbsent: place)) }
        return .text(LetterFields.isWord(name) ? text.replacing("_", with: " ") : text)
    }

    /// A field by its name in `LetterFields`.
    func letterText(_ name: String) -> LetterContent {
        switch name {
        case "id": return .text(id)
        case "number": return .text("\(number)")
        case "recorded_at": return .text(at.description)
        case "origin": return .text(proof.checkpoint.origin)
        case "contact": return contact.map { .text($0.text) } ?? .blank(name, .notRecorded)
        case _ where LetterFields.sender.contains(name): return .blank(name, .notRecorded)
        default:
            let value = name.split(separator: ".").reduce(JSON.object(content) as JSON?) { $0?[String($1)] }
            return content(name, value, at: name)
        }
    }

    /// The items of a list of the record by its name; none where it has none.
    func letterItems(_ name: String) -> [[String: LetterContent]] {
        let members = LetterFields.lists[name] ?? []
        return (content[name]?.items ?? []).enumerated().map { index, item in
            var contents: [String: LetterContent] = [:]
            for member in members {
                contents[member] =
                    (name == "principles" ? words(index, member) : nil)
                    ?? content("\(name).\(member)", item[member], at: "\(name)[\(index)].\(member)")
            }
            return contents
        }
    }

    /// What is known of a section that is cited, from its registration.
    private func words(_ index: Int, _ member: String) -> LetterContent? {
        guard !["ref", "role", "timing"].contains(member) else { return nil }
        let words = principles[index].words
        let text: String? =
            switch member {
            case "title": words?.title
            case "document": words?.document
            case "version": words?.version
            case "section": words?.section
            case "authority": words?.authority
            default: words?.text
            }
        return text.map { .text($0) }
    }

    /// The sentences of a section of the answer.
    func letterStatements(_ name: String, of answer: Answer) -> [[String: LetterContent]] {
        let section = answer.sections.first { $0.title == LetterFields.sections[name] }
        return (section?.statements ?? []).map { ["text": .text($0.text), "mark": .text($0.mark.rawValue)] }
    }
}

extension LetterFields {
    /// Whether values are words of a closed list, in which `_` stands for a space.
    fileprivate static func isWord(_ name: String) -> Bool {
        [
            "outcome", "kind", "confidence.kind", "role_of_ai", "principles.role", "alternatives.status",
            "conflicts.rule",
        ].contains(name)
    }
}
