import JSON

/// An explanation in sentences, each with its mark: what the terminal and Markdown show.
public struct Answer: Sendable {
    /// One sentence or fact.
    public struct Statement: Sendable {
        public enum Style: Sendable { case plain, quote, detail }

        public let text: String
        public let mark: Mark
        public let style: Style

        init(_ text: String, _ mark: Mark, _ style: Style = .plain) {
            self.text = text
            self.mark = mark
            self.style = style
        }
    }

    /// A heading and what is said under it.
    public struct Section: Sendable {
        public let title: String
        public var statements: [Statement]
    }

    /// What was decided, in one line.
    public let headline: String
    public let headlineMark: Mark
    public let sections: [Section]
}

extension Explanation {
    /// The explanation in sentences. With `showsDifference`, words that changed since are shown then and now.
    public func answer(showsDifference: Bool = false) -> Answer {
        let outcome = content["outcome"]?.text ?? "unknown"
        let summary = content["summary"]?.text
        let isGone = summary == nil && missing.contains { $0.path.isEmpty }
        let headline = summary ?? (isGone ? "the summary cannot be read" : "no summary was recorded")
        let sections = [
            Answer.Section(title: "Decided", statements: decided),
            .init(title: "Because", statements: because(showsDifference)),
            .init(title: "Reason", statements: reason), .init(title: "Instead of", statements: insteadOf),
            .init(title: "Conflict", statements: conflicts + consistency), .init(title: "It read", statements: itRead),
            .init(title: "It gave", statements: itGave), .init(title: "After", statements: after),
            .init(title: "Gone", statements: gone), .init(title: "Withheld", statements: withheldStatements),
            .init(title: "Kept", statements: custody?.statements ?? []),
            .init(title: "Not said", statements: notSaid), .init(title: "Proof", statements: proofStatements),
            .init(title: "Note", statements: notes.map { .init($0, .computed) }),
            .init(title: "Contest", statements: contest),
        ]
        return Answer(
            headline: "\(outcome.uppercased()) \(headline)",
            headlineMark: summary == nil ? goneMark("") ?? .notRecorded : .recorded,
            sections: sections.filter { !$0.statements.isEmpty })
    }

    /// How a value is marked that is gone from the object at `path`; `nil` where nothing is.
    func goneMark(_ path: String) -> Mark? {
        missing.first { $0.path == path }.map { $0.erasure == nil ? .missing : .erased }
    }

    private var decided: [Answer.Statement] {
        var statements: [Answer.Statement] = []
        let model = content["model"]
        if let served = model?["served"]?.text ?? model?["requested"]?.text {
            let provider = model?["provider"]?.text.map { " of \($0)" } ?? ""
            let requested = model?["requested"]?.text.flatMap { $0 == served ? nil : ", asked for as \($0)" } ?? ""
            statements.append(.init("by model \(served)\(provider)\(requested)", .recorded))
        } else {
            statements.append(.init("by which model is not recorded", .notRecorded))
        }
        if let id = content["producer"]?["id"]?.text {
            let version = content["producer"]?["version"]?.text.map { " \($0)" } ?? ""
            statements.append(.init("for the application \(id)\(version)", .recorded))
        }
        if let occurred = content["occurred"]?.text {
            statements.append(.init("on \(occurred), as the application says", .recorded))
        }
        statements.append(.init("recorded on \(at), by the ledger's clock", .recorded))
        if let role = content["role_of_ai"]?.text {
            let words = [
                "sole": "nobody else took part", "determining": "the model's answer decided",
                "advisory": "a person decided",
            ]
            statements.append(.init("role of the model: \(role)\(words[role].map { " (\($0))" } ?? "")", .recorded))
        }
        if let effective = content["effective"]?.bool {
            statements.append(.init(effective ? "it took effect" : "it did not take effect", .recorded))
        }
        if let confidence = content["confidence"], let kind = confidence["kind"]?.text {
            let value = confidence["value"].map { $0.string() } ?? ""
            statements.append(
                .init(
                    "confidence \(value), \(kind.replacing("_", with: " ")): not a probability unless calibrated",
                    .recorded))
        }
        return statements
    }

