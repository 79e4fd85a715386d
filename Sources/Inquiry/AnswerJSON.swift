public import JSON

extension Answer {
    /// The answer for programs: `{"headline","mark","sections":[{"title","statements":[{"text","mark"}]}]}`.
    public var json: JSON {
        [
            "headline": .string(headline), "mark": .string(headlineMark.rawValue),
            "sections": .array(
                sections.map { section in
                    [
                        "title": .string(section.title),
                        "statements": .array(
                            section.statements.map { ["text": .string($0.text), "mark": .string($0.mark.rawValue)] }),
                    ]
                }),
        ]
    }
}
