extension InconsistentRecord {
    /// The decision on one line, and under it each thing that does not fit.
    public var text: String {
        let title = "\(outcome?.uppercased() ?? "") \(summary ?? "no summary is there")"
        let lines = ["\(id)  entry \(number)  \(title)"] + inconsistencies.map { "\($0.field): \($0.sentence)" }
        return lines.enumerated().map { ($0 == 0 ? "" : "    ") + VisibleText.line($1) + "\n" }.joined()
    }
}