    private var reason: [Answer.Statement] {
        guard let rationale = content["rationale"]?.object else {
            if let why = content["rationale_absent"]?.text {
                return [.init("no reason was given: \u{201C}\(why)\u{201D}", .recorded)]
            }
            return [
                goneMark("").map { .init("what was said about the reason is gone", $0) }
                    ?? .init("no reason is recorded", .notRecorded)
            ]
        }
        let source = rationale["source"]?.text ?? ""
        let who =
            ["model": "the model", "rule": "a rule", "human": "a person", "application": "the application"][source]
            ?? source
        let timing = [
            "before": "before the output", "with": "together with the output",
            "after": "after the output, as an account given afterwards",
        ]
        let when = timing[rationale["timing"]?.text ?? ""] ?? ""
        let method = rationale["method"]?.text.map { " (method: \($0))" } ?? ""
        let quote: Answer.Statement =
            rationale["text"]?.text.map { .init($0, .recorded, .quote) }
            ?? .init("the words of the reason are gone", goneMark("rationale") ?? .notRecorded)
        return [
            quote,
            .init("stated by \(who) \(when)\(method); a statement, not checked by anybody here", .recorded, .detail),
        ]
    }

    private var insteadOf: [Answer.Statement] {
        let alternatives = content["alternatives"]?.items ?? []
        guard !alternatives.isEmpty else {
            let isComplete = content["alternatives_complete"]?.bool == true
            return [
                isComplete
                    ? .init("nothing else was considered", .recorded)
                    : .init("alternatives are not recorded", .notRecorded)
            ]
        }
        var statements = alternatives.enumerated().flatMap { alternative($1, $0) }
        if content["alternatives_complete"]?.bool != true {
            statements.append(.init("whether these are all is not recorded", .notRecorded, .detail))
        }
        return statements
    }

    /// What is recorded of an alternative: its words, what became of it, by which sections, and why.
    func alternative(_ alternative: JSON, _ index: Int) -> [Answer.Statement] {
        let gone = goneMark("alternatives[\(index)]")
        let by = (alternative["by"]?.items ?? []).compactMap(\.text)
        let status = (alternative["status"]?.text ?? "").replacing("_", with: " ")
        let reason =
            alternative["reason"]?.text.map { ": \u{201C}\($0)\u{201D}" }
            ?? (gone == nil ? ", for no recorded reason" : "")
        return [
            alternative["label"]?.text.map { .init($0, .recorded, .quote) }
                ?? .init("the alternative is gone", gone ?? .notRecorded),
            .init("\(status)\(by.isEmpty ? "" : " by \(by.joined(separator: ", "))")\(reason)", .recorded, .detail),
        ]
    }

    private var conflicts: [Answer.Statement] {
        (content["conflicts"]?.items ?? []).flatMap { conflict -> [Answer.Statement] in
            let parties = (conflict["between"]?.items ?? []).map { $0.text ?? "an unresolved reference" }
            let rule = (conflict["rule"]?.text ?? "").replacing("_", with: " ")
            let winner = conflict["winner"]?.text.map { "; \($0) was followed" } ?? ""
            let note = conflict["note"]?.text.map { Answer.Statement($0, .recorded, .quote) }
            return [.init("\(parties.joined(separator: " against ")), settled by \(rule)\(winner)", .recorded)]
                + [note].compactMap(\.self)
        }
    }

    private var itRead: [Answer.Statement] {
        let inputs = content["inputs"]?.items ?? []
        guard !inputs.isEmpty else { return [.init("what it was decided from is not recorded", .notRecorded)] }
        return inputs.enumerated().flatMap { index, input -> [Answer.Statement] in
            let place = "inputs[\(index)]"
            let name = input["name"]?.text ?? "input \(index + 1)"
            let role = input["role"]?.text.map { " (\($0))" } ?? ""
            let trusted = input["trusted"]?.bool.map { $0 ? ", trusted" : ", not trusted" } ?? ""
            let head = Answer.Statement("\(name)\(role)\(trusted)", .recorded)
            if let text = input["text"]?.text { return [head, .init(text, .recorded, .quote)] }
            if ["text", "digest"].contains(where: { withheld.hasAnything(of: "\(place).\($0)") }) {
                return [head, .init("its content is not shown", audience.mark, .detail)]
            }
            if let mark = goneMark(place) { return [head, .init("its content is gone", mark, .detail)] }
            if let digest = input["digest"]?.text {
                return [head, .init("kept elsewhere; here is only its digest \(digest)", .recorded, .detail)]
            }
            return [head, .init("its content is not recorded", .notRecorded, .detail)]
        }
    }

    private var itGave: [Answer.Statement] {
        guard let output = content["output"] else { return [.init("the output is not recorded", .notRecorded)] }
        if let text = output["text"]?.text { return [.init(text, .recorded, .quote)] }
        if let mark = goneMark("output") { return [.init("the output is gone", mark)] }
        return [
            output["digest"]?.text.map { .init("kept elsewhere; here is only its digest \($0)", .recorded) }
                ?? .init("the output is not recorded", .notRecorded)
        ]
    }
}
