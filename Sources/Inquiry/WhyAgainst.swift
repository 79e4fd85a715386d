import JSON
import Specifications

extension Explanation {
    /// The answer to *why not as in that other case?*: in what the records of two decisions differ, and in what not.
    ///
    /// That two records differ somewhere does not say that their outcomes differ because of it, and the answer says so.
    ///
    /// What the audience of either does not see is not compared. A subject learns nothing of a decision that is not, on record,
    /// about the same person.
    public func answer(against other: Explanation) -> Answer {
        let audience = min(self.audience, other.audience)
        if audience == .subject, subject == nil || subject != other.subject { return answerAboutOther }
        let pair = DecisionPair(self, other)
        let differing = pair.differences
        let names = differing.isEmpty ? "nothing that is on record" : differing.map(\.name).joined(separator: ", ")
        let sections = [
            Answer.Section(
                title: "First", statements: [Self.one(self)]), .init(title: "Second", statements: [Self.one(other)]),
            .init(title: "Differs", statements: differing.flatMap(\.statements)),
            .init(
                title: "Same",
                statements: pair.same.isEmpty ? [] : [.init(pair.same.joined(separator: ", "), .computed)]),
            .init(title: "Withheld", statements: withheld(pair, audience)),
            .init(title: "Not said", statements: pair.unknown + [Self.caution]),
            .init(
                title: "Note",
                statements: (notes + other.notes.filter { !notes.contains($0) }).map { .init($0, .computed) }),
            .init(title: "Contest", statements: audience == .subject ? contest : []),
        ]
        return Answer(
            headline: "\(id) and \(other.id) differ in \(names)", headlineMark: .computed,
            sections: sections.filter { !$0.statements.isEmpty })
    }

    /// Where the other decision is none of the subject's.
    private var answerAboutOther: Answer {
        Answer(
            headline: "\(id) is not compared", headlineMark: .withheldFromSubject,
            sections: [
                .init(title: "First", statements: [Self.one(self)]),
                .init(
                    title: "Second",
                    statements: [
                        .init("a decision that is not, on record, about the same person", .withheldFromSubject)
                    ]), .init(title: "Contest", statements: contest),
            ])
    }

    private func withheld(_ pair: DecisionPair, _ audience: Audience) -> [Answer.Statement] {
        pair.withheld.isEmpty ? [] : [.init(Withheld.words(pair.withheld, beside: content), audience.mark)]
    }

    private static let caution = Answer.Statement(
        "that records differ in something does not show that the outcome differs because of it", .computed)

    private static func one(_ explanation: Explanation) -> Answer.Statement {
        .init(
            "\(explanation.id), entry \(explanation.number), recorded on \(explanation.at): \(explanation.outcomeAndSummary)",
            .recorded)
    }
}

/// Two records, member by member.
private struct DecisionPair {
    struct Difference {
        let name: String
        let statements: [Answer.Statement]
    }

    private let first: Explanation
    private let second: Explanation
    private(set) var differences: [Difference] = []
    /// Names of what is on record in both and the same.
    private(set) var same: [String] = []
    /// What cannot be compared.
    private(set) var unknown: [Answer.Statement] = []
    /// Names of what the audience does not see of either.
    var withheld: [String] { Set(first.withheld.names + second.withheld.names).sorted() }

    /// Members whose values are compared as a whole, with what they are called.
    private static let members: [(path: [String], name: String)] = [
        (["outcome"], "outcome"), (["kind"], "kind"), (["model", "served"], "model"),
        (["model", "fingerprint"], "fingerprint of the model"), (["prompt", "name"], "prompt"),
        (["prompt", "version"], "version of the prompt"), (["tools"], "tools"), (["producer", "id"], "application"),
        (["producer", "version"], "version of the application"), (["role_of_ai"], "role of the model"),
        (["rationale", "source"], "who gave the reason"), (["rationale", "text"], "reason"),
        (["subject"], "person it is about"), (["session"], "session"),
    ]

