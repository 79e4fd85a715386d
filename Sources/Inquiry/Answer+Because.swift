import Cryptography
import Decisions
import JSON
import Ledgers
import Notes
import Specifications

extension Explanation {
    func because(_ showsDifference: Bool) -> [Answer.Statement] {
        guard !principles.isEmpty else {
            if let why = content["none_cited"]?.text {
                return [.init("no principle was cited: \u{201C}\(why)\u{201D}", .recorded)]
            }
            return [
                goneMark("").map { .init("what was said about principles is gone", $0) }
                    ?? .init("no principle is recorded", .notRecorded)
            ]
        }
        return principles.enumerated().flatMap { index, principle -> [Answer.Statement] in
            let role = principle.role.replacing("_", with: " ")
            let cited = Self.cited(role, principle.timing)
            guard let words = principle.words else {
                if withheld.hasAnything(of: "principles[\(index)].ref") {
                    return [.init("a reference to words that are not registered: \(cited)", audience.mark)]
                }
                let gone = goneMark("principles[\(index)].ref")
                let wording = principle.ref.map { "\u{201C}\($0)\u{201D}" } ?? "a reference whose wording is gone"
                let head = Answer.Statement("\(wording): \(cited)", gone ?? .recorded)
                return principle.isResolved
                    ? [
                        head,
                        .init("the words that it cites are not in the ledger; run because verify", .missing, .detail),
                    ]
                    : [head, .init("it did not resolve to registered words when it was recorded", .recorded, .detail)]
            }
            return statements(words, cited, showsDifference)
        }
    }

    /// The part that a principle played. One that was named afterwards is not said to have been applied.
    private static func cited(_ role: String, _ timing: String?) -> String {
        switch timing {
        case "after"?: "named only after the output, as \(role)"
        case let timing?: "\(role), cited \(timing) the output"
        case nil: role
        }
    }

    private func statements(_ words: Words, _ role: String, _ showsDifference: Bool) -> [Answer.Statement] {
        let authority = words.authority.map { "authority \($0)" } ?? "no authority"
        var statements = [
            Answer.Statement("\u{201C}\(words.title)\u{201D}, \(authority): \(role)", .recorded),
            .init("\(words.document)@\(words.version)#\(words.section)", .recorded, .detail),
        ]
        if let text = words.text {
            let excerpt = Excerpt(of: text)
            if excerpt.text.isEmpty {
                statements.append(.init("the section has a title and no words of its own", .computed, .detail))
            } else {
                statements.append(.init(excerpt.text, .recorded, .quote))
            }
            if excerpt.omitted > 0 {
                let command = "because spec show \(words.document)@\(words.version)#\(words.section)"
                statements.append(.init("\(excerpt.omitted) more characters: \(command)", .computed, .detail))
            }
        } else {
            statements.append(.init("its words are missing from the ledger or were changed", .missing, .detail))
        }
        statements.append(
            .init(
                "text sha256 \(words.digest.hex.prefix(16))… registered at entry \(words.registeredAt); \(words.now.sentence)",
                .computed, .detail))
        if showsDifference, case .changed(_, let difference?) = words.now {
            statements += difference.lines.map { .init($0.marked, .computed, .quote) }
        }
        return statements
    }

    var after: [Answer.Statement] {
        let links = (content["links"]?.items ?? []).map { link in
            Answer.Statement(
                "this decision \((link["rel"]?.text ?? "").replacing("_", with: " ")) \(link["id"]?.text ?? "")",
                .recorded)
        }
        let entries = later.flatMap { entry -> [Answer.Statement] in
            if entry.rel == "decision" { return fact(entry) }
            let what = [entry.outcome, entry.summary.map { "\u{201C}\($0)\u{201D}" }].compactMap(\.self).joined(
                separator: ": ")
            // What was recorded before this entry knew its id, and was not added to it later.
            let isLater = entry.number > number
            return [
                Answer.Statement(
                    "\(entry.at) \(entry.id) \(entry.rel.replacing("_", with: " ")) this decision\(isLater ? "" : ", recorded before it")\(what.isEmpty ? "" : "; \(what)")",
                    isLater ? .addedLater : .computed)
            ]
        }
        let none =
            isFromIndex
            ? "the index knows no other record that refers to this decision"
            : "no other record refers to this decision"
        let count = withheld.recordCount
        let hidden =
            count == 0
            ? []
            : [
                Answer.Statement(
                    "\(count) \(count == 1 ? "other record" : "other records") that \(count == 1 ? "refers" : "refer") to this decision",
                    audience.mark)
            ]
        return session + links + (entries.isEmpty && hidden.isEmpty ? [.init(none, .computed)] : entries + hidden)
    }

