extension SpecificationDiff {
    /// The differences for a person: sections first, then their words.
    public var text: String {
        var lines: [String] = []
        lines += added.map { "added      \(Self.name($0))" }
        lines += removed.map { "removed    \(Self.name($0))" }
        lines += renamed.map {
            "renamed?   \($0.removed) to \($0.added): \($0.similarity)% of the words\($0.hasSameTitle ? ", the same title" : "")"
        }
        if !isRenameSearchComplete { lines.append("renamed?   there are too many sections to compare all of them") }
        lines += authorityChanges.map {
            "authority  \($0.id): \($0.was ?? "none") to \($0.now ?? "none") (\($0.direction.words))"
        }
        lines += titleChanges.map { "title      \($0.id): \"\($0.was)\" to \"\($0.now)\"" }
        lines += tagChanges.map { "tags       \($0.id): \($0.was) to \($0.now)" }
        lines += parentChanges.map { "parent     \($0.id): \($0.was ?? "none") to \($0.now ?? "none")" }
        if isPreambleChanged { lines.append("preamble   the words before the first section changed") }
        for change in textChanges {
            lines.append("text       \(change.id)")
            lines += change.diff.indentedLines
        }
        lines.append(
            "\(added.count) added, \(removed.count) removed, \(authorityChanges.count) changed authority, \(textChanges.count) changed words, \(unchangedCount) unchanged"
        )
        return lines.joined(separator: "\n") + "\n"
    }

    private static func name(_ section: Section) -> String {
        "\(section.id)\(section.authority.map { " (\($0))" } ?? "")  \(section.title)"
    }
}

extension SpecificationDiff.AuthorityChange.Direction {
    fileprivate var words: String {
        switch self {
        case .raised: "raised"
        case .lowered: "lowered"
        case .sameRank: "of the same rank"
        case .unordered: "not to be compared"
        }
    }
}
