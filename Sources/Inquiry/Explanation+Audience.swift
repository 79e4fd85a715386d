import Decisions
import JSON
import Ledgers

extension Explanation {
    /// The part of the answer that an audience sees: what is not, is left out here, before any form of it is made.
    ///
    /// Each audience sees what schema/AUDIENCES.md lists. Who saw less before does not see more by this.
    public func seen(by audience: Audience) -> Explanation {
        guard audience < self.audience else { return self }
        var seen = self
        var view = AudienceView(for: audience, .init(registered: registered))
        seen.content = view.shown(content, AudienceTable.tables[EntryType.decision] ?? [:])
        seen.withheld.places.formUnion(view.withheld)
        seen.audience = audience
        for index in principles.indices where seen.withheld.hasAnything(of: "principles[\(index)].ref") {
            seen.principles[index].ref = nil
        }
        seen.later = later.compactMap { entry in
            guard isShown(entry, to: audience) else {
                seen.withheld.recordCount += 1
                return nil
            }
            var facts = AudienceView.Facts(registered: entry.registered)
            facts.decision = seen.content
            var entry = entry
            var view = AudienceView(for: audience, facts)
            entry.content = view.shown(entry.content, AudienceTable.tables[entry.type] ?? [:])
            entry.withheld = Withheld(places: entry.withheld + view.withheld).names
            return entry
        }
        guard audience == .subject else { return seen }
        seen.completeness = nil
        seen.sessionCount = 0
        // The words on which something is held or was erased are for those who keep the record.
        if custody != nil { seen.withheld.places.insert("custody") }
        seen.custody = nil
        if missing.contains(where: { $0.erasure?.basis != nil }) { seen.withheld.places.insert("erasure_basis") }
        seen.missing = missing.map {
            MissingField(path: $0.path, digest: $0.digest, erasure: $0.erasure?.withoutBasis)
        }
        // These speak of principles and of parties alone; what else is found may be about the context.
        seen.inconsistencies = inconsistencies?.filter {
            $0.field.hasPrefix("conflicts[") || $0.kind == .rootOverridden
        }
        return seen
    }

    /// The answer as an audience sees it, in sentences.
    public func answer(for audience: Audience) -> Answer { seen(by: audience).answer() }

    /// Whether an audience learns of a record at all. A subject does not of decisions about others, or about nobody that is
    /// named, nor of what was told to others.
    private func isShown(_ entry: LaterEntry, to audience: Audience) -> Bool {
        guard audience == .subject else { return true }
        if entry.rel != "decision" {
            return entry.type == EntryType.decision && subject != nil && entry.content["subject"]?.text == subject
        }
        if entry.type != IssuedExplanation.type.name { return true }
        return entry.content["audience"]?.text.map(AudienceTable.openAudiences.contains) ?? false
    }

}

/// What an audience does not see of an answer: by places and names, never by content.
struct Withheld: Sendable {
    /// Places in the decision: `inputs[2].text`.
    var places: Set<String> = []
    /// Records that refer to the decision and are left out.
    var recordCount = 0

    init(places: [String] = []) { self.places = Set(places) }

    /// The names of what is withheld, each once: `inputs[].text`.
    var names: [String] { Set(places.map { $0.replacing(/\[[0-9]+\]/, with: "[]") }).sorted() }

    /// Whether `place` is withheld, or something in it.
    func hasAnything(of place: String) -> Bool {
        places.contains { $0 == place || $0.hasPrefix(place + ".") || $0.hasPrefix(place + "[") }
    }

    /// The names as words: `inputs (name, text); producer`. What is withheld whole is named whole; `shown` is the rest.
    static func words(_ names: [String], beside shown: JSONObject) -> String {
        var groups: [(name: String, members: [String])] = []
        for name in names {
            let steps = name.split(separator: ".", maxSplits: 1).map { String($0).replacing("[]", with: "") }
            let members = steps.dropFirst().map { $0.replacing("_", with: " ") }
            if groups.last?.name == steps[0] {
                groups[groups.count - 1].members += members
            } else {
                groups.append((steps[0], members))
            }
        }
        return groups.map { group in
            let name = group.name.replacing("_", with: " ")
            let isWhole = group.members.isEmpty || shown[group.name] == nil
            return isWhole ? name : "\(name) (\(group.members.joined(separator: ", ")))"
        }.joined(separator: "; ")
    }
}

extension Explanation {
    /// Why there is nothing at a place of the decision, such as `inputs[2].text`: withheld, erased, missing or not recorded.
    package func mark(ofAbsent place: String) -> Mark {
        if withheld.hasAnything(of: place) { return audience.mark }
        let parent = place.lastIndex(of: ".").map { String(place[..<$0]) } ?? ""
        return Self.isSealed(place) ? goneMark(parent) ?? .notRecorded : .notRecorded
    }

    private static func isSealed(_ place: String) -> Bool {
        var fields = DecisionFields.all
        var isSealed = false
        for step in place.replacing(/\[[0-9]+\]/, with: "").split(separator: ".") {
            guard let field = fields.first(where: { $0.name == step }) else { return false }
            isSealed = field.isSealed
            switch field.shape {
            case .object(let inner), .list(.object(let inner), _): fields = inner
            default: fields = []
            }
        }
        return isSealed
    }
}
