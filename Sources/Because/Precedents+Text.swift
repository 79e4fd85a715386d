extension Precedents {
    /// The decision, and in two groups those that applied the same: with the same outcome, and with another.
    public var text: String {
        let outcome = (self.outcome ?? "unknown").uppercased()
        var lines = ["\(id)  \(outcome) \(summary?.shortened(to: 120) ?? "no summary is there")"]
        guard !applied.isEmpty else {
            lines.append("it applied no section that resolved, so nothing else can have applied the same")
            return Self.shown(lines)
        }
        lines += applied.map { "applied \($0)" }
        if !hasWords { lines.append("its own words are gone or were not recorded, so the newest come first") }
        lines += ["", "Same outcome"] + Self.lines(agreeing) + ["", "Another outcome"] + Self.lines(differing)
        let found = isCountCut ? "more than \(count)" : "\(count)"
        let all = isCountCut || compared < count ? "those that share rare words, and the newest" : "all of them"
        lines += [
            "",
            "\(found) other \(count == 1 ? "decision" : "decisions") applied one of these sections, in any version\(isFromIndex ? ", by the index" : ""); \(compared) compared: \(all)",
            Self.caution,
        ]
        return Self.shown(lines)
    }

    private static func shown(_ lines: [String]) -> String { lines.map { VisibleText.line($0) + "\n" }.joined() }

    private static func lines(_ precedents: [Precedent]) -> [String] {
        precedents.isEmpty ? ["    none"] : precedents.flatMap(lines)
    }

    private static func lines(_ one: Precedent) -> [String] {
        let outcome = (one.outcome ?? "unknown").uppercased()
        let summary = one.summary?.shortened(to: 100) ?? "no summary is there"
        let time = one.occurred ?? one.at.description
        var lines = [
            "\("\(one.likeness)%".aligned(right: 4))  \(one.id)  \(time)  \(one.model ?? "no model")  \(outcome) \(summary)"
        ]
        if let gone = one.gone {
            lines.append(
                gone == .erased
                    ? "      words of it were erased on record"
                    : "      words of it are gone, and nothing on record says why")
        }
        if !one.sharedWords.isEmpty {
            let rest = one.sharedWords.count - 8
            let more = rest > 0 ? " and \(rest) more" : ""
            lines.append("      shares \(one.sharedWords.prefix(8).joined(separator: ", "))\(more)")
        }
        lines += one.sections.map {
            "      \($0.ref): \($0.hasSameWords ? "the same words" : "other words than the decision above cited")"
        }
        return lines
    }
}
