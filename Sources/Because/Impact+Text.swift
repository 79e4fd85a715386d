extension Impact {
    /// What became of the sections that were cited, and the decisions that cited them. With `showsDifference` the words of a
    /// section are shown then and now.
    public func text(showsDifference: Bool = false) -> String {
        let cited = sections.filter { $0.cited > 0 }
        var lines = [
            "\(old.id) from \(old.version) to \(new.version): \(counts); \(unchangedCount) \(unchangedCount == 1 ? "section is" : "sections are") the same",
            "\(decisionCount(affected)) cited words that changed or were removed\(Self.listed(outcomes, after: ": "))\(isFromIndex ? "; by the index" : "; counted from the log itself")",
        ]
        if sameWordsOnly > 0 {
            lines.append("\(decisionCount(sameWordsOnly)) cited only words that are the same, and stand elsewhere now")
        }
        if !cited.isEmpty { lines.append("") }
        for section in cited { lines += Self.lines(section, showsDifference) }
        let uncited = sections.count - cited.count
        if uncited > 0 {
            let command = "because spec diff \(old.id)@\(old.version) \(old.id)@\(new.version)"
            lines += [
                "",
                "\(uncited) other \(uncited == 1 ? "section is" : "sections are") not what they were, and no decision cited them (\(command))",
            ]
        }
        if !decisions.isEmpty { lines += [""] + decisionLines }
        return lines.map { VisibleText.line($0) + "\n" }.joined()
    }

    private var counts: String {
        let names = ["changed", "removed", "renamed", "moved", "authority"]
        let parts = names.compactMap { name in
            let count = sections.count { $0.change.name == name }
            return count == 0 ? nil : "\(count) \(name == "authority" ? "of another authority" : name)"
        }
        return parts.isEmpty ? "nothing changed" : parts.joined(separator: ", ")
    }

    private func decisionCount(_ count: Int) -> String { "\(count) \(count == 1 ? "decision" : "decisions")" }

    private static func listed(_ outcomes: [String: Int], after lead: String) -> String {
        let parts = outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
        return parts.isEmpty ? "" : lead + parts.joined(separator: ", ")
    }

    private static func lines(_ section: SectionChange, _ showsDifference: Bool) -> [String] {
        let authority = section.authorityNow.map { "; authority \(section.section.authority ?? "none") to \($0)" } ?? ""
        let head =
            "\(section.section.id): cited by \(section.cited) (\(listed(section.outcomes, after: "")))\(authority)"
        switch section.change {
        case .changed(let difference):
            let (removed, added) = (
                difference.lines.count { $0.kind == .removed }, difference.lines.count { $0.kind == .added }
            )
            let size = showsDifference ? "" : "; -\(removed) +\(added) lines"
            return ["\(head)\(size)".labelled("changed")] + (showsDifference ? difference.indentedLines : [])
        case .removed(let candidate):
            let perhaps = candidate.map {
                ["    perhaps continued as \($0.added), with \($0.similarity)% of the words"]
            }
            return [head.labelled("removed")] + (perhaps ?? [])
        case .renamed(let id): return [head.labelled("renamed"), "    the same words stand in \(id)"]
        case .moved(let was, let now):
            return [head.labelled("moved"), "    the same words, from \(was ?? "the top") to \(now ?? "the top")"]
        case .ranked: return [head.labelled("authority"), "    the same words"]
        }
    }

    private var decisionLines: [String] {
        let listed = decisions.map { decision in
            let outcome = (decision.outcome ?? "unknown").uppercased()
            let summary = decision.summary?.shortened(to: 80) ?? "no summary is there"
            return
                "\(decision.at.description.prefix(19))Z  \(decision.id)  \(outcome) \(summary)  \(decision.sections.joined(separator: ", "))"
        }
        let rest = affected - decisions.count
        return listed + (rest > 0 ? ["and \(rest) more; --limit shows them"] : [])
    }
}

extension TextDiff {
    /// The changes as `spec diff` prints them.
    var indentedLines: [String] {
        hunks().flatMap { hunk in
            ["    @@ -\(hunk.oldStart),\(hunk.oldCount) +\(hunk.newStart),\(hunk.newCount) @@"]
                + hunk.lines.map { "    \($0.marked)" }
        }
    }
}

extension String {
    /// The line after a word that says what it is, as `spec diff` lines them up.
    fileprivate func labelled(_ label: String) -> String { label.aligned(left: 11) + self }
}