    /// Where the decision is one of several of a session.
    private var session: [Answer.Statement] {
        guard sessionCount > 1, let session = content["session"]?.text else { return [] }
        let count = sessionCount < FoundElsewhere.sessionLimit ? "\(sessionCount)" : "\(sessionCount) or more"
        // A shell reads some of the characters that a session may have.
        let isPlain =
            session.utf8.first.map { $0 != UInt8(ascii: "-") } == true && !session.contains { "~#".contains($0) }
        let command = "because timeline --session\(isPlain ? " \(session)" : "='\(session)'")"
        let source = isFromIndex ? " by the index" : ""
        return [.init("part of session \(session): \(count) decisions\(source) (\(command))", .computed)]
    }

    /// A fact about this decision: when, what, and in which words.
    private func fact(_ entry: LaterEntry) -> [Answer.Statement] {
        let said = LaterFactText(type: entry.type, entry.content)
        let mark: Mark = entry.number > number ? .addedLater : .recorded
        let gone =
            entry.missingCount == 0
            ? "" : "; \(entry.missingCount) of its sealed \(entry.missingCount == 1 ? "fields is" : "fields are") gone"
        return [
            .init("\(entry.at) \(said.sentence)", mark),
            .init("\(entry.type) \(entry.id), entry \(entry.number)\(gone)", mark, .detail),
        ] + said.quotes.map { .init($0.label == "text" ? $0.text : "\($0.label): \($0.text)", mark, .quote) }
            + (entry.withheld.isEmpty
                ? [] : [.init(Withheld.words(entry.withheld, beside: entry.content), audience.mark, .detail)])
    }

    /// Whether what was recorded of conflicts and principles fits the registered authorities.
    var consistency: [Answer.Statement] {
        guard let inconsistencies else { return [] }
        if inconsistencies.isEmpty {
            guard !(content["conflicts"]?.items ?? []).isEmpty else { return [] }
            return [.init("nothing in this is at odds with the registered authorities", .computed, .detail)]
        }
        return inconsistencies.map { .init("inconsistent record: \($0.sentence)", .computed) }
    }

    var gone: [Answer.Statement] {
        missing.map { field in
            let place = field.path.isEmpty ? "the decision" : field.path
            if let erasure = field.erasure {
                return .init(
                    "\(field.field ?? "a sealed field of \(place)") was erased on \(erasure.at), as entry \(erasure.erasure.entry) says\(erasure.grounds)",
                    .erased)
            }
            return .init(
                "a sealed field of \(place) has no value, and nothing on record says why; run because verify", .missing)
        }
    }

    /// What an asker may expect and the record does not say.
    var notSaid: [Answer.Statement] {
        let expected = [
            ("occurred", "when the application decided"), ("producer", "which application decided"),
            ("confidence", "how sure it was"), ("role_of_ai", "whether a person took part"),
            ("effective", "whether it took effect"), ("conflicts", "whether instructions conflicted"),
        ]
        let absent = expected.filter { content[$0.0] == nil && !withheld.hasAnything(of: $0.0) }.map(\.1)
        let list = absent.isEmpty ? [] : [Answer.Statement("\(absent.joined(separator: "; "))", .notRecorded)]
        return contest.isEmpty ? list + [.init("how to contest it", .notRecorded)] : list
    }

