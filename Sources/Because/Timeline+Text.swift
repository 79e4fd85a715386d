extension Timeline {
    /// A line for each record: when, which, what, and which others it names (→) or is named by (←).
    public var text: String {
        let decisions = items.count { $0.type == EntryType.decision }
        let facts = items.count - decisions
        var lines = [
            "\(thread.name) \(thread.value): \(decisions) \(decisions == 1 ? "decision" : "decisions") and \(facts) \(facts == 1 ? "other record" : "other records"), in the order of their own times"
        ]
        if items.contains(where: { $0.occurred == nil }) {
            lines.append("* the application gave no time; this is the ledger's")
        }
        let times = items.map { $0.occurred.map { "\($0) " } ?? "\($0.at)*" }
        let (width, idWidth) = (times.map(\.count).max() ?? 0, min(24, items.map(\.id.count).max() ?? 0))
        let known = Set(items.map(\.id))
        lines += zip(times, items).map { time, item in
            "\(time.aligned(left: width)) \(item.id.aligned(left: idWidth))  \(item.line(known))"
        }
        if isCut { lines.append("there are more; these are the first that were recorded, and --limit shows more") }
        return lines.map { VisibleText.line($0) + "\n" }.joined()
    }
}

extension Timeline.Item {
    /// What is recorded, with the links; `known` are the ids that have lines of their own.
    fileprivate func line(_ known: Set<String>) -> String {
        var parts = [says.shortened(to: 160)]
        if missingCount > 0 {
            parts.append("(\(missingCount) sealed \(missingCount == 1 ? "field is" : "fields are") gone)")
        }
        if isRecordedLate { parts.append("(recorded \(at), after what follows)") }
        parts += links.map { "→ \($0.rel.replacing("_", with: " ")) \($0.id)" }
        let (inside, outside) = (linkedBy.filter { known.contains($0.id) }, linkedBy.filter { !known.contains($0.id) })
        if !inside.isEmpty { parts.append("← " + inside.map(\.id).joined(separator: ", ")) }
        parts += outside.map { "← \($0.id) elsewhere (\($0.rel.replacing("_", with: " ")))" }
        return parts.joined(separator: "  ")
    }
}