    init(_ first: Explanation, _ second: Explanation) {
        self.first = first
        self.second = second
        for (path, name) in Self.members where ![first, second].contains(where: { $0.withholds(path) }) {
            compare(name, value(first, path), value(second, path))
        }
        comparePrinciples()
        compareInputs()
        for (explanation, which) in [(first, "first"), (second, "second")] where !explanation.missing.isEmpty {
            let count = explanation.missing.count
            unknown.append(
                .init(
                    "\(count) sealed \(count == 1 ? "value" : "values") of the \(which) cannot be compared: gone",
                    .missing))
        }
    }

    private func value(_ explanation: Explanation, _ path: [String]) -> JSON? {
        path.reduce(JSON.object(explanation.content)) { value, name in value?[name] }
    }

    private mutating func compare(_ name: String, _ left: JSON?, _ right: JSON?) {
        if left == nil, right == nil { return }
        if left == right { return same.append(name) }
        let statements = [("first", left), ("second", right)].map { which, value in
            value.map { Answer.Statement("\(name), \(which): \($0.text ?? $0.string())", .recorded) }
                ?? .init("\(name), \(which): not on record", .notRecorded)
        }
        differences.append(Difference(name: name, statements: statements))
    }

    /// Sections by their words: the same section of two versions is another one where the words changed.
    private mutating func comparePrinciples() {
        func cited(_ explanation: Explanation) -> [String: Explanation.Principle] {
            Dictionary(
                explanation.principles.map { principle in
                    (principle.words.map { "\($0.document)#\($0.section)" } ?? principle.ref ?? "unresolved", principle)
                }
            ) { first, _ in first }
        }
        let (left, right) = (cited(first), cited(second))
        var statements: [Answer.Statement] = []
        for name in Set(left.keys).union(right.keys).sorted() {
            switch (left[name], right[name]) {
            case (let one?, nil): statements.append(.init("only the first cites \(name), as \(one.role)", .computed))
            case (nil, let one?): statements.append(.init("only the second cites \(name), as \(one.role)", .computed))
            case (let one?, let other?):
                if one.role != other.role {
                    statements.append(
                        .init("\(name): \(one.role) in the first, \(other.role) in the second", .computed))
                }
                if let then = one.words, let now = other.words, then.digest != now.digest {
                    statements.append(
                        .init("\(name): other words, of \(then.version) and of \(now.version)", .computed))
                    let difference = then.text.flatMap { text in now.text.map { TextDiff(from: text, to: $0) } }
                    statements += (difference?.lines ?? []).map { .init($0.marked, .computed, .quote) }
                }
            case (nil, nil): break
            }
        }
        if !statements.isEmpty {
            differences.append(Difference(name: "principles", statements: statements))
        } else if !left.isEmpty {
            same.append("principles")
        }
    }

    /// Inputs by their names: the same name with another content or digest differs.
    private mutating func compareInputs() {
        // Without names it is not known which inputs are the same, and without contents not whether they differ.
        guard ![first, second].contains(where: \.withholdsInputs) else { return }
        func inputs(_ explanation: Explanation) -> [String: JSON] {
            let items = explanation.content["inputs"]?.items ?? []
            return Dictionary(
                items.enumerated().map { ($1["name"]?.text ?? "input \($0 + 1)", $1) }
            ) { first, _ in first }
        }
        let (left, right) = (inputs(first), inputs(second))
        let statements = Set(left.keys).union(right.keys).sorted().compactMap { name -> Answer.Statement? in
            switch (left[name], right[name]) {
            case (_?, nil): .init("only the first read \(name)", .computed)
            case (nil, _?): .init("only the second read \(name)", .computed)
            case (let one?, let other?):
                one["text"] == other["text"] && one["digest"] == other["digest"]
                    ? nil : .init("both read \(name), with other content", .computed)
            case (nil, nil): nil
            }
        }
        if !statements.isEmpty {
            differences.append(Difference(name: "inputs", statements: statements))
        } else if !left.isEmpty {
            same.append("inputs")
        }
    }
}

extension Explanation {
    fileprivate func withholds(_ path: [String]) -> Bool { withheld.hasAnything(of: path.joined(separator: ".")) }

    fileprivate var withholdsInputs: Bool {
        withheld.names.contains { ["inputs[].name", "inputs[].text", "inputs[].digest"].contains($0) }
    }
}
