extension LedgerView {
    /// What a hold is on, in words.
    public func name(of hold: Hold) throws -> String {
        switch hold.target {
        case .record(let number): "\(try provenEntry(number).id), entry \(number)"
        case .subject(let name?): "everything about \(name)"
        case .subject(nil): "a person whose name cannot be read"
        }
    }
}

extension Hold {
    /// The hold in lines for a person.
    public func text(on name: String) -> String {
        let end = release.map { "; released by entry \($0.number) of \($0.at)" } ?? ""
        return [VisibleText.line("\(id) on \(name)"), "    " + VisibleText.line(sentence + end)]
            .map { $0 + "\n" }.joined()
    }
}
