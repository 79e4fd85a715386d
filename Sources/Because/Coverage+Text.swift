extension Coverage {
    /// The sections as a tree with their uses, and under it what cites nothing and what did not resolve.
    public var text: String {
        let source = isFromIndex ? "by the index" : "counted from the log itself"
        var lines = [
            "\(registration.id)@\(registration.version): \(sections.count) sections; \(source)",
            "\(citing) of \(decisions) \(decisions == 1 ? "decision cites" : "decisions cite") it",
        ]
        lines += citingOther.sorted { $0.key < $1.key }.map { "    \($1) cite version \($0)" }
        lines += [""] + table + [""]
        let never = neverCited.count
        lines.append("\(never) of \(sections.count) sections were never cited")
        let unused = Self.columns.filter { column in sections.allSatisfy { column.count($0.uses) == 0 } }
        if !unused.isEmpty { lines.append("no section is on record as \(unused.map(\.title).joined(separator: ", "))") }
        lines += uncitedLines
        lines.append(
            "\(unresolved.decisions) \(unresolved.decisions == 1 ? "decision has" : "decisions have") citations that did not resolve: \(unresolved.citations)"
        )
        return lines.map { VisibleText.line($0) + "\n" }.joined()
    }

    private static let columns: [(title: String, count: @Sendable (Uses) -> Int)] = [
        ("applied", { $0[.applied] }), ("considered", { $0[.considered] }), ("overridden", { $0[.overridden] }),
        ("violated", { $0[.violated] }), ("not applicable", { $0[.notApplicable] }), ("elsewhere", { $0.elsewhere }),
    ]

    private var table: [String] {
        let names = sections.map { use in
            let authority = use.section.authority.map { " (\($0))" } ?? ""
            return String(repeating: "  ", count: min(12, max(0, use.section.level - 1))) + use.section.id + authority
        }
        let width = max(7, names.map(\.count).max() ?? 0)
        // What nobody did needs no column.
        let columns = Self.columns.filter { column in sections.contains { column.count($0.uses) > 0 } }
        let head = columns.map { "  \($0.title)" }.joined()
        let rows = zip(names, sections).map { name, use in
            let cells = columns.map { column in
                let count = column.count(use.uses)
                return (count == 0 ? "\u{B7}" : "\(count)").aligned(right: column.title.count + 2)
            }
            return name.aligned(left: width) + cells.joined() + (use.uses.isEmpty ? "  never" : "")
        }
        return ["section".aligned(left: width) + head] + rows
    }

    private var uncitedLines: [String] {
        let head = "\(uncited.decisions) \(uncited.decisions == 1 ? "decision cites" : "decisions cite") nothing"
        guard uncited.read > 0 else { return [head] }
        let which = uncited.read < uncited.decisions ? "; of the newest \(uncited.read)" : ""
        let gone = uncited.gone > 0 ? ["    \(uncited.gone) for a reason that is gone"] : []
        let shown = uncited.reasons.prefix(10).map {
            "    \($0.count) since \u{201C}\($0.text.shortened(to: 100))\u{201D}"
        }
        let rest = uncited.reasons.count - shown.count
        return [head + which] + shown + (rest > 0 ? ["    and \(rest) other reasons"] : []) + gone
    }
}

extension String {
    func aligned(left width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    func aligned(right width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

    /// The beginning, where the text is longer than `limit` characters.
    func shortened(to limit: Int) -> String { count > limit ? prefix(limit - 1) + "…" : self }
}
