import Decisions
import JSON

extension Explanation {
    /// The part of the answer that an audience sees: what is not, is left out here, before any form of it is made.
    ///
    /// Each audience sees what schema/AUDIENCES.md lists. Who saw less before does not see more by this.
    public func seen(by audience: Audience) -> Explanation {
        guard audience < self.audience else { return self }
        var seen = self
        var view = AudienceView(for: audience, .init(registered: registered))
        seen.content = view.shown(content, AudienceTable.tables[EntryType.decision] ?? [:])
        seen.withheld = Withheld(places: view.withheld)
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
            entry.withheld = Withheld(places: view.withheld).names
            return entry
        }
        guard audience == .subject else { return seen }
        seen.completeness = .withheld
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
        if entry.rel != "decision" { return entry.type == EntryType.decision && subject != nil && entry.content["subject"]?.text == subject }
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

    /// The names as words: `text of inputs`. What is alike of several is said once.
    static func words(_ names: [String]) -> String {
        names.map { name in
            name.replacing("[]", with: "").split(separator: ".").reversed().joined(separator: " of ")
                .replacing("_", with: " ")
        }.joined(separator: "; ")
    }
}