    /// What there is and the audience does not see, by name.
    var withheldStatements: [Answer.Statement] {
        withheld.places.isEmpty ? [] : [.init(Withheld.words(withheld.names, beside: content), audience.mark)]
    }

    /// Whom to write to, and what to name. A subject is told as well that nobody said it.
    var contest: [Answer.Statement] {
        let what = "name the decision \(id) of the log \(proof.checkpoint.origin)"
        guard let contact else {
            return audience == .subject
                ? [.init("how to contest it: not recorded", .notRecorded), .init(what, .computed, .detail)] : []
        }
        return [
            .init(contact.text, .recorded, .quote),
            .init(
                "as entry \(contact.entry) of \(contact.origin) states, recorded on \(contact.at)", .recorded, .detail),
            .init(what, .computed, .detail),
        ]
    }

    var proofStatements: [Answer.Statement] {
        let checkpoint = proof.checkpoint
        return [
            .init(
                "entry \(number) was hashed again and found, by \(proof.hashCount) \(proof.hashCount == 1 ? "hash" : "hashes"), in the tree of \(checkpoint.size) entries that \(checkpoint.origin) signed (key \(proof.key.text.split(separator: "+").dropFirst().first ?? ""))",
                .computed),
            .init("leaf \(proof.leaf) · root \(checkpoint.root)", .computed, .detail),
            .init(proof.witnessing.sentence, .computed, .detail),
        ] + proof.timestamps.all.map { .init("\($0.text), and this entry is among them", .computed, .detail) }
            + (completeness?.statements(isFromIndex) ?? [
                .init("whether the numbers of the application show that anything was left out", audience.mark)
            ]) + [
                .init("this shows that \(Explanation.shows)", .computed),
                .init("it does not show \(Explanation.doesNotShow)", .computed),
            ]
    }
}

extension Explanation.Now {
    /// How the words stand today, as the end of a sentence.
    var sentence: String {
        switch self {
        case .inForce: "this version is in force now"
        case .unchanged(let version): "the same words are in force now, in \(version)"
        case .changed(let version, _): "the words changed in \(version), which is in force now; --diff shows how"
        case .removed(let version): "\(version), which is in force now, has no such section"
        case .noneInForce: "no version of the document is in force now"
        }
    }
}

extension Explanation.Completeness {
    func statements(_ isFromIndex: Bool) -> [Answer.Statement] {
        guard let run else {
            let reason = if case .cannotTell(let reason) = verdict { ": \(reason)" } else { "" }
            return [.init("whether anything was left out cannot be told\(reason)", .computed)]
        }
        return [
            .init("\(isFromIndex ? "by the index, " : "")\(run.producer): \(verdict.sentence)", .computed)
        ] + remarks.map { .init($0, .computed, .detail) }
    }
}

/// The beginning of a section's words, without its heading: what fits into an answer.
struct Excerpt {
    let text: String
    /// Characters left out.
    let omitted: Int

    private static let limit = 600

    init(of section: String) {
        var words = Substring(section)
        if words.first == "#" { words = words.drop { !$0.isNewline } }
        let text = Substring(words.trimmed.replacing(/\n\s*\n\s*\n+/, with: "\n\n"))
        guard text.count > Self.limit else {
            self.text = String(text)
            omitted = 0
            return
        }
        let start = text.prefix(Self.limit)
        let end = start.endOfLastSentence() ?? start.endIndex
        self.text = String(start[..<end])
        omitted = text.count - self.text.count
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// The end of the last sentence or line in the second half.
    fileprivate func endOfLastSentence() -> Index? {
        var index = endIndex
        let middle = self.index(startIndex, offsetBy: count / 2)
        while index > middle {
            let previous = self.index(before: index)
            if self[previous].isWhitespace, previous > startIndex,
                ".!?:\u{201D}".contains(self[self.index(before: previous)])
            {
                return previous
            }
            index = previous
        }
        return nil
    }
}
