extension Hit {
    /// The hit in one or two lines for a person.
    public func text(width: Int) -> String {
        let sections = principles.map { $0.split(separator: "#").last.map(String.init) ?? $0 }
        let head = [String(at.description.prefix(19)) + "Z", outcome ?? type, id, sections.joined(separator: ", ")]
        let line = VisibleText.line(head.filter { !$0.isEmpty }.joined(separator: "  "))
        let words = VisibleText.line(says ?? summary ?? (type == EntryType.decision ? "no summary is there" : ""))
        let room = max(20, width - 4)
        let shown = words.shortened(to: room)
        return shown.isEmpty ? "\(line)\n" : "\(line)\n    \(shown)\n"
    }
}
