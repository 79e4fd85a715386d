import JSON

extension Explanation {
    /// The answer to *why not that?*: what the record says of an alternative, or that it was not recorded as considered.
    ///
    /// Asked for is an alternative whose label has all words of `text`, or that has no others, whatever their case. Nothing is
    /// guessed: a reason stands in the record, or there is none.
    public func answer(whyNot text: String) -> Answer {
        let alternatives = content["alternatives"]?.items ?? []
        let asked = Self.words(text)
        let found = alternatives.indices.filter { index in
            guard let label = alternatives[index]["label"]?.text.map(Self.words), !label.isEmpty, !asked.isEmpty else {
                return false
            }
            return asked.isSubset(of: label) || label.isSubset(of: asked)
        }
        let quoted = "\u{201C}\(text)\u{201D}"
        let headline =
            found.isEmpty
            ? "\(quoted) is not recorded as considered"
            : "\(found.count == 1 ? "one alternative" : "\(found.count) alternatives") on record for \(quoted)"
        let others = alternatives.indices.filter { !found.contains($0) }
        let sections = [
            Answer.Section(title: "Not", statements: found.flatMap { alternative(alternatives[$0], $0) }),
            .init(title: "Considered", statements: others.flatMap { alternative(alternatives[$0], $0) }),
            .init(title: "Not said", statements: notSaid(alternatives.isEmpty, found.isEmpty)),
            .init(
                title: "Decided", statements: [.init("the outcome of \(id) was \(outcomeAndSummary)", .recorded)]),
            .init(title: "Withheld", statements: withheldStatements),
            .init(title: "Proof", statements: proofStatements),
            .init(title: "Note", statements: notes.map { .init($0, .computed) }),
            .init(title: "Contest", statements: audience == .subject ? contest : []),
        ]
        return Answer(
            headline: headline, headlineMark: found.isEmpty ? .notRecorded : .recorded,
            sections: sections.filter { !$0.statements.isEmpty })
    }

    /// What was decided, for an answer that is about something else.
    var outcomeAndSummary: String {
        let outcome = (content["outcome"]?.text ?? "unknown").replacing("_", with: " ")
        return outcome + (content["summary"]?.text.map { ": \u{201C}\($0)\u{201D}" } ?? "")
    }

    /// How far the record can answer at all.
    private func notSaid(_ hasNone: Bool, _ isUnknown: Bool) -> [Answer.Statement] {
        var statements: [Answer.Statement] = []
        let gone = missing.filter { $0.path.hasPrefix("alternatives[") }
        if !gone.isEmpty {
            let mark: Mark = gone.allSatisfy { $0.erasure != nil } ? .erased : .missing
            statements.append(
                .init(
                    "words of \(gone.count == 1 ? "an alternative are" : "\(gone.count) alternatives are") gone", mark))
        }
        if content["alternatives_complete"]?.bool == true {
            statements.append(.init("the record says that nothing else was considered", .recorded))
        } else if hasNone {
            statements.append(.init("alternatives are not recorded", .notRecorded))
        } else if isUnknown {
            statements.append(.init("whether anything else was considered is not recorded", .notRecorded))
        }
        return statements
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
}
